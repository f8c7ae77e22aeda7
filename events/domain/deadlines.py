"""From the rule of a body and the start of an event to the moment a window closes. Pure: no database, no clock.

How rules are counted (after the notices that they were taken from):
- minutes and hours are counted on the clock that runs through: 24 hours before is 24 hours of real time, also
  in the night the clocks are changed;
- days, business days and weekdays are days of the calendar in the zone of the body, the day of the event not
  counted; the time of day is then that of the wall clock there;
- 0 business days before is the day itself, open or not;
- a weekday with 0 is the last one before that day (the first one after); with 1 that of the week before
  (after), with 2 of the week before that; weeks begin on Monday.

A wall clock that was changed on such a day may skip the time or show it twice: that is refused, never guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from events.domain.times import UTC, local_to_utc, zone_of
from events.enums import CLOCK_UNITS, ClosedDay, RuleSide, RuleUnit, WindowProblem

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)
LONGEST_CLOSURE = 60  # days in a row: a calendar in which nobody works is a mistake, not a rule

IsOpen = Callable[[dt.date], bool]


def weekdays_only(day: dt.date) -> bool:
    """The calendar of a body whose jurisdiction is not known: Monday to Friday, no holidays."""
    return day.weekday() < 5


@dataclass(frozen=True)
class Point:
    """One end of a window, as the rule says it."""

    amount: int
    unit: str
    side: str
    weekday: int | None
    at: dt.time | None
    on_closed_day: str = ClosedDay.STANDS


@dataclass(frozen=True)
class Span:
    opens_at: dt.datetime | None
    closes_at: dt.datetime


def closing_of(rule: Any) -> Point:
    return Point(rule.amount, rule.unit, rule.side, rule.weekday, rule.at, rule.on_closed_day)


def opening_of(rule: Any) -> Point | None:
    if not rule.opens_unit:
        return None
    return Point(
        rule.opens_amount or 0, rule.opens_unit, rule.opens_side, rule.opens_weekday, rule.opens_at
    )


def due(
    rule: Any,
    *,
    start: dt.datetime,
    zone: str,
    is_open: IsOpen = weekdays_only,
    all_day: bool = False,
) -> dt.datetime:
    """The moment, in UTC, at which the window of `rule` closes. Raises as `resolve`."""
    return resolve(closing_of(rule), start=start, zone=zone, is_open=is_open, all_day=all_day)


def span(
    rule: Any,
    *,
    start: dt.datetime,
    zone: str,
    is_open: IsOpen = weekdays_only,
    all_day: bool = False,
) -> Span:
    """Opening and closing of `rule`, in UTC.

    Raises ValidationError as `resolve`, and with code `backwards` where it would close before it opens.
    """

    def moment(point: Point) -> dt.datetime:
        return resolve(point, start=start, zone=zone, is_open=is_open, all_day=all_day)

    closes = moment(closing_of(rule))
    point = opening_of(rule)
    opens = moment(point) if point else None
    if opens is not None and opens >= closes:
        raise ValidationError(_backwards(opens, closes, zone), code=WindowProblem.BACKWARDS)
    return Span(opens, closes)


def resolve(
    point: Point, *, start: dt.datetime, zone: str, is_open: IsOpen, all_day: bool = False
) -> dt.datetime:
    """The moment of `point` in UTC, for an event that starts at `start` (aware).

    `zone` is the body's. Raises ValidationError with code `no_time` (hours before a day without a time),
    `rule` (no time of day, no weekday), `nonexistent`, `ambiguous`, `unknown_zone` or `out_of_range`.
    """
    if start.tzinfo is None:
        raise ValueError("The start of an event is a moment, not a time on some wall.")
    place = zone_of(zone)
    try:
        if point.unit in CLOCK_UNITS:
            return _by_the_clock(point, start, all_day=all_day)
        day = _day_of(point, start.astimezone(place).date(), is_open)
        if point.at is None:
            raise ValidationError(
                _("The rule names a day and no time of day."), code=WindowProblem.RULE
            )
        return local_to_utc(dt.datetime.combine(day, point.at), zone)
    except OverflowError as error:
        raise ValidationError(_("That is too far away."), code="out_of_range") from error


def _by_the_clock(point: Point, start: dt.datetime, *, all_day: bool) -> dt.datetime:
    if all_day:
        raise ValidationError(WindowProblem.NO_TIME.label, code=WindowProblem.NO_TIME)
    unit = "hours" if point.unit == RuleUnit.HOURS else "minutes"
    distance = dt.timedelta(**{unit: point.amount})
    moment = start.astimezone(UTC)
    return moment - distance if point.side == RuleSide.BEFORE else moment + distance


def _day_of(point: Point, day: dt.date, is_open: IsOpen) -> dt.date:
    step = -DAY if point.side == RuleSide.BEFORE else DAY
    if point.unit == RuleUnit.BUSINESS_DAYS:
        for _number in range(point.amount):
            day = _next_open(day + step, step, is_open)
    elif point.unit == RuleUnit.WEEKDAY:
        day = _weekday_of(point, day, step)
    else:
        day += step * point.amount
    if point.on_closed_day == ClosedDay.EARLIER:
        return _next_open(day, -DAY, is_open)
    if point.on_closed_day == ClosedDay.LATER:
        return _next_open(day, DAY, is_open)
    return day


def _weekday_of(point: Point, day: dt.date, step: dt.timedelta) -> dt.date:
    if point.weekday is None:
        raise ValidationError(
            _("The rule counts in weekdays and names none."), code=WindowProblem.RULE
        )
    if point.amount == 0:
        day += step
        while day.weekday() != point.weekday:
            day += step
        return day
    monday = day - DAY * day.weekday()
    weeks = WEEK * point.amount
    monday += weeks if step > dt.timedelta() else -weeks
    return monday + DAY * point.weekday


def _next_open(day: dt.date, step: dt.timedelta, is_open: IsOpen) -> dt.date:
    """`day`, or the first one in the direction of `step` on which offices are open."""
    for _number in range(LONGEST_CLOSURE):
        if is_open(day):
            return day
        day += step
    raise ValidationError(_("The calendar of holidays leaves no day open."), code="rule")


def _backwards(opens: dt.datetime, closes: dt.datetime, zone: str) -> str:
    place = zone_of(zone)
    words = {
        name: formats.date_format(moment.astimezone(place), "DATETIME_FORMAT")
        for name, moment in (("opens", opens), ("closes", closes))
    }
    return _("It would close (%(closes)s) before it opens (%(opens)s).") % words


# Two weeks of starts, in the morning and in the evening, far from any change of clocks: a rule that closes
# before it opens for every one of them can never be kept.
_FIRST_SAMPLE = dt.datetime(2026, 6, 1, tzinfo=UTC)
SAMPLES = [
    _FIRST_SAMPLE + DAY * number + dt.timedelta(hours=hour)
    for number in range(14)
    for hour in (9, 19)
]


def never_open(rule: Any) -> str:
    """Words when the window of `rule` closes before it opens on whatever day the event is; else ""."""
    words = ""
    for start in SAMPLES:
        try:
            span(rule, start=start, zone="UTC")
        except ValidationError as error:
            if error.code != WindowProblem.BACKWARDS:
                return ""  # another fault, said beside its own field
            words = words or error.messages[0]
        else:
            return ""
    return words


def same_again(rules: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Pairs of rules for the same thing under the same name: which of the two would hold?"""
    seen: dict[tuple[str, str], Any] = {}
    pairs = []
    for rule in rules:
        key = (rule.what, rule.label.strip().casefold())
        if key in seen:
            pairs.append((seen[key], rule))
        seen.setdefault(key, rule)
    return pairs
