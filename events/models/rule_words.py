"""One end of a deadline rule in words: 5 business days before, 5 p.m."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import CLOCK_UNITS, RuleSide, RuleUnit, Weekday


def point_in_words(
    amount: int, unit: str, side: str, weekday: int | None, at: dt.time | None
) -> str:
    """For people who compare it with what the body wrote."""
    before = side == RuleSide.BEFORE
    if unit == RuleUnit.WEEKDAY:
        day = _weekday(amount, weekday, before=before)
    elif amount == 0:
        day = _("at the start") if unit in CLOCK_UNITS else _("on the day itself")
    else:
        day = _counted(amount, unit, before=before)
    if at is None:
        return day
    return _("%(day)s, %(time)s") % {"day": day, "time": formats.time_format(at, "TIME_FORMAT")}


def _weekday(weeks: int, weekday: int | None, *, before: bool) -> str:
    name = Weekday(weekday).label if weekday is not None else "?"
    if weeks == 0:
        words = _("the last %(weekday)s before") if before else _("the first %(weekday)s after")
    elif before:
        words = ngettext(
            "%(weekday)s of the week before", "%(weekday)s, %(count)d weeks before", weeks
        )
    else:
        words = ngettext(
            "%(weekday)s of the week after", "%(weekday)s, %(count)d weeks after", weeks
        )
    return words % {"weekday": name, "count": weeks}


def _counted(amount: int, unit: str, *, before: bool) -> str:
    words = {
        (RuleUnit.MINUTES, True): ngettext(
            "%(count)d minute before", "%(count)d minutes before", amount
        ),
        (RuleUnit.MINUTES, False): ngettext(
            "%(count)d minute after", "%(count)d minutes after", amount
        ),
        (RuleUnit.HOURS, True): ngettext("%(count)d hour before", "%(count)d hours before", amount),
        (RuleUnit.HOURS, False): ngettext("%(count)d hour after", "%(count)d hours after", amount),
        (RuleUnit.DAYS, True): ngettext("%(count)d day before", "%(count)d days before", amount),
        (RuleUnit.DAYS, False): ngettext("%(count)d day after", "%(count)d days after", amount),
        (RuleUnit.BUSINESS_DAYS, True): ngettext(
            "%(count)d business day before", "%(count)d business days before", amount
        ),
        (RuleUnit.BUSINESS_DAYS, False): ngettext(
            "%(count)d business day after", "%(count)d business days after", amount
        ),
    }
    return words[RuleUnit(unit), before] % {"count": amount}
