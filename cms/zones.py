"""Time zones as a list to choose from, by the names that people use. A leaf: imports nothing of the project."""

from __future__ import annotations

import functools
import zoneinfo
from collections import defaultdict

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNITED_STATES = {
    "America/New_York": _("Eastern Time – New York"),
    "America/Detroit": _("Eastern Time – Detroit"),
    "America/Chicago": _("Central Time – Chicago"),
    "America/Denver": _("Mountain Time – Denver"),
    "America/Phoenix": _("Mountain Time, no summer time – Phoenix"),
    "America/Los_Angeles": _("Pacific Time – Los Angeles"),
    "America/Anchorage": _("Alaska Time – Anchorage"),
    "Pacific/Honolulu": _("Hawaii Time – Honolulu"),
    "America/Adak": _("Hawaii–Aleutian Time – Adak"),
    "America/Puerto_Rico": _("Atlantic Time – San Juan, Puerto Rico"),
    "Pacific/Guam": _("Chamorro Time – Guam"),
    "Pacific/Pago_Pago": _("Samoa Time – Pago Pago"),
}
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
def other_zones() -> dict[str, tuple[str, ...]]:
    """IANA names by part of the world. Reads some 600 file names, so once for each process."""
    regions: dict[str, list[str]] = defaultdict(list)
    for name in sorted(zoneinfo.available_timezones()):
        if "/" in name and not name.startswith(LEFT_OUT) and name not in UNITED_STATES:
            regions[name.partition("/")[0]].append(name)
    return {region: tuple(names) for region, names in sorted(regions.items())}


def zone_label(name: str) -> str | Promise:
    """What people call the zone: Eastern Time – New York; Buenos Aires, Argentina."""
    if name in UNITED_STATES:
        return UNITED_STATES[name]
    _region, _slash, place = name.partition("/")
    parts = (place or name).replace("_", " ").split("/")
    return ", ".join(reversed(parts))


def own_zone(otherwise: str) -> str:
    """The zone on the account of who asks; `otherwise` for who has chosen none, to whom the admin shows UTC."""
    active = timezone.get_current_timezone_name()
    return otherwise if active == "UTC" else active


def zone_choices(
    *, empty_label: str | Promise | None = None, current: str = ""
) -> list[tuple[object, object]]:
    """Choices for a form: the United States first, then the world by its parts, then Universal Time.

    `current` is offered even when the list leaves it out, so that an old value survives editing.
    """
    others = other_zones()
    offered = {*UNITED_STATES, "UTC", *(name for names in others.values() for name in names)}
    kept = [(current, current)] if current and current not in offered else []
    first = [] if empty_label is None else [("", empty_label)]
    return [
        *first,
        *kept,
        (_("United States"), list(UNITED_STATES.items())),
        *(
            (region, [(name, zone_label(name)) for name in names])
            for region, names in others.items()
        ),
        (_("Without a place"), [("UTC", _("Universal Time (UTC)"))]),
    ]
