"""How long is left until a deadline, or how late it is, in the few words of a list."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.domain.times import zone_of

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


def countdown(moment: dt.datetime, now: dt.datetime, zone: str) -> str:
    """Minutes below an hour and hours below a day; then days of the calendar in `zone`, as people count them."""
    seconds = int((moment - now).total_seconds())
    late, seconds = seconds < 0, abs(seconds)
    if seconds < HOUR:
        return _minutes(seconds // MINUTE, late=late)
    if seconds < DAY:
        return _hours(seconds // HOUR, late=late)
    place = zone_of(zone)
    days = abs((moment.astimezone(place).date() - now.astimezone(place).date()).days)
    if late:
        return ngettext("%(count)d day late", "%(count)d days late", days) % {"count": days}
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def _minutes(count: int, *, late: bool) -> str:
    if count == 0:
        return _("just now")
    if late:
        return ngettext("%(count)d minute late", "%(count)d minutes late", count) % {"count": count}
    return ngettext("%(count)d minute left", "%(count)d minutes left", count) % {"count": count}


def _hours(count: int, *, late: bool) -> str:
    if late:
        return ngettext("%(count)d hour late", "%(count)d hours late", count) % {"count": count}
    return ngettext("%(count)d hour left", "%(count)d hours left", count) % {"count": count}


def elsewhere(moment: dt.datetime, zone: str, reader: dt.tzinfo) -> dt.datetime | None:
    """`moment` on the reader's clock, where that differs from the clock in `zone`; else None."""
    there, here = moment.astimezone(zone_of(zone)), moment.astimezone(reader)
    return None if there.utcoffset() == here.utcoffset() else here
