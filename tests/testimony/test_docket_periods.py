"""A docket keeps its period, and the events that have it follow."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cms.models import User
from events.domain.comment_periods import set_period
from events.domain.docket_periods import follow_docket, period_in
from events.models import Body, Event, Vehicle, Window
from tests.builders import make_user

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("may"),
]
CLOSES = dt.datetime(2026, 3, 21, 3, 59, tzinfo=dt.UTC)
OPENS = dt.datetime(2026, 2, 20, 14, tzinfo=dt.UTC)


@pytest.fixture
def may():
    with time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), tick=False) as clock:
        yield clock


@pytest.fixture
def docket() -> Vehicle:
    agency = Body.objects.create(name="Agency", timezone="America/New_York")
    return Vehicle.objects.create(
        kind="rule", identifier="D-1", body=agency, comment_closes_at=CLOSES
    )


def period(docket: Vehicle, closes_at: dt.datetime = CLOSES) -> Event:
    return Event.objects.create(
        kind="comment_period",
        title="Comments",
        body=docket.body,
        vehicle=docket,
        starts_at=closes_at,
        timezone="America/New_York",
        status="confirmed",
    )


def prolong(docket: Vehicle, user: User) -> list[Event]:
    was = period_in(docket)
    docket.comment_closes_at = CLOSES + dt.timedelta(days=7)
    docket.save()
    return follow_docket(docket, was, user=user)


def test_a_note_on_an_earlier_period_changes_nothing_on_the_docket(client, docket, may):
    earlier = period(docket, dt.datetime(2026, 1, 31, 4, 59, tzinfo=dt.UTC))
    may.move_to(dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC))
    client.force_login(make_user("author"))
    form = {"kind": "comment_period", "status": "confirmed", "timezone": "America/New_York"}
    form |= {"title": "Comments", "local_date": "2026-01-30", "local_time": "23:59"}
    form |= {"body": docket.body_id, "vehicle": docket.pk, "notes": "Thanks came."}
    response = client.post(reverse("wagtailsnippets_events_event:edit", args=[earlier.pk]), form)
    assert response.status_code == 302
    docket.refresh_from_db()
    earlier.refresh_from_db()
    assert (earlier.notes, docket.comment_closes_at) == ("Thanks came.", CLOSES)


def test_an_opening_to_the_minute_stays_when_the_docket_knows_none(docket):
    event = period(docket)
    set_period(event, opens_at=OPENS)
    assert prolong(docket, make_user("author")) == [event]
    assert event.windows.get().opens_at == OPENS


def test_whoever_may_not_move_events_may_still_correct_the_docket(docket):
    event = period(docket)
    set_period(event, opens_at=None)
    user = make_user("author")
    Window.objects.update(responsible=user)
    user.groups.clear()
    assert prolong(docket, User.objects.get(pk=user.pk)) == []
    event.refresh_from_db()
    assert event.starts_at == CLOSES
