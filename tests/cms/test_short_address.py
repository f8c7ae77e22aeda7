"""The short address on paper leads to what is public, and says nothing of anything else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.domain.short_address import short_address
from tests.builders import make_fact_sheet

pytestmark = pytest.mark.django_db
HIDDEN = ("draft", "withdrawn", "expired", "restricted", "restricted above", "deleted")


def test_it_leads_to_the_living_page_wherever_that_moved(client):
    page = make_fact_sheet(slug="before")
    Page.objects.filter(pk=page.pk).update(
        slug="after", url_path=page.url_path.replace("before", "after")
    )
    assert short_address(page) == f"http://127.0.0.1:8000/d/{page.pk}/"
    response = client.get(f"/d/{page.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/archive/after/")
    assert "no-cache" in response["Cache-Control"]


def hide(page, how: str) -> int:
    pk = page.pk
    if how == "withdrawn":
        page.unpublish()
    elif how == "expired":
        Page.objects.filter(pk=pk).update(expire_at=timezone.now() - dt.timedelta(minutes=1))
    elif how.startswith("restricted"):
        shut = page if how == "restricted" else page.get_parent()
        PageViewRestriction.objects.create(page=shut, restriction_type="login")
    elif how == "deleted":
        page.delete()
    return pk


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_not_public_answers_as_what_never_was(how, client):
    pk = hide(make_fact_sheet("Secret plan", slug="secret-plan", live=how != "draft"), how)
    hidden, never = client.get(f"/d/{pk}/"), client.get("/d/987654321/")
    assert (hidden.status_code, never.status_code) == (404, 404)
    assert hidden.content.replace(str(pk).encode(), b"") == never.content.replace(b"987654321", b"")
    assert b"ecret" not in hidden.content


def test_only_whole_numbers_are_addresses(client):
    answers = [client.get(f"/d/{word}/").status_code for word in ("abc", "-1", "1.5", "9" * 40)]
    assert answers == [404, 404, 404, 404]
    assert client.post(f"/d/{make_fact_sheet().pk}/").status_code == 405
