"""How to be heard at an event: until when, how long, where to sign up, whom to ask for an interpreter."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import TextChoices
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from events.domain.commenting import HowToComment, how_to_comment
from events.domain.durations import say_limit
from events.domain.times import days_left
from events.domain.visibility import public_windows
from events.enums import Deadline, EventKind, EventStatus
from events.models import Event, Window

HALF_A_DAY = dt.timedelta(hours=12)


class Door(TextChoices):
    """Whether something may still be handed in."""

    NOT_YET = "not_yet", _("Not open yet")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    ON_HOLD = "on_hold", _("On hold")
    CANCELED = "canceled", _("Canceled")


CALLED_OFF = frozenset({Door.ON_HOLD, Door.CANCELED})


@dataclass(frozen=True)
class Moment:
    """A point in time as clocks show it at the place, and where the reader is."""

    at: dt.datetime
    official: str
    elsewhere: str = ""


@dataclass(frozen=True)
class HeardWindow:
    """`left` is empty where nothing is left: it is closed, or called off."""

    name: str
    what: str
    door: Door
    closes: Moment
    opens: Moment | None
    left: str

    @property
    def is_called_off(self) -> bool:
        return self.door in CALLED_OFF

    @property
    def is_record(self) -> bool:
        """What may be added to the record after the hearing, where the body has no words of its own for it."""
        return self.what == Deadline.RECORD_CLOSES and self.name == Deadline.RECORD_CLOSES.label


@dataclass(frozen=True)
class BeingHeard:
    """What the page says. `next_change` is when it becomes untrue: no cache may keep it longer."""

    windows: list[HeardWindow] = field(default_factory=list)
    limit: str = ""
    interpreted: str = ""
    portal_url: str = ""
    copies: int | None = None
    comment: HowToComment | None = None
    next_change: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        """Something may still be done, or will be."""
        return any(it.door in (Door.OPEN, Door.NOT_YET) for it in self.windows)

    @property
    def asked_by(self) -> Moment | None:
        """Until when an accommodation was to be asked for, once that is past."""
        asked = [it for it in self.windows if it.what == Deadline.ACCOMMODATION]
        return asked[-1].closes if asked and asked[-1].door == Door.CLOSED else None


def being_heard(
    event: Event, *, now: dt.datetime | None = None, reader_zone: str = ""
) -> BeingHeard:
    """For the public. `reader_zone` is an IANA name, or empty. One query, and one more of a comment period."""
    now = now or timezone.now()
    rows = list(public_windows(event.windows.all()).order_by("closes_at", "pk"))
    windows = [_window(row, event, now, reader_zone) for row in rows]
    if event.kind == EventKind.COMMENT_PERIOD and not windows and event.starts_at:
        windows = [_last_day(event, now)]
    moments = [it for row in rows for it in (row.opens_at, row.closes_at) if it and it > now]
    if event.starts_at:
        turns = event.starts_at + HALF_A_DAY if event.is_all_day else event.starts_at
        moments += [turns] if turns > now else []
    body, limit = event.body, event.limit_seconds
    factor = body.interpreter_factor if body else Decimal(1)
    heard = BeingHeard(
        windows=windows,
        limit=say_limit(limit) if limit else "",
        interpreted=say_limit(int(limit * factor)) if limit and factor > 1 else "",
        portal_url=event.portal_url or (body.portal_url if body else ""),
        copies=body.copies_required if body else None,
        next_change=min(moments, default=None),
    )
    return replace(heard, comment=how_to_comment(event)) if heard.is_open else heard


def moment(at: dt.datetime, zone: str, reader_zone: str = "") -> Moment:
    """In words, in both zones; the reader's only where clocks differ there."""
    there = at.astimezone(zoneinfo.ZoneInfo(zone))
    elsewhere = ""
    if reader_zone:
        here = at.astimezone(zoneinfo.ZoneInfo(reader_zone))
        elsewhere = _said(here) if here.utcoffset() != there.utcoffset() else ""
    return Moment(at, _said(there), elsewhere)


def _said(local: dt.datetime) -> str:
    day = formats.date_format(local.date(), "DATE_FORMAT")
    return f"{day}, {formats.time_format(local.time(), 'TIME_FORMAT')} {local.tzname()}"


def _window(row: Window, event: Event, now: dt.datetime, reader_zone: str) -> HeardWindow:
    assert row.closes_at is not None  # `public_windows` asks for it
    zone = event.body.timezone if event.body else event.timezone
    door = _door(event, row.opens_at, row.closes_at, now)
    return HeardWindow(
        name=str(row.name),
        what=row.what,
        door=door,
        closes=moment(row.closes_at, zone, reader_zone),
        opens=moment(row.opens_at, zone, reader_zone) if row.opens_at else None,
        left=_left(row.closes_at, now, zone, door),
    )


def _door(
    event: Event, opens_at: dt.datetime | None, closes_at: dt.datetime, now: dt.datetime
) -> Door:
    """At the closing moment itself it is closed: the notices say “by”, and clerks close at it."""
    if event.is_off:
        return Door.CANCELED if event.status == EventStatus.CANCELLED else Door.ON_HOLD
    if closes_at <= now:
        return Door.CLOSED
    return Door.NOT_YET if opens_at and opens_at > now else Door.OPEN


def _last_day(event: Event, now: dt.datetime) -> HeardWindow:
    """Of a comment period of which only the last day is known: open until it is over at the place."""
    assert event.starts_at is not None  # the caller has looked
    over = event.starts_at + HALF_A_DAY
    local = event.starts_at.astimezone(zoneinfo.ZoneInfo(event.timezone))
    day = formats.date_format(local.date(), "DATE_FORMAT")
    door = _door(event, None, over if event.is_all_day else event.starts_at, now)
    return HeardWindow(
        name=str(Deadline.COMMENT.label),
        what=Deadline.COMMENT,
        door=door,
        closes=Moment(over, day) if event.is_all_day else moment(event.starts_at, event.timezone),
        opens=None,
        left=_left(event.starts_at, now, event.timezone, door),
    )


def _left(closes_at: dt.datetime, now: dt.datetime, zone: str, door: Door) -> str:
    if door == Door.CLOSED or door in CALLED_OFF:
        return ""
    place = zoneinfo.ZoneInfo(zone)
    return days_left(closes_at.astimezone(place).date(), now.astimezone(place).date())


def still_open(events: Iterable[Event]) -> set[int]:
    """Ids of those with a public window that is open now: one query for a list."""
    now = timezone.now()
    rows = public_windows(Window.objects.filter(event__in=[event.pk for event in events]))
    return {
        row.event_id
        for row in rows.select_related("event")
        if _door(row.event, row.opens_at, row.closes_at, now) == Door.OPEN  # type: ignore[arg-type]
    }
