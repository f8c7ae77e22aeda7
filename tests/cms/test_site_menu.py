"""The frame of the public pages: menu, error pages, who is asked for a cookie."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from wagtail.models import Page, Site

from cms.models import ArchivePage, Branding, StandardPage
from cms.templatetags.rostrum_site import MenuItem, has_session, make_menu
from events.models import Agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Page:
    return ArchivePage.objects.get().get_parent()


def add(home: Page, title: str, **fields) -> StandardPage:
    page = StandardPage(title=title, **{"show_in_menus": True, **fields})
    home.add_child(instance=page)
    return page


def titles(path: str = "/") -> list[str]:
    return [item.title for item in make_menu(RequestFactory().get(path)).items]


def test_menu_holds_the_archive_and_what_asks_to_be_in_menus(home):
    add(home, "Contact")
    add(home, "Accessibility", show_in_menus=False)
    assert titles() == [ArchivePage.objects.get().title, "Contact", "Events"]


def test_a_front_page_that_nobody_named_bears_the_name_of_the_organization(client, home):
    Branding.objects.update_or_create(
        site=Site.objects.get(), defaults={"organization_name": "Marlow County"}
    )
    before = BeautifulSoup(client.get("/").content, "html.parser").h1.text
    Page.objects.filter(pk=home.pk).update(title="Marlow speaks")
    after = BeautifulSoup(client.get("/").content, "html.parser").h1.text

    assert (before, after) == ("Marlow County", "Marlow speaks")


def test_menu_shows_nothing_that_is_not_public(home):
    private = add(home, "Private")
    private.view_restrictions.create(restriction_type="login")
    add(home, "Draft", live=False)
    assert titles() == [ArchivePage.objects.get().title, "Events"]


def test_menu_says_where_the_reader_is(home):
    archive = ArchivePage.objects.get()
    url = archive.url
    items = {
        path: make_menu(RequestFactory().get(path)).items[:1]
        for path in (url, f"{url}a/", "/else/")
    }
    assert items == {
        url: (MenuItem(archive.title, url, "page"),),
        f"{url}a/": (MenuItem(archive.title, url, "true"),),
        "/else/": (MenuItem(archive.title, url, ""),),
    }


@pytest.mark.parametrize("number", [1, 3])
def test_menu_costs_the_same_however_many_pages_stand_in_it(
    home, number, django_assert_num_queries
):
    for position in range(number):
        add(home, f"Page {position}")
    request = RequestFactory().get("/")
    titles()  # the site and its paths are cached by Wagtail
    with django_assert_num_queries(3):
        make_menu(request)


def test_menu_without_a_request_leads_to_the_front_page():
    menu = make_menu(None)
    assert (menu.home_url, menu.archive_url, menu.items) == ("/", "", ())


def test_only_a_visitor_with_a_session_is_asked_who_they_are():
    visitor, staff, preview = (RequestFactory().get("/") for _number in range(3))
    staff.COOKIES[settings.SESSION_COOKIE_NAME] = "x"
    preview.is_preview = True
    assert [has_session({"request": r}) for r in (visitor, staff, preview, None)] == [
        False,
        True,
        True,
        False,
    ]


def test_missing_page_offers_the_archive_s_search(client):
    response = client.get("/there-is-no-such-page/")
    soup = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 404
    assert [form["action"] for form in soup.find_all("form")] == [ArchivePage.objects.get().url]
    assert [heading.get_text() for heading in soup.find_all("h1")] == ["This page is not here"]


def test_server_error_page_needs_no_context_and_no_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        html = render_to_string("500.html")
    assert BeautifulSoup(html, "html.parser").h1.get_text() == "Something went wrong on our side"


@pytest.mark.parametrize("path", ["/", "/archive/", "/there-is-no-such-page/"])
def test_public_pages_hold_nothing_inline_for_the_policy_to_refuse(client, path):
    soup = BeautifulSoup(client.get(path).content, "html.parser")
    inline = [tag.name for tag in soup.find_all(["script", "style"]) if not tag.get("src")]
    assert inline == []
    assert soup.select("[style], [onclick], [onload]") == []


def test_menu_leads_to_the_agenda_once_there_is_one_to_read():
    day = dt.date(2026, 1, 2)
    agenda = Agenda.objects.create(title="Agenda 2026", period_from=day, period_to=day)
    assert titles()[1:] == ["Events"]

    Agenda.objects.filter(pk=agenda.pk).update(adopted_on=day)
    assert titles()[1:] == ["Events", "Our agenda"]
