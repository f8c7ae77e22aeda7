"""From an adopted agenda to a position, from a docket to a comment that fits the portal's box."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.enums import GroupName
from events.models import Agenda, Body, Plank, Position, Vehicle, VehicleQuestion
from testimony.models import TestimonyPage
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.browser.test_first_day import NOTE_AUTOSAVES, wait_until_kept
from tests.builders import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ANSWER = " ".join(["Everybody."] * 30)
WIDTHS = ((1280, 900), (390, 844))


@pytest.fixture
def docket() -> Vehicle:
    agency = Body.objects.create(name="Agency for Leave", portal_characters=400)
    vehicle = Vehicle.objects.create(
        kind="rule",
        identifier="AFL-2026-0042",
        docket_id="AFL-2026-0042",
        document_name="Proposed rules on leave",
        body=agency,
        comment_closes_at=timezone.now() + dt.timedelta(days=5),
    )
    VehicleQuestion.objects.create(vehicle=vehicle, number="1", text="Who is covered?")
    return vehicle


@pytest.fixture
def plank() -> Plank:
    year = timezone.localdate().year
    agenda = Agenda.objects.create(
        title="Health agenda",
        adopted_by="County Board",
        adopted_on=dt.date(year, 1, 1),
        period_from=dt.date(year, 1, 1),
        period_to=dt.date(year, 12, 31),
    )
    return Plank.objects.create(agenda=agenda, number="1", text="Paid leave for all", sort_order=0)


def looked_at(page: Page, assert_accessible, without=WAGTAILS_OWN) -> None:
    """At both widths: nothing serious for axe, nothing to scroll sideways for."""
    for width, height in reversed(WIDTHS):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(SIDEWAYS) <= 0
        assert_accessible(page, without=without)


def test_agenda_position_comment_and_meter(
    page: Page, login, assert_accessible, docket: Vehicle, plank: Plank
):
    make_user("author")
    make_user("approver", GroupName.APPROVERS)
    login(page, "author")
    page.goto(f"{reverse('wagtailsnippets_events_position:add')}?vehicle={docket.pk}")
    page.locator("#id_stance").select_option("support")
    page.locator("#id_plank").select_option(str(plank.pk))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is proposed: an approver has to put it in force.")).to_be_visible()
    position = Position.objects.get()

    login(page, "approver")
    page.goto(position.url)
    looked_at(page, assert_accessible)
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("Plank 1 of “Health agenda”, adopted by County Board")).to_be_visible()

    login(page, "author")
    page.goto(reverse("testimony:new_comment", args=[docket.pk]))
    looked_at(page, assert_accessible)
    page.add_init_script(NOTE_AUTOSAVES)
    page.get_by_role("button", name="Start the comment").click()
    expect(page.get_by_text("Comment started on AFL-2026-0042")).to_be_visible()
    meter = page.locator("[data-speaking-meter-value]")
    expect(meter).to_have_text("120 of 400 characters")
    page.locator(".public-DraftEditor-content").nth(1).click()
    page.keyboard.insert_text(ANSWER)
    expect(meter).to_have_text("451 of 400 characters, 51 too many")
    wait_until_kept(page, "Everybody")

    comment = TestimonyPage.objects.get()
    page.goto(reverse("testimony:portal_text", args=[comment.pk]))
    looked_at(page, assert_accessible)
    expect(page.get_by_label("Text to paste")).to_have_value(
        "We submit this comment on Proposed rules on leave (Docket ID AFL-2026-0042). We support it.\n\n"
        "Question 1: Who is covered?\n\n" + ANSWER
    )
    page.get_by_role("button", name="Copy the text for the portal").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    page.context.clear_cookies()
    page.goto(plank.agenda.url)
    looked_at(page, assert_accessible, without=())
    expect(page.get_by_text("No outcome recorded yet")).to_be_visible()
