"""What waits to be looked at after a move is still said after the next change."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from cms.models import Person
from events.domain import moving
from events.domain.arrangements import Arrangement
from events.domain.presentations import add_presentation, change_presentation
from events.domain.releases import marks_on
from events.enums import Capacity
from tests.builders import make_event, make_testimony, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user("author")


def test_another_capacity_leaves_the_mark_of_the_move(author):
    starts_at = timezone.now() + dt.timedelta(days=3)
    event = make_event(starts_at=starts_at, status="confirmed")
    speaker = Person.objects.create(name="Ada", email="ada@example.org")
    page = make_testimony(event=event, speaker=speaker)
    presentation = add_presentation(event, speaker, user=author, pages=[page])
    told = moving.move(event, by=author, reason="Room", starts_at=starts_at + dt.timedelta(days=1))
    personal = Arrangement(capacity=Capacity.PERSONAL)
    change_presentation(
        presentation, user=author, speaker=speaker, pages=[page], arrangement=personal
    )
    assert [mark.notice for mark in marks_on(page)] == [told.notice]


def test_materials_keep_their_hour_when_only_the_new_day_is_known(author):
    starts_at = dt.datetime(2030, 3, 4, 15, tzinfo=dt.UTC)
    event = make_event(
        kind="press_conference",
        status="confirmed",
        starts_at=starts_at,
        timezone="America/New_York",
        release_at=starts_at + dt.timedelta(hours=1),
    )
    noon = dt.datetime(2030, 3, 6, 17, tzinfo=dt.UTC)
    moving.move(event, by=author, reason="Rain", starts_at=noon, is_all_day=True)
    event.refresh_from_db()
    assert event.release_at == dt.datetime(2030, 3, 6, 16, tzinfo=dt.UTC)
