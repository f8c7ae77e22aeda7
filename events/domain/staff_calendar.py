"""Events and deadlines by day, for a month or a week. Each stands on the day it has at its own place."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from events.domain.access import visible_events
from events.domain.board import visible_windows
from events.domain.calendar_entries import day_of_several
from events.domain.times import zone_of
from events.enums import EventKind
from events.models import Event, Window, WindowState
from events.models.event import going_on

# The calendars of the world lie within a day of UTC's.
MARGIN = dt.timedelta(days=1)
DAY = dt.timedelta(days=1)
MONDAY_FIRST = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Item:
    """One line in a day. `time` is empty where only the day is known, `name` for an event itself."""

    time: str
    name: str
    title: str
    url: str
    is_deadline: bool
    is_off: bool
    order: tuple[dt.time, str]
    state: str = ""
    is_done: bool = False
    is_overdue: bool = False

    @property
    def words(self) -> str:
        return f"{self.name}: {self.title}" if self.name else self.title

    @property
    def icon(self) -> str:
        if self.is_done:
            return "check"
        return "time" if self.is_deadline else "calendar-alt"


@dataclass
class Day:
    date: dt.date
    is_inside: bool
    items: list[Item] = field(default_factory=list)


def days_of_month(year: int, month: int, user) -> list[Day]:
    """Whole weeks from Monday, with the ends of the months around."""
    dates = list(MONDAY_FIRST.itermonthdates(year, month))
    days = _fill(dates, user)
    for day in days:
        day.is_inside = day.date.month == month
    return days


def days_of_week(day: dt.date, user) -> list[Day]:
    monday = day - DAY * day.weekday()
    return _fill([monday + DAY * number for number in range(7)], user)


def _fill(dates: list[dt.date], user) -> list[Day]:
    start = dt.datetime.combine(dates[0], dt.time(), tzinfo=dt.UTC) - MARGIN
    end = dt.datetime.combine(dates[-1], dt.time(), tzinfo=dt.UTC) + DAY + MARGIN
    found: dict[dt.date, list[Item]] = defaultdict(list)
    windows = _windows(start, end, user)
    closing = {window.event_id for window in windows if _closes_its_period(window)}
    for date, item in (*_events(start, end, user, closing), *map(_deadline, windows)):
        found[date].append(item)
    return [
        Day(date, is_inside=True, items=sorted(found[date], key=lambda item: item.order))
        for date in dates
    ]


def _events(
    start: dt.datetime, end: dt.datetime, user, closing: set[int]
) -> Iterator[tuple[dt.date, Item]]:
    """One item for each day of an event, also where the first lies before `start`. Without the comment periods of
    which the window that closes stands there: `closing`."""
    shown = Q(starts_at__gte=start) | going_on(start)
    for event in visible_events(user).filter(shown, starts_at__lt=end):
        days = [] if event.pk in closing else event.local_starts
        for number, local in enumerate(days, 1):
            yield local.date(), _event(event, local, day_of_several(event.title, number, len(days)))


def _windows(start: dt.datetime, end: dt.datetime, user) -> list[Window]:
    windows = visible_windows(user).filter(closes_at__gte=start, closes_at__lt=end)
    return list(windows.select_related("event"))


def _closes_its_period(window: Window) -> bool:
    event = window.event
    return event.kind == EventKind.COMMENT_PERIOD and window.closes_at == event.starts_at


def _event(event: Event, local: dt.datetime, title: str) -> Item:
    """A comment period has no hour at which people meet: its day is its last one, hence a deadline."""
    is_period = event.kind == EventKind.COMMENT_PERIOD
    clock = dt.time() if event.is_all_day else local.time()
    return Item(
        time="" if event.is_all_day else formats.time_format(local.time(), "TIME_FORMAT"),
        name=_("Comments close") if is_period else "",
        title=title,
        url=reverse("events:room", args=[event.pk]),
        is_deadline=is_period,
        is_off=event.is_off,
        order=(clock, title),
        state=str(event.get_status_display()) if event.is_off else "",
    )


def _deadline(window: Window) -> tuple[dt.date, Item]:
    assert window.closes_at is not None  # asked for by `_windows`
    event, state = window.event, window.state
    local = window.closes_at.astimezone(zone_of(event.timezone))
    name = _("Comments close") if _closes_its_period(window) else window.name
    item = Item(
        time=formats.time_format(local.time(), "TIME_FORMAT"),
        name=name,
        title=event.title,
        url=reverse("events:room", args=[event.pk]),
        is_deadline=True,
        is_off=event.is_off,
        order=(local.time(), f"{name}: {event.title}"),
        state=str(state.label),
        is_done=state == WindowState.DONE,
        is_overdue=state == WindowState.MISSED,
    )
    return local.date(), item
