"""Makes the file of a print job out of its printed parts."""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.models import Attachment, PrintJob, PrintJobItem, StoredPdf
from cms.models.print_job import ItemState, JobState, Packaging, in_a_week
from cms.pdf import service, store
from cms.pdf.client import Rendered
from cms.pdf.errors import PdfError
from cms.pdf.packets import outside
from cms.pdf.packets.parts import Front, Part, Plan
from cms.pdf.print_jobs.leases import Lease
from cms.pdf.print_jobs.recipes import recipe_of

logger = logging.getLogger(__name__)
QUIET = dt.timedelta(seconds=30)
QUEUED = dt.timedelta(minutes=10)


def finish(job: PrintJob, lease: Lease) -> bool:
    """The last step: the file, or a question. Always False: nothing is left to do by itself."""
    items = list(job.items.select_related("stored"))
    lost = [item for item in items if item.state == ItemState.DONE and not _there(item)]
    if lost:  # swept meanwhile: printed once more
        job.items.filter(pk__in=[item.pk for item in lost]).update(state=ItemState.WAITING)
        return True
    printed = [item for item in items if item.state == ItemState.DONE]
    failed = len(items) - len(printed)
    if not printed:
        end(job, lease, JobState.FAILED, error=_("Nothing could be printed."))
        return False
    if failed and recipe_of(job).holds and not job.go_on:
        end(job, lease, JobState.HELD)
        return False
    job.is_draft = any(item.is_draft for item in printed)
    try:
        if job.packaging == Packaging.ZIP:
            _make_zip(job, printed, lease)
        else:
            _make_packet(job, printed)
    except (PdfError, OSError) as error:
        logger.warning("Print job %s: no file: %s", job.pk, error)
        said = str(error) if isinstance(error, PdfError) else _("The file could not be written.")
        end(job, lease, JobState.FAILED, error=said)
        return False
    except Exception:  # else the job is begun again whenever somebody looks at it
        logger.exception("Print job %s: no file", job.pk)
        end(job, lease, JobState.FAILED, error=_("The file could not be written."))
        return False
    end(job, lease, JobState.DONE)
    return False


def end(job: PrintJob, lease: Lease, state: JobState, *, error: str = "") -> None:
    """Write down how it went, unless somebody stopped it or took it up meanwhile. One zip is left of a job."""
    values = {
        "state": state,
        "error": error,
        "is_draft": job.is_draft,
        "result": job.result,
        "archive": job.archive,
        "size": job.size,
        "pages": job.pages,
        "finished_at": timezone.now(),
        "updated_at": timezone.now(),
        "expires_at": in_a_week(),
    }
    before = PrintJob.objects.filter(pk=job.pk).values_list("archive", flat=True).first()
    ended = lease.held_open().update(**values)
    useless = before if ended else job.archive
    if useless and before != job.archive:
        store.storage().delete(useless)
    job.refresh_from_db()


def stored_attachment(attachment: Attachment, title: str) -> StoredPdf:
    """An uploaded PDF, made fit for a packet."""
    name = PurePosixPath(attachment.filename)
    if name.suffix.lower() != ".pdf":
        raise PdfError(_("it is not a PDF. Print it to a PDF and upload that."))
    if (attachment.file.size or 0) > outside.MOST_BYTES:
        raise outside.refusal(title, "size")
    with attachment.open_file() as file:
        return outside.prepare(file.read(), title=title, filename=name.name)


def _there(item: PrintJobItem) -> bool:
    return item.stored is not None and store.intact(item.stored)


def _make_packet(job: PrintJob, items: Sequence[PrintJobItem]) -> None:
    """One PDF. The same parts in the same order are put together once."""
    # lazy: loads pikepdf, which costs a tenth of a second
    from cms.pdf.packets import assembly

    recipe = recipe_of(job)
    parts = [part_of(item, item.stored) for item in items if item.stored is not None]
    plan = Plan.of(parts, double_sided=job.double_sided)
    document = recipe.front(job, list(items), plan)
    front = service.render(document) if document is not None else None

    def put_together() -> Rendered:
        done = assembly.assemble(
            parts,
            title=job.title,
            language=job.language,
            front=Front(_bytes(front), front.pages, _("Contents"), job.language) if front else None,
            draft=job.is_draft,
            double_sided=job.double_sided,
            author=recipe.author(job),
        )
        return Rendered(done.pdf, done.pages, (), 0.0)

    key = store.content_key(
        {
            "packet": assembly.REVISION,
            "parts": [
                [i.stored.sha256, i.title, i.group, i.stored.language] for i in items if i.stored
            ],
            "front": front.sha256 if front else "",
            "about": [job.title, job.language, job.double_sided, job.is_draft, recipe.author(job)],
            "pikepdf": version("pikepdf"),
        }
    )
    job.result = store.get_or_render(key, _labels(job), put_together)[0]
    job.size, job.pages = job.result.size, job.result.pages


def part_of(item: PrintJobItem, stored: StoredPdf) -> Part:
    """A printed item as a part of a packet."""
    return Part(
        pdf=_bytes(stored),
        pages=stored.pages,
        title=item.title,
        language=stored.language,
        outside=stored.kind == outside.KIND,
        group=item.group,
    )


def _labels(job: PrintJob) -> dict[str, str]:
    return {
        "kind": "packet",
        "title": job.title,
        "filename": job.download_name,
        "language": job.language,
    }


def _bytes(stored: StoredPdf) -> bytes:
    with stored.open() as file:
        return file.read()


def _make_zip(job: PrintJob, items: Sequence[PrintJobItem], lease: Lease) -> None:
    """Members are PDFs, which are compressed already. Their dates are the zip format's first, not the clock's.

    Each attempt writes a file of its own, so that none takes away what another has finished.
    """
    pages = 0
    with tempfile.TemporaryFile(suffix=".zip") as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
            for member, item in zip(member_names(items), items, strict=True):
                if item.stored is not None:
                    info = zipfile.ZipInfo(member)
                    info.external_attr = 0o644 << 16
                    archive.writestr(info, _bytes(item.stored))
                    pages += item.stored.pages
        job.size = made.tell()
        made.seek(0)
        name = f"{store.PRINT_JOBS}/{job.pk}-{lease.attempt}.zip"
        job.archive = store.storage().save(name, File(made))
    job.pages = pages


def member_names(items: Sequence[PrintJobItem]) -> list[str]:
    """Numbered, so that they sort in the order of the job; nobody's system minds them."""
    digits = len(str(len(items)))
    return [
        f"{number:0{digits}}-{Path(item.stored.filename if item.stored else 'missing.pdf').name}"
        for number, item in enumerate(items, start=1)
    ]
