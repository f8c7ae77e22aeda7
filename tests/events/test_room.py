"""The hearing's own page: what it shows, to whom, and what it costs."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import Person
from events.domain import presentations
from tests.builders import make_event, make_user
from tests.events.rooms import room, url


@pytest.mark.parametrize("count", [1, 4])
def test_the_room_costs_the_same_for_one_and_four_presentations(
    approving, hearing, approver, make_page, count, django_assert_num_queries
):
    for number in range(count):
        speaker = Person.objects.create(name=f"Speaker {number}")
        page = make_page(f"Paper {number}")
        added = presentations.add_presentation(hearing, speaker, user=approver, pages=[page])
        presentations.confirm(added, user=approver)
        presentations.deliver(added, user=approver)
    approving.get(room(hearing))
    with django_assert_num_queries(20):
        response = approving.get(room(hearing))

    assert len(response.context["rows"]) == len(response.context["records"]) == count


def test_the_room_says_when_in_the_event_s_own_zone(staff):
    event = make_event(timezone="America/Chicago", place="Room 112", speaking_limit_seconds=150)
    with timezone.override("Asia/Tokyo"):
        text = staff.get(room(event)).text

    for words in (
        "March 4, 2026, 8:30 a.m. CST",
        "Central Time – Chicago",
        "Room 112",
        "2 min 30 s",
        "HB 1147: Leave Act",
        "Support",
    ):
        assert words in text


def test_the_room_of_an_event_without_anything_opens(staff):
    event = make_event(starts_at=None, body=None, vehicle=None)
    text = staff.get(room(event)).text

    assert "Date not known yet" in text
    assert "Nobody is on the list yet." in text


def test_a_room_that_does_not_exist_is_not_found(staff):
    assert staff.get("/admin/events/999999/").status_code == 404


ADDRESSES = {
    "room": lambda p: room(p.event),
    "add": lambda p: reverse("events:presentation_add", args=[p.event_id]),
    "edit": lambda p: url("presentation_edit", p),
    "deliver": lambda p: url("presentation_deliver", p),
    "withdraw": lambda p: url("presentation_withdraw", p),
    "pdf": lambda p: url("document_pdf", p, p.materials.get().page_id),
    "appearances": lambda p: reverse("events:appearances"),
}
OPEN_TO = {
    "author": {"room", "add", "edit", "withdraw", "pdf", "appearances"},
    "approver": set(ADDRESSES),
    "administrator": set(ADDRESSES),
    "speaker_user": {"room", "pdf", "appearances"},
    "other_speaker": {"appearances"},
    None: set(),
}


@pytest.fixture
def other_speaker(db):
    user = make_user("other", "Speakers")
    Person.objects.create(name="Lin Park", user=user)
    return user


def opens(client, address: str) -> bool:
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)  # closes the file
    return response.status_code == 200


@pytest.mark.parametrize("role", OPEN_TO)
def test_every_address_is_open_to_the_right_roles(request, client, planned, role):
    if role:
        client.force_login(request.getfixturevalue(role))
    found = {name for name, address in ADDRESSES.items() if opens(client, address(planned))}

    assert found == OPEN_TO[role]


def test_a_speaker_sees_only_their_own_presentation_and_no_notes(
    client, planned, speaker_user, author
):
    planned.event.notes = "Between us."
    planned.event.save()
    other = Person.objects.create(name="Lin Park")
    presentations.add_presentation(planned.event, other, user=author)
    client.force_login(speaker_user)
    response = client.get(room(planned.event))

    assert [row.presentation for row in response.context["rows"]] == [planned]
    assert "Lin Park" not in response.text
    assert "Between us." not in response.text
