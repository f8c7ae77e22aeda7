"""Local time at the place of an event, as people write it, and the moment in UTC that is stored.

Twice a year a zone may skip an hour or repeat one. A time in the skipped hour does not exist, and one in
the repeated hour names two moments: both are refused with words, since either guess could send a speaker
to the hearing an hour late.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

UTC = dt.UTC
NOON = dt.time(12)
SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """The IANA zone called `name`. Raises ValidationError (code `unknown_zone`)."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (
        zoneinfo.ZoneInfoNotFoundError,
        ValueError,
        OSError,
    ) as error:  # OSError: a folder's name
        raise ValidationError(
            _("%(zone)s is not a known time zone. Write for example America/Chicago."),
            code="unknown_zone",
            params={"zone": name},
        ) from error


def local_to_utc(naive: dt.datetime, zone: str) -> dt.datetime:
    """The moment, in UTC, at which clocks in `zone` show `naive`.

    Raises ValidationError with code `nonexistent` (clocks skipped that time), `ambiguous` (they showed it
    twice), `unknown_zone`, or `out_of_range` (the edges of the calendar).
    """
    if naive.tzinfo is not None:
        raise ValueError("A local time has no zone of its own.")
    place = zone_of(zone)
    try:
        first, second = (naive.replace(tzinfo=place, fold=f).astimezone(UTC) for f in (0, 1))
    except OverflowError as error:
        raise ValidationError(
            _("The year %(year)d is too far away."),
            code="out_of_range",
            params={"year": naive.year},
        ) from error
    if first == second:
        return first
    change = _change_between(min(first, second), max(first, second), place)
    # In a gap the offset grows, and Python reads fold=0 with the old, smaller one: the later moment (PEP 495).
    raise _refusal(naive, zone, change, code="nonexistent" if first > second else "ambiguous")


def day_to_utc(day: dt.date, zone: str) -> dt.datetime:
    """What stands for a day without a time: its noon, since midnight is skipped in some zones.

    Raises ValidationError as `local_to_utc`; whole days have been skipped too (Apia, 30 December 2011).
    """
    return local_to_utc(dt.datetime.combine(day, NOON), zone)


def days_left(day: dt.date, today: dt.date) -> str:
    """How long until `day`, in words, counted in days on the calendar."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 0:
        return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}
    return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}


def ago(moment: dt.datetime) -> str:
    """How long ago `moment` was, in words; what happened this minute is “just now”, not “0 minutes ago”."""
    if timezone.now() - moment < MINUTE:
        return _("just now")
    return _("%(ago)s ago") % {"ago": timesince(moment)}


def _change_between(
    earliest: dt.datetime, latest: dt.datetime, place: zoneinfo.ZoneInfo
) -> tuple[dt.datetime, dt.datetime]:
    """What clocks showed just before and just after they were changed, between two moments in UTC."""
    before = earliest.replace(microsecond=0) - SECOND
    after = latest.replace(microsecond=0) + SECOND
    old_offset = before.astimezone(place).utcoffset()
    while after - before > SECOND:
        middle = before + dt.timedelta(seconds=(after - before) // SECOND // 2)
        if middle.astimezone(place).utcoffset() == old_offset:
            before = middle
        else:
            after = middle
    # What clocks would have shown at that moment had nobody changed them: people say that hour.
    until = after.replace(tzinfo=None) + (old_offset or dt.timedelta())
    return until, after.astimezone(place).replace(tzinfo=None)


def _refusal(
    naive: dt.datetime, zone: str, change: tuple[dt.datetime, dt.datetime], *, code: str
) -> ValidationError:
    old, new = change
    if code == "nonexistent":
        message = _(
            "%(time)s did not exist on %(date)s in %(zone)s: the clocks went forward from %(old)s to "
            "%(new)s. Choose a time before %(old)s, or %(new)s or later."
        )
        if new - old >= dt.timedelta(days=1):
            message = _("There was no %(date)s in %(zone)s: the calendar skipped that day.")
    else:
        message = _(
            "%(time)s came twice on %(date)s in %(zone)s: the clocks went back from %(old)s to %(new)s. "
            "Choose a time before %(new)s, or %(old)s or later."
        )
    words = {
        "time": _clock(naive),
        "date": formats.date_format(naive.date(), "DATE_FORMAT"),
        "zone": zone,
        "old": _clock(old),
        "new": _clock(new),
    }
    return ValidationError(message, code=code, params=words)


def _clock(moment: dt.datetime) -> str:
    return formats.time_format(moment.time(), "H:i")
