"""Brings the documents that show a changed item up to date, a chunk at a time.

A `RefreshJob` row says how far it is. It is made in the transaction of the change itself, and each chunk and
its entry in the row are one transaction, so that what is interrupted (a restart, a crash) goes on behind the last
chunk done: by the worker's own `watch`, at the item's next change, or with `manage.py refresh_documents`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page

from cms.archive.later import WORK, Work
from cms.archive.projection import project_pages
from cms.domain.worker import let_others_write
from cms.models import PagePdf, PageTwin
from cms.pdf import upkeep
from testimony.domain import finding, uses
from testimony.domain.use_graph import Key, key_of
from testimony.models import RefreshJob, Source, Use

CHUNK = 100
# Longer than any chunk takes. What has not moved for so long lost its worker.
WATCH = dt.timedelta(minutes=2)
# Where tasks run inside the request (development), the rest is left to the command.
CHUNKS_IN_REQUEST = 5
Report = Callable[[RefreshJob], None]


def refresh(page_ids: Iterable[int]) -> None:
    """Make archive rows anew; a page that cannot be is logged and stops no other.

    PDFs are found by content, so an old one cannot be served; what the pages say of size and length is
    forgotten until the new one is made.
    """
    ids = sorted(page_ids)
    for start_at in range(0, len(ids), CHUNK):
        pages = Page.objects.filter(pk__in=ids[start_at : start_at + CHUNK])
        PagePdf.objects.filter(page__in=pages).delete()
        PageTwin.objects.filter(page__in=pages, is_draft=False).delete()
        project_pages(pages)


def start(item: Model, *, everywhere: bool = False) -> None:
    """Refresh every document that shows `item`, or start over when that is under way.

    `everywhere` reaches pinned wording too: it goes and comes back with the item.
    """
    _start(key_of(item), everywhere=everywhere)


def start_archive(model: type[Model], pk: int) -> None:
    """Begin or start over what the archive has to do (`cms.archive.later`) after a change of this item."""
    _start(Key(ContentType.objects.get_for_model(model).pk, pk), everywhere=False)


@transaction.atomic(savepoint=False)  # `publish_scheduled` publishes outside of any
def _start(key: Key, *, everywhere: bool) -> None:
    """Waits for a chunk that is being done, so that what is written next is not overwritten by what that chunk has
    read before."""
    job, new = RefreshJob.objects.select_for_update().get_or_create(
        item_type_id=key.type_id,
        item_id=key.pk,
        defaults={"everywhere": everywhere, "started_at": timezone.now()},
    )
    everywhere = everywhere or job.everywhere
    job.cursor = 0
    total = _pages(job, everywhere=everywhere).count()
    if not total:
        job.delete()
        return
    now = {"total": total, "done": 0, "cursor": 0, "everywhere": everywhere}
    run = job.run if new else job.run + 1
    RefreshJob.objects.filter(pk=job.pk).update(**now, run=run, started_at=timezone.now())
    transaction.on_commit(partial(_enqueue, job.pk, run), robust=True)


def _enqueue(job_id: int, run: int) -> None:
    refresh_chunks.enqueue(job_id, run)
    _watch_later(job_id, run)


@task()
def refresh_chunks(job_id: int, run: int) -> None:
    """One chunk, and a task for the next, so that other work of the worker gets its turn in between."""
    if not runs_in_request():
        if job := advance(job_id, run):
            refresh_chunks.enqueue(job_id, run)
            _make_room(job)
        return
    for _chunk in range(CHUNKS_IN_REQUEST):
        job = advance(job_id, run)
        if job is None:
            return
        _make_room(job)


def _make_room(job: RefreshJob) -> None:
    if job.done < job.total:
        let_others_write()


@task()
def watch(job_id: int, run: int) -> None:
    """A worker that is killed in a chunk leaves nobody to call for the next one."""
    job = RefreshJob.objects.filter(pk=job_id, run=run).first()
    if job is not None:
        if job.updated_at < timezone.now() - WATCH:
            refresh_chunks.enqueue(job_id, run)
        _watch_later(job_id, run)


def _watch_later(job_id: int, run: int) -> None:
    if not runs_in_request():
        watch.using(run_after=timezone.now() + WATCH).enqueue(job_id, run)


def runs_in_request() -> bool:
    """True where a task is done on the spot, by whoever asked for it."""
    return not refresh_chunks.get_backend().supports_defer


def resume(report: Report | None = None) -> int:
    """Finish what was interrupted; returns how many items that were."""
    jobs = list(RefreshJob.objects.order_by("started_at"))
    for job in jobs:
        while (now := advance(job.pk, job.run)) is not None:
            if report:
                report(now)
            _make_room(now)
    return len(jobs)


@transaction.atomic
def advance(job_id: int, run: int) -> RefreshJob | None:
    """Refresh the next chunk; None when nothing is left to do, or somebody else does it."""
    job = RefreshJob.objects.select_for_update().filter(pk=job_id, run=run).first()
    if job is None:
        return None
    page_ids = list(_pages(job, everywhere=job.everywhere)[:CHUNK])
    if not page_ids:
        job.delete()
        upkeep.wake()
        return None
    work = _archive_work(job)
    work.redo(page_ids) if work else _refresh_chunk(job, page_ids)
    job.cursor, job.done = page_ids[-1], job.done + len(page_ids)
    job.total = max(job.total, job.done)
    job.save(update_fields=["cursor", "done", "total", "updated_at"])
    return job


def job_of(item: Model) -> RefreshJob | None:
    """What is still under way for `item`."""
    key = key_of(item)
    return RefreshJob.objects.filter(item_type=key.type_id, item_id=key.pk).first()


def _refresh_chunk(job: RefreshJob, page_ids: list[int]) -> None:
    """What the pages are known to use, the archive's rows, and the rows that staff search."""
    if job.everywhere:
        uses.redo_indirect(page_ids)
    refresh(_uses(job, everywhere=job.everywhere).living().filter(page__in=page_ids).pages())
    if ContentType.objects.get_for_id(job.item_type_id).model_class() is not Source:
        finding.renew(page_ids)


def _archive_work(job: RefreshJob) -> Work | None:
    """What there is to do where it is no item of the library that changed."""
    model = ContentType.objects.get_for_id(job.item_type_id).model_class()
    return WORK.get(model) if model else None


def _uses(job: RefreshJob, *, everywhere: bool):
    found = Use.objects.filter(item_type=job.item_type_id, item_id=job.item_id).in_pages()
    return found if everywhere else found.reached()


def _pages(job: RefreshJob, *, everywhere: bool):
    """Keys of documents and drafts behind the cursor that a change reaches, in ascending order."""
    if work := _archive_work(job):
        behind = work.reached(job.item_id).filter(pk__gt=job.cursor)
        return behind.order_by("pk").values_list("pk", flat=True)
    behind = _uses(job, everywhere=everywhere).filter(page_id__gt=job.cursor)
    return behind.order_by("page_id").pages()
