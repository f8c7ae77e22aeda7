"""How imports find or make bodies, events and people. Two imports of one hearing meet in the same event."""

from __future__ import annotations

import datetime as dt
import hashlib

from cms.models import Person
from events.domain.times import day_to_utc
from events.enums import EventKind, EventStatus
from events.models import Body, Event

TIMEZONE = "America/New_York"
SHORT = 255
EVENT_KINDS = {
    "legislative_hearing": EventKind.HEARING,
    "legislative_floor": EventKind.FLOOR,
    "conference": EventKind.CONFERENCE,
    "press_conference": EventKind.PRESS_CONFERENCE,
    "community_event": EventKind.COMMUNITY_EVENT,
    "agency_meeting": EventKind.AGENCY_MEETING,
}


def body_name(committee: str, subcommittee: str) -> str:
    """A subcommittee is a body of its own, named after its committee."""
    if subcommittee and not subcommittee.lower().startswith("subcommittee"):
        subcommittee = f"Subcommittee on {subcommittee}"
    return ", ".join(part for part in (committee, subcommittee) if part)


def body_for(name: str, parent: str) -> Body | None:
    """`name` falls back on `parent`, which is then not named twice."""
    name = name or parent
    if not name:
        return None
    return Body.objects.get_or_create(
        name=name, defaults={"parent_name": parent if parent != name else "", "timezone": TIMEZONE}
    )[0]


def event_key(type_name: str, day: dt.date, body: str, title: str) -> str:
    """Two statements of one hearing have the same."""
    names = hashlib.sha256(f"{body}\n{title}".encode()).hexdigest()
    return f"{type_name}/{day.isoformat()}/{names[:32]}"


def past_event(
    key: str,
    *,
    kind: str,
    title: str,
    body: Body | None,
    day: dt.date,
    place: str,
    starts_at: dt.datetime | None = None,
    timezone: str = TIMEZONE,
) -> Event:
    """The event of `key`, made where it is not there. Without `starts_at` only its day is known.

    Raises ValidationError for a day that the calendar of `timezone` skipped.
    """
    return Event.objects.get_or_create(
        source_key=key,
        defaults={
            "kind": kind,
            "title": title,
            "body": body,
            "starts_at": starts_at or day_to_utc(day, timezone),
            "timezone": timezone,
            "is_all_day": starts_at is None,
            "place": place,
            "status": EventStatus.PASSED,
        },
    )[0]


def speaker_for(name: str, role: str) -> Person:
    """The person of that name; of several with one name, the one in that role, else whoever was entered first.

    The role alone does not tell people apart: it changes over a life, and each appearance keeps its own.
    """
    known = list(Person.objects.filter(name=name).order_by("pk"))
    if not known:
        return Person.objects.create(name=name, role_title=role)
    folded = role.casefold()
    return next((person for person in known if person.role_title.casefold() == folded), known[0])
