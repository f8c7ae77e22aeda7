"""A second way to compute deadlines, for the tests to compare with: whole numbers only.

A day is its ordinal, a time its minute of the day, a moment its minute in UTC counted from day 0. The changes of
clocks are written down here as the laws put them, not read from a database of zones; business days are picked
from a list of open days by their place in it, where the program walks from day to day.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

DAY = 24 * 60
NORTH, EUROPE, SOUTH, NEVER = "north", "europe", "south", "never"

# Minutes east of Greenwich in winter and in summer, and whose law changes the clocks.
ZONES = {
    "America/New_York": (-300, -240, NORTH),
    "America/Chicago": (-360, -300, NORTH),
    "America/Denver": (-420, -360, NORTH),
    "America/Los_Angeles": (-480, -420, NORTH),
    "America/Anchorage": (-540, -480, NORTH),
    "America/Phoenix": (-420, -420, NEVER),
    "Europe/Berlin": (60, 120, EUROPE),
    "Australia/Lord_Howe": (630, 660, SOUTH),
}


def nth_weekday(year: int, month: int, weekday: int, number: int) -> int:
    """Ordinal of the first (1) … or last (-1) such day of a month; ordinals count Sunday 0, Monday 1."""
    first = dt.date(year, month, 1).toordinal()
    following = dt.date(year + month // 12, month % 12 + 1, 1).toordinal()
    days = [day for day in range(first, following) if day % 7 == weekday]
    return days[number - 1] if number > 0 else days[number]


def nth_sunday(year: int, month: int, number: int) -> int:
    return nth_weekday(year, month, 0, number)


def summer(zone: str, year: int) -> tuple[int, int]:
    """When the clocks of that year go forward and back, in UTC minutes."""
    standard, daylight, law = ZONES[zone]
    if law == NORTH:  # at two on the wall, before the change
        forward = nth_sunday(year, 3, 2) * DAY + 120 - standard
        return forward, nth_sunday(year, 11, 1) * DAY + 120 - daylight
    if law == EUROPE:  # at one in Greenwich, everywhere at once
        return nth_sunday(year, 3, -1) * DAY + 60, nth_sunday(year, 10, -1) * DAY + 60
    forward = nth_sunday(year, 10, 1) * DAY + 120 - standard
    return forward, nth_sunday(year, 4, 1) * DAY + 120 - daylight


def offset(zone: str, minute: int) -> int:
    standard, daylight, law = ZONES[zone]
    if law == NEVER:
        return standard
    year = dt.date.fromordinal(minute // DAY).year
    forward, back = summer(zone, year)
    if forward < back:
        return daylight if forward <= minute < back else standard
    return standard if back <= minute < forward else daylight


def minute_of(moment: dt.datetime) -> int:
    """A moment in UTC as a minute."""
    return moment.toordinal() * DAY + moment.hour * 60 + moment.minute


@dataclass(frozen=True)
class Verdict:
    """A minute in UTC, or the word for why there is none."""

    minute: int | None
    problem: str = ""


def to_utc(zone: str, local: int) -> Verdict:
    standard, daylight, _law = ZONES[zone]
    found = {local - east for east in (standard, daylight) if offset(zone, local - east) == east}
    if len(found) == 1:
        return Verdict(found.pop())
    return Verdict(None, "ambiguous" if found else "nonexistent")


def federal_holidays(years: range) -> set[int]:
    """5 U.S.C. 6103: on a Saturday the Friday before is taken off, on a Sunday the Monday after."""
    days = set()
    for year in years:
        for month, number in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25)):
            day = dt.date(year, month, number).toordinal()
            days.add(day + {6: -1, 0: 1}.get(day % 7, 0))
        mondays = ((1, 3), (2, 3), (5, -1), (9, 1), (10, 2))
        days |= {nth_weekday(year, month, 1, number) for month, number in mondays}
        days.add(nth_weekday(year, 11, 4, 4))
    return days


class OpenDays:
    """Ordinals of the days on which offices work, in order, for some years around the test's."""

    def __init__(
        self, closed: set[int], first: int, last: int, changed: dict[int, bool] | None = None
    ) -> None:
        """`changed` says of single days whether they are closed, whatever the rest says."""
        wanted = {day for day in range(first, last) if day % 7 in range(1, 6) and day not in closed}
        for day, is_closed in (changed or {}).items():
            (wanted.discard if is_closed else wanted.add)(day)
        self.days = sorted(wanted)

    def before(self, day: int, number: int) -> int:
        return self.days[bisect_left(self.days, day) - number]

    def after(self, day: int, number: int) -> int:
        return self.days[bisect_right(self.days, day) + number - 1]

    def at_or_before(self, day: int) -> int:
        return self.days[bisect_right(self.days, day) - 1]

    def at_or_after(self, day: int) -> int:
        return self.days[bisect_left(self.days, day)]


def verdict(rule, *, start: int, zone: str, open_days: OpenDays) -> Verdict:
    """When `rule` closes for an event that starts at the minute `start` in UTC. `rule` is a DeadlineRule."""
    before = rule.side == "before"
    if rule.unit in ("hours", "minutes"):
        minutes = rule.amount * (60 if rule.unit == "hours" else 1)
        return Verdict(start - minutes if before else start + minutes)
    day = (start + offset(zone, start)) // DAY
    if rule.unit == "days":
        due = day - rule.amount if before else day + rule.amount
    elif rule.unit == "business_days":
        due = day
        if rule.amount:
            step = open_days.before if before else open_days.after
            due = step(day, rule.amount)
    else:
        due = _weekday(day, rule.weekday, rule.amount, before=before)
    if rule.on_closed_day == "earlier":
        due = open_days.at_or_before(due)
    elif rule.on_closed_day == "later":
        due = open_days.at_or_after(due)
    return to_utc(zone, due * DAY + rule.at.hour * 60 + rule.at.minute)


def _weekday(day: int, weekday: int, weeks: int, *, before: bool) -> int:
    """By arithmetic on ordinals: day 1 was a Monday."""
    if weeks == 0:
        gap = (day - 1 - weekday) % 7 if before else (weekday - (day - 1)) % 7
        return day - (gap or 7) if before else day + (gap or 7)
    year, week, _day = dt.date.fromordinal(day).isocalendar()
    monday = dt.date.fromisocalendar(year, week, 1).toordinal()
    return monday + weekday + (-7 if before else 7) * weeks
