"""A database that lives as long as a measurement, and entries of an archive to put in it."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import override_settings
from wagtail.models import Locale, Page

from cms.archive.registry import kind_labels
from cms.models import ArchiveEntry, ArchiveEntryIssue, ArchivePage, Issue

HOST = "localhost"
FIRST_DAY = dt.date(2010, 1, 4)
# 36 characters for each step of a page's path, four to a level: Wagtail's own numbering.
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@contextmanager
def temporary_database() -> Iterator[None]:
    """A migrated database beside the real one, which is not touched; caches are apart as well."""
    real = connection.settings_dict["NAME"]
    test_options = connection.settings_dict["TEST"]
    before = test_options["NAME"]
    caches = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    caches["default"]["LOCATION"] = f"benchmark-{os.getpid()}"
    with tempfile.TemporaryDirectory(prefix="rostrum-benchmark-") as folder:
        in_folder = str(Path(folder) / "benchmark.sqlite3")
        name = in_folder if connection.vendor == "sqlite" else f"rostrum_benchmark_{os.getpid()}"
        test_options["NAME"] = name
        with override_settings(
            CACHES=caches, DEBUG=False, ALLOWED_HOSTS=[HOST], ROOT_URLCONF="cms.benchmark.urls"
        ):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            ContentType.objects.clear_cache()  # primary keys of the other database
            try:
                yield
            finally:
                connection.creation.destroy_test_db(real, verbosity=0)
                test_options["NAME"] = before
                ContentType.objects.clear_cache()


def fill_archive(count: int) -> None:
    """`count` public entries over fifteen years, all kinds and every issue, two issues each."""
    archive = ArchivePage.objects.get()
    page_type = ContentType.objects.get_for_model(Page)
    locale = Locale.objects.get()
    pages = Page.objects.bulk_create(
        Page(
            title=f"Testimony {number} on the health of the county",
            draft_title=f"Testimony {number} on the health of the county",
            slug=f"testimony-{number}",
            path=archive.path + base_36(number + 1),
            depth=archive.depth + 1,
            url_path=f"{archive.url_path}testimony-{number}/",
            content_type=page_type,
            locale=locale,
            live=True,
        )
        for number in range(count)
    )
    kinds = sorted(kind_labels())
    entries = ArchiveEntry.objects.bulk_create(
        entry_of(page, number, kinds[number % len(kinds)]) for number, page in enumerate(pages)
    )
    issues = list(Issue.objects.order_by("pk"))
    ArchiveEntryIssue.objects.bulk_create(
        ArchiveEntryIssue(entry=entry, issue=issues[(number * step) % len(issues)], date=entry.date)
        for number, entry in enumerate(entries, start=1)
        for step in ((1, 2) if (number % len(issues)) else (1,))
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def entry_of(page: Page, number: int, kind: str) -> ArchiveEntry:
    date = FIRST_DAY + dt.timedelta(days=5 * number % 5_500)
    return ArchiveEntry(
        pk=page.pk,
        page=page,
        kind=kind,
        title=page.title,
        url=f"/archive/{page.slug}/",
        date=date,
        year=date.year,
        summary="What we know, where we know it from, and what we ask the committee to do about it.",
        body_name="Committee on Health",
        vehicle=f"HB {1000 + number}",
        speaker="Health Officer",
        search_text="health county testimony",
    )


def base_36(number: int) -> str:
    digits = ""
    for _place in range(4):
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits
