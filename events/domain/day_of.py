"""Changes at the door of the room: the limit is cut, the speaker speaks by video. One call each.

Going by video is undone by the call that says otherwise; of a limit the history keeps what held before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from cms.pdf.registry import PdfDocument
from events.domain.called_off import check_takes_place
from events.domain.durations import say_limit
from events.domain.errors import PresentationRefused
from events.domain.reading import reading_paper
from events.enums import DayOfKind
from events.models import DayOfChange, Event, Presentation
from events.models.presentation import PresentationQuerySet
from events.permissions import CHANGE_PRESENTATION

CUTS = (60, 120, 180)  # seconds that one tap offers


@transaction.atomic
def set_limit(
    event: Event, seconds: int, *, user, presentation: Presentation | None = None
) -> DayOfChange:
    """Everybody has `seconds` from now on, or only the speaker of `presentation`.

    For everybody it also shortens longer limits of their own; nobody's shorter one grows.
    """
    people = _affected(event, presentation, user)
    if seconds not in CUTS:
        raise PresentationRefused(_("This limit is none of those that are offered."))
    before: dict[str, Any] = {"event": event.speaking_limit_seconds}
    if presentation is None:
        Event.objects.filter(pk=event.pk).update(speaking_limit_seconds=seconds)
        event.speaking_limit_seconds = seconds
        people = people.filter(limit_seconds__gt=seconds)
    before["people"] = list(people.values_list("pk", "limit_seconds"))
    people.update(limit_seconds=seconds, changed_by=user)
    return _note(event, presentation, DayOfKind.LIMIT, user, limit_seconds=seconds, before=before)


@transaction.atomic
def undo_limit(change: DayOfChange, *, user) -> DayOfChange:
    """What held before `change`: everybody's limit and those of their own, or the one of its speaker.

    Refused where anything about the limit was changed since.
    """
    event = (
        Event.objects.select_for_update(of=("self",)).select_related("body").get(pk=change.event_id)
    )
    people = _affected(event, change.presentation, user)
    before = _before(change)
    if before is None or not _still_holds(change, event):
        raise PresentationRefused(
            _("The limit was changed since then: set the one that holds now.")
        )
    if change.presentation is None:
        Event.objects.filter(pk=event.pk).update(speaking_limit_seconds=before["event"])
        event.speaking_limit_seconds = before["event"]
    for pk, seconds in before["people"]:
        one = people.filter(pk=pk, limit_seconds=change.limit_seconds)
        one.update(limit_seconds=seconds, changed_by=user)
    own = before["people"][0][1] if change.presentation else None
    return _note(
        *(event, change.presentation, DayOfKind.LIMIT, user),
        limit_seconds=own or event.limit_seconds,
        action="events.day_of.undo",
    )


@transaction.atomic
def set_remote(
    event: Event, remote: bool, *, user, presentation: Presentation | None = None
) -> DayOfChange:
    """By video, or in person after all. Needs the event's video link."""
    people = _affected(event, presentation, user)
    if remote and not event.video_url:
        raise PresentationRefused(_("Add the video link to the event first: speakers need it."))
    people.update(is_remote=remote, changed_by=user)
    kind = DayOfKind.REMOTE if remote else DayOfKind.IN_PERSON
    return _note(event, presentation, kind, user)


def papers_to_read(change: DayOfChange) -> Iterator[PdfDocument]:
    """What the speakers concerned read from after `change`, in the order in which they speak."""
    people = Presentation.objects.open().with_event().filter(event=change.event_id)
    if change.presentation_id is not None:
        people = people.filter(pk=change.presentation_id)
    for presentation in people.order_by("sort_order", "pk"):
        for material in presentation.materials.select_related("page").order_by("sort_order", "pk"):
            paper = reading_paper(presentation, material)
            if paper is not None:
                yield paper


def words_of(change: DayOfChange) -> str:
    """For the speaker: "The limit is 1 minute now"."""
    if change.kind == DayOfKind.LIMIT and change.limit_seconds:
        return _("The limit is %(time)s now.") % {"time": say_limit(change.limit_seconds)}
    if change.kind == DayOfKind.LIMIT:
        return _("There is no limit any more.")
    if change.kind == DayOfKind.REMOTE:
        return _("You speak by video now.")
    return _("You speak in person after all.")


def _affected(event: Event, presentation: Presentation | None, user) -> PresentationQuerySet:
    if not user.has_perm(CHANGE_PRESENTATION):
        raise PermissionDenied
    check_takes_place(event)
    people = Presentation.objects.open().filter(event=event)
    if presentation is None:
        return people
    one = people.filter(pk=presentation.pk)
    if not one.exists():
        raise PresentationRefused(_("This presentation is over or withdrawn."))
    return one


def _before(change: DayOfChange) -> dict[str, Any] | None:
    """What the history says held before; None of a change that cannot be undone."""
    entries = ModelLogEntry.objects.for_instance(change.event)
    entry = entries.filter(action="events.day_of.limit", data__change=change.pk).first()
    return entry.data.get("before") if entry else None


def _still_holds(change: DayOfChange, event: Event) -> bool:
    newest = DayOfChange.objects.filter(event=event, kind=DayOfKind.LIMIT).first()
    if newest is None or newest.pk != change.pk:
        return False
    if change.presentation is None:
        return event.speaking_limit_seconds == change.limit_seconds
    return change.presentation.limit_seconds == change.limit_seconds


def _note(
    event: Event,
    presentation: Presentation | None,
    kind: DayOfKind,
    user,
    *,
    limit_seconds: int | None = None,
    before: dict[str, Any] | None = None,
    action: str = "",
) -> DayOfChange:
    change = DayOfChange.objects.create(
        event=event,
        presentation=presentation,
        kind=kind,
        at=timezone.now(),
        by=user,
        limit_seconds=limit_seconds,
    )
    data: dict[str, Any] = {
        "speaker": presentation.speaker.name if presentation else _("everybody"),
        "limit": say_limit(limit_seconds) if limit_seconds else "",
    }
    if before is not None:
        data |= {"change": change.pk, "before": before}
    log(event, action or f"events.day_of.{kind.value}", user=user, data=data)
    return change
