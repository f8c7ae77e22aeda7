"""The public lists of events: what is coming, with its marks, and what is past, with what was said there."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup

from events.domain import moving
from events.enums import EventKind
from events.models import Event
from tests.builders import make_event, make_testimony
from tests.events.hearings import make_body, make_hearing, make_rule

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
SOON = dt.datetime(2026, 3, 4, 15, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def second_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


def items(client, url: str) -> list[str]:
    main = BeautifulSoup(client.get(url).content, "html.parser").main
    return [" ".join(it.get_text(" ").split()) for it in main.select(".events__item")]


def test_what_was_moved_or_called_off_wears_it_in_the_list(client, author):
    moved, postponed, cancelled, plain = (
        make_event(title=f"Hearing {number}", starts_at=SOON + number * DAY, body=None)
        for number in range(4)
    )
    moving.move(moved, by=author, reason="Flood", starts_at=SOON + dt.timedelta(hours=1))
    moving.postpone(postponed, by=author, reason="Snow")
    moving.cancel(cancelled, by=author, reason="Ill")

    assert items(client, "/events/") == [
        f"Hearing Moved Hearing 0 {Event.objects.get(pk=moved.pk).when}",
        f"Hearing Postponed Hearing 1 It was to be on {postponed.when}",
        f"Hearing Canceled Hearing 2 It was to be on {cancelled.when}",
        f"Hearing Hearing 3 {plain.when}",
    ]


def test_past_events_are_found_newest_first_with_what_was_said_there(client):
    older = make_event(title="Older", starts_at=SOON - 30 * DAY, body=None)
    newer = make_event(title="Newer", starts_at=SOON - 10 * DAY, status="passed", body=None)
    several = make_event(title="Goes on", starts_at=SOON - 3 * DAY, lasts_days=3, body=None)
    make_event(title="Secret forum", kind="community_event", starts_at=SOON - 5 * DAY)
    said = make_testimony("HB 7: What we said", event=newer)
    make_testimony("Never published", event=newer, live=False)

    assert items(client, "/events/past/") == [
        f"Hearing Newer {newer.when} HB 7: What we said",
        f"Hearing Older {older.when}",
    ]
    page = BeautifulSoup(client.get("/events/past/").content, "html.parser").main
    addresses = [link["href"] for link in page.select(".events__item a")]
    assert addresses == [f"/events/{newer.pk}/", said.url, f"/events/{older.pk}/"]
    assert [words.split()[1] for words in items(client, "/events/")] == [several.title.split()[0]]
    assert 'href="/events/past/"' in client.get("/events/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_past_takes_as_many_queries_for_many(client, count, django_assert_num_queries):
    for number in range(count):
        make_testimony(f"Said {number}", event=make_event(starts_at=SOON - 9 * DAY))
    client.get("/events/past/")
    with django_assert_num_queries(9):
        assert client.get("/events/past/").status_code == 200


def test_the_past_is_paged_and_nothing_past_is_said_so(client, monkeypatch):
    assert items(client, "/events/past/") == ["Nothing is past yet."]
    monkeypatch.setattr("events.views.public_events.ON_A_PAGE", 2)
    for number in range(3):
        make_event(title=f"Past {number}", starts_at=SOON - (number + 3) * DAY, body=None)

    shown = [[words.split()[2] for words in items(client, f"/events/past/?p={it}")] for it in "12"]
    assert shown == [["0", "1"], ["2"]]
    assert client.get("/events/past/?p=3").status_code == 404


def facts(client, event: Event) -> str:
    main = BeautifulSoup(client.get(f"/events/{event.pk}/").content, "html.parser").main
    return " ".join(main.get_text(" ").split())


@pytest.mark.parametrize(
    ("verb", "words", "door"),
    [
        (moving.cancel, "When Canceled. It was to be on", "Public comment Canceled Was to close:"),
        (
            moving.postpone,
            "When Postponed. The new date is not known yet. It was to be on",
            "Public comment On hold Was to close:",
        ),
    ],
)
def test_a_date_that_holds_no_longer_is_struck_and_said_to_be_so(client, author, verb, words, door):
    event = make_event(title="Hearing", starts_at=SOON, body=None)
    event.windows.create(what="comment", closes_at=SOON - DAY, overridden=True)
    other = "Canceled" if verb is moving.postpone else "On hold"
    verb(event, by=author, reason="Off")

    text = facts(client, event)
    assert f"{words} {event.when}" in text
    assert door in text
    assert other not in text
    page = BeautifulSoup(client.get(f"/events/{event.pk}/").content, "html.parser")
    assert " ".join(page.s.get_text().split()) == event.when
    assert len(page.select("time")) == len(page.select("s time"))


def test_a_moved_hearing_says_instead_of_when_and_where(client, author):
    event = make_event(starts_at=SOON, place="Room 5", body=None)
    was = event.when
    moving.move(event, by=author, reason="Flood", starts_at=SOON + DAY, place="Library")

    text = facts(client, event)
    assert f"When {Event.objects.get(pk=event.pk).when} instead of {was}" in text
    assert "Place Library instead of Room 5" in text


@pytest.mark.parametrize(
    ("fields", "leads"),
    [
        ({}, True),
        ({"status": "tentative"}, False),
        ({"audience": "staff"}, False),
        ({"kind": EventKind.PRESS_CONFERENCE}, False),
        ({"kind": EventKind.PRESS_CONFERENCE, "audience": "public"}, True),
    ],
)
def test_testimony_leads_to_its_hearing_where_that_is_public(client, fields, leads):
    event = make_event(starts_at=SOON, **fields)
    page = make_testimony(event=event)

    assert (f'href="/events/{event.pk}/"' in client.get(page.url).content.decode()) is leads


def test_what_is_past_invites_to_nothing(client):
    """Rules such as “a week ahead” make no sense any more."""
    event = make_event(starts_at=SOON - 9 * DAY)
    event.body.accommodation, event.body.rules_note = "Call three days ahead.", "Bring ten copies."
    event.body.save()

    text = facts(client, event)
    assert [it in text for it in ("three days ahead", "ten copies", "may change")] == [False] * 3


def test_who_missed_the_time_to_ask_for_an_interpreter_is_told_to_ask_all_the_same(client):
    body = make_body(accommodation="Call 555-0140.")
    make_rule(body, 3, "days", at="12:00", what="accommodation")

    assert (
        "Requests were due by March 1, 2026, noon EST. Ask at once all the same. Call 555-0140."
        in facts(client, make_hearing(body, starts_at=SOON))
    )


def test_the_record_is_said_to_stay_open(client):
    body = make_body()
    make_rule(body, 24, "hours", at="", side="after", what="record_closes")

    assert (
        "Additions to the record Open The record stays open until: March 5, 2026, 10:30 a.m. EST"
        in facts(client, make_hearing(body, starts_at=SOON))
    )


@pytest.mark.parametrize(("hours", "shown"), [(72, True), (1, False)])
def test_while_the_record_is_open_the_address_and_the_rules_stand_there(client, hours, shown):
    body = make_body(portal_url="https://legislature.example/", rules_note="Bring ten copies.")
    make_rule(body, hours, "hours", at="", side="after", what="record_closes")
    event = make_hearing(body, starts_at=NOW - DAY)

    text = facts(client, event)
    assert [it in text for it in ("On the website of the body", "ten copies")] == [shown] * 2
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    text = facts(client, event)
    assert ("On the website of the body" in text, "ten copies" in text) == (False, False)


def test_what_did_not_take_place_was_prepared_and_not_said(client):
    events = [
        make_event(title=status, starts_at=SOON - 9 * DAY, status=status, body=None)
        for status in ("cancelled", "confirmed")
    ]
    for event in events:
        make_testimony(f"Words of {event.title}", event=event)

    told = ["What we prepared" in facts(client, event) for event in events]
    assert told == [True, False]
    page = BeautifulSoup(client.get("/events/past/").content, "html.parser")
    labels = {it["aria-label"] for it in page.select(".event__documents")}
    assert labels == {"What we prepared", "What we said there"}


def test_what_is_postponed_waits_among_what_is_coming(client):
    make_event(title="Waits", starts_at=SOON - 9 * DAY, status="postponed", body=None)
    make_event(title="Forgotten", starts_at=SOON - 400 * DAY, status="postponed", body=None)
    make_event(title="Coming", starts_at=SOON, body=None)

    coming, past = items(client, "/events/"), items(client, "/events/past/")
    assert [words.split(" It was")[0].split(" March")[0] for words in coming] == [
        "Hearing Coming",
        "Hearing Postponed Waits",
    ]
    assert [words.split()[2] for words in past] == ["Forgotten"]
