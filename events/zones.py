"""Time zones as a list to choose from. A leaf module: imports nothing of the project."""

from __future__ import annotations

import functools
import zoneinfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNITED_STATES = (
    "America/New_York",
    "America/Detroit",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
    "Pacific/Pago_Pago",
)
# Old names and technical ones: known to the database, confusing in a list.
LEFT_OUT = (
    "Etc/",
    "US/",
    "Brazil/",
    "Canada/",
    "Chile/",
    "Mexico/",
    "SystemV/",
    "posix/",
    "right/",
)


@functools.lru_cache(maxsize=1)
def other_zones() -> tuple[str, ...]:
    """Reads some 600 file names, so once for each process."""
    names = (name for name in zoneinfo.available_timezones() if "/" in name)
    kept = (name for name in names if not name.startswith(LEFT_OUT))
    return ("UTC", *sorted(set(kept) - set(UNITED_STATES)))


def zone_choices(*, empty_label: str | Promise, current: str = "") -> list[tuple[object, object]]:
    """Choices for a form: an empty one, the United States first, then the world.

    `current` is offered even when the list leaves it out, so that an old value survives editing.
    """
    others = other_zones()
    if current and current not in UNITED_STATES and current not in others:
        others = (current, *others)
    return [
        ("", empty_label),
        (_("United States"), [(name, name.replace("_", " ")) for name in UNITED_STATES]),
        (_("Everywhere else"), [(name, name.replace("_", " ")) for name in others]),
    ]
