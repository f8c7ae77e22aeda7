"""The comment period of a docket is entered once. The docket keeps it: an event takes it over, and follows when it changes.

An event that was entered first gives its period to a docket that has none.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain import moving
from events.domain.announcing import anybody_concerned
from events.domain.comment_periods import opening_of, set_period
from events.domain.errors import EventRefused
from events.domain.times import local_to_utc
from events.enums import OFF, EventKind
from events.models import Event, Vehicle


@dataclass(frozen=True)
class DocketPeriod:
    """As the docket has it; `zone` is the agency's."""

    opens_at: dt.datetime | None
    closes_at: dt.datetime
    zone: str


def period_in(vehicle: Vehicle | None) -> DocketPeriod | None:
    """None for what is no docket, or says nothing of its closing."""
    if vehicle is None or not vehicle.is_docket or vehicle.comment_closes_at is None:
        return None
    return DocketPeriod(_opening(vehicle), vehicle.comment_closes_at, vehicle.zone)


def docket_note(event: Event) -> tuple[str, bool]:
    """Where the period on the page of an event comes from, and whether the docket says another; "" without one."""
    period = period_in(event.vehicle) if event.kind == EventKind.COMMENT_PERIOD else None
    if period is None or event.vehicle is None:
        return "", False
    said = {"docket": event.vehicle.identifier, "when": event.vehicle.closing}
    if event.starts_at == period.closes_at:
        return _("As in %(docket)s. When it changes there, it changes here.") % said, False
    words = _("%(docket)s says that comments close on %(when)s. Put right whichever is wrong.")
    return words % said, True


@transaction.atomic
def give_to_docket(event: Event, *, opens_at: dt.datetime | None) -> bool:
    """What was entered with the event is the docket's too, where it has none or one that is over."""
    vehicle = event.vehicle
    if vehicle is None or not vehicle.is_docket or event.starts_at is None:
        return False
    if event.is_all_day or event.is_off:
        return False
    known = vehicle.comment_closes_at
    # An earlier period of the docket, opened once more for a note, is not its period now.
    if known is not None and (known >= event.starts_at or known > timezone.now()):
        return False
    place = zoneinfo.ZoneInfo(event.timezone)
    vehicle.comment_closes_at, vehicle.comment_timezone = event.starts_at, event.timezone
    vehicle.comment_opens_on = opens_at.astimezone(place).date() if opens_at else None
    vehicle.save(
        update_fields=["comment_closes_at", "comment_timezone", "comment_opens_on"],
    )
    return True


@transaction.atomic
def follow_docket(vehicle: Vehicle, was: DocketPeriod | None, *, user) -> list[Event]:
    """Bring along the events to come that had the period which the docket `was` to have. Who is concerned is told.

    Returns those that follow. One that cannot, since its new closing is past, says so on its page.
    """
    period = period_in(vehicle)
    if was is None or period is None or was == period:
        return []
    events = Event.objects.filter(
        vehicle=vehicle, kind=EventKind.COMMENT_PERIOD, starts_at=was.closes_at
    )
    coming = [it for it in events.exclude(status__in=OFF).order_by("pk") if it.is_to_come]
    return [event for event in coming if _follows(event, period, user=user)]


def _follows(event: Event, period: DocketPeriod, *, user) -> bool:
    opens_at = _opens(period, opening_of(event))
    if event.starts_at != period.closes_at and anybody_concerned(event):
        reason = _("The comment period of %(docket)s was changed.")
        said = {"docket": event.vehicle.identifier if event.vehicle else ""}
        try:
            moving.move(
                event,
                by=user,
                reason=reason % said,
                starts_at=period.closes_at,
                zone=period.zone,
            )
        except (EventRefused, PermissionDenied):  # who may change dockets need not move events
            return False
    else:
        event.starts_at, event.timezone = period.closes_at, period.zone
        event.save()
    set_period(event, opens_at=opens_at)
    return True


def _opens(period: DocketPeriod, own: dt.datetime | None) -> dt.datetime | None:
    """The opening that was entered with the event stays where the docket says none, or the day only."""
    if own is None or own >= period.closes_at or period.opens_at == own:
        return period.opens_at
    zone = zoneinfo.ZoneInfo(period.zone)
    says_the_day = period.opens_at is None or (
        period.opens_at.astimezone(zone).date() == own.astimezone(zone).date()
    )
    return own if says_the_day else period.opens_at


def _opening(vehicle: Vehicle) -> dt.datetime | None:
    """The first minute of the day on which comments open."""
    if vehicle.comment_opens_on is None:
        return None
    try:
        return local_to_utc(dt.datetime.combine(vehicle.comment_opens_on, dt.time()), vehicle.zone)
    except ValidationError:  # clocks that skip or repeat midnight: the day stands on the docket
        return None
