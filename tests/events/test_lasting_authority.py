"""No edit takes away what a position in force rests on."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from cms.enums import GroupName
from events.domain.authority import lacks
from events.models import Agenda, Position
from tests.builders import make_user
from tests.events.agendas import YEAR, decided, in_force, make_agenda, make_plank

pytestmark = pytest.mark.django_db
NOTHING = {"plank": "", "decision": "", "decided_by": "", "decided_on": "", "decision_url": ""}
RESTS_ON_NOTHING = (
    "It is in force and has to rest on something: No plank of an agenda and no decision stand behind it. "
    "Choose a plank or enter the decision; to give it up, withdraw it on its page."
)


@pytest.fixture
def edit(client):
    client.force_login(make_user("approver", GroupName.APPROVERS))

    def post(position: Position, **data):
        address = reverse("wagtailsnippets_events_position:edit", args=[position.pk])
        return client.post(address, {**NOTHING, "note": "New", **data})

    return post


@pytest.mark.parametrize("rests_on", ["plank", "decision"])
def test_what_a_position_in_force_rests_on_cannot_be_cleared(edit, rests_on):
    position = in_force(make_plank(make_agenda())) if rests_on == "plank" else decided()
    response = edit(position)

    assert response.context["form"].errors == {"__all__": [RESTS_ON_NOTHING]}
    assert RESTS_ON_NOTHING in response.text
    kept = Position.objects.get()
    assert (kept.note, kept.status, lacks(kept)) == ("Secret aside", "in_force", "")


def test_one_authority_may_take_the_place_of_another(edit):
    position = in_force(make_plank(make_agenda()))
    day = position.taken_on.isoformat()
    edit(position, decision="Support it", decided_by="Board", decided_on=day)

    kept = Position.objects.get()
    assert (kept.note, kept.plank, kept.decision, lacks(kept)) == ("New", None, "Support it", "")


@pytest.mark.parametrize("case", ["proposed", "with an exception"])
def test_what_relies_on_nothing_yet_is_edited_as_ever(edit, case):
    position = in_force(make_plank(make_agenda()))
    if case == "proposed":
        position.status = "proposed"
    else:
        position.override_at = dt.datetime(YEAR, 1, 1, tzinfo=dt.UTC)
    position.save()
    data = {"vehicle": position.vehicle_id, "stance": "support", "taken_on": position.taken_on}
    edit(position, **data)

    kept = Position.objects.get()
    assert (kept.note, kept.plank) == ("New", None)


def edit_agenda(client, agenda: Agenda, **data):
    plank = agenda.planks.get()
    given = {
        "title": "Agenda",
        "period_from": agenda.period_from,
        "period_to": agenda.period_to,
        "adopted_by": agenda.adopted_by,
        "adopted_on": agenda.adopted_on,
        "planks-TOTAL_FORMS": 1,
        "planks-INITIAL_FORMS": 1,
        "planks-0-id": plank.pk,
        "planks-0-number": plank.number,
        "planks-0-text": plank.text,
        "planks-0-ORDER": 1,
        "planks-0-issues-TOTAL_FORMS": 0,
        "planks-0-issues-INITIAL_FORMS": 0,
    }
    address = reverse("wagtailsnippets_events_agenda:edit", args=[agenda.pk])
    return client.post(address, {**given, **data})


@pytest.mark.parametrize(
    ("data", "lacking"),
    [
        (
            {"period_to": dt.date(YEAR, 1, 1)},
            f"“Agenda” authorizes positions from Jan. 1, {YEAR} ",
        ),
        ({"adopted_by": "", "adopted_on": ""}, "“Agenda” is not adopted yet."),
    ],
)
def test_an_agenda_goes_on_authorising_what_is_in_force_on_it(client, data, lacking):
    client.force_login(make_user("boss", GroupName.ADMINISTRATORS))
    agenda = make_agenda()
    position = in_force(make_plank(agenda))
    Position.objects.update(taken_on=dt.date(YEAR, 1, 2))
    response = edit_agenda(client, agenda, **data)

    ((said,),) = response.context["form"].errors.values()
    assert said.startswith(f"“{position}” is in force and rests on this agenda: {lacking}")
    assert Agenda.objects.get().title == "Legislative agenda"

    Position.objects.update(status="withdrawn")
    assert edit_agenda(client, agenda, **data).status_code == 302
    assert Agenda.objects.get().title == "Agenda"
