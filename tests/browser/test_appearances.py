"""A speaker in a corridor, and staff at the door of the room, on a phone and at a desk."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from cms.enums import GroupName
from cms.models import Person
from events.domain.presentations import add_presentation
from events.models import Event
from tests.browser.conftest import NO_FAREWELL
from tests.builders import make_event, make_testimony, make_user

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})


@pytest.fixture
def hearing() -> Event:
    start = timezone.now() + dt.timedelta(hours=2)
    return make_event(
        title="Hearing on HB 1147",
        starts_at=start,
        speaking_limit_seconds=180,
        place="Room 112",
        video_url="https://video.example/1",
    )


@pytest.fixture
def speaking(hearing):
    user = make_user("boss", GroupName.ADMINISTRATORS)
    speaker = Person.objects.create(name="Ada Okafor", email="ada@county.example")
    page = make_testimony(event=hearing, vehicle=hearing.vehicle, speaker=speaker)
    return add_presentation(hearing, speaker, user=user, pages=[page])


def no_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_staff_send_a_link_cut_the_limit_and_the_speaker_has_it_in_two_taps(
    page: Page, browser: Browser, live_server, login, assert_accessible, hearing, speaking
):
    login(page, "boss")
    room = f"/admin/events/{hearing.pk}/"
    page.goto(room)
    page.get_by_role("button", name="Send personal link Ada Okafor").click()
    expect(
        page.get_by_text("The personal link is on its way to ada@county.example.")
    ).to_be_visible()
    address = re.search(r"/my/[\w-]{43}/", mail.outbox[0].body)[0]

    context = browser.new_context(
        base_url=live_server.url,
        viewport=WIDTHS[0],
        has_touch=True,
        timezone_id="America/Los_Angeles",
        accept_downloads=True,
    )
    context.add_init_script(NO_FAREWELL)
    phone = context.new_page()
    phone.goto(address)
    assert_accessible(phone)
    phone.get_by_role("button", name="Open on this device").tap()
    expect(phone.get_by_role("heading", name="Hearing on HB 1147")).to_be_visible()
    expect(phone.get_by_text("On this phone’s clock:")).to_be_visible()
    read = phone.get_by_role("link", name=re.compile("To read aloud, 3 minutes"))
    # The right file is the first thing that a thumb finds: no scrolling on a phone.
    assert read.bounding_box()["y"] < WIDTHS[0]["height"]
    answer = context.request.get(f"{live_server.url}{read.get_attribute('href')}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")

    for size in WIDTHS[::-1]:
        page.set_viewport_size(size)
        page.goto(room)
        expect(page.get_by_role("button", name="Cut limit to 1 minute")).to_be_visible()
        assert_accessible(page)
        no_sideways(page)
    page.get_by_role("button", name="Cut limit to 1 minute").click()
    expect(page.get_by_text("1 podium copy is up to date.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo the change of the limit")).to_be_visible()
    page.get_by_role("button", name="Switch to video", exact=True).click()
    expect(page.get_by_text("By video").first).to_be_visible()

    phone.reload()
    expect(phone.get_by_text("You speak by video now.")).to_be_visible()
    expect(phone.get_by_role("link", name=re.compile("To read aloud, 1 minute"))).to_be_visible()
    for size in WIDTHS:
        phone.set_viewport_size(size)
        assert_accessible(phone)
        no_sideways(phone)
    with browser.new_context(base_url=live_server.url) as stranger:
        refused = stranger.new_page()
        assert refused.goto(address).status == 404
        expect(refused.get_by_role("heading", name="This link does not open here")).to_be_visible()
        assert_accessible(refused)
    context.close()
