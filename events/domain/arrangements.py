"""What is arranged for one speaker beside the name and the documents: slot, own limit, capacity, interpreter."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass, fields
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.models import Organization
from events.domain.errors import PresentationRefused
from events.domain.times import local_to_utc
from events.enums import Capacity
from events.models import Event, Presentation

_followers: list[Follower] = []


@dataclass(frozen=True)
class Arrangement:
    """As the columns of `Presentation` of the same names."""

    slot_at: dt.datetime | None = None
    limit_seconds: int | None = None
    capacity: str = Capacity.OFFICIAL
    partner: Organization | None = None
    interpreter_name: str = ""
    is_remote: bool = False

    @classmethod
    def of(cls, presentation: Presentation) -> Arrangement:
        return cls(**{field.name: getattr(presentation, field.name) for field in fields(cls)})

    def put_on(self, presentation: Presentation) -> None:
        """Raises PresentationRefused for a partner's speaker without the partner."""
        if self.capacity == Capacity.PARTNER and self.partner is None:
            raise PresentationRefused(_("Choose the partner for whom they speak."))
        for field in fields(self):
            setattr(presentation, field.name, getattr(self, field.name))
        if self.capacity != Capacity.PARTNER:
            presentation.partner = None


class Follower(Protocol):
    """Told of a presentation whose capacity is another than it `was`."""

    def __call__(self, presentation: Presentation, was: Arrangement, *, user: Any) -> None: ...


def register_capacity_follower(follower: Follower) -> None:
    """Upper packages know words that say the capacity: they register in `AppConfig.ready()`."""
    if follower not in _followers:
        _followers.append(follower)


def tell_followers(presentation: Presentation, was: Arrangement, *, user: Any) -> None:
    if (presentation.capacity, presentation.partner) != (was.capacity, was.partner):
        for follower in _followers:
            follower(presentation, was, user=user)


def slot_at(event: Event, clock: dt.time) -> dt.datetime:
    """The moment of a slot that is written as a time of the event's day, at the place of the event.

    Raises ValidationError: no day is known, clocks skip or repeat that time, or the event has not begun by then.
    """
    if event.local_date is None:
        raise ValidationError(_("Give the event its date first."), code="no_day")
    moment = local_to_utc(dt.datetime.combine(event.local_date, clock), event.timezone)
    if event.starts_at and not event.is_all_day and moment < event.starts_at:
        raise ValidationError(
            _("The event begins at %(when)s: a slot cannot be before that."),
            code="before_event",
            params={"when": event.when},
        )
    return moment


@dataclass(frozen=True)
class Before:
    """When an event was to be, before it was moved."""

    starts_at: dt.datetime | None
    timezone: str
    is_all_day: bool

    @classmethod
    def of(cls, event: Event) -> Before:
        return cls(event.starts_at, event.timezone, event.is_all_day)


def move_slots(event: Event, was: Before) -> int:
    """Bring the slots along when `event` was moved: as long after its start as before, by the clock of the place.

    Without an hour, old or new, they are emptied: nobody knows them any more. Returns how many there were.
    """
    if Before.of(event) == was:
        return 0
    slots = Presentation.objects.open().filter(event=event.pk, slot_at__isnull=False)
    for presentation in slots:
        presentation.slot_at = as_long_after(presentation.slot_at, event, was)
        presentation.save(update_fields=["slot_at"])
    return len(slots)


def days_after(moment: dt.datetime | None, event: Event, was: Before) -> dt.datetime | None:
    """`moment` at its own hour, as many days from the day of `event` as it `was`; as it is where no day is known."""
    start = event.local_start
    if moment is None or was.starts_at is None or start is None:
        return moment
    old = zoneinfo.ZoneInfo(was.timezone)
    days = start.date() - was.starts_at.astimezone(old).date()
    try:
        return local_to_utc(moment.astimezone(old).replace(tzinfo=None) + days, event.timezone)
    except ValidationError:  # a time that clocks skip or repeat
        return moment


def as_long_after(slot: dt.datetime | None, event: Event, was: Before) -> dt.datetime | None:
    """`slot` as long after the start of `event` as it `was`, by the clock of the place; None where that is no time."""
    start = event.local_start
    if slot is None or was.starts_at is None or start is None or was.is_all_day or event.is_all_day:
        return None
    old = zoneinfo.ZoneInfo(was.timezone)
    began = was.starts_at.astimezone(old).replace(tzinfo=None)
    later = slot.astimezone(old).replace(tzinfo=None) - began
    try:
        return local_to_utc(start.replace(tzinfo=None) + later, event.timezone)
    except ValidationError:  # a time that clocks skip or repeat is nobody's slot
        return None
