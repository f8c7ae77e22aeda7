"""An author marks what may go when time is short, sees the times of the versions, and is sent to what is missing."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from testimony.models import TestimonyPage
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.builders import make_event, make_testimony, make_user, paragraph

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPENING = "My name is Imani Calloway. I support HB 1147."


@pytest.fixture
def draft() -> TestimonyPage:
    author = make_user("author")
    event = make_event(speaking_limit_seconds=120)
    body = [
        paragraph(f"<p>{OPENING}</p>"),
        paragraph(f"<p>{'one ' * 65}</p>"),
        paragraph(f"<p>{'two ' * 65}</p>"),
        ("ask", "<p>Please vote yes on HB 1147.</p>"),
    ]
    page = make_testimony(body=body, live=False, user=author, event=event)
    page.owner = author
    page.save()
    return page


@pytest.fixture
def editor(page, draft, login):
    login(page, "author")
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    page.locator(".cut-row").first.wait_for()
    # The editor notes what it was opened with; what is changed sooner is no change to it.
    expect(page.locator("[data-speaking-meter-value]")).to_contain_text(
        "Limit 2:00", timeout=60_000
    )
    return page


def rank(editor, place: int):
    """The choice of the block at `place`; the opening is 0."""
    return editor.locator(".cut-row").nth(place).get_by_label("When time is short")


def stored(draft) -> list[dict]:
    latest = TestimonyPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    return [latest.cuts.get(block["id"], {}) for block in latest.body.get_prep_value()]


def wait_for_stored(editor, draft, expected) -> None:
    """The editor saves by itself, unless the change was made before it noted what it was opened with: then a person
    presses the button."""
    for tries in range(80):
        if stored(draft) == expected:
            return
        if tries == 40:
            editor.keyboard.press("ControlOrMeta+s")
        editor.wait_for_timeout(500)
    assert stored(draft) == expected


# How often the blocks change within a second in which nobody does anything.
CHANGES = """() => new Promise((tell) => {
  let seen = 0;
  const watch = new MutationObserver((changes) => { seen += changes.length; });
  const stream = document.querySelector('[name="body-count"]').parentElement;
  watch.observe(stream, { childList: true, characterData: true, subtree: true });
  setTimeout(() => tell(seen), 1000);
})"""


def test_the_opening_and_the_ask_offer_no_choice(editor, assert_accessible):
    assert editor.evaluate(CHANGES) == 0
    rows = editor.locator(".cut-row")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text("The opening is in every version.")
    expect(rows.nth(3)).to_contain_text("The ask is in every version.")
    expect(rank(editor, 0)).to_be_hidden()
    expect(rank(editor, 1)).to_have_value("trim")
    assert_accessible(editor, without=WAGTAILS_OWN)


def test_the_times_of_the_versions_follow_the_choices(editor, draft):
    one_minute = editor.get_by_role("button", name=re.compile(r"^1:00"))
    expect(one_minute).to_contain_text("(0:39)")
    expect(editor.get_by_role("button", name=re.compile(r"^2:00"))).to_contain_text(
        "(1:09, whole text)"
    )

    rank(editor, 1).select_option("first")
    rank(editor, 2).select_option("keep")

    wait_for_stored(editor, draft, [{}, {"rank": "first"}, {"rank": "keep"}, {}])
    one_minute.click()
    frame = editor.frame_locator("#w-preview-iframe")
    expect(frame.get_by_text("1-minute version")).to_be_visible()
    expect(frame.locator(".document__body")).to_contain_text("two two")
    expect(frame.locator(".document__body")).not_to_contain_text("one one")
    expect(frame.get_by_role("heading", name="Left out of this version")).to_be_visible()


def test_the_keyboard_marks_a_block(editor, draft):
    rank(editor, 1).focus()
    editor.keyboard.press("ArrowDown")
    editor.keyboard.press("Tab")
    editor.keyboard.press("ArrowDown")

    wait_for_stored(editor, draft, [{}, {"rank": "first", "use": "spoken"}, {}, {}])


def test_marks_go_with_their_block_and_a_copy_takes_them_along(editor, draft):
    rank(editor, 1).select_option("first")
    block = editor.locator("[data-streamfield-child]").nth(1)
    block.locator('[data-streamfield-action="MOVE_DOWN"]').click()
    wait_for_stored(editor, draft, [{}, {}, {"rank": "first"}, {}])

    moved = editor.locator("[data-streamfield-child]").nth(2)
    moved.locator('[data-streamfield-action="DUPLICATE"]').click()
    wait_for_stored(editor, draft, [{}, {}, {"rank": "first"}, {"rank": "first"}, {}])


def test_missing_items_stand_beside_the_editor_and_lead_to_their_field(editor):
    button = editor.locator("[data-readiness-open]")
    expect(button).to_contain_text("4 missing")  # approval among them
    button.click()

    checks = editor.locator("[data-readiness-list]")
    expect(checks.locator('[data-state="missing"]')).to_have_count(4)
    checks.get_by_role("button", name=re.compile("Name the bill")).click()
    field = editor.locator('[data-contentpath="vehicle"]')
    expect(field).to_be_in_viewport()
    expect(field.locator("button:focus")).to_have_count(1)


def test_what_is_missing_is_struck_off_once_it_is_there(editor):
    editor.locator("[data-readiness-open]").click()
    speaker = editor.locator('[data-readiness-list] li:has-text("Position in the opening")')
    expect(speaker).to_have_attribute("data-state", "ok")
    expect(editor.locator('[data-readiness-list] li:has-text("Why")')).to_have_attribute(
        "data-state", "missing"
    )
    editor.locator(".public-DraftEditor-content").nth(1).click()
    expect(editor.locator("[data-speaking-meter-value]")).to_contain_text("Limit 2:00")
