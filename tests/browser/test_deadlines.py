"""Deadlines and a hearing that moves, as a press officer does it: on a desk, and in a corridor."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.models import Person
from events.models import Presentation, Window
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.builders import make_user
from tests.events.hearings import ZONE, make_body, make_hearing, make_rule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look(page: Page, assert_accessible) -> None:
    """At both widths: nothing serious, and nothing that has to be pushed sideways."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert_accessible(page, without=(*WAGTAILS_OWN, ".messages", "[data-tippy-root]"))
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (page.url, width, max(0, wide)) == (page.url, width, 0)


def test_a_deadline_is_taken_and_done_and_its_hearing_moved(page: Page, login, assert_accessible):
    author = make_user("author")
    body = make_body(name="Senate Health")
    make_rule(body, 1, "hours", "", what="sign_up")
    make_rule(body, 1, "days", note="By portal")
    soon = timezone.now().replace(hour=15, minute=0, second=0) + dt.timedelta(days=12)
    event = make_hearing(body, "Hearing on SB 212", starts_at=soon, place="Room 116")
    guest = Person.objects.create(name="Ada Guest", email="ada@partner.example")
    Presentation.objects.create(event=event, speaker=guest)
    login(page, "author")

    page.goto(reverse("events:deadlines"))
    look(page, assert_accessible)
    page.get_by_role("button", name="Take it Sign-up to speak").click()
    page.get_by_label("Whose").select_option(label="Mine")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".deadline")).to_have_count(1)
    page.get_by_role("button", name="Mark done Sign-up to speak").click()
    expect(page.get_by_text("No deadline matches.")).to_be_visible()
    assert Window.objects.get(what="sign_up").done_by == author

    page.goto(reverse("events:room", args=[event.pk]))
    page.get_by_role("link", name="Move…").click()
    look(page, assert_accessible)
    later = timezone.localdate() + dt.timedelta(days=20)
    page.get_by_label("New date").fill(later.isoformat())
    page.get_by_label("New time").fill("10:30")
    page.get_by_label("Reason").fill("The room is flooded")
    page.get_by_label("Notice for the public").fill("The hearing is a week later.")
    page.get_by_role("button", name="Move it and tell everybody concerned").click()

    expect(page.get_by_text("1 person is told.")).to_be_visible()
    expect(page.get_by_text("For the public: The hearing is a week later.")).to_be_visible()
    look(page, assert_accessible)
    event.refresh_from_db()
    assert (event.local_start.date(), event.local_start.time(), event.timezone) == (
        later,
        dt.time(10, 30),
        ZONE,
    )
    assert [message.to for message in mail.outbox] == [["ada@partner.example"]]

    for address in (
        reverse("events:deadline", args=[Window.objects.get(what="written").pk]),
        reverse("events:calendar_month", args=[later.year, later.month]),
        reverse("events:calendar_week", args=[later.year, later.month, later.day]),
    ):
        page.goto(address)
        look(page, assert_accessible)
