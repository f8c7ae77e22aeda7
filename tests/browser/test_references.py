"""An author switches what follows the library and what is pinned, in place: a pill in the text and a block."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from testimony.domain.pinning import pin_current
from testimony.domain.references import references_of
from testimony.models import Pin, TestimonyPage
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.builders import (
    embed,
    make_point,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
    publish,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft():
    author = make_user("author")
    statistic = make_statistic("of workers have leave", "27")
    point = make_point("Leave follows the paycheck", "<p>It follows the paycheck.</p>")
    for item in (statistic, point):
        item.save_revision().publish()
    body = [paragraph(f"<p>Only {embed(statistic)} have it.</p>"), ("talking_point", point)]
    page = make_testimony(body=body, live=False, user=author)
    page.owner = author
    page.save()
    return page, statistic, point


def open_editor(page, draft, login) -> None:
    login(page, "author")
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    settled(page)


def settled(page) -> None:
    """Wagtail looks at the form two seconds after it opened: what was changed before is no change to it."""
    page.locator(".reference-pill").wait_for()
    page.wait_for_timeout(2500)


def stored(draft) -> list[tuple[str, int | None, bool]]:
    latest = TestimonyPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    return [(r.model.__name__, r.pin, r.adapted) for r in references_of(latest)]


def wait_for_stored(page, draft, expected) -> None:
    """The editor saves by itself; how soon depends on the machine."""
    for _try in range(60):
        if stored(draft) == expected:
            return
        page.wait_for_timeout(500)
    assert stored(draft) == expected


def test_a_pill_is_pinned_and_follows_again(page, draft, login, answered, assert_accessible):
    document, statistic, _point = draft
    open_editor(page, document, login)
    pill = page.locator(".reference-pill")
    pill.click()
    expect(page.get_by_role("dialog")).to_contain_text("Follows the library.")
    page.get_by_role("button", name="Keep today’s wording").click()

    expect(page.locator(".reference-pill--pinned")).to_have_text("27%")
    expect(page.locator("#reference-news")).to_contain_text("The library says the same today.")
    wait_for_stored(
        page, document, [("Statistic", Pin.objects.get().pk, False), ("TalkingPoint", None, False)]
    )

    answered()
    publish(statistic, value=29)
    page.reload()
    settled(page)
    expect(pill).to_have_text("27%")
    expect(pill).to_have_class(re.compile("reference-pill--changed"))
    pill.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(re.compile(r"Pinned: 27% as of .*\. The library now says 29%\."))
    assert_accessible(page, without=WAGTAILS_OWN)
    page.get_by_role("button", name="Follow the library").click()

    expect(pill).to_have_text("29%")
    expect(page.locator(".reference-pill--pinned")).to_have_count(0)
    wait_for_stored(page, document, [("Statistic", None, False), ("TalkingPoint", None, False)])


def test_the_keyboard_switches_a_pill(page, draft, login):
    document, _statistic, _point = draft
    open_editor(page, document, login)
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+Home")
    for _letter in "Only ":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Alt+Enter")
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Keep today’s wording")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator(".reference-pill--pinned")).to_have_text("27%")


def test_a_block_is_pinned_then_adapted(page, draft, login, answered, assert_accessible):
    document, _statistic, point = draft
    open_editor(page, document, login)
    block = page.locator(".placed-block")
    expect(block.get_by_role("status")).to_have_text("Follows the library.")
    expect(block.locator('[data-contentpath="adapted"]')).to_be_hidden()
    expect(block.locator(".placed-block__says")).to_have_text("It follows the paycheck.")
    block.get_by_label("Keep today’s wording (pin)").check()
    expect(block.get_by_role("status")).to_contain_text("The library says the same today.")
    wait_for_stored(
        page, document, [("Statistic", None, False), ("TalkingPoint", Pin.objects.get().pk, False)]
    )

    answered()
    publish(point, text="<p>It follows the money.</p>")
    page.reload()
    settled(page)
    expect(block.get_by_role("status")).to_contain_text("The library has changed since.")
    expect(block.get_by_role("link", name="See the difference")).to_be_visible()
    assert_accessible(page, without=WAGTAILS_OWN)
    block.get_by_label("Our own wording (adapted)").check()

    own = block.locator('[data-contentpath="adapted"] .public-DraftEditor-content')
    expect(own).to_have_text("It follows the money.")
    expect(block.get_by_role("status")).to_contain_text("Our own wording, adapted from the library")
    newest = Pin.objects.latest("pk").pk
    wait_for_stored(page, document, [("Statistic", None, False), ("TalkingPoint", newest, True)])


def test_the_difference_shows_both_wordings(page, draft, login):
    _document, statistic, _point = draft
    pin = pin_current(statistic)
    publish(statistic, value=29)
    login(page, "author")
    page.goto(reverse("testimony:pin_difference", args=[pin.pk]))

    expect(page.get_by_role("row", name=re.compile("Value"))).to_have_text(re.compile(r"27\s+29"))
