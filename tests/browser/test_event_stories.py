"""Entering events of different kinds, and reading about them as the public does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from events.models import Body, DeadlineRule, Event, EventNotice
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.builders import make_event, make_testimony, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_each_kind_shows_its_own_fields_and_three_are_enough(page: Page, login, assert_accessible):
    make_user("author")
    login(page, "author")
    page.goto(reverse("wagtailsnippets_events_event:add"))
    kind, childcare = page.get_by_label("Kind"), page.get_by_label("Childcare")
    press, opens = page.get_by_label("Run of show"), page.get_by_label("Opens on")
    shown = {
        "hearing": (False, False, False),
        "press_conference": (True, False, False),
        "community_event": (False, True, False),
        "comment_period": (False, False, True),
    }
    for value, expected in shown.items():
        kind.select_option(value)
        assert tuple(it.is_visible() for it in (press, childcare, opens)) == expected, value
    expect(page.get_by_label("Closes on")).to_be_visible()
    kind.select_option("press_conference")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert_accessible(page, without=WAGTAILS_OWN)
    page.get_by_label("Title").fill("The last mile")
    page.locator("#id_local_date").fill("2026-12-04")
    page.locator("#id_local_time").fill("10:00")
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/admin/events/*/")
    event = Event.objects.get()
    assert page.url.endswith(f"/admin/events/{event.pk}/")
    assert (event.title, event.kind) == ("The last mile", "press_conference")

    page.goto(reverse("events:calendars"))
    page.get_by_role("button", name="Make the address").click()
    expect(page.get_by_text("Copy this address now")).to_be_visible()
    assert_accessible(page, without=WAGTAILS_OWN)


@pytest.fixture
def hearing() -> Event:
    body = Body.objects.create(
        name="House Committee on Health",
        timezone="America/Chicago",
        speaking_limit_seconds=120,
        portal_url="https://legislature.example/testify/",
        accommodation="Call 555-0140.",
        url="https://legislature.example/",
        source_url="https://legislature.example/rules/",
    )
    for what, amount in (("sign_up", 1), ("written", 24)):
        DeadlineRule.objects.create(body=body, what=what, amount=amount, unit="hours")
    starts_at = timezone.now() + dt.timedelta(days=10)
    event = make_event(
        body=body, starts_at=starts_at, timezone="America/Chicago", place="State Capitol, Room 204"
    )
    EventNotice.objects.create(
        event=event,
        kind="moved",
        reason="Flood",
        public_text="The room is flooded.",
        old_starts_at=starts_at - dt.timedelta(days=1),
    )
    make_testimony("What we say", event=event)
    make_event(
        title="Called off", starts_at=starts_at, status="cancelled", timezone="America/Chicago"
    )
    return event


def test_the_public_finds_out_how_to_be_heard_without_javascript(
    browser, live_server, page: Page, assert_accessible, hearing
):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    reader = context.new_page()
    reader.goto("/")
    reader.get_by_role("navigation", name="Main").get_by_role("link", name="Events").click()
    expect(reader.get_by_text("You can still be heard")).to_have_count(1)
    reader.get_by_role("link", name="Hearing", exact=True).click()
    expect(reader.get_by_role("heading", name="How to be heard")).to_be_visible()
    expect(reader.get_by_text("The room is flooded.")).to_be_visible()
    reader.get_by_label("Show times in another time zone too").select_option("Pacific/Honolulu")
    reader.get_by_role("button", name="Show").click()
    expect(reader.get_by_text("HST")).to_have_count(3)
    expect(reader.get_by_role("link", name="What we say")).to_be_visible()
    context.close()

    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        for address in ("/events/", f"/events/{hearing.pk}/?zone=Pacific/Honolulu"):
            page.goto(address)
            assert_accessible(page)
            assert page.evaluate(SIDEWAYS) == 0, address
