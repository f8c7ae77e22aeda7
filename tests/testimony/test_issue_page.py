"""The public page of an issue: what is said, what proves it, what was published, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.domain.issues import merge_issue
from cms.models import Issue
from tests.builders import (
    make_fact_sheet,
    make_map,
    make_message,
    make_point,
    make_statistic,
    make_testimony,
)
from tests.testimony.maps import full_map, soup_of

pytestmark = pytest.mark.django_db


def public_url(issue: Issue) -> str:
    return f"/archive/issues/{issue.slug}/"


def test_the_page_of_an_issue_shows_what_is_said_and_what_was_published(client, issue):
    Issue.objects.filter(pk=issue.pk).update(description="Time away, with pay.")
    full_map(issue)
    make_testimony("Testimony on leave")
    make_fact_sheet("Who has leave")
    soup = soup_of(client.get(public_url(issue)))

    assert soup.select_one("h1").get_text() == issue.name
    assert soup.select_one(".deck").get_text() == "Time away, with pay."
    assert [item.get_text() for item in soup.select(".stand__message h3")] == ["Most have none"]
    assert [item.get_text() for item in soup.select(".stand__proofs li")] == [
        "27% of workers have leave1",
        "73% go without2",
    ]
    assert len(soup.select(".notes li")) == 2
    assert [item.get_text() for item in soup.select(".entry__title")] == [
        "Testimony on leave",
        "Who has leave",
    ]
    assert soup.select_one(".lead-in .more a")["href"] == "/archive/?issue=paid-leave"


def test_the_page_of_an_issue_says_nothing_that_is_kept_back(client, issue):
    hidden = make_statistic("canary-figure", "99", live=False)
    make_map(
        issue,
        make_message("canary-kept-back", proofs=[make_statistic()], released=False),
        make_message("canary-hollow", proofs=[hidden]),
        make_message(
            "Shown", points=[make_point("canary-point")], proofs=[make_statistic(), hidden]
        ),
        audience_note="canary-note",
    )
    html = client.get(public_url(issue)).content.decode()

    assert ("canary" in html, "Shown" in html) == (False, True)


def test_an_issue_without_map_and_documents_has_its_page(client):
    lonely = Issue.objects.create(name="Água e saúde", slug="água-e-saúde")

    response = client.get(public_url(lonely))

    assert response.status_code == 200
    assert "Nothing has been published on this issue yet." in response.content.decode()


@pytest.mark.parametrize(("count", "heading"), [(1, "Fact sheet"), (2, "Fact sheets")])
def test_several_documents_of_a_kind_stand_under_its_plural(client, issue, count, heading):
    for number in range(count):
        make_fact_sheet(f"Sheet {number}")
    headings = soup_of(client.get(public_url(issue))).select("h2.section-title")

    assert [it.get_text(strip=True) for it in headings] == [f"Latest: {heading}"]


def test_a_retired_issue_keeps_its_page(client, issue):
    full_map(issue)
    Issue.objects.filter(pk=issue.pk).update(is_active=False)

    assert "Most have none" in client.get(public_url(issue)).content.decode()


def test_the_address_of_a_merged_issue_leads_to_what_it_became(client, issue):
    old = Issue.objects.create(name="Sick days", slug="sick-days")
    merge_issue(old, issue, user=None)

    response = client.get(public_url(old))

    assert (response.status_code, response.url) == (301, public_url(issue))


@pytest.mark.parametrize("slug", ["nothing", "a%00b", "%F0%9F%98%80"])
def test_an_unknown_issue_has_no_page(client, slug):
    assert client.get(f"/archive/issues/{slug}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_an_issue_asks_as_often_whatever_it_shows(client, issue, count):
    messages = [make_message(f"Message {n}", proofs=[make_statistic()]) for n in range(count)]
    make_map(issue, *messages)
    for number in range(count):
        make_testimony(f"Testimony {number}")
        make_fact_sheet(f"Sheet {number}")
    url = public_url(issue)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) == 20


def test_links_lead_to_the_page_of_an_issue(client, issue):
    page = make_testimony()
    pages = ["/", page.url, f"/archive/?issue={issue.slug}"]

    links = [
        len(soup_of(client.get(url)).select(f'a[href="{public_url(issue)}"]')) for url in pages
    ]
    assert links == [1, 1, 1]
