"""On which days offices of a jurisdiction are open: the library of holidays, corrected by what staff entered."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any

from events.models import HolidayOverride
from events.validators import validate_jurisdiction


class WorkCalendar:
    """Weekends and holidays of `code` (US, US-CA). An empty code knows weekends only."""

    def __init__(self, code: str, overrides: Mapping[dt.date, bool] | None = None) -> None:
        self.code = code
        self.overrides = overrides or {}
        self._holidays = public_holidays(code) if code else None

    def is_open(self, day: dt.date) -> bool:
        """True unless `day` is a weekend or holiday; what staff entered wins, on weekends as well."""
        if day in self.overrides:
            return not self.overrides[day]
        if self._holidays is None:
            return day.weekday() < 5
        return day.weekday() not in self._holidays.weekend and day not in self._holidays


@functools.lru_cache(maxsize=64)
def public_holidays(code: str) -> Any:
    """The library's calendar of a known jurisdiction; years are filled in as they are asked for."""
    from holidays import country_holidays  # lazy: reads a hundred calendars

    country, _dash, part = code.partition("-")
    return country_holidays(country, subdiv=part or None)


def work_calendar(code: str) -> WorkCalendar:
    """The calendar of `code` with its overrides, and those of its country, in one query.

    A state's own entry wins over its country's. Raises ValidationError for a code that is not known: without
    its holidays, business days would be counted wrong.
    """
    if not code:
        return WorkCalendar("")
    validate_jurisdiction(code)
    country = code.partition("-")[0]
    found = HolidayOverride.objects.filter(jurisdiction__in={country, code})
    entries = sorted(found, key=lambda entry: len(entry.jurisdiction))
    return WorkCalendar(code, {entry.day: entry.is_holiday for entry in entries})
