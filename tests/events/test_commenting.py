"""The public page of a comment period: how to hand in a comment, while that is possible."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from bs4 import BeautifulSoup

from events.models import Body, Event, Vehicle, VehicleQuestion

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CLOSES = NOW + dt.timedelta(days=3)


@pytest.fixture(autouse=True)
def second_of_march():
    with time_machine.travel(NOW, tick=False):
        yield


def make_period(**body) -> Event:
    agency = Body.objects.create(name="Housing Agency", **body)
    docket = Vehicle.objects.create(
        kind="rule",
        identifier="Docket HCD-0093",
        docket_id="HCD-0093",
        rin="0938-AV33",
        fr_citation="89 FR 26218",
        document_name="Draft allocation plan",
    )
    VehicleQuestion.objects.create(vehicle=docket, number="1", text="Which sites?", sort_order=0)
    event = Event.objects.create(
        kind="comment_period", title="Comments", body=agency, vehicle=docket, starts_at=CLOSES
    )
    event.windows.create(what="comment", closes_at=CLOSES, overridden=True)
    return event


def words(client, event: Event) -> str:
    page = BeautifulSoup(client.get(f"/events/{event.pk}/").content, "html.parser")
    return " ".join(page.main.get_text(" ").split())


def test_the_page_says_where_what_to_cite_and_by_when(client):
    event = make_period(
        portal_url="https://agency.example/comments/",
        portal_characters=4000,
        accepted_formats=["pdf", "paper"],
        address="900 Quarry Road\nCapital City",
    )

    text = words(client, event)
    for expected in (
        "How to comment Public comment Open Closes: March 5, 2026, 7 a.m. EST, in 3 days",
        "Hand it in agency.example/comments/ Or on paper: 900 Quarry Road Capital City",
        "Docket ID: HCD-0093 RIN: 0938-AV33 Federal Register: 89 FR 26218",
        "It is about Draft allocation plan",
        "takes 4,000 characters.",
        "Files it takes PDF What",
        "What the agency asks 1 Which sites?",
    ):
        assert expected in text.replace("EST , ", "EST, "), expected


def test_of_what_nobody_entered_nothing_is_said(client):
    event = make_period()
    Vehicle.objects.update(docket_id="", rin="", fr_citation="", document_name="")
    VehicleQuestion.objects.all().delete()

    text = words(client, event)
    assert "Hand it in As the agency’s own notice says." in text
    assert "Write on the first page Rule: Docket HCD-0093" in text
    left_out = ("On paper", "characters", "Files", "It is about", "agency asks")
    assert [it in text for it in left_out] == [False] * 5


@pytest.mark.parametrize(
    "fields", [{"starts_at": NOW - dt.timedelta(days=1)}, {"status": "cancelled"}], ids=str
)
def test_when_it_is_closed_or_called_off_nobody_is_told_to_comment(client, fields):
    event = make_period(portal_url="https://agency.example/comments/")
    Event.objects.filter(pk=event.pk).update(**fields)
    if moment := fields.get("starts_at"):
        event.windows.update(closes_at=moment)

    text = words(client, event)
    assert ("Hand it in" in text, "Which sites?" in text) == (False, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_many_questions(
    client, count, django_assert_num_queries
):
    event = make_period()
    for number in range(1, count):
        VehicleQuestion.objects.create(
            vehicle=event.vehicle, number=str(number), text="And?", sort_order=number
        )
    client.get(f"/events/{event.pk}/")
    with django_assert_num_queries(9):
        client.get(f"/events/{event.pk}/")


OWN, REGULATIONS = "https://agency.example/", "https://www.regulations.gov/docket/HCD-0093"


@pytest.mark.parametrize(
    ("body", "own_url", "said"),
    [
        ({"portal_url": OWN}, "", None),
        ({"portal_url": OWN, "portal_characters": 4000}, "", "4,000"),
        ({"portal_url": OWN, "portal_characters": 4000}, "https://other.example/", None),
        ({"portal_url": OWN, "portal_characters": 4000}, REGULATIONS, "5,000"),
        ({"portal_url": REGULATIONS}, "", "5,000"),
        ({"portal_url": "https://regulations.gov.example/"}, "", None),
    ],
    ids=str,
)
def test_the_box_is_as_long_as_somebody_entered_or_everybody_knows(client, body, own_url, said):
    event = make_period(**body)
    Event.objects.filter(pk=event.pk).update(portal_url=own_url)

    text = words(client, event)
    assert ("The comment box takes" in text) is (said is not None)
    assert said is None or f"takes {said} characters." in text


def test_what_is_no_rule_and_no_bill_is_not_cited_by_a_name_of_ours(client):
    event = make_period()
    Vehicle.objects.update(
        kind="none", identifier="County plan", docket_id="", rin="", fr_citation=""
    )

    assert "files comments by it" not in words(client, event)
