"""Every screen of the library has no serious accessibility fault and fits, on a desk and in a corridor."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.models import Issue
from testimony.domain.adapting import derive
from testimony.enums import LinkState
from testimony.models import Derivation, LinkCheck, PreferredTerm, RecentPick, RippleReview, Source
from tests.browser.stories import publish_everything
from tests.browser.test_admin_pages import WAGTAILS_OWN
from tests.builders import (
    make_event,
    make_point,
    make_testimony,
    make_user,
    paragraph,
    publish,
)
from tests.testimony.maps import full_map, own_url
from tests.testimony.test_adaptation import rewrite

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORTS = ("find", "library_health", "dead_links", "ripples", "dismissed_hints")
ENTRY = "@book{ada, title={On Leave}, author={Lovelace, Ada}, year={2023}, publisher={Press}}"


def of(item, view: str) -> str:
    return reverse(item.snippet_viewset.get_url_name(view), args=[item.pk])


def world() -> tuple[dict[str, str], object]:
    """Something for each screen to show, all of it the author's; and a draft that shows a talking point."""
    publish_everything()
    author = make_user("author")
    stale = timezone.localdate() - dt.timedelta(days=3)
    point = make_point("Leave is slow to come", owner=author, review_by=stale)
    publish(point)
    page = make_testimony("Shows it", [("talking_point", point)], user=author, owner=author)
    publish(point, text="<p>So it was.</p>")
    RecentPick.objects.note(author, point)
    message_map = full_map(Issue.objects.get(slug="paid-leave"), owner=author)
    draft = make_testimony("Original", [paragraph("<p>One.</p>")], user=author, owner=author)
    version = derive(draft, kind="local", for_whom="Harbor", user=author)
    rewrite(draft, texts={0: "<p>Two.</p>"})
    PreferredTerm.objects.create(avoid="the poor", prefer="people with low incomes", why="Kinder.")
    LinkCheck.objects.create(
        source=Source.objects.get(title="National survey"),
        url="https://survey.example/leave",
        state=LinkState.DEAD,
        checked_at=timezone.now(),
        first_failed_at=timezone.now(),
    )
    addresses = {
        "home": reverse("wagtailadmin_home"),
        "map editor": own_url("edit", message_map.pk),
        "map": own_url("map", message_map.pk),
        "maps": own_url("list"),
        "where used": of(point, "usage"),
        "stale point": of(point, "edit"),
        "one ripple": RippleReview.objects.get().url,
        "adapt": reverse("testimony:adapt", args=["testimonypage", draft.pk]),
        "what the original changed": Derivation.objects.of_child(version).get().url,
        "terms": reverse(PreferredTerm.snippet_viewset.get_url_name("list")),
        "who will speak": reverse("testimony:new", args=[make_event().pk]),
        **{name: reverse(f"testimony:{name}") for name in (*REPORTS, "add_sources")},
    }
    return addresses, page


def look(page: Page, name: str, assert_accessible) -> None:
    """At both widths: each screen is opened once."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert_accessible(
            page, without=(*WAGTAILS_OWN, ".messages", "[data-tippy-root]")
        )  # which fade in
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert (name, width, max(0, wide)) == (name, width, 0)


def open_side_panel(page: Page, name: str) -> None:
    page.locator(f'[data-side-panel-toggle="{name}"]').click()
    page.locator(f'[data-side-panel="{name}"]').wait_for()


def test_no_screen_of_the_library_has_a_serious_fault(page: Page, login, assert_accessible):
    addresses, document = world()
    login(page, "author")
    for name, address in addresses.items():
        answer = page.goto(address)
        assert (name, answer.status, page.url.endswith(address)) == (name, 200, True)
        look(page, name, assert_accessible)
    page.goto(reverse("testimony:add_sources"))
    page.get_by_label("Entries").fill(ENTRY)
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.get_by_role("button", name="Add 1 source")).to_be_visible()
    look(page, "sources that were read", assert_accessible)

    page.goto(reverse("wagtailadmin_pages:edit", args=[document.pk]))
    # The screen is still as narrow as a phone.
    expect(page.get_by_role("button", name="Save draft").first).to_be_in_viewport()
    open_side_panel(page, "checks")
    expect(page.locator('[data-readiness-list] [data-state="missing"]').first).to_be_visible()
    look(page, "readiness", assert_accessible)
    open_side_panel(page, "wording")
    expect(page.locator("[data-wording]").get_by_role("heading")).to_be_visible()
    look(page, "wording", assert_accessible)
    page.locator('[data-side-panel-toggle="wording"]').click()
    block = page.locator(".placed-block")
    block.get_by_role("button", name="Actions").first.click()
    page.get_by_role("button", name="Choose another").first.click()
    expect(page.get_by_role("heading", name="Recently used")).to_be_visible()
    look(page, "chooser", assert_accessible)
