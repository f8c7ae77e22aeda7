"""Adopted agendas: the lists and forms of agendas, positions and vehicles."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.enums import GroupName
from cms.models import Issue
from events.models import Body, Plank, Position, Vehicle, VersionReview
from tests.builders import make_user
from tests.events.agendas import YEAR, in_force, make_agenda, make_plank

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user("admin", GroupName.ADMINISTRATORS)


@pytest.fixture
def approver():
    return make_user("approver", GroupName.APPROVERS)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("position", 14), ("agenda", 11)])
def test_a_list_costs_the_same_for_one_and_three(
    client, approver, django_assert_num_queries, name, queries, count
):
    for number in range(count):
        in_force(make_plank(make_agenda(title=f"Agenda {number}")), f"HB {number}", version="A")
    client.force_login(approver)
    address = reverse(f"wagtailsnippets_events_{name}:list")
    client.get(address)

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert len(response.context["object_list"]) == count


def test_positions_are_filtered_and_counted(client, approver):
    plank, other = make_plank(make_agenda()), make_plank(make_agenda(title="Other"))
    first, second, third = (in_force(it, f"HB {n}") for n, it in enumerate((plank, plank, other)))
    Position.objects.filter(pk=second.pk).update(stance="oppose", status="proposed")
    client.force_login(approver)
    address = reverse("wagtailsnippets_events_position:list")

    def listed(**query):
        response = client.get(address, query)
        tabs = [(str(tab.label), tab.count) for tab in response.context["tabs"]]
        return {it.pk for it in response.context["object_list"]}, tabs

    everything = [("All", 3), ("Proposed", 1), ("In force", 2), ("Withdrawn", 0)]
    assert listed() == ({first.pk, second.pk, third.pk}, everything)
    assert listed(status="proposed") == ({second.pk}, everything)
    assert listed(stance="oppose")[0] == {second.pk}
    assert listed(vehicle=third.vehicle_id)[0] == {third.pk}
    found, tabs = listed(agenda=plank.agenda_id)
    assert (found, tabs[0]) == ({first.pk, second.pk}, ("All", 2))


def test_administrators_edit_agendas_and_authors_read_them(client, administrator):
    author = make_user("author")
    address = reverse("wagtailsnippets_events_agenda:add")
    client.force_login(author)
    assert client.get(address).status_code == 302
    assert client.get(reverse("wagtailsnippets_events_agenda:list")).status_code == 200
    client.force_login(administrator)
    issue = Issue.objects.active().order_by("slug")[0]
    data = {
        "title": "Agenda",
        "period_from": f"{YEAR}-01-01",
        "period_to": f"{YEAR}-12-31",
        "adopted_by": "Board",
        "adopted_on": f"{YEAR}-01-01",
        "is_published": "on",
        "planks-TOTAL_FORMS": 1,
        "planks-INITIAL_FORMS": 0,
        "planks-0-number": "1",
        "planks-0-text": "Paid leave",
        "planks-0-issues": [issue.pk],
        "planks-0-ORDER": 1,
    }

    response = client.post(address, data)

    assert response.status_code == 302, response.context["form"].errors
    plank = Plank.objects.get()
    assert (plank.agenda.slug, list(plank.issues.all())) == ("agenda", [issue])


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"period_to": f"{YEAR - 1}-12-31"}, "period_to"),
        ({"adopted_by": ""}, "adopted_by"),
        ({"adopted_on": f"{YEAR + 1}-01-01"}, "adopted_on"),
        ({"period_from": "soon"}, "period_from"),
    ],
)
def test_an_agenda_that_contradicts_itself_is_refused_beside_the_field(
    client, administrator, data, field
):
    client.force_login(administrator)
    good = {
        "title": "Agenda",
        "period_from": f"{YEAR}-01-01",
        "period_to": f"{YEAR}-12-31",
        "adopted_by": "Board",
        "adopted_on": f"{YEAR}-01-01",
        "planks-TOTAL_FORMS": 0,
        "planks-INITIAL_FORMS": 0,
    }

    response = client.post(reverse("wagtailsnippets_events_agenda:add"), {**good, **data})

    assert list(response.context["form"].errors) == [field]


def test_a_plank_on_which_positions_rest_stays(client, administrator):
    plank = make_plank(make_agenda())
    in_force(plank)
    client.force_login(administrator)
    agenda = plank.agenda
    data = {
        "title": "Agenda",
        "period_from": agenda.period_from,
        "period_to": agenda.period_to,
        "planks-TOTAL_FORMS": 1,
        "planks-INITIAL_FORMS": 1,
        "planks-0-id": plank.pk,
        "planks-0-number": "1",
        "planks-0-text": plank.text,
        "planks-0-ORDER": 1,
        "planks-0-DELETE": "1",
    }

    response = client.post(reverse("wagtailsnippets_events_agenda:edit", args=[agenda.pk]), data)

    assert "Plank 1 cannot go" in response.content.decode()
    assert Plank.objects.get() == plank


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"taken_on": f"{YEAR + 1}-01-01"}, "taken_on"),
        ({"taken_on": f"{YEAR - 1}-12-31"}, "plank"),
        ({"decision": "Support it"}, "decision"),
        ({"stance": "love"}, "stance"),
        ({"vehicle": ""}, "vehicle"),
        ({"decision": "x", "decided_by": "Board", "decided_on": f"{YEAR + 1}-01-01"}, "decided_on"),
    ],
)
def test_a_position_that_cannot_be_is_refused_beside_the_field(client, data, field):
    client.force_login(make_user("author"))
    plank = make_plank(make_agenda())
    bill = Vehicle.objects.create(identifier="HB 7")
    day = timezone.localdate().isoformat()
    good = {"vehicle": bill.pk, "stance": "support", "taken_on": day, "plank": plank.pk}
    address = reverse("wagtailsnippets_events_position:add")

    response = client.post(address, {**good, **data})

    assert list(response.context["form"].errors) == [field]
    assert client.post(address, good).url == Position.objects.get().url


def vehicle_form(**data) -> dict:
    formsets = {
        f"{name}-{field}_FORMS": 0
        for name in ("questions", "versions", "actions")
        for field in ("TOTAL", "INITIAL")
    }
    return {"kind": "rule", "identifier": "", **formsets, **data}


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"closes_on": "2026-03-08", "closes_time": "02:30"}, "closes_time"),
        ({"closes_on": "2026-03-09"}, "closes_time"),
        ({"closes_time": "23:59"}, "closes_on"),
        (
            {
                "closes_on": "2026-03-09",
                "closes_time": "23:59",
                "comment_opens_on": "2026-04-01",
            },
            "comment_opens_on",
        ),
        ({"outcome": "adopted"}, "outcome_on"),
        ({"docket_id": ""}, "identifier"),
        ({"comment_timezone": "Mars/Olympus"}, "comment_timezone"),
    ],
)
def test_a_docket_that_cannot_be_is_refused_beside_the_field(client, data, field):
    client.force_login(make_user("author"))
    good = vehicle_form(docket_id="CMS-2024-0131", comment_timezone="America/New_York")

    response = client.post(reverse("wagtailsnippets_events_vehicle:add"), {**good, **data})

    assert list(response.context["form"].errors) == [field]


def test_the_closing_moment_is_kept_by_the_agency_s_clock_and_odd_identifiers_are_advice(client):
    client.force_login(make_user("author"))
    agency = Body.objects.create(name="Agency", timezone="America/Los_Angeles")
    good = vehicle_form(
        docket_id="2024/17", rin="938-AV33", fr_citation="89 FR 26218", body=agency.pk
    )
    good |= {"closes_on": "2026-06-10", "closes_time": "23:59"}

    response = client.post(reverse("wagtailsnippets_events_vehicle:add"), good, follow=True)

    vehicle = Vehicle.objects.get()
    assert (vehicle.identifier, vehicle.closing) == ("2024/17", "June 10, 2026, 11:59 p.m. PDT")
    said = [str(it) for it in response.context["messages"]]
    assert sum("does not look like" in it for it in said) == 2


def test_a_version_that_was_only_misspelt_flags_nothing(client):
    client.force_login(make_user("author"))
    bill = Vehicle.objects.create(identifier="HB 7", version="As intoduced", position="support")
    address = reverse("wagtailsnippets_events_vehicle:edit", args=[bill.pk])
    good = vehicle_form(kind="bill", identifier="HB 7", version="As introduced")

    assert client.post(address, {**good, "only_spelling": "on"}).status_code == 302

    assert [it.label for it in bill.versions.all()] == ["As introduced"]
    assert VersionReview.objects.count() == 0
    assert client.post(address, {**good, "version": "As amended"}).status_code == 302
    assert VersionReview.objects.count() == 1


def test_a_version_cannot_take_the_name_of_another(client):
    client.force_login(make_user("author"))
    bill = Vehicle.objects.create(identifier="HB 7", version="As heard")
    bill.versions.model.objects.create(vehicle=bill, label="As passed")
    address = reverse("wagtailsnippets_events_vehicle:edit", args=[bill.pk])
    given = vehicle_form(kind="bill", identifier="HB 7", version="As passed", only_spelling="on")

    response = client.post(address, given)
    assert response.context["form"].errors == {"version": ["This version is in the list already."]}
