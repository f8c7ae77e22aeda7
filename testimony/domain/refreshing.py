"""Brings the documents that show a changed item up to date, a chunk at a time.

A `RefreshJob` row says how far it is. Each chunk and its entry in the row are one transaction, so that what is
interrupted (a restart, a crash) goes on behind the last chunk done: at the item's next change, or with
`manage.py refresh_documents`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django_tasks import task
from wagtail.models import Page

from cms.archive.projection import project_pages
from cms.models import PagePdf
from testimony.domain.use_graph import key_of
from testimony.models import RefreshJob, Use

CHUNK = 100
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
        project_pages(pages)


def start(item: Model) -> None:
    """Refresh every document that shows `item`, or start over when that is under way."""
    total = _pages_showing(item).count()
    if not total:
        return
    key = key_of(item)
    job, new = RefreshJob.objects.get_or_create(
        item_type_id=key.type_id,
        item_id=key.pk,
        defaults={"total": total, "started_at": timezone.now()},
    )
    if not new:
        RefreshJob.objects.filter(pk=job.pk).update(
            total=total, done=0, cursor=0, run=F("run") + 1, started_at=timezone.now()
        )
        job.refresh_from_db()
    refresh_chunks.enqueue(job.pk, job.run)


@task()
def refresh_chunks(job_id: int, run: int) -> None:
    """One chunk, and a task for the next, so that other work of the worker gets its turn in between."""
    if not runs_in_request():
        if advance(job_id, run):
            refresh_chunks.enqueue(job_id, run)
        return
    for _chunk in range(CHUNKS_IN_REQUEST):
        if not advance(job_id, run):
            return


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
    return len(jobs)


@transaction.atomic
def advance(job_id: int, run: int) -> RefreshJob | None:
    """Refresh the next chunk; None when nothing is left to do, or somebody else does it."""
    job = RefreshJob.objects.select_for_update().filter(pk=job_id, run=run).first()
    if job is None:
        return None
    item_type = ContentType.objects.get_for_id(job.item_type_id)
    uses = Use.objects.filter(item_type=item_type, item_id=job.item_id)
    page_ids = list(_pages(uses).filter(page_id__gt=job.cursor)[:CHUNK])
    if not page_ids:
        job.delete()
        return None
    refresh(page_ids)
    job.cursor, job.done = page_ids[-1], job.done + len(page_ids)
    job.total = max(job.total, job.done)
    job.save(update_fields=["cursor", "done", "total", "updated_at"])
    return job


def job_of(item: Model) -> RefreshJob | None:
    """What is still under way for `item`."""
    key = key_of(item)
    return RefreshJob.objects.filter(item_type=key.type_id, item_id=key.pk).first()


def _pages_showing(item: Model):
    return _pages(Use.objects.of(item))


def _pages(uses):
    """Keys of published documents that a change reaches, in ascending order."""
    reached = uses.living().in_pages().reached()
    return reached.order_by("page_id").values_list("page_id", flat=True).distinct()
