"""What documents, events and positions stand on is not deleted; the refusal says what that is."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import models
from django.urls import reverse

from cms.models import Organization, Person
from events.domain.holders import held_by
from events.enums import PositionStatus
from events.models import Body, Event, Position, Presentation, Vehicle, Window
from testimony.models import PreferredTerm
from tests.builders import make_event, make_fact_sheet, make_point, make_testimony, make_user
from tests.events.hearings import make_rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client, admin_user):
    client.force_login(admin_user)
    return client


def refused(boss, item, *, many: bool = False) -> list[str]:
    """The words that answer an attempt to delete `item`, which is still there afterwards."""
    if many:
        meta = item._meta
        address = reverse("wagtail_bulk_action", args=[meta.app_label, meta.model_name, "delete"])
        address = f"{address}?id={item.pk}"
    else:
        address = reverse(item.snippet_viewset.get_url_name("delete"), args=[item.pk])
    response = boss.post(address, follow=True)
    assert type(item).objects.filter(pk=item.pk).exists()
    return [str(message).strip() for message in response.context["messages"]]


def deleted(boss, item) -> bool:
    boss.post(reverse(item.snippet_viewset.get_url_name("delete"), args=[item.pk]))
    return not type(item).objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize("live", [False, True])
def test_a_speaker_of_a_document_stays(boss, many, live):
    page = make_testimony("Leave now", live=live)

    assert refused(boss, page.speaker, many=many) == [
        "“Imani Calloway” cannot be deleted, because it is used: 1 document (Leave now). "
        "Correct it, or put another one in its place there first."
    ]
    page.refresh_from_db()
    assert page.speaker.name == "Imani Calloway"


@pytest.mark.parametrize("many", [False, True])
def test_a_bill_stays_with_positions_events_and_documents(boss, many):
    event = make_event(title="Hearing on leave")
    vehicle = event.vehicle
    for title in ("One", "Two", "Three"):
        make_testimony(title, vehicle=vehicle)
    make_fact_sheet("Facts", vehicle=vehicle)

    assert refused(boss, vehicle, many=many) == [
        "“HB 1147: Leave Act” cannot be deleted, because it is used: "
        "4 documents (Facts; Three; …), 1 position (HB 1147: Support), "
        "1 event (Hearing on leave (2026-03-04)). Keep it, and enter its outcome when it is over."
    ]
    assert Position.objects.filter(vehicle=vehicle).count() == 1


def test_an_event_with_a_document_stays(boss):
    event = make_event(title="Hearing on leave")
    make_testimony("Leave now", event=event)

    assert refused(boss, event) == [
        "“Hearing on leave (2026-03-04)” cannot be deleted, because it is used: "
        "1 document (Leave now). Use “Cancel event…” on its page instead."
    ]


def test_a_body_stays_with_what_its_rules_gave_elsewhere(boss):
    body, other = (Body.objects.create(name=name) for name in ("House", "Senate"))
    event = make_event(title="Hearing on leave", body=other)
    Window.objects.create(event=event, rule=make_rule(body), what="written")

    (said,) = refused(boss, body)
    assert said.startswith("“House” cannot be deleted, because it is used: 1 deadline (")
    assert said.endswith("Change its name, or move these to another body first.")


def test_a_partner_stays(boss):
    partner = Organization.objects.create(name="Clinic")
    person = Person.objects.create(name="Ada Okafor", organization=partner)
    event = make_event(host=partner)
    Presentation.objects.create(event=event, speaker=person, partner=partner)
    PreferredTerm.objects.create(asked_by=partner)

    assert [words.split(" (")[0] for words in held_by(partner)] == [
        "1 preferred term",
        "1 person",
        "1 event",
        "1 presentation",
    ]
    assert len(refused(boss, partner)) == 1


def test_contacts_and_those_who_follow_up_stay(boss):
    person = Person.objects.create(name="Ada Okafor")
    make_event(press_contact=person)
    make_fact_sheet("Facts", contact=person)
    make_point("Who pays?", follow_up=person)

    assert held_by(person) == [
        "1 document (Facts)",
        "1 talking point (Who pays?)",
        "1 event (Hearing (2026-03-04))",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": PositionStatus.IN_FORCE}, "it is in force. Withdraw it instead."),
        ({"status": PositionStatus.WITHDRAWN}, "it stays on record."),
        ({"override_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "it stays on record."),
    ],
)
def test_a_position_on_record_stays(boss, fields, words):
    vehicle = Vehicle.objects.create(identifier="HB 7")
    position = Position.objects.create(vehicle=vehicle, stance="support", **fields)

    assert refused(boss, position) == [f"“HB 7: Support” cannot be deleted: {words}"]
    assert len(refused(boss, vehicle)) == 1


def test_what_nothing_stands_on_is_deleted(boss):
    vehicle = Vehicle.objects.create(identifier="HB 7", position="support")
    assert Position.objects.count() == 1  # the column's own, of nobody by name
    for item in (
        vehicle,
        Body.objects.create(name="House"),
        Person.objects.create(name="Ada Okafor"),
        Organization.objects.create(name="Clinic"),
        make_event(vehicle=None),
    ):
        assert deleted(boss, item) is True


def test_a_proposal_of_somebody_keeps_its_bill(boss):
    vehicle = Vehicle.objects.create(identifier="HB 7")
    Position.objects.create(vehicle=vehicle, stance="support", recorded_by=make_user())

    assert held_by(vehicle) == ["1 position (HB 7: Support)"]


def test_every_reference_that_a_deletion_would_empty_keeps_what_it_names():
    """A new foreign key needs a holder of its own, in `events` or `testimony`."""
    emptied = {
        f"{relation.related_model.__name__}.{relation.field.name}"
        for model in (Body, Event, Organization, Person, Vehicle)
        for relation in model._meta.get_fields(include_hidden=True)
        if getattr(relation, "on_delete", None) is models.SET_NULL
    }
    assert sorted(emptied) == [
        "Event.body",
        "Event.host",
        "Event.press_contact",
        "Event.vehicle",
        "FactSheetPage.contact",
        "FactSheetPage.vehicle",
        "Person.organization",
        "PreferredTerm.asked_by",
        "Presentation.partner",
        "TalkingPoint.follow_up",
        "TestimonyPage.contact",
        "TestimonyPage.event",
        "TestimonyPage.speaker",
        "TestimonyPage.vehicle",
        "Vehicle.body",
    ]
