"""An author reads hints on the wording and dismisses one; a stale item asks before it is placed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from testimony.models import DismissedHint, PreferredTerm, RecentPick
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.browser.test_first_day import command
from tests.builders import make_point, make_statistic, make_testimony, make_user, paragraph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCE = "We serve the homeless."


@pytest.fixture
def draft():
    author = make_user("author")
    PreferredTerm.objects.create(
        avoid="the homeless",
        prefer="people without a home",
        why="The person comes first.",
        asked_by_name="The Tenants’ Table",
    )
    page = make_testimony(body=[paragraph(f"<p>{SENTENCE}</p>")], live=False, user=author)
    page.owner = author
    page.save()
    return page


def open_panel(page, draft):
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    counter = page.locator('[data-side-panel-toggle="wording"] [data-side-panel-toggle-counter]')
    expect(counter).to_have_text("1")
    page.get_by_role("button", name="Toggle wording").click()
    return page.locator("[data-wording]")


def test_a_hint_is_dismissed_with_a_reason_by_keyboard(page, draft, login, assert_accessible):
    login(page, "author")
    panel = open_panel(page, draft)
    expect(panel.get_by_role("heading")).to_have_text("1 hint on the wording")
    expect(panel.locator("mark")).to_have_text("the homeless")
    expect(panel).to_contain_text("The person comes first.")
    expect(panel).to_contain_text("Asked for by The Tenants’ Table.")
    assert_accessible(page, without=WAGTAILS_OWN)

    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("It is the name of a shelter")
    page.keyboard.press("Enter")

    heading = panel.get_by_role("heading", name="No hints on the wording.")
    expect(heading).to_be_focused()
    hint = DismissedHint.objects.get()
    assert (hint.page_id, hint.sentence, hint.reason, hint.user.username) == (
        draft.pk,
        SENTENCE,
        "It is the name of a shelter",
        "author",
    )

    panel.get_by_text("1 dismissed").click()
    panel.get_by_role("button", name="Bring back").click()
    expect(panel.get_by_role("heading")).to_have_text("1 hint on the wording")
    assert DismissedHint.objects.count() == 0


def test_a_hint_follows_what_is_written_without_reload(page, draft, login):
    login(page, "author")
    panel = open_panel(page, draft)
    page.wait_for_timeout(2500)  # Wagtail looks at the form two seconds after it opened
    panel.get_by_role("button", name="Show in the text").click()
    expect(page.locator(".public-DraftEditor-content").first).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type(" The homeless wait.")

    # The editor saves by itself; how soon depends on the machine.
    heading = panel.get_by_role("heading")
    expect(heading).to_have_text("2 hints on the wording", timeout=30_000)


def choose_another(page, draft):
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    block = page.locator(".placed-block")
    block.get_by_role("button", name="Actions").first.click()
    page.get_by_role("button", name="Choose another").first.click()
    return block, page.get_by_role("dialog")


def test_a_stale_item_asks_before_it_is_placed_and_is_remembered(page, draft, login):
    fresh = make_point("Leave keeps people at work")
    stale = make_point(
        "Leave follows the paycheck", review_by=timezone.localdate() - dt.timedelta(days=3)
    )
    draft.body = [("talking_point", fresh)]
    draft.save_revision()
    login(page, "author")
    block, dialog = choose_another(page, draft)
    row = dialog.get_by_role("row", name=stale.title)
    expect(row).to_contain_text("Stale since")
    row.get_by_role("link", name=stale.title).click()

    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text(stale.title)
    expect(question.get_by_role("link", name="Choose another")).to_be_focused()
    assert RecentPick.objects.count() == 0
    page.keyboard.press("Enter")
    row.get_by_role("link", name=stale.title).click()
    expect(question.get_by_role("link", name="Choose another")).to_be_focused()
    page.keyboard.press("Tab")
    expect(question.get_by_role("link", name="Use it anyway")).to_be_focused()
    page.keyboard.press("Enter")

    expect(block).to_contain_text(stale.title)
    assert [pick.item_id for pick in RecentPick.objects.all()] == [stale.pk]
    _block, dialog = choose_another(page, draft)
    expect(dialog.get_by_role("heading", name="Recently used")).to_be_visible()


def test_a_stale_figure_in_the_line_asks_too(page, draft, login):
    figure = make_statistic(review_by=timezone.localdate() - dt.timedelta(days=3))
    login(page, "author")
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    text = page.locator('[data-contentpath="body"] .public-DraftEditor-content').first
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    command(page, "stat", "Statistic in the line")
    page.get_by_role("dialog").get_by_role("link", name=figure.label).click()
    page.get_by_role("alertdialog").get_by_role("link", name="Use it anyway").click()

    expect(text.locator(".reference-pill--STATISTIC")).to_have_text("27%")
    expect(text).to_be_focused()
