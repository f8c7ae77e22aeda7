"""Files beside the stored PDFs that nobody needs any more: zips of print jobs, and drawings of logos."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from cms.models import Branding, PrintJob, Theme
from cms.models.print_job import JobState
from cms.pdf import identity, logo_drawing, store

ZIP_DAYS = 1  # being written, it has no job yet
USELESS = [JobState.STOPPED, JobState.FAILED]  # nobody is given the file of such a job


@dataclass(frozen=True)
class Swept:
    """One thing that goes: its name in the storage and its size in bytes."""

    name: str
    size: int


def sweep_zips(*, dry_run: bool) -> Iterator[Swept]:
    """Zips whose job is gone, was stopped or failed. They may hold drafts, so they do not wait for long."""
    storage = store.storage()
    latest = timezone.now() - dt.timedelta(days=ZIP_DAYS)
    try:
        names = sorted(storage.listdir(store.PRINT_JOBS)[1])
    except FileNotFoundError:
        return
    needed = set(
        PrintJob.objects.exclude(archive="")
        .exclude(state__in=USELESS)
        .values_list("archive", flat=True)
    )
    for name in (f"{store.PRINT_JOBS}/{name}" for name in names):
        if name in needed:
            continue
        try:
            written, size = storage.get_modified_time(name), storage.size(name)
        except FileNotFoundError:  # another sweep, or the job's end, was quicker
            continue
        if written > latest:
            continue
        if not dry_run:
            storage.delete(name)
        yield Swept(name, size)


def sweep_drawings(days: int, *, dry_run: bool) -> Iterator[Swept]:
    """Logos that nobody prints any more; one that is printed again is written again."""
    looks = [*Branding.objects.exclude(logo_drawing=""), *Theme.objects.exclude(logo_drawing="")]
    needed = {f"{look.logo_digest}{end}" for look in looks for end in (".svg", logo_drawing.ENDING)}
    latest = (timezone.now() - dt.timedelta(days=days)).timestamp()
    for path in sorted(identity.drawings_folder().glob("*")):
        ours = path.suffix in {".svg", ".png"} or path.name.startswith(".writing-")
        if not ours or path.name in needed:
            continue
        try:
            status = path.stat()
        except FileNotFoundError:  # swept since the folder was read, or renamed when it was whole
            continue
        if status.st_mtime > latest:
            continue
        if not dry_run:
            path.unlink(missing_ok=True)
        yield Swept(f"{path.parent.name}/{path.name}", status.st_size)
