"""The page of an event costs the same for four speakers and for forty with two hundred documents."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.enums import GroupName
from cms.models import Organization, Person
from events.models import AppearanceLink, Body, Presentation, PresentationMaterial
from tests.builders import make_event, make_testimony, make_user

pytestmark = pytest.mark.django_db

EACH = 5
QUERIES = 33  # of all that the page asks, Wagtail's own among them


@pytest.fixture
def hearing():
    """Close enough for the buttons of the day, before a body that asks its witnesses for disclosures."""
    event = make_event(starts_at=timezone.now() + dt.timedelta(hours=3))
    Body.objects.update(asks_disclosure=True, speaking_limit_seconds=120)
    return event


def fill(event, user, count: int) -> None:
    """Everything that a row may show: partner, slot, link, documents of which each is in many hands."""
    partner = Organization.objects.create(name="Nurses Together")
    pages = [make_testimony(f"Testimony {n}", event=event, user=user) for n in range(EACH)]
    now = timezone.now()
    for number in range(count):
        speaker = Person.objects.create(name=f"Speaker {number}", organization=partner)
        presentation = Presentation.objects.create(
            event=event,
            speaker=speaker,
            slot_at=event.starts_at + dt.timedelta(minutes=2 * number),
            capacity="partner",
            partner=partner,
        )
        PresentationMaterial.objects.bulk_create(
            PresentationMaterial(presentation=presentation, page=page, sort_order=place)
            for place, page in enumerate(pages)
        )
        AppearanceLink.objects.create(
            person=speaker, token_hash=f"{number:064}", created_at=now, expires_at=now
        )


@pytest.mark.parametrize("count", [4, 40])
def test_the_room_asks_as_much_for_forty_as_for_four(
    client, hearing, count, django_assert_num_queries
):
    user = make_user("boss", GroupName.ADMINISTRATORS)
    fill(hearing, user, count)
    client.force_login(user)
    room = reverse("events:room", args=[hearing.pk])
    client.get(room)
    with django_assert_num_queries(QUERIES):
        response = client.get(room)

    rows = response.context["rows"]
    assert (len(rows), sum(len(row.documents) for row in rows)) == (count, EACH * count)
