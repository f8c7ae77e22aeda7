"""The brand's colours reach the pages as a stylesheet, since the policy allows no inline style."""

from __future__ import annotations

import pytest
from wagtail.models import Site

from cms.models import Branding

pytestmark = pytest.mark.django_db


@pytest.fixture
def branding() -> Branding:
    return Branding.for_site(Site.objects.get(is_default_site=True))


def test_stylesheet_holds_the_two_colours(client, branding):
    branding.primary_color, branding.accent_color = "#123456", "#654321"
    branding.save()
    response = client.get("/branding.css")
    assert response.content.decode() == ":root { --primary: #123456; --accent: #654321; }\n"
    assert response["Content-Type"] == "text/css"
    assert response["Cache-Control"] == "public, max-age=300"


def test_unchanged_stylesheet_is_not_sent_again_and_a_changed_one_is(client, branding):
    etag = client.get("/branding.css")["ETag"]
    assert client.get("/branding.css", headers={"if-none-match": etag}).status_code == 304
    Branding.objects.update(primary_color="#101010")
    assert client.get("/branding.css", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("value", ["red", "#12345", "}*{}", "", "#gggggg"])
def test_what_is_no_colour_stays_out_of_the_stylesheet(client, branding, value):
    Branding.objects.update(primary_color=value, accent_color="#654321")
    assert client.get("/branding.css").content.decode() == ":root { --accent: #654321; }\n"
