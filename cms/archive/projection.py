"""From public page to archive entry. Nothing else writes the read model or its full-text rows."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import translation
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from cms.archive import search
from cms.archive.registry import ArchiveRecord, registered_models, source_for
from cms.archive.words import fold, searchable
from cms.domain.issues import final_issue
from cms.domain.visibility import public_pages
from cms.domain.worker import let_others_write
from cms.models import ArchiveEntry, ArchiveEntryIssue, Issue

logger = logging.getLogger(__name__)
BATCH = 100
COLUMNS = [
    field.name for field in ArchiveEntry._meta.concrete_fields if field.name not in {"id", "page"}
]
LENGTHS = {field.name: field.max_length for field in ArchiveEntry._meta.concrete_fields}
Progress = Callable[[int, int], None]


def project(page: Page) -> bool:
    """Make the archive agree with what the database holds of `page`; True when it stands there now.

    The page is read anew: the object at hand may be a draft.
    """
    if source_for(page.specific_class) is None:
        return False
    return project_ids([page.pk]) == 1


def remove(page_id: int) -> None:
    """Take one page out of the archive; its full-text row goes with the entry (see `signal_handlers`)."""
    ArchiveEntry.objects.filter(page_id=page_id).delete()


def project_pages(pages: PageQuerySet) -> int:
    """Make the archive agree for any number of pages, in batches; returns how many stand there now."""
    return sum(project_ids(ids) for ids in batches(pages))


def project_ids(page_ids: Iterable[int], failed: list[int] | None = None) -> int:
    """Project or remove each page; returns how many stand in the archive now, and notes in `failed` which
    could not be projected.

    All in one transaction, which inside a publication is a savepoint. A page that cannot be projected is
    logged and leaves the archive, since its old words may be withdrawn ones; it stops neither the others
    nor its publication. When the database is to blame (locked, in a deadlock), the whole change fails with it.
    """
    wanted = set(page_ids)
    try:
        with transaction.atomic():
            return _project(wanted)
    except Exception as error:
        if len(wanted) > 1:
            return sum(project_ids([pk], failed) for pk in sorted(wanted))
        if isinstance(error, OperationalError) and connection.vendor == "postgresql":
            raise
        logger.exception("Page %s cannot be put in the archive", *wanted)
    ArchiveEntry.objects.filter(page_id__in=wanted).delete()
    if failed is not None:
        failed.extend(wanted)
    return 0


def _project(wanted: set[int]) -> int:
    wait_for(wanted)
    pages = public_pages(Page.objects.filter(pk__in=wanted)).order_by("pk").specific()
    with translation.override(settings.LANGUAGE_CODE):  # not in the language of who publishes
        made = [made for page in with_root_paths(pages) if (made := entry_of(page))]
    ArchiveEntry.objects.filter(page_id__in=wanted - {entry.pk for entry, _ids in made}).delete()
    store(made)
    return len(made)


def wait_for(page_ids: Iterable[int]) -> None:
    """Wait for whoever is changing these pages, and have whoever comes next wait: what is read now is what they left,
    and is stored before anything newer.

    A statement of its own, since PostgreSQL reads by the moment at which a statement began. SQLite has one writer
    at a time anyway. Always in one order, so that two do not wait for each other.
    """
    if connection.features.has_select_for_update:
        pages = Page.objects.filter(pk__in=page_ids).select_for_update(of=("self",), no_key=True)
        list(pages.order_by("pk").only("pk"))


def withhold(pages: QuerySet, columns: Iterable[str]) -> None:
    """Empty `columns` of the rows of `pages` (primary keys) at once, since something they say was withdrawn.

    Two statements, however many pages. The pages stay in the lists, and are found by what their short columns
    say, until they are projected again.
    """
    entries = ArchiveEntry.objects.filter(page__in=pages)
    entries.update(**dict.fromkeys(columns, ""))
    search.write_short_columns(entries)


def rebuild(progress: Progress | None = None, failed: list[int] | None = None) -> int:
    """Make every entry anew from the public pages, in batches; returns how many there are, and notes in
    `failed` the pages that could not be read.

    Entries are overwritten in place, so that the archive is never empty meanwhile.
    """
    pages = registered_pages()
    total, done, stored = pages.count(), 0, 0
    ArchiveEntry.objects.exclude(pk=F("page_id")).delete()
    for ids in batches(pages):
        stored += project_ids(ids, failed)
        done += len(ids)
        if progress:
            progress(done, total)
        let_others_write()
    ArchiveEntry.objects.exclude(page__in=pages.values("pk")).delete()
    search.prune()
    search.optimize()
    return stored


@transaction.atomic
def rewrite_words(entry_ids: Sequence[int]) -> None:
    """The full-text rows of some entries anew, since words of their issues changed."""
    wait_for(entry_ids)
    write_search_rows(entry_ids)


def registered_pages() -> PageQuerySet:
    types = ContentType.objects.get_for_models(*registered_models()).values()
    return Page.objects.filter(content_type__in=[kind.pk for kind in types])


def batches(queryset: QuerySet) -> Iterator[list[int]]:
    """Primary keys of `queryset` in ascending order, BATCH at a time."""
    last = 0
    while ids := list(
        queryset.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield ids
        last = ids[-1]


def with_root_paths(pages: Iterable[Page]) -> Iterator[Page]:
    """Pages that know where the sites begin, which each would otherwise ask the database for its address."""
    paths = Site.get_site_root_paths()
    for page in pages:
        page._wagtail_cached_site_root_paths = paths
        yield page


def record_of(page: Page) -> ArchiveRecord | None:
    source = source_for(type(page))
    return source.build(page) if source else None


def entry_of(page: Page) -> tuple[ArchiveEntry, tuple[int, ...]] | None:
    """The unsaved entry of a public page and the keys of its issues; None when it has no place in lists."""
    parts, record = page.get_url_parts(), record_of(page)
    if record is None or parts is None or not parts[2]:
        return None
    published = page.first_published_at
    date = record.date or (published and published.date())
    if date is None:
        return None
    values = {
        "kind": record.kind,
        "title": record.title,
        "url": parts[2],
        "language": record.language,
        "summary": record.summary,
        "body_name": record.body_name,
        "vehicle": record.vehicle,
        "position": record.position,
        "speaker": record.speaker,
        "status": record.status,
        "search_text": record.text,
        "keywords": f"{record.keywords}\n{record.kind_label}".strip(),
    }
    entry = ArchiveEntry(
        pk=page.pk,
        page_id=page.pk,
        date=date,
        year=date.year,
        expires_at=page.expire_at,
        **{name: fitting(name, value) for name, value in values.items()},
    )
    return entry, record.issues


def fitting(name: str, value: str) -> str:
    """`value` as the column takes it: composed letters, no NUL (PostgreSQL refuses it), not too long."""
    text = unicodedata.normalize("NFC", str(value)).replace("\x00", "")
    return text[: LENGTHS[name]]


def store(made: list[tuple[ArchiveEntry, tuple[int, ...]]]) -> None:
    """Upsert entries, bridge rows and full-text rows."""
    if not made:
        return
    ArchiveEntry.objects.bulk_create(
        [entry for entry, _ids in made],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=COLUMNS,
    )
    store_issues(made)
    write_search_rows([entry.pk for entry, _ids in made])


def store_issues(made: list[tuple[ArchiveEntry, tuple[int, ...]]]) -> None:
    """Leave exactly the bridge rows that the entries should have; touch no other."""
    keys = {pk for _entry, issue_ids in made for pk in issue_ids}
    issues = Issue.objects.select_related("merged_into").in_bulk(keys)
    wanted = {
        (entry.pk, final_issue(issues[pk]).pk): entry.date
        for entry, issue_ids in made
        for pk in issue_ids
        if pk in issues
    }
    bridge = ArchiveEntryIssue.objects.filter(entry__in=[entry.pk for entry, _ids in made])
    stale = []
    for row in bridge:
        if wanted.get((row.entry_id, row.issue_id)) == row.date:
            del wanted[row.entry_id, row.issue_id]
        else:
            stale.append(row.pk)
    ArchiveEntryIssue.objects.filter(pk__in=stale).delete()
    ArchiveEntryIssue.objects.bulk_create(
        ArchiveEntryIssue(entry_id=entry, issue_id=issue, date=date)
        for (entry, issue), date in sorted(wanted.items())
    )


def move_entries(source: Issue, target: Issue) -> None:
    """Bridge rows of a merged issue become rows of its target, once for each entry."""
    rows = ArchiveEntryIssue.objects.filter(issue=source)
    already = ArchiveEntryIssue.objects.filter(issue=target).values("entry")
    rows.filter(entry__in=already).delete()
    rows.update(issue=target)


def write_search_rows(entry_ids: Iterable[int]) -> None:
    """Full-text rows of stored entries, from their columns and the present words of their issues."""
    entries = ArchiveEntry.objects.filter(pk__in=entry_ids).prefetch_related("issues")
    search.write(
        (
            entry.pk,
            fold(entry.title),
            searchable(
                entry.search_text,
                entry.summary,
                entry.title,
                entry.vehicle,
                entry.body_name,
                entry.speaker,
                entry.keywords,
                *(word for issue in entry.issues.all() for word in (issue.name, issue.synonyms)),
            ),
        )
        for entry in entries
    )
