"""Many documents as one file from the command line: the same jobs that the admin starts, without an owner."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import PrintJob
from cms.models.print_job import ItemState, JobState, Packaging
from cms.pdf import store
from cms.pdf.print_jobs import creating, running
from cms.pdf.print_jobs.creating import Wanted
from cms.pdf.registry import site_language
from events.domain.packets import arranged
from events.models import Event, EventPacket
from events.pdf import create_packet_job
from testimony.exporters.pdf_files import Target


class ExportFailed(Exception):
    """`str(error)` says why there is no file."""


def list_job(targets: Sequence[Target], packaging: str) -> PrintJob:
    """The job that prints these pages; one that was interrupted before is taken up again."""
    pages = Page.objects.specific().in_bulk([target.page_id for target in targets])
    wanted = [Wanted(pages[target.page_id]) for target in targets if target.page_id in pages]
    return creating.create_job(
        wanted,
        owner=None,
        title=_("Documents"),
        language=site_language(),
        packaging=packaging,
        resume=True,
    )


def unknown(targets: Sequence[Target]) -> list[list[str]]:
    """Number and reason of what was asked for by number and is no page."""
    known = set(
        Page.objects.filter(pk__in=[target.page_id for target in targets]).values_list(
            "pk", flat=True
        )
    )
    reason = _("no public document has this number")
    return [[str(it.page_id), reason] for it in targets if it.page_id not in known]


def packet_job(event_id: int, packaging: str, *, go_on: bool) -> PrintJob:
    """The packet of an event as it was arranged."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise ExportFailed(_("There is no event %(id)d.") % {"id": event_id})
    packet = EventPacket.objects.filter(event=event).first() or EventPacket(event=event)
    job = create_packet_job(packet, arranged(event), owner=None, resume=True)
    PrintJob.objects.filter(pk=job.pk).update(packaging=packaging, go_on=go_on)
    job.refresh_from_db()
    return job


def steps(job: PrintJob) -> Iterator[None]:
    """One for each thing that is printed from now on."""
    while running.work(job.pk, seconds=0):
        yield


def deliver(job: PrintJob, path: Path) -> list[list[str]]:
    """Put the finished file at `path`. Returns title and reason of what is not in it; the job is gone then."""
    job.refresh_from_db()
    failed = [[item.title, item.reason] for item in job.items.filter(state=ItemState.FAILED)]
    if job.is_open:
        raise ExportFailed(_("Another process works on this already."))
    if job.state != JobState.DONE:
        creating.remove(job)
        lines = [job.error, *(f"{title}: {reason}" for title, reason in failed)]
        if job.state == JobState.HELD:
            lines.append(_("Use --go-on to make the file without it."))
        raise ExportFailed("\n".join(filter(None, lines)))
    try:
        _copy(job, path)
    except OSError as error:
        said = _("%(path)s cannot be written: %(reason)s.")
        raise ExportFailed(said % {"path": path, "reason": error.strerror}) from error
    creating.remove(job)
    return failed


def _copy(job: PrintJob, path: Path) -> None:
    """A reader sees the old file or the new one, never half."""
    name = job.archive if job.packaging == Packaging.ZIP or job.result is None else job.result.path
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, making = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(descriptor, "wb") as target, store.storage().open(name) as source:
            shutil.copyfileobj(source, target)
        os.chmod(making, 0o644)  # mkstemp makes it private; a document is for everybody
        os.replace(making, path)
    except BaseException:
        Path(making).unlink(missing_ok=True)
        raise
