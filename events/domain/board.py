"""What the deadline board, the home page and the event's own page list: windows with their countdown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import formats, timezone

from events.domain.access import sees_everything
from events.domain.countdown import countdown, elsewhere
from events.domain.times import zone_of
from events.enums import EventStatus
from events.models import Window, WindowState
from events.models.window import CALLED_OFF, WindowQuerySet

# What is overdue longer than this, and whose event is over, leaves the first page: nothing can be done.
LOOKED_BACK = dt.timedelta(days=14)
SOON = dt.timedelta(days=7)
# How soon a countdown is printed bold.
PRESSING = dt.timedelta(days=2)

MINE, NOBODY = "mine", "nobody"


@dataclass(frozen=True)
class Entry:
    """One line: a window at this moment, for this reader."""

    window: Window
    state: WindowState
    left: str
    closes: str
    reader_closes: str
    is_pressing: bool

    @property
    def is_overdue(self) -> bool:
        return self.state == WindowState.MISSED

    @property
    def is_over(self) -> bool:
        return self.state in (WindowState.DONE, *CALLED_OFF)

    @property
    def is_gone(self) -> bool:
        """With its event: nothing is to be done about it, nor undone."""
        return self.window.event.status == EventStatus.CANCELLED


def entries(windows: Iterable[Window], *, now: dt.datetime | None = None) -> list[Entry]:
    """Their `event` should be fetched. The reader's zone is the one that Django has active."""
    now = now or timezone.now()
    reader = timezone.get_current_timezone()
    return [_entry(window, now, reader) for window in windows]


def _entry(window: Window, now: dt.datetime, reader: dt.tzinfo) -> Entry:
    state = window.state_at(now)
    moment = window.opens_at if state == WindowState.NOT_OPEN else window.closes_at
    counts = moment is not None and state in (
        WindowState.OPEN,
        WindowState.NOT_OPEN,
        WindowState.MISSED,
    )
    closes = window.closes_at
    # By whose clock it was does not matter any more once it is done or off.
    here = elsewhere(closes, window.event.timezone, reader) if closes and counts else None
    zone = window.event.timezone
    return Entry(
        window=window,
        state=state,
        left=countdown(moment, now, zone) if counts and moment else "",
        closes=window.closes_words,
        reader_closes=_on_clock(here, closes.astimezone(zone_of(zone))) if here and closes else "",
        is_pressing=counts and closes is not None and closes - now < PRESSING,
    )


def _on_clock(here: dt.datetime, there: dt.datetime) -> str:
    """With the day only where that is another one."""
    clock = f"{formats.time_format(here.time(), 'TIME_FORMAT')} {here.tzname()}"
    if here.date() == there.date():
        return clock
    return f"{formats.date_format(here.date(), 'DATE_FORMAT')}, {clock}"


def visible_windows(user) -> WindowQuerySet:
    """Staff see all; a speaker those of their own."""
    if sees_everything(user):
        return Window.objects.all()
    return Window.objects.filter(responsible_id=user.pk)


def to_see_to(windows: WindowQuerySet, *, now: dt.datetime | None = None) -> WindowQuerySet:
    """Still to do, without what is long overdue for events that are over."""
    now = now or timezone.now()
    ahead = Q(event__starts_at__gte=now) | Q(event__starts_at__isnull=True)
    recent = Q(closes_at__gte=now - LOOKED_BACK) | Q(closes_at__isnull=True)
    return windows.to_do().filter(recent | ahead)


def due_soon(user, *, now: dt.datetime | None = None) -> WindowQuerySet:
    """For the home page: overdue, or closing within the week; the reader's own before the others'."""
    now = now or timezone.now()
    return (
        to_see_to(visible_windows(user), now=now)
        .filter(closes_at__lt=now + SOON)
        .with_event()
        .overdue_first()
    )
