"""A body's profile read out: what its deadline rules and its words for positions say, in sentences."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.zones import zone_label
from events.enums import RuleSide, RuleUnit
from events.models import Body, DeadlineRule


def rule_in_words(rule: DeadlineRule) -> str:
    """For example: Written testimony: closes 2 business days before the hearing, at noon"""
    said = {
        "what": rule.name,
        "closes": _point(rule.amount, rule.unit, rule.side, rule.weekday, rule.at),
    }
    if not rule.opens_unit:
        return _("%(what)s: closes %(closes)s") % said
    said["opens"] = _point(
        rule.opens_amount or 0, rule.opens_unit, rule.opens_side, rule.opens_weekday, rule.opens_at
    )
    return _("%(what)s: opens %(opens)s, closes %(closes)s") % said


def profile_in_words(body: Body) -> list[str]:
    """Deadlines first, then which positions it calls otherwise and the zone that all of it is in, then its files."""
    lines = [rule_in_words(rule) for rule in body.deadline_rules.all()]
    for item in body.position_labels.all():
        said = {"ours": item.get_stance_display(), "label": item.label}
        if item.is_discarded:
            lines.append(_("“%(ours)s” counts as no position there.") % said)
        elif item.label != said["ours"]:
            lines.append(_("“%(ours)s” is “%(label)s” there.") % said)
    if lines:
        lines.append(
            _("All times by the clock of: %(zone)s.") % {"zone": zone_label(body.timezone)}
        )
    return [*lines, *_files(body)]


def _files(body: Body) -> list[str]:
    kinds = ", ".join(str(it.label) for it in body.formats)
    lines = [_("Files it takes: %(kinds)s.") % {"kinds": kinds}] if kinds else []
    if body.no_branding:
        lines.append(_("Files for it are made without logo and colors."))
    return lines


def _point(amount: int, unit: str, side: str, weekday: int | None, at: dt.time | None) -> str:
    before = side == RuleSide.BEFORE
    if unit == RuleUnit.WEEKDAY:
        day = _weekday(amount, weekday, before)
    elif amount == 0:
        day = _("on the day of the hearing") if at else _("at the start of the hearing")
    else:
        day = _count(amount, unit, before)
    if at is None:
        return day
    return _("%(day)s, at %(time)s") % {"day": day, "time": formats.time_format(at, "TIME_FORMAT")}


def _count(amount: int, unit: str, before: bool) -> str:
    """Whole sentences for each unit: languages bend these words in their own ways."""
    words = {
        (RuleUnit.MINUTES, True): ngettext(
            "%(n)d minute before the hearing", "%(n)d minutes before the hearing", amount
        ),
        (RuleUnit.MINUTES, False): ngettext(
            "%(n)d minute after the start", "%(n)d minutes after the start", amount
        ),
        (RuleUnit.HOURS, True): ngettext(
            "%(n)d hour before the hearing", "%(n)d hours before the hearing", amount
        ),
        (RuleUnit.HOURS, False): ngettext(
            "%(n)d hour after the start", "%(n)d hours after the start", amount
        ),
        (RuleUnit.DAYS, True): ngettext(
            "%(n)d day before the hearing", "%(n)d days before the hearing", amount
        ),
        (RuleUnit.DAYS, False): ngettext(
            "%(n)d day after the hearing", "%(n)d days after the hearing", amount
        ),
        (RuleUnit.BUSINESS_DAYS, True): ngettext(
            "%(n)d business day before the hearing",
            "%(n)d business days before the hearing",
            amount,
        ),
        (RuleUnit.BUSINESS_DAYS, False): ngettext(
            "%(n)d business day after the hearing",
            "%(n)d business days after the hearing",
            amount,
        ),
    }
    return words[RuleUnit(unit), before] % {"n": amount}


def _weekday(weeks: int, weekday: int | None, before: bool) -> str:
    if weekday is None:
        return _("on a weekday that is not given")
    # 5 January 2026 was a Monday.
    day = {"weekday": formats.date_format(dt.date(2026, 1, 5 + weekday), "l"), "weeks": weeks}
    if weeks == 0:
        words = _("on the last %(weekday)s before") if before else _("on the next %(weekday)s")
    elif weeks == 1:
        words = (
            _("on %(weekday)s of the week before")
            if before
            else _("on %(weekday)s of the week after")
        )
    else:
        words = (
            ngettext(
                "on %(weekday)s %(weeks)d week before",
                "on %(weekday)s %(weeks)d weeks before",
                weeks,
            )
            if before
            else ngettext(
                "on %(weekday)s %(weeks)d week after", "on %(weekday)s %(weeks)d weeks after", weeks
            )
        )
    return words % day
