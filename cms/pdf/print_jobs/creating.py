"""Writes print jobs down, and ends them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import PrintJob, PrintJobItem
from cms.models.print_job import ItemState, JobState, Packaging
from cms.pdf import store
from cms.pdf.choices import PrintChoices
from cms.pdf.registry import kinds_for

MOST_ITEMS = 5000
USUAL = PrintChoices()


class NothingToPrint(ValueError):
    """`str(error)` is safe to show."""


@dataclass(frozen=True)
class Wanted:
    """One thing to print: `paper` is the name of a kind, empty for the main one."""

    obj: Model
    paper: str = ""
    version: str = ""
    title: str = ""
    group: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.obj._meta.label, str(self.obj.pk), self.paper, self.version


@transaction.atomic
def create_job(
    wanted: Iterable[Wanted],
    *,
    owner: Any,
    title: str,
    language: str = "en",
    packaging: str = Packaging.ONE_FILE,
    choices: PrintChoices = USUAL,
    filename: str = "",
    resume: bool = False,
    **fields: Any,
) -> PrintJob:
    """A job that waits to be worked on. Raises NothingToPrint when there is nothing, or far too much, to print.

    With `resume` it is the open job that was asked for in the same words, if there is one.
    """
    listed = list(wanted)
    _check(listed)
    mark = fingerprint(listed, choices.query(), packaging, fields)
    known = open_job_like(mark, owner) if resume else None
    if known is not None:
        return known
    job = PrintJob.objects.create(
        owner=owner,
        title=title[:255],
        filename=(slugify(filename or title) or "print")[:200],
        language=language,
        packaging=packaging,
        choices=choices.query(),
        total=len(listed),
        fingerprint=mark,
        **fields,
    )
    _list(job, listed)
    return job


def _check(listed: Sequence[Wanted]) -> None:
    if not listed:
        raise NothingToPrint(_("Nothing of it can be printed that way."))
    if len(listed) > MOST_ITEMS:
        raise NothingToPrint(_("More than %(most)d at once are too many.") % {"most": MOST_ITEMS})


def _list(job: PrintJob, listed: Sequence[Wanted]) -> None:
    """Write down what the job prints, in order."""
    types = {type(one.obj): ContentType.objects.get_for_model(one.obj) for one in listed}
    PrintJobItem.objects.bulk_create(
        PrintJobItem(
            job=job,
            position=position,
            item_type=types[type(one.obj)],
            item_id=one.obj.pk,
            title=(one.title or name_of(one.obj))[:255],
            group=one.group[:120],
            paper=one.paper,
            version=one.version,
        )
        for position, one in enumerate(listed, start=1)
    )


def fingerprint(
    wanted: Sequence[Wanted], choices: str, packaging: str, fields: dict[str, Any]
) -> str:
    """The same request gives the same one: a command that was stopped finds its job again."""
    simple = {name: str(value) for name, value in sorted(fields.items())}
    parts = [[one.key for one in wanted], choices, packaging, simple]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def papers_of(objects: Iterable[Model]) -> list[tuple[str, str]]:
    """Names and labels of all papers that these objects have between them, in their usual order."""
    found: dict[str, str] = {}
    for model in dict.fromkeys(type(obj) for obj in objects):
        for kind in kinds_for(model):
            found.setdefault(kind.name, str(kind.label))
    return list(found.items())


def on_papers(objects: Iterable[Model], papers: Sequence[str]) -> list[Wanted]:
    """Each object on each of these papers that it has; what has none of them is not wanted."""
    wanted = []
    for obj in objects:
        chosen = [kind for kind in kinds_for(obj) if kind.name in papers]
        for kind in chosen:
            title = f"{name_of(obj)} ({kind.label})" if len(chosen) > 1 else ""
            wanted.append(Wanted(obj, paper=kind.name, title=title))
    return wanted


def name_of(obj: Model) -> str:
    return obj.get_admin_display_title() if isinstance(obj, Page) else str(obj)


def open_job_like(fingerprint: str, owner: Any) -> PrintJob | None:
    """One that was asked for in the same words and is not finished."""
    jobs = PrintJob.objects.filter(fingerprint=fingerprint, owner=owner)
    return jobs.filter(state__in=[JobState.WAITING, JobState.WORKING]).first()


def stop(job: PrintJob) -> None:
    """Whoever works on it stops after the present item."""
    PrintJob.objects.filter(
        pk=job.pk, state__in=[JobState.WAITING, JobState.WORKING, JobState.HELD]
    ).update(state=JobState.STOPPED, finished_at=timezone.now())


@transaction.atomic
def try_again(job: PrintJob) -> None:
    """Print what failed once more; what is done stays done."""
    job.items.filter(state=ItemState.FAILED).update(state=ItemState.WAITING, reason="")
    _reopen(job, go_on=False)


def go_on_without(job: PrintJob) -> None:
    """Make the file without what failed."""
    _reopen(job, go_on=True)


def _reopen(job: PrintJob, *, go_on: bool) -> None:
    ended = [JobState.HELD, JobState.DONE, JobState.FAILED, JobState.STOPPED]
    done = job.items.exclude(state=ItemState.WAITING).count()
    PrintJob.objects.filter(pk=job.pk, state__in=ended).update(
        state=JobState.WAITING,
        go_on=go_on,
        done=done,
        error="",
        finished_at=None,
        updated_at=timezone.now(),
    )


def remove(job: PrintJob) -> None:
    """The job and its zip. The PDFs stay in their store until nobody refers to them."""
    archive = job.archive
    job.delete()
    if archive:
        store.storage().delete(archive)


def sweep_expired() -> int:
    """Remove jobs whose time is over; returns how many that were."""
    expired = list(PrintJob.objects.filter(expires_at__lt=timezone.now()))
    for job in expired:
        remove(job)
    return len(expired)
