"""Calendars as files (RFC 5545): what subscribed calendars on phones and desks read."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable
from urllib.parse import urlsplit

import icalendar
from django.conf import settings

from events.domain.calendar_revisions import Numbered

REFRESH = dt.timedelta(hours=1)


def calendar_file(rows: Iterable[Numbered], *, name: str) -> bytes:
    """The same bytes for the same rows, so that a reader who asks again is told that nothing is new."""
    rows = list(rows)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Rostrum//Hearings and events//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for zone in _zones(rows):
        calendar.add_component(zone)
    for row in rows:
        calendar.add_component(_event(row))
    return calendar.to_ical()


def _event(row: Numbered) -> icalendar.Event:
    entry, event = row.entry, icalendar.Event()
    host = urlsplit(settings.ROSTRUM_BASE_URL).hostname or "rostrum"
    event.add("uid", f"{entry.key}@{host}")
    event.add("sequence", row.sequence)
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    starts = entry.starts
    if isinstance(starts, dt.datetime):
        starts = starts.astimezone(zoneinfo.ZoneInfo(entry.zone))
    # No end: nobody knows how long a hearing takes, and a guess would block or free the wrong hours.
    event.add("dtstart", starts)
    event.add("summary", entry.summary)
    event.add("status", entry.state.upper())
    event.add("categories", [entry.category])
    for property_name, value in (
        ("location", entry.place),
        ("description", entry.description),
        ("url", entry.url),
    ):
        if value:
            event.add(property_name, value)
    return event


def _zones(rows: list[Numbered]) -> list[icalendar.Timezone]:
    """A VTIMEZONE for each zone that is named, for the years that are named."""
    moments = [row.entry for row in rows if isinstance(row.entry.starts, dt.datetime)]
    if not moments:
        return []
    days = [entry.starts.astimezone(dt.UTC).date() for entry in moments]  # type: ignore[union-attr]
    first = dt.date(min(days).year - 1, 1, 1)
    last = dt.date(max(days).year + 2, 1, 1)
    zones = []
    for name in sorted({entry.zone for entry in moments} - {"UTC"}):
        zone = icalendar.Timezone.from_tzid(name, first_date=first, last_date=last)
        zone.pop("comment", None)
        zones.append(zone)
    return zones
