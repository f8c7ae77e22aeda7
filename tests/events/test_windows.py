from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from cms.enums import GroupName
from events.domain import window_changes
from events.domain.errors import EventRefused
from events.domain.times import day_to_utc
from events.domain.windows import recompute
from events.models import DeadlineRule, Event, HolidayOverride, Window, WindowState
from tests.builders import make_user
from tests.events.hearings import (
    LATER,
    START,
    closings,
    local,
    make_body,
    make_hearing,
    make_rule,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def body():
    return make_body()


def test_a_hearing_gets_a_window_for_each_rule_of_its_body(body):
    make_rule(body)
    make_rule(body, 24, "hours", "", what="sign_up")
    make_rule(body, 1, what="comment")

    event = make_hearing(body)

    assert closings(event) == ["Tue 03-10 17:00", "Wed 03-11 09:30"]
    assert (
        Event.objects.create(title="Forum", body=body, kind="community_event").windows.count() == 0
    )
    period = make_hearing(body, "Comments", kind="comment_period", is_all_day=True)
    assert [window.what for window in period.windows.all()] == ["comment"]


def test_saving_an_event_or_a_rule_again_writes_nothing_new(body):
    rule = make_rule(body)
    event = make_hearing(body)
    before = Window.objects.values().get()

    event.save()
    rule.save()
    assert Window.objects.values().get() == before
    assert recompute(event) == []


def test_windows_follow_the_start_and_the_rule(body):
    rule = make_rule(body)
    event = make_hearing(body)

    event.starts_at = LATER
    event.save()
    assert closings(event) == ["Tue 03-24 17:00"]

    rule.amount, rule.at = 1, dt.time(12)
    rule.save()
    assert closings(event) == ["Wed 03-25 12:00"]

    rule.delete()
    assert closings(event) == []


def test_holidays_entered_for_a_state_or_its_country_move_the_windows():
    body = make_body(jurisdiction_code="US-MD")
    make_rule(body)
    event = make_hearing(body)
    assert closings(event) == ["Tue 03-10 17:00"]

    day = HolidayOverride.objects.create(
        jurisdiction="US-MD", day=dt.date(2026, 3, 11), name="Snow day"
    )
    assert closings(event) == ["Mon 03-09 17:00"]

    HolidayOverride.objects.create(
        jurisdiction="US", day=dt.date(2026, 3, 10), name="Day of mourning"
    )
    assert closings(event) == ["Fri 03-06 17:00"]

    day.delete()
    assert closings(event) == ["Mon 03-09 17:00"]


def test_a_body_that_moves_to_another_zone_takes_its_windows_along(body):
    make_rule(body)
    event = make_hearing(body)

    body.timezone = "America/Los_Angeles"
    body.save()

    assert closings(event) == ["Tue 03-10 20:00"]


def test_where_nothing_can_be_computed_the_window_says_why(body):
    make_rule(body, 1, "days", "02:30")
    make_rule(body, 2, "hours", "", what="sign_up")
    event = make_hearing(body, starts_at=None, status="tentative")

    def problems() -> list[str]:
        return [window.problem for window in Window.objects.order_by("pk")]

    assert problems() == ["no_date", "no_date"]
    event.starts_at, event.is_all_day = dt.datetime(2026, 3, 9, 16, tzinfo=dt.UTC), True
    event.save()
    assert problems() == ["nonexistent", "no_time"]
    event.is_all_day = False
    event.starts_at += HOUR * 24
    event.save()
    assert problems() == ["", ""]


def test_a_day_without_a_time_is_the_same_day_where_the_body_counts():
    """Noon at the place of the event is the evening before in New York."""
    body = make_body()
    make_rule(body, 1, "days")
    start = day_to_utc(dt.date(2026, 3, 12), "Pacific/Kiritimati")
    event = make_hearing(body, starts_at=start, timezone="Pacific/Kiritimati", is_all_day=True)

    assert closings(event) == ["Wed 03-11 17:00"]


def test_past_events_keep_the_windows_they_had(body):
    rule = make_rule(body)
    event = make_hearing(body)
    with time_machine.travel(LATER, tick=False):
        rule.amount = 5
        rule.save()
        assert closings(event) == ["Tue 03-10 17:00"]
        assert closings(make_hearing(body, "An older one")) == []
        make_rule(body, 30, "days", side="after", what="record_closes")
        assert closings(make_hearing(body, "Record open")) == ["Sat 04-11 17:00"]


def test_what_was_entered_by_hand_stays_and_is_flagged_when_the_event_moves(body, author):
    make_rule(body)
    event = make_hearing(body)
    window = event.windows.get()
    by_hand = dt.datetime(2026, 3, 9, 16, 0, tzinfo=dt.UTC)

    with pytest.raises(EventRefused, match="Say why"):
        window_changes.override(window, by=author, closes_at=by_hand, opens_at=None, reason=" ")
    window_changes.override(
        window, by=author, closes_at=by_hand, opens_at=None, reason="The clerk said so"
    )
    event.save()
    window.refresh_from_db()
    assert (window.closes_at, window.check_again) == (by_hand, False)

    event.starts_at = LATER
    event.save()
    window.refresh_from_db()
    assert (window.closes_at, window.reason, window.check_again, local(window.rule_closes_at)) == (
        by_hand,
        "The clerk said so",
        True,
        "Tue 03-24 17:00",
    )

    window_changes.keep_as_is(window, by=author)
    window.refresh_from_db()
    assert not window.check_again
    window_changes.follow_rule(window, by=author)
    assert (closings(event), event.windows.get().overridden) == (["Tue 03-24 17:00"], False)


def test_a_deadline_without_a_rule_is_flagged_too_and_may_be_removed(body, author):
    event = make_hearing(body)
    window = window_changes.add_by_hand(
        event, by=author, what="copies", closes_at=START - HOUR, reason="Notice of 2 March"
    )

    event.starts_at = LATER
    event.save()
    window.refresh_from_db()
    assert (window.closes_at, window.check_again) == (START - HOUR, True)

    with pytest.raises(EventRefused, match="before it opens"):
        window_changes.add_by_hand(event, by=author, what="copies", closes_at=START, opens_at=START)
    window_changes.remove(window, by=author)
    assert not event.windows.exists()
    make_rule(body)
    with pytest.raises(EventRefused, match="change the rule"):
        window_changes.remove(event.windows.get(), by=author)


def test_what_is_done_is_left_alone(body, author):
    make_rule(body)
    event = make_hearing(body)
    window = window_changes.mark_done(event.windows.get(), by=author)

    event.starts_at = LATER
    event.save()
    assert closings(event) == ["Tue 03-10 17:00"]
    assert (window.state, window.done_by) == (WindowState.DONE, author)

    window_changes.mark_undone(window, by=author)
    assert closings(event) == ["Tue 03-24 17:00"]


def test_changes_of_deadlines_ask_for_the_right_and_stand_in_the_history(body, author):
    make_rule(body)
    event = make_hearing(body)
    speaker = make_user("sam", GroupName.SPEAKERS)

    with pytest.raises(PermissionDenied):
        window_changes.mark_done(event.windows.get(), by=speaker)
    window_changes.assign(event.windows.get(), by=author, responsible=author)
    window_changes.mark_done(event.windows.get(), by=author)

    actions = ModelLogEntry.objects.for_instance(event).filter(action__startswith="events.window")
    assert [entry.action for entry in actions.order_by("pk")] == [
        "events.window.assign",
        "events.window.done",
    ]
    assert [said(entry) for entry in actions.order_by("pk")] == [
        "Written testimony: author is responsible",
        "Done: Written testimony",
    ]


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (START - 60 * 24 * HOUR, "not_open"),
        (START - 3 * 24 * HOUR, "open"),
        (START, "missed"),
    ],
)
def test_states_are_computed_and_asked_of_the_database_alike(body, moment, state):
    make_rule(body, opens_amount=10, opens_unit="days", opens_at=dt.time(9))
    event = make_hearing(body)
    window = Window.objects.select_related("event").get()

    def found(now: dt.datetime) -> list[str]:
        return [one for one in WindowState if Window.objects.in_state(one, now=now).exists()]

    assert (window.state_at(moment), found(moment)) == (state, [state])
    for status, off in (("postponed", "off"), ("cancelled", "cancelled")):
        Event.objects.filter(pk=event.pk).update(status=status)
        window = Window.objects.select_related("event").get()
        assert (window.state_at(moment), found(moment)) == (off, [off])


def test_rules_that_came_with_a_fixture_wait_for_the_next_save(body, tmp_path):
    """Loading raw rows must not compute: the rows that it needs may come later."""
    make_rule(body)
    make_hearing(body)
    file = tmp_path / "rows.json"
    call_command("dumpdata", "events.deadlinerule", "events.body", output=str(file))
    DeadlineRule.objects.update(amount=1)
    call_command("loaddata", str(file), verbosity=0)

    assert DeadlineRule.objects.get().amount == 2
