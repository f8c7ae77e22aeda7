"""An author adapts a testimony; after its original changed, what is new is taken and the own words stay."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from testimony.models import Derivation, TestimonyPage
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.builders import make_testimony, make_user, paragraph
from tests.testimony.test_adaptation import body, rewrite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def original():
    author = make_user("author")
    blocks = [paragraph("<p>One in four.</p>"), paragraph("<p>Please vote yes.</p>")]
    return make_testimony("On leave", blocks, user=author, owner=author)


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_author_adapts_a_testimony_and_takes_what_changes(
    page: Page, original, login, answered, assert_accessible
):
    login(page, "author")
    page.goto("/admin/testimony/")
    page.get_by_role("link", name="Adapt On leave").click()
    page.get_by_label("Version for another audience").check()
    page.get_by_label("For whom?").fill("nurses")
    assert_accessible(page)
    page.get_by_role("button", name="Make the draft").click()
    box = page.get_by_role("region", name="Adapted versions")
    expect(box).to_contain_text("adapted from On leave. In step with its original.")
    answered()

    version = TestimonyPage.objects.get(title="On leave — for nurses")
    rewrite(version, publish=False, texts={0: "<p>You know it.</p>"})
    rewrite(original, texts={0: "<p>One in three.</p>", 1: "<p>Please vote yes today.</p>"})
    page.goto("/admin/")
    panel = page.get_by_role("region", name="The original changed")
    expect(panel.get_by_role("link", name="On leave — for nurses")).to_be_visible()
    page.goto("/admin/testimony/")
    page.get_by_role("link", name="The original changed").click()
    ours, clean = (page.locator(".adapted").nth(place) for place in (0, 1))
    expect(ours).to_contain_text("You know it.")
    expect(ours.locator(".addition")).to_have_text("three.")
    expect(clean).to_contain_text("Reads as the original did before.")
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_accessible(page)
    assert fits(page)
    clean.get_by_role("button", name="Take this change").click()
    page.get_by_role("button", name="Keep ours").click()
    expect(box).to_contain_text("In step with its original.")
    assert_accessible(page, without=(*WAGTAILS_OWN, ".messages"))  # which fade in

    answered()
    assert body(version) == ["<p>You know it.</p>", "<p>Please vote yes today.</p>"]
    assert Derivation.objects.behind().count() == 0


def test_declining_keeps_the_reason(page: Page, original, login, answered):
    login(page, "author")
    page.goto(reverse("testimony:adapt", args=["testimonypage", original.pk]))
    page.get_by_label("For whom?").fill("Harbor")
    page.get_by_role("button", name="Make the draft").click()
    page.get_by_role("region", name="Adapted versions").wait_for()
    answered()
    rewrite(original, texts={0: "<p>One in three.</p>"})
    page.reload()
    page.get_by_role("link", name="See what changed").click()
    page.get_by_label("Why?").fill("Harbor counts differently.")
    page.get_by_role("button", name="Leave it all as it is").click()
    expect(page.get_by_text("In step with its original.")).to_be_visible()

    version = TestimonyPage.objects.get(title="On leave — for Harbor")
    page.goto(reverse("wagtailadmin_pages:history", args=[version.pk]))
    expect(page.get_by_text("Harbor counts differently.")).to_be_visible()
