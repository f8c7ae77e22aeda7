"""An author changes a figure and sees what it touches, keeps and adjusts by keyboard, and is held back where proof or
parts are missing."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cms.models import Issue
from events.models import PresentationMaterial
from testimony.models import RippleReview, TestimonyPage
from tests.builders import (
    embed,
    make_event,
    make_map,
    make_message,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
    publish,
)
from tests.testimony.maps import own_url
from tests.testimony.test_superseded import delivered

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page: Page, words: str) -> None:
    """By keyboard alone, as far as a person would go."""
    for _press in range(120):
        page.keyboard.press("Tab")
        if words in (page.evaluate("document.activeElement.innerText") or ""):
            return
    raise AssertionError(f"The keyboard does not reach “{words}”.")


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def figure(author):
    statistic = make_statistic("of workers have leave", "27", owner=author)
    publish(statistic)
    return statistic


def test_a_changed_figure_reaches_what_follows_and_is_answered_by_keyboard(
    page: Page, login, author, figure, answered
):
    body = [paragraph(f"<p>Only {embed(figure)} have it.</p>")]
    said, other = (
        make_testimony(title, body, event=make_event(), user=author, owner=author)
        for title in ("Said in March", "Still to come")
    )
    record = delivered(said)
    login(page, "author")
    page.goto(reverse("wagtailsnippets_testimony_statistic:edit", args=[figure.pk]))
    uses = page.get_by_role("region", name="Where it is used")
    expect(uses).to_contain_text(
        "Used in 2 published documents, 0 drafts, 0 filed and 1 delivered."
    )
    expect(uses.get_by_role("link", name="Still to come")).to_be_visible()
    page.get_by_label("Value", exact=True).fill("29")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("29%")
    answered()
    figure.refresh_from_db()
    figure.get_latest_revision().publish()

    page.goto(other.url)
    expect(page.locator(".document__body")).to_contain_text(re.compile(r"Only 29%\d* have it\."))
    page.goto(record.url)
    expect(page.locator("main")).to_contain_text(re.compile(r"Only 27%†\d* have it\."))
    expect(page.locator("main")).to_contain_text(
        "Superseded by a later figure: 27% when said, 29% today."
    )

    page.goto(reverse("wagtailadmin_home"))
    tab_to(page, "Still to come")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Still to come")).to_be_visible()
    tab_to(page, "Keep it as it now reads")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Said in March")).to_be_visible()  # the next one
    tab_to(page, "Adjust the document")
    page.keyboard.press("Enter")
    page.locator(".reference-pill").wait_for()
    page.goto(reverse("wagtailadmin_home"))
    panel = page.get_by_role("region", name="Changed in the library")
    expect(panel).to_contain_text(re.compile("being adjusted by author", re.IGNORECASE))
    states = RippleReview.objects.values_list("page__title", "state").order_by("page__title")
    assert list(states) == [("Said in March", "open"), ("Still to come", "kept")]


def test_a_message_without_proof_cannot_be_released(page: Page, login, author, figure):
    issue = Issue.objects.get(slug="paid-leave")
    message_map = make_map(issue, make_message("A bare claim", released=False), owner=author)
    login(page, "author")
    page.goto(own_url("map", message_map.pk))
    expect(page.locator(".pillar--hollow")).to_contain_text("No proof yet")
    page.get_by_role("link", name="Edit").first.click()
    page.get_by_label("May be released").check()
    page.get_by_role("button", name="Save draft").click()

    expect(page.get_by_text("No proof yet. Choose a published statistic or source")).to_be_visible()


def test_what_lacks_something_is_not_ready_to_file(page: Page, login, author):
    draft = make_testimony("No bill yet", event=make_event(), user=author, owner=author)
    presentation = draft.event.presentations.create(speaker=draft.speaker)
    material = PresentationMaterial.objects.create(presentation=presentation, page=draft)
    login(page, "author")
    room = reverse("events:room", args=[draft.event_id])
    page.goto(room)
    page.get_by_role("button", name="Mark ready to file No bill yet").click()

    refusal = page.get_by_role("list").filter(has_text="Name the bill").first
    expect(refusal).to_be_visible()
    material.refresh_from_db()
    assert (page.url.endswith(f"{room}#document-{material.pk}"), material.ready_at) == (True, None)
    assert TestimonyPage.objects.get(pk=draft.pk).live
