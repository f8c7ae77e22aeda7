"""Whose admin it is: the organisation's name and logo, Rostrum's mark, and no trace of Wagtail's."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cms.enums import GroupName
from cms.models import Branding
from tests.builders import make_user

DOORS = ["wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_password_reset_done"]


@pytest.fixture
def branding(db) -> Branding:
    branding = Branding.objects.get()
    branding.organization_name = "Larkmoor <County>"
    branding.save()
    return branding


def words(response) -> str:
    """What is read on the page, its title included; scripts and addresses left out."""
    html = re.sub(r"(?s)<(script|noscript|template).*?</\1>", "", response.content.decode())
    return re.sub(r"<[^>]+>", " ", html)


def title(response) -> str:
    return " ".join(re.search(r"(?s)<title>(.*?)</title>", response.content.decode())[1].split())


@pytest.mark.parametrize("name", DOORS)
def test_the_door_carries_the_organisation_s_name(client, branding, name):
    response = client.get(reverse(name))

    assert words(response).count("Larkmoor &lt;County&gt;") == 2  # title and heading
    assert "Wagtail" not in words(response)


def test_titles_name_the_place_the_organisation_and_the_product(client, branding):
    assert title(client.get(reverse("wagtailadmin_login"))) == (
        "Sign in - Larkmoor &lt;County&gt; - Rostrum"
    )


def test_an_installation_without_a_name_of_its_own_says_rostrum_once(client, db):
    assert title(client.get(reverse("wagtailadmin_login"))) == "Sign in - Rostrum"


def test_home_page_and_wrong_address_say_nothing_of_wagtail(client, branding):
    client.force_login(make_user("author"))
    home = client.get(reverse("wagtailadmin_home"))
    lost = client.get("/admin/no-such-page/")

    assert "<h1" in home.content.decode()
    assert (home.status_code, lost.status_code) == (200, 404)
    assert "This page is not here" in words(lost)
    assert ["Wagtail" in words(response) for response in (home, lost)] == [False, False]


def test_help_is_about_this_admin(client, branding):
    client.force_login(make_user("admin", GroupName.ADMINISTRATORS))
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    assert [home.count(name) for name in ("editor-guide", "whats-new-in-wagtail")] == [0, 0]
    assert home.count('"keyboard-shortcuts-trigger"') == 1


@pytest.mark.parametrize("name", ["favicon.ico", "favicon.svg", "apple-touch-icon.png"])
def test_every_page_names_icons_that_are_there(client, branding, name):
    address = f"/static/rostrum/{name}"
    pages = [client.get(path).content.decode() for path in ("/", "/admin/login/", "/nowhere/")]
    icon = client.get(address)
    b"".join(icon.streaming_content)  # the file is closed when it has been read

    assert [page.count(f'href="{address}"') for page in pages] == [1, 1, 1]
    assert icon.status_code == 200


def test_browsers_that_look_by_themselves_find_the_icon(client):
    assert client.get("/favicon.ico").url == "/static/rostrum/favicon.ico"
