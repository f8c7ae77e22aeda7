from __future__ import annotations

import datetime as dt
import os
import zoneinfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.domain.deadlines import due, never_open, same_again, span
from events.domain.working_days import WorkCalendar
from events.models import Body, DeadlineRule, Event, HolidayOverride
from tests.events import deadline_oracle as oracle

UTC = dt.UTC
NEW_YORK = "America/New_York"
LOS_ANGELES = "America/Los_Angeles"
# A thorough run: DEADLINE_EXAMPLES=5000 (docs/development.md).
EXAMPLES = int(os.environ.get("DEADLINE_EXAMPLES", "150"))
FIRST, LAST = dt.date(2024, 1, 1).toordinal(), dt.date(2031, 1, 1).toordinal()
HEARING = dt.datetime(2026, 3, 12, 13, 30, tzinfo=UTC)  # a Thursday, 9:30 in New York


def rule(amount=0, unit="business_days", at="17:00", **fields) -> DeadlineRule:
    time = dt.time.fromisoformat(at) if at else None
    return DeadlineRule(**{"what": "written", "amount": amount, "unit": unit, "at": time, **fields})


def local(moment: dt.datetime, zone: str = NEW_YORK) -> str:
    return f"{moment.astimezone(zoneinfo.ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def written(wanted: DeadlineRule, *, start=HEARING, zone=NEW_YORK, **given) -> str:
    return local(due(wanted, start=start, zone=zone, **given), zone)


@pytest.mark.parametrize(
    ("wanted", "moment"),
    [
        (rule(5), "Thu 2026-03-05 17:00"),
        (rule(1), "Wed 2026-03-11 17:00"),
        (rule(0, at="08:00"), "Thu 2026-03-12 08:00"),
        (rule(24, "hours", at=""), "Wed 2026-03-11 09:30"),
        (rule(30, "minutes", at=""), "Thu 2026-03-12 09:00"),
        (rule(24, "hours", at="", side="after"), "Fri 2026-03-13 09:30"),
        (rule(2, "days"), "Tue 2026-03-10 17:00"),
        (rule(0, "weekday", weekday=2, at="12:00"), "Wed 2026-03-11 12:00"),
        (rule(0, "weekday", weekday=3, at="15:00"), "Thu 2026-03-05 15:00"),
        (rule(1, "weekday", weekday=4, at="12:00"), "Fri 2026-03-06 12:00"),
        (rule(1, "weekday", weekday=3), "Thu 2026-03-05 17:00"),
        (rule(1, "weekday", weekday=0, side="after"), "Mon 2026-03-16 17:00"),
        (rule(5, "days", on_closed_day="later"), "Mon 2026-03-09 17:00"),
        (rule(5, "days", on_closed_day="earlier"), "Fri 2026-03-06 17:00"),
    ],
)
def test_rules_as_bodies_write_them(wanted, moment):
    assert written(wanted) == moment


def test_hours_run_through_the_night_the_clocks_change():
    start = dt.datetime(
        2026, 3, 8, 16, 0, tzinfo=UTC
    )  # noon in summer time, which began that night

    assert written(rule(24, "hours", at=""), start=start) == "Sat 2026-03-07 11:00"
    assert written(rule(1, "days", at="12:00"), start=start) == "Sat 2026-03-07 12:00"


def test_holidays_are_no_business_days():
    start = dt.datetime(2026, 12, 1, 15, 0, tzinfo=UTC)  # the Tuesday after Thanksgiving
    california = WorkCalendar("US-CA").is_open

    assert written(rule(2), start=start, zone=LOS_ANGELES) == "Fri 2026-11-27 17:00"
    assert written(rule(2), start=start, zone=LOS_ANGELES, is_open=california) == (
        "Wed 2026-11-25 17:00"
    )


def test_a_working_day_entered_by_staff_counts_although_the_library_calls_it_a_holiday():
    calendar = WorkCalendar("US-CA", {dt.date(2026, 11, 27): False})
    start = dt.datetime(2026, 12, 1, 15, 0, tzinfo=UTC)

    assert written(rule(2), start=start, zone=LOS_ANGELES, is_open=calendar.is_open) == (
        "Fri 2026-11-27 17:00"
    )


def code_of(call) -> str:
    with pytest.raises(ValidationError) as caught:
        call()
    return str(caught.value.code)


def test_a_time_that_the_clocks_skip_or_show_twice_is_refused():
    spring = dt.datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
    autumn = dt.datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    night = rule(1, "days", at="02:30")

    assert code_of(lambda: due(night, start=spring, zone=NEW_YORK)) == "nonexistent"
    assert code_of(lambda: due(rule(1, "days", at="01:30"), start=autumn, zone=NEW_YORK)) == (
        "ambiguous"
    )
    assert written(night, start=spring, zone="America/Phoenix") == "Sun 2026-03-08 02:30"


def test_what_a_rule_does_not_say_is_not_guessed():
    assert code_of(lambda: due(rule(2, at=""), start=HEARING, zone=NEW_YORK)) == "rule"
    assert code_of(lambda: due(rule(2, "weekday"), start=HEARING, zone=NEW_YORK)) == "rule"
    assert code_of(lambda: due(rule(2), start=HEARING, zone="Mars/Olympus")) == "unknown_zone"
    hours = rule(2, "hours", at="")
    assert code_of(lambda: due(hours, start=HEARING, zone=NEW_YORK, all_day=True)) == "no_time"


def test_a_window_opens_before_it_closes_or_is_refused():
    opening = {"opens_unit": "business_days", "opens_at": dt.time(10)}
    maryland = rule(2, at="15:00", opens_amount=2, **opening)
    found = span(maryland, start=HEARING, zone=NEW_YORK)

    assert (local(found.opens_at), local(found.closes_at)) == (
        "Tue 2026-03-10 10:00",
        "Tue 2026-03-10 15:00",
    )
    wrong = rule(3, at="15:00", opens_amount=2, **opening)
    assert code_of(lambda: span(wrong, start=HEARING, zone=NEW_YORK)) == "backwards"
    assert never_open(maryland) == ""
    assert never_open(wrong).startswith("It would close (")


def test_two_rules_for_the_same_thing_are_found():
    first, other, again = rule(1), rule(1, label="By post"), rule(2)

    assert same_again([first, other, again]) == [(first, again)]


RULES = st.builds(
    lambda kind, amount, side, weekday, minute, closed: rule(
        min(amount, 4) if kind == "weekday" else amount,
        kind,
        "" if kind in ("hours", "minutes") else f"{minute // 60:02}:{minute % 60:02}",
        side=side,
        weekday=weekday,
        on_closed_day=closed,
    ),
    st.sampled_from(["hours", "minutes", "days", "business_days", "weekday"]),
    st.integers(0, 45),
    st.sampled_from(["before", "after"]),
    st.integers(0, 6),
    st.integers(0, 24 * 60 - 1) | st.integers(0, 4 * 60),
    st.sampled_from(["stands", "earlier", "later"]),
)
# Any minute of four years, and often one close to a change of clocks.
STARTS = st.integers((FIRST + 200) * oracle.DAY, (LAST - 200) * oracle.DAY) | st.builds(
    lambda zone, year, autumn, minutes: oracle.summer(zone, year)[autumn] + minutes,
    st.sampled_from([zone for zone in oracle.ZONES if oracle.ZONES[zone][2] != oracle.NEVER]),
    st.integers(2025, 2029),
    st.integers(0, 1),
    st.integers(-4 * oracle.DAY, 4 * oracle.DAY),
)
HOLIDAYS = st.sets(st.integers(FIRST, LAST), max_size=80)


def moment_of(minute: int) -> dt.datetime:
    day, rest = divmod(minute, oracle.DAY)
    time = dt.time(rest // 60, rest % 60, tzinfo=UTC)
    return dt.datetime.combine(dt.date.fromordinal(day), time)


def computed(wanted, start: int, zone: str, closed: set[int]) -> oracle.Verdict:
    def is_open(day: dt.date) -> bool:
        return day.weekday() < 5 and day.toordinal() not in closed

    try:
        moment = due(wanted, start=moment_of(start), zone=zone, is_open=is_open)
    except ValidationError as error:
        return oracle.Verdict(None, str(error.code))
    return oracle.Verdict(oracle.minute_of(moment))


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    wanted=RULES,
    zone=st.sampled_from(sorted(oracle.ZONES)),
    starts=st.lists(STARTS, min_size=1, max_size=4),
    closed=HOLIDAYS,
)
@example(rule(1, "days", at="02:30"), NEW_YORK, [oracle.summer(NEW_YORK, 2026)[0] + 1440], set())
@example(rule(1, "days", at="01:30"), NEW_YORK, [oracle.summer(NEW_YORK, 2026)[1] + 1440], set())
def test_no_deadline_is_wrong_in_eight_zones_wherever_a_hearing_moves(wanted, zone, starts, closed):
    """Each start is where the hearing moves next."""
    open_days = oracle.OpenDays(closed, FIRST, LAST)

    for start in starts:
        expected = oracle.verdict(wanted, start=start, zone=zone, open_days=open_days)
        assert computed(wanted, start, zone, closed) == expected


@pytest.mark.django_db
def test_no_window_is_wrong_when_a_hearing_moves_and_moves_again():
    """Through the database: rules of a body, federal holidays of the library, days that staff entered."""

    @settings(max_examples=max(EXAMPLES // 8, 15), deadline=None)
    @given(
        rules=st.lists(RULES, min_size=1, max_size=3),
        zone=st.sampled_from(sorted(oracle.ZONES)),
        starts=st.lists(STARTS, min_size=2, max_size=3),
        days=st.dictionaries(st.integers(FIRST, LAST), st.booleans(), max_size=10),
    )
    def check(rules, zone, starts, days):
        body = Body.objects.create(name="Body", timezone=zone, jurisdiction_code="US")
        HolidayOverride.objects.bulk_create(
            HolidayOverride(
                jurisdiction="US", day=dt.date.fromordinal(day), name="Day", is_holiday=closed
            )
            for day, closed in days.items()
        )
        for number, one in enumerate(rules):
            one.pk, one.body, one.label = None, body, str(number)
        DeadlineRule.objects.bulk_create(rules)
        open_days = oracle.OpenDays(federal, FIRST, LAST, changed=days)
        event = Event(title="Hearing", body=body, timezone=zone)
        for start in starts:
            event.starts_at = moment_of(start)
            event.save()
            found = {window.rule_id: window for window in event.windows.all()}
            for one in rules:
                expected = oracle.verdict(one, start=start, zone=zone, open_days=open_days)
                window = found[one.pk]
                closes = oracle.minute_of(window.closes_at) if window.closes_at else None
                assert (closes, window.problem) == (expected.minute, expected.problem)
        event.delete()
        body.delete()
        HolidayOverride.objects.all().delete()

    federal = oracle.federal_holidays(range(2023, 2033))
    with time_machine.travel(moment_of(FIRST * oracle.DAY), tick=False):
        check()
