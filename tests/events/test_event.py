from __future__ import annotations

import datetime as dt

import time_machine

from events.models import Event
from tests.builders import make_event

NOON = dt.datetime(2026, 3, 4, 17, tzinfo=dt.UTC)  # noon in New York


def test_when_is_said_in_the_event_s_own_zone():
    event = Event(
        starts_at=dt.datetime(2026, 7, 4, 2, 30, tzinfo=dt.UTC), timezone="America/Chicago"
    )

    assert event.when == "July 3, 2026, 9:30 p.m. CDT"


def test_a_day_without_a_time_is_said_without_one():
    assert Event(starts_at=NOON, is_all_day=True).when == "March 4, 2026"


def test_an_event_without_a_date_says_nothing():
    assert Event(title="Hearing").when == ""


def test_upcoming_events_come_soonest_first_and_leave_out_cancelled_ones(db):
    later = make_event(starts_at=NOON + dt.timedelta(days=2))
    sooner = make_event(starts_at=NOON + dt.timedelta(hours=1))
    make_event(starts_at=NOON - dt.timedelta(hours=1))
    make_event(starts_at=NOON + dt.timedelta(days=1), status="cancelled")
    make_event(starts_at=None)

    with time_machine.travel(NOON, tick=False):
        assert list(Event.objects.upcoming()) == [sooner, later]


def test_a_day_without_a_time_is_upcoming_until_it_is_over(db):
    period = make_event(starts_at=NOON, is_all_day=True)

    with time_machine.travel(NOON + dt.timedelta(hours=11), tick=False):
        assert (list(Event.objects.upcoming()), period.is_to_come) == ([period], True)
    with time_machine.travel(NOON + dt.timedelta(hours=13), tick=False):
        assert (list(Event.objects.upcoming()), period.is_to_come) == ([], False)


def test_an_event_without_a_date_is_still_to_come():
    assert Event(title="Hearing").is_to_come
