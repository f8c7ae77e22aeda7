"""Keeps the store of PDFs as it should be: what is public is made before it is asked for, what nobody needs goes.

A public page without a current PDF is one to be made: publishing and changes of shared items leave it so. What is
interrupted is therefore found again. Upper packages say how a page is printed with `register_maker`.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from django.db import connections, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page

from cms.domain.visibility import public_pages
from cms.models import DraftPdf, PagePdf, StoredPdf
from cms.pdf import store
from cms.pdf.errors import PdfError
from cms.pdf.leftovers import Swept, sweep_drawings, sweep_zips

logger = logging.getLogger(__name__)

PAGES_IN_A_TASK = 10  # then other work of the worker gets its turn
PARALLEL = 2  # as many as the render process prints at a time
KEEP_DAYS = 30
Maker = Callable[[int], object]
_makers: dict[type[Page], Maker] = {}
_OURS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/([0-9a-f]{64}\.pdf|\.writing-\w+)\Z")


def register_maker(models: Iterable[type[Page]], make: Maker) -> None:
    """`make` prints the page of a primary key and notes it in `PagePdf`; it may raise PdfError and OSError."""
    _makers.update(dict.fromkeys(models, make))


def wake() -> None:
    """Once the present transaction is committed, have public pages without a PDF printed in the background.

    Where tasks are done inside the request, as in development, a PDF is made when it is first asked for.
    """
    if render_missing.get_backend().supports_defer:
        transaction.on_commit(partial(render_missing.enqueue, None), robust=True)


@task()
def render_missing(after: list | None) -> None:
    """The newest pages first; `after` is the last page that was looked at, so that a failing one is tried once."""
    batch = missing(after)[:PAGES_IN_A_TASK]
    rows = list(batch)
    print_pages([(model, pk) for model, pk, _when in rows])
    if len(rows) == PAGES_IN_A_TASK:
        _model, pk, when = rows[-1]
        render_missing.enqueue([when.isoformat(), pk])


def missing(after: Sequence | None = None) -> list[tuple[type[Page], int, dt.datetime]]:
    """Public pages without a current PDF, those published last first."""
    found = []
    for model in _makers:
        pages = public_pages(model.objects.all()).filter(last_published_at__isnull=False)
        pages = pages.exclude(Exists(PagePdf.objects.filter(page=OuterRef("pk"))))
        if after is not None:
            when, pk = dt.datetime.fromisoformat(after[0]), after[1]
            earlier = Q(last_published_at__lt=when) | Q(last_published_at=when, pk__lt=pk)
            pages = pages.filter(earlier)
        newest = pages.order_by("-last_published_at", "-pk")[:PAGES_IN_A_TASK]
        found += [(model, *row) for row in newest.values_list("pk", "last_published_at")]
    return sorted(found, key=lambda row: (row[2], row[1]), reverse=True)


def print_pages(pages: Sequence[tuple[type[Page], int]]) -> None:
    """A failure is logged and stops no other."""
    if PARALLEL == 1 or len(pages) < 2:
        for model, pk in pages:
            _print(model, pk)
        return
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(lambda page: _in_thread(*page), pages))


def _in_thread(model: type[Page], pk: int) -> None:
    try:
        _print(model, pk)
    finally:
        connections.close_all()  # a thread has database connections of its own


def _print(model: type[Page], pk: int) -> None:
    try:
        _makers[model](pk)
    except (PdfError, OSError) as error:
        logger.warning("No PDF of page %s: %s", pk, error)
    except Exception:  # those published earlier are printed all the same
        logger.exception("No PDF of page %s", pk)


def unneeded(days: int = KEEP_DAYS) -> QuerySet[StoredPdf]:
    """Stored files that nothing refers to and nobody asked for in so many days.

    The last file of a draft is told to the editor, but kept for nobody: it is made again when it is asked for.
    """
    rows = StoredPdf.objects.filter(used_at__lt=timezone.now() - dt.timedelta(days=days))
    for relation in StoredPdf._meta.related_objects:
        if relation.related_model is not DraftPdf:
            holders = relation.related_model._default_manager
            rows = rows.exclude(Exists(holders.filter(**{relation.field.name: OuterRef("pk")})))
    return rows.order_by("pk")


def sweep(days: int = KEEP_DAYS, *, dry_run: bool = False) -> Iterator[Swept]:
    """Remove what nobody needs, a file at a time. Records have a storage of their own, which is not looked at.

    The row goes first: a file without a row costs space, a row without a file would be a broken promise.
    """
    for stored in unneeded(days).iterator():
        shared = StoredPdf.objects.filter(path=stored.path).exclude(pk=stored.pk).exists()
        if not dry_run:
            stored.delete()
            if not shared:
                store.storage().delete(stored.path)
        yield Swept(stored.path, 0 if shared else stored.size)
    yield from _orphans(days, dry_run=dry_run)
    yield from sweep_zips(dry_run=dry_run)
    yield from sweep_drawings(days, dry_run=dry_run)


def _orphans(days: int, *, dry_run: bool) -> Iterator[Swept]:
    """Files that a crash left without a row."""
    try:
        root = Path(store.storage().path(""))
    except NotImplementedError:  # object storage: whole or not at all
        return
    latest = (timezone.now() - dt.timedelta(days=max(days, 1))).timestamp()
    for path in sorted(root.glob("??/??/*")):
        name = path.relative_to(root).as_posix()
        if not _OURS.match(name):
            continue
        try:
            status = path.stat()
        except FileNotFoundError:  # another sweep was quicker
            continue
        if status.st_mtime > latest:
            continue
        if StoredPdf.objects.filter(path=name).exists():
            continue
        if not dry_run:
            path.unlink(missing_ok=True)
        yield Swept(name, status.st_size)
