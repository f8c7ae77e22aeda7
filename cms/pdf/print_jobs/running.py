"""Works on print jobs a step at a time. Each step is written down when it is done: what is interrupted goes on there.

Where a worker runs, it works in tasks of a few seconds, so that other work gets its turn. Where tasks would run inside
the request (development), the page that shows the progress does a little work each time it is asked for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from cms.domain import worker
from cms.models import Attachment, PrintJob, PrintJobItem, StoredPdf
from cms.models.print_job import OPEN_STATES, ItemState, JobState
from cms.pdf import service
from cms.pdf.errors import PdfBusy, PdfError, PdfUnavailable
from cms.pdf.print_jobs import finishing, leases
from cms.pdf.print_jobs.leases import Lease
from cms.pdf.print_jobs.recipes import choices_of, recipe_of
from cms.pdf.print_jobs.sources import source_of
from cms.pdf.registry import UnknownVersion, kind_for

logger = logging.getLogger(__name__)
TASK_SECONDS = 20.0
REQUEST_SECONDS = 1.5
BUSY_SECONDS = 2.0
Report = Callable[[PrintJob], None]


def begin(job: PrintJob) -> None:
    """Have the worker start once the present transaction is committed."""
    if not runs_in_request():
        transaction.on_commit(lambda: run_print_job.enqueue(str(job.pk)))


def runs_in_request() -> bool:
    """True where there is no worker: a task would be done on the spot, by whoever asked for it."""
    return not run_print_job.get_backend().supports_defer


@task()
def run_print_job(job_id: str) -> None:
    """A while of work, and a task for the rest."""
    if work(job_id, seconds=TASK_SECONDS):
        run_print_job.enqueue(job_id)


def tend(job: PrintJob) -> None:
    """Called when somebody looks at an open job: works a little, or wakes what was interrupted."""
    if not job.is_open:
        return
    if runs_in_request():
        work(job.pk, seconds=REQUEST_SECONDS)
    elif not leases.is_held(job) and _is_quiet(job):
        run_print_job.enqueue(str(job.pk))


def waits_in_vain(job: PrintJob) -> bool:
    """Whether an open job waits for a worker that does not run."""
    return not runs_in_request() and not leases.is_held(job) and worker.is_silent()


def _is_quiet(job: PrintJob) -> bool:
    """Between two tasks nobody holds a job; one that rests for long was left by a worker that ended. One that nobody
    began may stand behind others in the queue, so it rests for longer."""
    rest = finishing.QUIET if job.state == JobState.WORKING else finishing.QUEUED
    changed = PrintJob.objects.filter(pk=job.pk, updated_at__lt=timezone.now() - rest).update(
        updated_at=timezone.now()  # so that the next to look does not wake it once more
    )
    return bool(changed)


def resume(report: Report | None = None) -> int:
    """Finish every open job that nobody works on; returns how many that were."""
    jobs = [
        job for job in PrintJob.objects.filter(state__in=OPEN_STATES) if not leases.is_held(job)
    ]
    for job in jobs:
        work(job.pk, report=report)
    return len(jobs)


def work(job_id: Any, *, seconds: float | None = None, report: Report | None = None) -> bool:
    """Work on a job until it ends or the time is over. True while something is left to do for us."""
    job = PrintJob.objects.filter(pk=job_id).first()
    lease = leases.take(job) if job is not None and job.is_open else None
    if job is None or lease is None:
        return False
    started = time.monotonic()
    try:
        with leases.renewed(lease):
            while _step(job, lease):
                if report:
                    report(job)
                if seconds is not None and time.monotonic() - started > seconds:
                    return True
    except leases.LeaseLost:
        logger.warning("Print job %s: taken up by another attempt, or removed", job_id)
        return False
    except PrintJob.DoesNotExist:  # its owner removed it: nobody waits for it any more
        return False
    finally:
        lease.let_go()
    if report:
        report(job)
    return False


def _step(job: PrintJob, lease: Lease) -> bool:
    """One item, or the file at the end. False when the job has ended or waits for a decision."""
    lease.check()
    job.refresh_from_db()
    if not job.is_open:
        return False
    item = job.items.filter(state=ItemState.WAITING).first()
    with translation.override(job.language):
        if item is None:
            return finishing.finish(job, lease)
        try:
            _print_item(job, item, lease)
        except PdfUnavailable as error:
            finishing.end(job, lease, JobState.FAILED, error=str(error))
            return False
    done = job.items.exclude(state=ItemState.WAITING).count()
    lease.held_open().update(done=done, state=JobState.WORKING, updated_at=timezone.now())
    job.refresh_from_db()
    return job.is_open


def _print_item(job: PrintJob, item: PrintJobItem, lease: Lease) -> None:
    """Its failure is written down under its name; the rest goes on."""
    try:
        item.stored, item.is_draft = _stored(job, item, lease)
    except (PdfUnavailable, leases.LeaseLost):
        raise
    except (PdfError, UnknownVersion, OSError) as error:
        item.state, item.reason = ItemState.FAILED, _reason(error)
    except Exception:  # one thing that cannot be printed stops no other
        logger.exception("Print job %s: %s could not be printed", job.pk, item.title)
        item.state, item.reason = ItemState.FAILED, _("it could not be printed")
    else:
        item.state, item.reason = ItemState.DONE, ""
    lease.check()  # it may have taken long
    item.save(update_fields=["stored", "is_draft", "state", "reason"])


def _stored(job: PrintJob, item: PrintJobItem, lease: Lease) -> tuple[StoredPdf, bool]:
    """The PDF of an item and whether it is a draft."""
    obj = item.item
    if obj is None:
        raise PdfError(_("it was deleted"))
    trusted = recipe_of(job).trusts(job, obj)
    source = source_of(obj, job.owner, newest=job.newest, trusted=trusted)
    if isinstance(source.obj, Attachment):
        return finishing.stored_attachment(source.obj, item.title), False
    kind = kind_for(source.obj, item.paper)
    if kind is None:
        raise PdfError(_("it has no such printed form"))
    document = kind.document(
        source.obj, draft=source.draft, version=item.version, choices=choices_of(job)
    )
    while True:
        try:
            return service.render(document), document.draft
        except PdfBusy:
            lease.check()
            time.sleep(BUSY_SECONDS)


def _reason(error: Exception) -> str:
    """What the system says of a file names a path, which helps nobody."""
    if isinstance(error, PdfError):
        return str(getattr(error, "reason", "") or error)
    if isinstance(error, UnknownVersion):
        return _("it has no such version")
    return _("a file could not be read or written")
