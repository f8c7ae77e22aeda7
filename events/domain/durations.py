"""Speaking limits as people write them ("2:00", "2", "90 s") and as they are told ("2 minutes"), kept as seconds."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

LONGEST = 12 * 60 * 60
MOST_BARE_MINUTES = 60
CLOCK = re.compile(r"(?P<minutes>\d{1,3}):(?P<seconds>[0-5]\d)")
BARE = re.compile(r"(?P<minutes>\d{1,5})")
UNITS = re.compile(
    r"(?:(?P<minutes>\d{1,3}) ?(?:m|min|mins|minutes?))? ?"
    r"(?:(?P<seconds>\d{1,5}) ?(?:s|secs?|seconds?))?"
)


def read_limit(text: str) -> int | None:
    """Seconds that `text` means; None when it is empty. Raises ValidationError, in words, on anything else."""
    written = " ".join(text.lower().replace(".", "").split()) if not _is_decimal(text) else text
    if not written:
        return None
    for pattern in (CLOCK, BARE, UNITS):
        if found := pattern.fullmatch(written):
            return _checked(found, bare=pattern is BARE)
    raise ValidationError(
        _("Write minutes and seconds, for example 2:00, or 90 s."), code="unreadable"
    )


def write_limit(seconds: int) -> str:
    """For example 2:00."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def say_limit(seconds: int) -> str:
    """For a sentence: 2 minutes, 2 min 30 s, 45 seconds."""
    minutes, rest = divmod(seconds, 60)
    if not rest:
        return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    if not minutes:
        return ngettext("%(seconds)d second", "%(seconds)d seconds", rest) % {"seconds": rest}
    return gettext("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": rest}


def _is_decimal(text: str) -> bool:
    """ "1.5" is not 15."""
    return bool(re.search(r"\d\.\d", text))


def _checked(found: re.Match[str], *, bare: bool) -> int:
    parts = {name: int(digits or 0) for name, digits in found.groupdict().items()}
    if bare and parts["minutes"] > MOST_BARE_MINUTES:
        raise ValidationError(
            _("%(number)d minutes? Write %(number)d s for seconds, or %(number)d min."),
            code="minutes_or_seconds",
            params={"number": parts["minutes"]},
        )
    seconds = 60 * parts["minutes"] + parts.get("seconds", 0)
    if seconds == 0:
        raise ValidationError(
            _("Leave it empty when there is no limit; no time at all is none."), code="nothing"
        )
    if seconds > LONGEST:
        raise ValidationError(_("That is longer than a day of hearings."), code="too_long")
    return seconds
