"""Events and deadlines by day, for a month or a week. Each stands on the day it has at its own place."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F, Q
from django.urls import reverse
from django.utils import formats

from events.domain.access import visible_events
from events.domain.board import visible_windows
from events.domain.times import zone_of
from events.enums import EventKind
from events.models import Event, Window, WindowState

# The calendars of the world lie within a day of UTC's.
MARGIN = dt.timedelta(days=1)
DAY = dt.timedelta(days=1)
# A comment period stands there by its close already.
THE_PERIOD_ITSELF = Q(event__kind=EventKind.COMMENT_PERIOD, closes_at=F("event__starts_at"))
MONDAY_FIRST = calendar.Calendar(firstweekday=0)


@dataclass(frozen=True)
class Item:
    """One line in a day. `time` is empty where only the day is known."""

    time: str
    words: str
    url: str
    is_deadline: bool
    is_off: bool
    order: tuple[dt.time, str]
    state: str = ""
    is_done: bool = False


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
    for date, item in (*_events(start, end, user), *_windows(start, end, user)):
        found[date].append(item)
    return [
        Day(date, is_inside=True, items=sorted(found[date], key=lambda item: item.order))
        for date in dates
    ]


def _events(start: dt.datetime, end: dt.datetime, user) -> Iterator[tuple[dt.date, Item]]:
    for event in visible_events(user).filter(starts_at__gte=start, starts_at__lt=end):
        local = event.local_start
        if local is not None:
            yield local.date(), _item(event, local, is_deadline=False)


def _windows(start: dt.datetime, end: dt.datetime, user) -> Iterator[tuple[dt.date, Item]]:
    windows = visible_windows(user).filter(closes_at__gte=start, closes_at__lt=end)
    for window in windows.select_related("event").exclude(THE_PERIOD_ITSELF):
        local = window.closes_at.astimezone(zone_of(window.event.timezone))
        yield local.date(), _item(window.event, local, is_deadline=True, window=window)


def _item(
    event: Event, local: dt.datetime, *, is_deadline: bool, window: Window | None = None
) -> Item:
    words = f"{window.name}: {event.title}" if window else event.title
    untimed = window is None and event.is_all_day
    time = "" if untimed else formats.time_format(local.time(), "TIME_FORMAT")
    return Item(
        time=time,
        words=words,
        url=reverse("events:room", args=[event.pk]),
        is_deadline=is_deadline,
        is_off=event.is_off,
        order=(dt.time() if untimed else local.time(), words),
        state=str(window.state.label) if window else str(event.get_status_display()),
        is_done=window is not None and window.state == WindowState.DONE,
    )
