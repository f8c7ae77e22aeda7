"""The security policy lets everything work that must: the `page` fixture fails on any violation."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Page as WagtailPage

from cms.models import HomePage, StandardPage

pytestmark = pytest.mark.browser

ADMIN_VIEWS = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailadmin_pages:search",
    "wagtailimages:index",
    "wagtailimages:add_multiple",
    "wagtaildocs:index",
    "wagtaildocs:add_multiple",
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
    "wagtailadmin_account",
    "wagtailadmin_workflows:index",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailredirects:index",
]


@pytest.fixture
def signed_in(page, login):
    get_user_model().objects.create_superuser("admin", password=None)
    login(page, "admin")
    return page


@pytest.fixture
def plain_page() -> StandardPage:
    home = HomePage.objects.get()
    return home.add_child(
        instance=StandardPage(title="About us", slug="about", body="<p>Hello.</p>")
    )


@pytest.mark.parametrize("name", ADMIN_VIEWS)
def test_views_of_the_admin_work_under_the_policy(signed_in, name):
    response = signed_in.goto(reverse(name), wait_until="networkidle")

    assert response.status == 200


def test_the_editor_previews_a_page_under_the_policy(signed_in, live_server, plain_page):
    signed_in.goto(reverse("wagtailadmin_pages:edit", args=[plain_page.pk]))
    signed_in.get_by_role("button", name="Toggle preview").click()
    frame = signed_in.frame_locator("iframe[title='Preview'][src]")

    frame.get_by_role("heading", name="About us").wait_for()


def test_an_editor_sees_the_user_bar_on_a_public_page(signed_in, live_server, plain_page):
    signed_in.goto("/about/", wait_until="networkidle")

    assert signed_in.locator("wagtail-userbar").count() == 1
    assert signed_in.get_by_role("heading", name="About us").is_visible()


def test_the_policy_stops_an_inline_script(page, complaints, plain_page):
    """Proves that the fixture sees a violation."""
    page.goto("/about/")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s); }"
    )

    assert page.evaluate("() => window.ran") is None
    (complaint,) = complaints
    assert "Executing inline script violates the following Content Security Policy" in complaint
    complaints.clear()


def test_root_page_survives_a_test_with_real_transactions(transactional_db):
    assert WagtailPage.objects.filter(depth=1).count() == 1
    WagtailPage.objects.all().delete()


def test_root_page_is_back_in_the_next_test(db):
    assert WagtailPage.objects.filter(depth=1).count() == 1
