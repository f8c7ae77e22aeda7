"""Calendars, read back by a second library: vobject knows nothing of the one that writes them."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
import vobject
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from cms.enums import GroupName
from cms.models import Person
from events.domain.calendar_tokens import make_address, revoke
from events.enums import CalendarScope
from events.models import Body, CalendarToken, Event, EventNotice, Presentation, Window
from tests.builders import make_event, make_user

pytestmark = pytest.mark.django_db
UTC = dt.UTC
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=UTC)
START = dt.datetime(2026, 3, 4, 15, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def first_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hearing() -> Event:
    return make_event(
        title="Hearing, with a comma; and más",
        starts_at=START,
        timezone="America/Chicago",
        place="Room 204",
    )


def read(client, url: str = "/events/calendar.ics") -> dict[str, vobject.base.Component]:
    """Entries by the beginning of their UID."""
    response = client.get(url)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    text = response.content.decode()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return {entry.uid.value.split("@")[0]: entry for entry in calendar.contents.get("vevent", [])}


def facts(entry) -> tuple:
    return (
        entry.summary.value,
        entry.dtstart.value,
        int(entry.sequence.value),
        entry.status.value,
    )


def test_a_hearing_stands_at_its_local_time_with_its_zone(client, hearing):
    entry = read(client)[f"event-{hearing.pk}"]

    assert facts(entry) == ("Hearing, with a comma; and más", START, 0, "CONFIRMED")
    assert entry.dtstart.value.utcoffset() == dt.timedelta(hours=-6)
    assert entry.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["America/Chicago"]
    assert (entry.location.value, entry.url.value) == (
        "Room 204",
        f"http://127.0.0.1:8000/events/{hearing.pk}/",
    )


def test_a_moved_hearing_stands_at_its_new_time_under_its_old_uid(client, hearing):
    first = read(client)[f"event-{hearing.pk}"]
    # Past the day on which clocks change, and by a way that sends no signal.
    moved = dt.datetime(2026, 3, 18, 14, 30, tzinfo=UTC)
    Event.objects.filter(pk=hearing.pk).update(starts_at=moved)
    second = read(client)[f"event-{hearing.pk}"]

    assert first.uid.value == second.uid.value
    assert (int(first.sequence.value), int(second.sequence.value)) == (0, 1)
    assert (second.dtstart.value, second.dtstart.value.hour) == (moved, 9)
    assert facts(read(client)[f"event-{hearing.pk}"])[2] == 1  # asking changes nothing
    assert Event.objects.filter(pk=hearing.pk).update(starts_at=START) == 1
    assert facts(read(client)[f"event-{hearing.pk}"])[1:3] == (START, 2)


@pytest.mark.parametrize(
    ("status", "summary"),
    [("cancelled", "Canceled: Hearing"), ("postponed", "Postponed: Hearing")],
)
def test_what_does_not_take_place_is_cancelled_and_says_why(client, hearing, status, summary):
    read(client)
    hearing.title, hearing.status = "Hearing", status
    hearing.save()
    EventNotice.objects.create(
        event=hearing, kind=status, reason="Inner reason", public_text="The room is flooded."
    )

    entry = read(client)[f"event-{hearing.pk}"]
    assert facts(entry) == (summary, START, 1, "CANCELLED")
    assert "The room is flooded." in entry.description.value
    assert "Inner reason" not in client.get("/events/calendar.ics").content.decode()


def test_the_public_calendar_holds_public_events_and_comment_deadlines_only(client, hearing):
    shown = make_event(title="Forum", kind="community_event", audience="public", starts_at=START)
    period = make_event(
        title="Docket", kind="comment_period", starts_at=START, timezone="America/New_York"
    )
    comment = Window.objects.create(
        event=hearing, what="comment", closes_at=START - dt.timedelta(days=1), overridden=True
    )
    for hidden in (
        {"kind": "press_conference"},
        {"kind": "community_event"},
        {"status": "tentative"},
        {"audience": "staff"},
        {"starts_at": NOW - dt.timedelta(days=91)},
        {"starts_at": None},
    ):
        event = make_event(title="Not for the public", **{"starts_at": START, **hidden})
        Window.objects.create(
            event=event, what="comment", closes_at=NOW - dt.timedelta(days=100), overridden=True
        )
    Window.objects.create(
        event=hearing, what="written", label="Draft to the director", closes_at=START
    )

    found = read(client)
    assert set(found) == {
        f"event-{hearing.pk}",
        f"event-{shown.pk}",
        f"event-{period.pk}",
        f"window-{comment.pk}",
    }
    assert found[f"event-{period.pk}"].summary.value == "Comments close: Docket"
    assert found[f"window-{comment.pk}"].summary.value == (
        "Public comment (deadline): Hearing, with a comma; and más"
    )


def test_a_day_without_a_time_is_a_day(client):
    event = make_event(starts_at=START.replace(hour=17), is_all_day=True)

    assert read(client)[f"event-{event.pk}"].dtstart.value == dt.date(2026, 3, 4)


def test_each_day_of_several_stands_there_under_a_key_of_its_own(client):
    """Across the day on which clocks change the hour stays that of the place."""
    begins = dt.datetime(2026, 3, 7, 15, 30, tzinfo=UTC)
    event = make_event(title="Hearing", starts_at=begins, timezone="America/Chicago", lasts_days=3)
    found = read(client)

    keys = [f"event-{event.pk}", f"event-{event.pk}-day-2", f"event-{event.pk}-day-3"]
    assert list(found) == keys
    assert [found[key].summary.value for key in keys] == [
        f"Hearing (day {number} of 3)" for number in (1, 2, 3)
    ]
    starts = [found[key].dtstart.value for key in keys]
    assert [(it.day, it.hour, it.minute) for it in starts] == [(7, 9, 30), (8, 9, 30), (9, 9, 30)]

    Event.objects.filter(pk=event.pk).update(lasts_days=1, is_all_day=True)
    again = read(client)
    assert [(it.summary.value, it.dtstart.value.day) for it in again.values()] == [
        ("Hearing", 7),
        ("Canceled: Hearing (day 2)", 8),
        ("Canceled: Hearing (day 3)", 9),
    ]
    assert list(again) == keys  # who imported a day that is gone is told under its own key
    assert [it.status.value for it in again.values()] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
    assert [int(it.sequence.value) for it in again.values()] == [1, 1, 1]

    Event.objects.filter(pk=event.pk).update(lasts_days=2)
    assert [it.status.value for it in read(client).values()] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_the_same_calendar_is_not_sent_twice(client, hearing):
    first = client.get("/events/calendar.ics")
    again = client.get("/events/calendar.ics", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_queries_do_not_grow_with_the_calendar(client, hearing, django_assert_max_num_queries):
    for _number in range(12):
        make_event(starts_at=START)
    read(client)
    with django_assert_max_num_queries(10):
        read(client)


def address(user, scope=CalendarScope.MINE) -> str:
    return reverse("hearings:private_calendar", args=[make_address(user, scope=scope)[1]])


def test_private_calendars_show_all_or_ones_own(hearing):
    author = make_user()
    other = make_event(title="Other", kind="press_conference", starts_at=START)
    mine = make_event(title="Mine", starts_at=START)
    speaker = Person.objects.create(name="Ann", user=author)
    Presentation.objects.create(event=mine, speaker=speaker)
    window = Window.objects.create(
        event=hearing, what="written", closes_at=START, responsible=author, overridden=True
    )
    everything = {f"event-{it.pk}" for it in (hearing, other, mine)} | {f"window-{window.pk}"}

    assert set(read(Client(), address(author, CalendarScope.ALL))) == everything
    assert set(read(Client(), address(author))) == everything - {f"event-{other.pk}"}


def test_a_secret_address_that_is_wrong_revoked_or_forbidden_is_not_there(hearing):
    author, client = make_user(), Client()
    token, secret = make_address(author, scope=CalendarScope.ALL)
    url = reverse("hearings:private_calendar", args=[secret])
    response = client.get(url)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert secret not in str(CalendarToken.objects.values().get())

    author.groups.clear()
    assert client.get(url).status_code == 404
    author.groups.add(*make_user("bob", GroupName.AUTHORS).groups.all())
    assert client.get(url).status_code == 200
    author.is_active = False
    author.save()
    assert client.get(url).status_code == 404
    author.is_active = True
    author.save()
    with pytest.raises(PermissionDenied):
        revoke(token, user=make_user("eve"))
    revoke(token, user=author)
    assert client.get(url).status_code == 404
    assert client.get(url.replace(secret, "x" * 43)).status_code == 404
    assert client.get(url.replace(secret, secret[:-1])).status_code == 404


def test_whoever_sees_little_cannot_subscribe_to_all():
    user = make_user()
    user.groups.clear()

    with pytest.raises(PermissionDenied):
        make_address(type(user).objects.get(pk=user.pk), scope=CalendarScope.ALL)


def test_an_address_is_made_and_revoked_in_the_admin_and_shown_once(client, hearing):
    user = make_user()
    client.force_login(user)
    page = reverse("events:calendars")
    made = client.post(page, {"scope": "mine"})
    url = urlsplit(made.context["made"]).path
    assert Client().get(url).status_code == 200
    assert url in made.content.decode()
    assert url not in client.get(page).content.decode()

    revoked = client.post(
        reverse("events:calendar_revoke", args=[user.calendar_tokens.get().pk]), follow=True
    )
    assert "The address answers nothing from now on." in revoked.content.decode()
    assert Client().get(url).status_code == 404
    assert client.post(page, {"scope": "everything"}).context["form"].errors
    stranger = make_address(make_user("eve"), scope=CalendarScope.MINE)[0]
    assert client.post(reverse("events:calendar_revoke", args=[stranger.pk])).status_code == 404


def test_zones_of_the_body_hold_for_its_deadlines(client):
    body = Body.objects.create(name="Agency", timezone="America/New_York")
    event = make_event(body=body, timezone="Pacific/Honolulu", starts_at=START)
    window = Window.objects.create(event=event, what="comment", closes_at=START, overridden=True)

    entry = read(client)[f"window-{window.pk}"]
    assert entry.dtstart.value.utcoffset() == dt.timedelta(hours=-5)


def test_a_slip_of_the_hand_in_the_year_takes_nobody_s_calendar_away(client, hearing):
    far = dt.datetime(9998, 12, 30, tzinfo=dt.UTC)
    make_event(title="Typed wrong", starts_at=far)

    response = client.get("/events/calendar.ics")
    assert response.status_code == 200
    assert "Typed wrong" not in response.content.decode()
