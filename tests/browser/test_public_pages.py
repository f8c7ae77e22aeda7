"""Public pages: accessible at every width, usable without JavaScript and with the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stories import publish_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [1280, 360])
def test_no_public_page_has_a_serious_fault_or_scrolls_sideways(
    page: Page, assert_accessible, width
):
    documents = publish_everything()
    page.set_viewport_size({"width": width, "height": 800})
    lists = ["/", "/archive/", "/archive/?issue=paid-leave&year=2026", "/archive/?q=leave"]
    for address in [*lists, "/archive/?q=nothingatall", "/nowhere/", *documents.values()]:
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate(SIDEWAYS) == 0, address


def test_archive_is_searched_filtered_and_read_without_javascript(browser, live_server):
    documents = publish_everything()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/archive/")
    page.get_by_role("main").get_by_role("searchbox").fill("shift starts")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Testimony with everything")).to_be_visible()
    expect(page.get_by_role("link", name="Who has leave")).to_have_count(0)
    page.goto("/archive/")
    page.get_by_role("link", name="Fact sheet").first.click()
    expect(page.get_by_role("link", name="Testimony with everything")).to_have_count(0)
    page.get_by_role("link", name="Who has leave").click()
    assert page.url.endswith(documents["fact sheet"])
    pdf = page.request.get(f"{documents['fact sheet']}pdf/")
    assert (pdf.status, pdf.headers["content-type"]) == (200, "application/pdf")
    context.close()


OUTLINED = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
FOCUSED = "(document.activeElement.textContent || document.activeElement.name).trim()"


def test_the_keyboard_skips_to_the_content_and_goes_through_search_and_filters(page: Page):
    publish_everything()
    page.goto("/archive/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_in_viewport()
    assert skip.get_attribute("href") == "#main"
    page.keyboard.press("Enter")
    reached = []
    for _step in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINED)
        reached.append(page.evaluate(FOCUSED).split("\n")[0])

    assert reached == ["q", "Search", "Paid family and sick leave 3", "Testimony 2"]
