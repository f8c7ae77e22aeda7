"""Zones are offered by the names that people use, and stored by their own."""

from __future__ import annotations

import zoneinfo

import pytest
from django.urls import reverse
from django.utils import translation

from cms.zones import LEFT_OUT, UNITED_STATES, zone_choices, zone_label
from tests.builders import make_user


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("America/New_York", "Eastern Time – New York"),
        ("Europe/Vienna", "Vienna"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires, Argentina"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_called_as_people_call_it(name, label):
    assert str(zone_label(name)) == label


def test_the_usual_zones_come_first_and_every_place_is_there():
    groups = dict(zone_choices())
    offered = [name for options in groups.values() for name, _label in options]
    places = {name for name in zoneinfo.available_timezones() if "/" in name}

    assert str(next(iter(groups))) == "United States"
    assert offered[:3] == ["America/New_York", "America/Detroit", "America/Chicago"]
    assert sorted(offered) == sorted(
        {*(name for name in places if not name.startswith(LEFT_OUT)), "UTC", *UNITED_STATES}
    )


def test_an_old_name_survives_where_it_is_used():
    assert zone_choices(current="US/Central")[0] == ("US/Central", "US/Central")


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


def account_fields(author, **fields) -> dict[str, str]:
    return {
        "name_email-first_name": "Ada",
        "name_email-last_name": "Okafor",
        "name_email-email": "ada@test.example",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
        **fields,
    }


def test_members_choose_their_zone_by_name(client, author):
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    fields = account_fields(author, **{"time-zone-current_time_zone": "America/Denver"})
    response = client.post(reverse("wagtailadmin_account"), fields)

    assert page.count('name="locale-current_time_zone"') == 0
    assert '<option value="America/Denver">Mountain Time – Denver</option>' in page
    assert response.status_code == 302
    author.refresh_from_db()
    assert author.wagtail_userprofile.current_time_zone == "America/Denver"


def test_a_zone_that_does_not_exist_is_refused(client, author):
    fields = account_fields(author, **{"time-zone-current_time_zone": "America/Springfield"})
    response = client.post(reverse("wagtailadmin_account"), fields)

    assert response.status_code == 200
    assert "is not one of the available choices" in response.content.decode()


def test_who_has_no_name_and_no_address_can_still_choose_a_zone(client, author):
    empty = {"name_email-first_name": "", "name_email-last_name": "", "name_email-email": ""}
    fields = account_fields(author, **empty, **{"time-zone-current_time_zone": "America/Denver"})

    assert client.post(reverse("wagtailadmin_account"), fields).status_code == 302
    author.refresh_from_db()
    assert author.wagtail_userprofile.current_time_zone == "America/Denver"


def test_the_labels_follow_the_reader_s_language():
    with translation.override("en"):
        assert str(UNITED_STATES["America/Phoenix"]) == "Mountain Time, no summer time – Phoenix"
