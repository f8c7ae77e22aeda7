"""What an item with thousands of uses costs, against saving a draft of a plain page; and a PDF as a visitor gets it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.benchmark.database import HOST, base_36
from cms.benchmark.harness import cpu_slice
from cms.benchmark.pdf_figures import own_files
from cms.benchmark.registry import Measure, Pair, Slice
from cms.benchmark.registry import register as add
from cms.benchmark.serving import Served
from cms.models import (
    ArchiveEntry,
    ArchivePage,
    HomePage,
    Issue,
    Person,
    StandardPage,
    StoredPdf,
    User,
)
from events.domain.presentations import add_presentation
from events.models import Event
from testimony.domain import refreshing
from testimony.domain.printing import hold_pdfs, make_pdf
from testimony.models import DocumentPage, FactSheetPage, TalkingPoint, TestimonyPage, Use

USES = 5_000
DOCUMENTS = 200
LIMIT = "saving a draft of a plain page"
DAY_OF_SECONDS = 5.0


def copies(page: DocumentPage, count: int) -> list[Page]:
    """`count` more documents with the words, and the uses, of `page`, written without any signal."""
    names = [field.name for field in Page._meta.local_concrete_fields if not field.primary_key]
    values = {name: getattr(page, name) for name in names}
    first = Page.objects.filter(path__startswith=page.path[:-4], depth=page.depth).count() + 1
    pages = Page.objects.bulk_create(
        Page(
            **{
                **values,
                "translation_key": uuid.uuid4(),
                "latest_revision": None,
                "live_revision": None,
                "path": page.path[:-4] + base_36(first + number),
                "slug": f"{page.slug}-{number}",
                "url_path": f"{page.url_path.rstrip('/')}-{number}/",
                "title": f"{page.title} {number}",
                "draft_title": f"{page.title} {number}",
            }
        )
        for number in range(count)
    )
    _insert_rows(type(page), page.pk, [copy.pk for copy in pages])
    rows = list(Use.objects.filter(page_id=page.pk))
    for row in rows:
        fields = [
            f.attname for f in Use._meta.concrete_fields if f.attname not in {"id", "page_id"}
        ]
        same = {name: getattr(row, name) for name in fields}
        Use.objects.bulk_create((Use(page=copy, **same) for copy in pages), batch_size=1_000)
    Page.objects.filter(pk=page.get_parent().pk).update(numchild=first + count - 1)
    return pages


def _insert_rows(model: type[DocumentPage], source: int, page_ids: list[int]) -> None:
    """Bulk creation refuses models with parents; unique keys of imports are left out."""
    link = model._meta.pk.column
    columns = [
        field.column
        for field in model._meta.local_concrete_fields
        if not field.primary_key and not field.unique
    ]
    quote = connection.ops.quote_name
    listed = ", ".join(quote(column) for column in columns)
    table = quote(model._meta.db_table)
    sql = (
        f"INSERT INTO {table} ({quote(link)}, {listed}) "  # noqa: S608 (names of our own columns)
        f"SELECT %s, {listed} FROM {table} WHERE {quote(link)} = %s"
    )
    with connection.cursor() as cursor:
        cursor.executemany(sql, [(pk, source) for pk in page_ids])


def used_point(count: int) -> TalkingPoint:
    """A published talking point that `count` published documents show."""
    point = TalkingPoint(title="Leave follows the paycheck", text="<p>So it is.</p>", live=False)
    point.save()
    point.save_revision().publish()
    point.refresh_from_db()
    body = [("talking_point", point), ("paragraph", RichText("<p>Thank you.</p>"))]
    page = TestimonyPage(
        title="Testimony", slug="testimony", body=body, date="2026-03-04", live=False
    )
    ArchivePage.objects.get().add_child(instance=page)
    page.issues.set(Issue.objects.all()[:1])
    with hold_pdfs():
        page.save_revision().publish()
    page.refresh_from_db()
    copies(page, count - 1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return point


def plain_save() -> Callable[[], object]:
    page = StandardPage(title="Plain", slug="plain", body="<p>Words.</p>")
    HomePage.objects.get().add_child(instance=page)
    return page.save_revision


@contextmanager
def opened_screen(view: str) -> Iterator[Pair]:
    """One of an item's screens, as an administrator sees it."""
    client = Client(SERVER_NAME=HOST)
    user = User.objects.filter(username="benchmark").first()
    client.force_login(user or User.objects.create_superuser("benchmark"))
    point = used_point(USES)
    address = reverse(point.snippet_viewset.get_url_name(view), args=[point.pk])

    def visit() -> None:
        response = client.get(address, secure=True)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}.")

    try:
        yield Pair(cpu_slice(visit), cpu_slice(plain_save()))
    finally:
        tidy()


@contextmanager
def opened_publish() -> Iterator[Pair]:
    point = used_point(DOCUMENTS)
    try:
        yield Pair(publish_slice(point), cpu_slice(plain_save()))
    finally:
        tidy()


def publish_slice(point: TalkingPoint) -> Slice:
    """Publish a changed wording until the last document is up to date; CPU seconds for each document."""

    def run() -> float:
        before = time.process_time()
        words = f"So it is after {before} seconds"
        point.text = f"<p>{words}.</p>"
        point.save_revision().publish()
        refreshing.resume()
        spent = time.process_time() - before
        reached = ArchiveEntry.objects.filter(search_text__contains=words).count()
        if reached != DOCUMENTS:
            raise RuntimeError(f"The change reached {reached} of {DOCUMENTS} documents.")
        return spent / DOCUMENTS

    return run


@contextmanager
def opened_served() -> Iterator[Pair]:
    """Both through the same server, by its own processor time: routing, middleware, headers, the file."""
    with own_files() as folder, hold_pdfs():
        words = [("paragraph", "<p>Heat harms many.</p>")]
        page = FactSheetPage(title="Heat", slug="heat", body=words, live=False)
        ArchivePage.objects.get().add_child(instance=page)
        Page.objects.filter(pk=page.pk).update(live=True)  # ready enough for a measure
        page.refresh_from_db()
        try:
            static = folder / "static"
            static.mkdir()
            with make_pdf(page).open() as file:
                (static / "same.pdf").write_bytes(file.read())
            with override_settings(STATIC_ROOT=str(static)), Served() as served:
                ours, theirs = f"{page.url}pdf/", "/static/same.pdf"
                if served.fetch(ours) != served.fetch(theirs):
                    raise RuntimeError("The two files differ: nothing to compare.")
                yield Pair(partial(served.seconds, ours), partial(served.seconds, theirs))
        finally:
            page.delete()


@contextmanager
def opened_day_of() -> Iterator[Pair]:
    """By the clock, as the one who taps waits: from the tap to the bytes of the shorter copy."""
    client = Client(SERVER_NAME=HOST)
    user = User.objects.filter(username="benchmark").first()
    user = user or User.objects.create_superuser("benchmark")
    client.force_login(user)
    event = Event.objects.create(title="Hearing", starts_at=timezone.now())
    speaker = Person.objects.create(name="Ada Okafor")
    page = TestimonyPage(title="Testimony", slug="testimony", event=event, speaker=speaker)
    page.date, page.live = timezone.localdate(), False
    ArchivePage.objects.get().add_child(instance=page)
    page.issues.set(Issue.objects.all()[:1])
    # However busy the machine: what is measured ends when the file is there.
    whole = override_settings(ROSTRUM_PDF_PATIENCE_SECONDS=None)
    with own_files(), hold_pdfs(), whole:
        write_anew(page, 0)
        presentation = add_presentation(event, speaker, user=user, pages=[page])
        yield Pair(partial(tap, client, page, event.pk), lambda: DAY_OF_SECONDS)
    presentation.delete()
    event.delete()
    speaker.delete()
    tidy()


def write_anew(page: TestimonyPage, number: int) -> None:
    """Other words than ever before: nothing that was printed serves."""
    words = "<p>Families wait for leave that never comes. </p>" * 12
    blocks = [("paragraph", RichText(f"<p>I am here on leave, {number}.</p>"))]
    page.body = [*blocks, *[("paragraph", RichText(words))] * 3]
    page.save_revision().publish()


def tap(client: Client, page: TestimonyPage, event_id: int) -> float:
    """Seconds."""
    write_anew(page, time.monotonic_ns())
    Event.objects.filter(pk=event_id).update(speaking_limit_seconds=180)
    known = StoredPdf.objects.count()
    before = time.perf_counter()
    address = reverse("events:day_of", args=[event_id])
    answer = client.post(address, {"limit": "60"}, secure=True)
    made = StoredPdf.objects.latest("pk")
    with made.open() as file:
        size = len(file.read())
    spent = time.perf_counter() - before
    if (answer.status_code, StoredPdf.objects.count(), size) != (302, known + 1, made.size):
        raise RuntimeError("The tap made no new file.")
    return spent


def tidy() -> None:
    """Leave the temporary database as the next measure expects it."""
    for page in Page.objects.filter(slug__in=["plain"]):
        page.delete()
    TestimonyPage.objects.all().delete()
    TalkingPoint.objects.all().delete()


def measure(name: str, title: str, target: float, goal: float, opened: Callable) -> Measure:
    return Measure(
        name=f"library-{name}", title=title, limit=LIMIT, target=target, goal=goal, open=opened
    )


def register() -> None:
    """`manage.py benchmark library` runs the first three, and the search."""
    from testimony.benchmark import sheet, typing  # cycle: parts of this package

    sheet.register()
    typing.register()
    words = f"of a talking point with {USES:,} uses"
    edit, usage = (partial(opened_screen, view) for view in ("edit", "usage"))
    add(measure("edit", f"Edit screen {words}", 16, 8, edit))
    add(measure("where-used", f"Where-used page {words}", 12, 6, usage))
    add(measure("publish", "Publishing a shared change, a document", 1, 0.2, opened_publish))
    add(
        Measure(
            name="events-day-of",
            title="Limit cut at the door: from the tap to the shorter podium copy",
            limit=f"{DAY_OF_SECONDS:.0f} seconds by the clock",
            target=1,
            goal=0.4,
            open=opened_day_of,
            most_rounds=8,
            unit="s",
        )
    )
    add(
        Measure(
            name="pdf-served",
            title="A PDF as a visitor gets it, the whole request",
            limit="a static file of the same bytes through the same server",
            target=1.5,
            goal=1.2,
            open=opened_served,
        )
    )
