"""Bodies with rules and hearings with deadlines, for the tests of deadlines."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from cms.models import Person, User
from events.models import Body, DeadlineRule, Event, Presentation, Window

NOW = dt.datetime(2026, 3, 2, 15, 0, tzinfo=dt.UTC)  # a Monday, 10:00 in New York
START = dt.datetime(
    2026, 3, 12, 13, 30, tzinfo=dt.UTC
)  # Thursday of the next week, 9:30 in New York
LATER = dt.datetime(2026, 3, 26, 13, 30, tzinfo=dt.UTC)  # two weeks on
ZONE = "America/New_York"


def make_body(name: str = "House Committee on Labor", **fields) -> Body:
    return Body.objects.create(**{"name": name, "timezone": ZONE, **fields})


def make_rule(body: Body, amount=2, unit="business_days", at="17:00", **fields) -> DeadlineRule:
    time = dt.time.fromisoformat(at) if at else None
    given = {"what": "written", "amount": amount, "unit": unit, "at": time, **fields}
    return DeadlineRule.objects.create(body=body, **given)


def make_hearing(body: Body, title: str = "Hearing on HB 1147", **fields) -> Event:
    return Event.objects.create(
        **{"title": title, "body": body, "starts_at": START, "timezone": ZONE, **fields}
    )


def local(moment: dt.datetime | None) -> str:
    return f"{moment.astimezone(zoneinfo.ZoneInfo(ZONE)):%a %m-%d %H:%M}" if moment else ""


def closings(event: Event) -> list[str]:
    return [local(window.closes_at) for window in Window.objects.filter(event=event).order_by("pk")]


def said(entry: ModelLogEntry) -> str:
    """The line that people read in the history."""
    return registry.get_formatter(entry).format_message(entry)


def busy_hearing(windows: int, people: int) -> tuple[Event, list[User]]:
    """A hearing with so many windows, and so many people concerned: speakers and those responsible."""
    body = make_body()
    for number in range(windows):
        make_rule(body, number % 9, label=f"Rule {number}")
    event = make_hearing(body)
    users = [
        User.objects.create_user(f"user{number}", f"user{number}@test.example", "a-long-password")
        for number in range(people)
    ]
    for user in users[::2]:
        person = Person.objects.create(name=f"Dr {user.username}", user=user)
        Presentation.objects.create(event=event, speaker=person)
    rows = list(event.windows.order_by("pk"))
    for number, window in enumerate(rows):
        window.responsible = users[number % people]
    Window.objects.bulk_update(rows, ["responsible"])
    return event, users
