"""Pages of events for the public: what is coming, how to be heard, and nothing that is ours alone."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup

from cms.models import Organization, Person
from events.domain import moving
from events.enums import EventKind
from events.models import Body, DeadlineRule, Event, EventNotice, Window
from tests.builders import make_event, make_testimony

pytestmark = pytest.mark.django_db
UTC = dt.UTC
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=UTC)
START = dt.datetime(2026, 3, 4, 15, 30, tzinfo=UTC)
CLOSES = START - dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def second_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def hearing() -> Event:
    body = Body.objects.create(
        name="House Committee on Labor",
        timezone="America/Chicago",
        speaking_limit_seconds=120,
        interpreter_factor=2,
        portal_url="https://legislature.example/testify/",
        accommodation="Call 555-0140.",
        source_url="https://legislature.example/rules/",
        last_checked=dt.date(2026, 2, 1),
    )
    DeadlineRule.objects.create(body=body, what="written", amount=24, unit="hours")
    event = make_event(
        body=body, starts_at=START, timezone="America/Chicago", place="Room 204", notes="Our plan"
    )
    Window.objects.create(event=event, what="other", label="Ask the director", closes_at=CLOSES)
    return event


def words(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    main = BeautifulSoup(response.content, "html.parser").main
    return " ".join(main.get_text(" ").split())


def test_the_page_says_how_to_be_heard_and_that_we_are_not_the_body(client, hearing):
    text = words(client, f"/events/{hearing.pk}/")

    for expected in (
        "March 4, 2026, 9:30 a.m. CST",
        "Room 204",
        "Written testimony Open",
        "Closes: March 3, 2026, 9:30 a.m. CST , tomorrow",
        "2 minutes for each speaker; 4 minutes with an interpreter",
        "Call 555-0140.",
        "This page is ours and not the body’s own (House Committee on Labor). We only pass on its rules",
        "(last checked Feb. 1, 2026)",
    ):
        assert expected in text.replace("Mar.", "March"), expected
    assert ("Our plan" in text, "director" in text) == (False, False)


def test_times_are_shown_in_the_readers_zone_too(client, hearing):
    text = words(client, f"/events/{hearing.pk}/?zone=Pacific/Honolulu")

    assert ("5:30 a.m. HST" in text, "9:30 a.m. CST" in text) == (True, True)
    assert "HST" not in words(client, f"/events/{hearing.pk}/?zone=Mars/Olympus")


@pytest.mark.parametrize(
    ("seconds", "door", "age"),
    [(-61, "Open", 60), (-30, "Open", 30), (0, "Closed", 60), (1, "Closed", 60)],
)
def test_it_is_closed_at_the_minute_and_no_cache_says_otherwise(
    client, hearing, seconds, door, age
):
    with time_machine.travel(CLOSES + dt.timedelta(seconds=seconds), tick=False):
        response = client.get(f"/events/{hearing.pk}/")
        text = words(client, f"/events/{hearing.pk}/")

    assert f"Written testimony {door}" in text
    assert f"max-age={age}" in response["Cache-Control"]
    closed = door == "Closed"
    assert ("Closed: nothing more is accepted." in text) is closed
    assert ("On the website of the body" in text) is not closed


def test_a_moved_hearing_says_so_with_its_notice_and_not_our_reason(client, hearing):
    EventNotice.objects.create(
        event=hearing,
        kind="moved",
        reason="Between us",
        public_text="The room is flooded.",
        old_starts_at=START - dt.timedelta(days=2),
        old_timezone="America/Chicago",
    )
    text = words(client, f"/events/{hearing.pk}/")

    assert "Moved – it was to be on March 2, 2026, 9:30 a.m. CST" in text.replace("Mar.", "March")
    assert ("The room is flooded." in text, "Between us" in text) == (True, False)


def test_a_cancelled_hearing_keeps_its_page_and_its_place_in_the_list(client, hearing):
    Event.objects.filter(pk=hearing.pk).update(status="cancelled")

    assert "It is canceled: these deadlines no longer apply." in words(
        client, f"/events/{hearing.pk}/"
    )
    assert "Hearing Canceled Hearing" in words(client, "/events/")


def test_deadlines_of_a_postponed_hearing_rest(client, hearing):
    Event.objects.filter(pk=hearing.pk).update(status="postponed")

    assert "Deadlines are on hold until there is a new date." in words(
        client, f"/events/{hearing.pk}/"
    )


HIDDEN = (
    {"kind": "press_conference"},
    {"kind": "community_event"},
    {"kind": "conference"},
    {"status": "tentative"},
    {"audience": "staff"},
    {"audience": "public", "status": "tentative"},
)


@pytest.mark.parametrize("fields", HIDDEN, ids=str)
def test_what_is_not_public_is_as_if_it_were_not_there(client, fields):
    event = make_event(title="Zqhidden", starts_at=START, **fields)

    assert client.get(f"/events/{event.pk}/").status_code == 404
    for url in ("/events/", "/events/calendar.ics", "/sitemap.xml"):
        content = client.get(url).content.decode()
        assert ("Zqhidden" in content, f"/events/{event.pk}/" in content) == (False, False), url


def test_each_kind_shows_what_people_ask_of_it(client):
    contact = Person.objects.create(name="Daniel Okafor", email="press@larkmoor.example")
    press = make_event(
        kind=EventKind.PRESS_CONFERENCE,
        audience="public",
        starts_at=START,
        press_contact=contact,
        run_of_show="5 | Secret welcome | Calloway",
        advisory=make_testimony("Draft advisory", live=False),
    )
    community = make_event(
        kind=EventKind.COMMUNITY_EVENT,
        audience="public",
        starts_at=START,
        host=Organization.objects.create(name="Eastside Library"),
        audience_expected=80,
        childcare="From 5 p.m.",
        food="Supper",
    )
    period = make_event(kind=EventKind.COMMENT_PERIOD, starts_at=START, is_all_day=True)

    text = words(client, f"/events/{press.pk}/")
    assert "Press contact Daniel Okafor press@larkmoor.example" in text
    assert ("Secret" in text, "advisory" in text) == (False, False)
    text = words(client, f"/events/{community.pk}/")
    assert "Host Eastside Library Childcare From 5 p.m. Food Supper" in text
    assert "80" not in text
    text = words(client, f"/events/{period.pk}/")
    assert "Comments close" in text
    assert "Public comment Open" in text


def test_published_documents_are_listed_and_drafts_are_not(client, hearing):
    make_testimony("Spoken aloud", event=hearing)
    make_testimony("Still a draft", event=hearing, live=False)

    text = words(client, f"/events/{hearing.pk}/")
    assert ("Spoken aloud" in text, "Still a draft" in text) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_many(client, hearing, count, django_assert_num_queries):
    for _number in range(count):
        make_event(starts_at=START)
    client.get("/events/")
    with django_assert_num_queries(8):
        client.get("/events/")


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 30])
def test_a_page_of_the_list_that_is_not_there_is_not_found(client, hearing, page):
    assert client.get("/events/", {"p": page}).status_code == 404


def test_the_menu_and_the_sitemap_lead_to_the_events(client, hearing):
    home = BeautifulSoup(client.get("/").content, "html.parser")
    assert home.nav.find("a", href="/events/").get_text() == "Events"

    addresses = ElementTree.fromstring(client.get("/sitemap.xml").content)
    found = addresses.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    paths = [urlsplit(it.text).path for it in found]
    assert paths == ["/", "/archive/", "/events/", "/events/past/", f"/events/{hearing.pk}/"]


@pytest.mark.parametrize("words_again", ["", "It is on again."])
def test_a_hearing_that_takes_place_after_all_is_not_said_to_be_cancelled(
    client, hearing, author, words_again
):
    moving.cancel(hearing, by=author, reason="Ill", public_text="The chair canceled it.")
    moving.reinstate(hearing, by=author, reason="Well", public_text=words_again)

    for text in (
        words(client, f"/events/{hearing.pk}/"),
        client.get("/events/calendar.ics").content.decode(),
    ):
        assert "anceled" not in text
        assert "it was to be on" not in text
    assert words_again in words(client, f"/events/{hearing.pk}/")


def test_a_new_date_without_new_words_ends_the_notice_before(client, hearing, author):
    moving.postpone(hearing, by=author, reason="Snow", public_text="No new date is known.")
    later = START + dt.timedelta(days=7)
    moving.move(hearing, by=author, reason="Date", starts_at=later)

    text = words(client, f"/events/{hearing.pk}/")
    assert "Moved – it was to be on March 4, 2026, 9:30 a.m. CST" in text
    assert "No new date is known." not in text


@pytest.mark.parametrize("verb", [moving.cancel, moving.postpone])
def test_what_was_never_announced_is_not_announced_by_its_cancellation(
    client, hearing, author, verb
):
    Event.objects.filter(pk=hearing.pk).update(status="tentative")
    hearing.refresh_from_db()

    assert verb(hearing, by=author, reason="Off").stays_inside
    assert client.get(f"/events/{hearing.pk}/").status_code == 404
