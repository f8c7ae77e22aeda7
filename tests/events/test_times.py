from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from events.domain.times import ago, day_to_utc, days_left, local_to_utc

UTC = dt.UTC
NEW_YORK = "America/New_York"
HOUR = dt.timedelta(hours=1)

# Half-hour changes, changes at midnight, skipped days, odd offsets, and zones that never change.
ZONES = (
    NEW_YORK,
    "America/Chicago",
    "America/St_Johns",
    "America/Havana",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Honolulu",
    "UTC",
)


def moments_showing(naive: dt.datetime, zone: str) -> set[dt.datetime]:
    """Oracle: every moment in UTC at which clocks in `zone` show `naive`, found by trying all offsets that
    the zone has within two days, without Python's fold."""
    place = zoneinfo.ZoneInfo(zone)
    start = naive.replace(tzinfo=UTC) - 48 * HOUR
    offsets = {(start + step * HOUR / 4).astimezone(place).utcoffset() for step in range(96 * 4)}
    candidates = {(naive - offset).replace(tzinfo=UTC) for offset in offsets}
    return {c for c in candidates if c.astimezone(place).replace(tzinfo=None) == naive}


def local_times() -> st.SearchStrategy[dt.datetime]:
    """Any minute, and often one within hours of a change of clocks."""
    anywhere = st.datetimes(dt.datetime(1972, 1, 1), dt.datetime(2036, 12, 31))
    spring_or_autumn = st.builds(
        lambda year, month, day, minutes: (
            dt.datetime(year, month, day) + dt.timedelta(minutes=minutes)
        ),
        st.integers(1972, 2036),
        st.sampled_from([3, 4, 9, 10, 11]),
        st.integers(1, 30),
        st.integers(0, 4 * 60),
    )
    return anywhere | spring_or_autumn


@given(naive=local_times(), zone=st.sampled_from(ZONES))
@example(naive=dt.datetime(2025, 3, 9, 2, 30), zone=NEW_YORK)
@example(naive=dt.datetime(2025, 11, 2, 1, 30), zone=NEW_YORK)
@example(naive=dt.datetime(2025, 4, 6, 1, 45), zone="Australia/Lord_Howe")
@example(naive=dt.datetime(2011, 12, 30, 12), zone="Pacific/Apia")
def test_a_local_time_is_taken_exactly_when_it_names_one_moment(naive, zone):
    expected = moments_showing(naive, zone)

    try:
        found = {local_to_utc(naive, zone)}
        code = ""
    except ValidationError as error:
        found, code = set(), error.code

    assert (found, code) == {
        0: (set(), "nonexistent"),
        1: (expected, ""),
        2: (set(), "ambiguous"),
    }[len(expected)]


def refusal(naive: dt.datetime, zone: str) -> tuple[str, str]:
    with pytest.raises(ValidationError) as caught:
        local_to_utc(naive, zone)
    return caught.value.code, caught.value.messages[0]


def test_a_skipped_time_is_refused_with_the_times_that_are_possible():
    assert refusal(dt.datetime(2025, 3, 9, 2, 30), NEW_YORK) == (
        "nonexistent",
        "02:30 did not exist on March 9, 2025 in America/New_York: the clocks went forward from 02:00 to "
        "03:00. Choose a time before 02:00, or 03:00 or later.",
    )


def test_a_repeated_time_is_refused_with_the_times_that_are_possible():
    assert refusal(dt.datetime(2025, 11, 2, 1, 30), NEW_YORK) == (
        "ambiguous",
        "01:30 came twice on Nov. 2, 2025 in America/New_York: the clocks went back from 02:00 to "
        "01:00. Choose a time before 01:00, or 02:00 or later.",
    )


def test_a_change_of_half_an_hour_is_named_to_the_minute():
    assert refusal(dt.datetime(2025, 10, 5, 2, 10), "Australia/Lord_Howe") == (
        "nonexistent",
        "02:10 did not exist on Oct. 5, 2025 in Australia/Lord_Howe: the clocks went forward from 02:00 "
        "to 02:30. Choose a time before 02:00, or 02:30 or later.",
    )


def test_a_skipped_day_is_refused():
    assert refusal(dt.datetime(2011, 12, 30, 12), "Pacific/Apia") == (
        "nonexistent",
        "There was no Dec. 30, 2011 in Pacific/Apia: the calendar skipped that day.",
    )


@pytest.mark.parametrize(
    "zone", ["", "America", "America/Springfield", "../etc/passwd", "EST5EDT4"]
)
def test_an_unknown_zone_is_refused(zone):
    assert refusal(dt.datetime(2025, 1, 1), zone) == (
        "unknown_zone",
        f"{zone} is not a known time zone. Write for example America/Chicago.",
    )


@pytest.mark.parametrize("naive", [dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23)])
def test_the_edges_of_the_calendar_are_refused(naive):
    zone = "Asia/Tokyo" if naive.year == 1 else "America/Los_Angeles"

    assert refusal(naive, zone) == ("out_of_range", f"The year {naive.year} is too far away.")


def test_an_aware_time_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="no zone of its own"):
        local_to_utc(dt.datetime(2025, 1, 1, tzinfo=UTC), "UTC")


def test_a_day_without_a_time_is_its_noon():
    assert day_to_utc(dt.date(2026, 3, 4), NEW_YORK) == dt.datetime(2026, 3, 4, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-2, "2 days ago"),
        (-1, "1 day ago"),
        (0, "today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (21, "in 21 days"),
    ],
)
def test_days_left_are_counted_on_the_calendar(days, words):
    today = dt.date(2026, 3, 4)

    assert days_left(today + dt.timedelta(days=days), today) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "just now"), (59, "just now"), (60, "1\xa0minute ago"), (7200, "2\xa0hours ago")],
)
def test_what_has_just_happened_is_not_said_to_be_0_minutes_ago(seconds, words):
    moment = timezone.now() - dt.timedelta(seconds=seconds)
    with time_machine.travel(moment + dt.timedelta(seconds=seconds), tick=False):
        assert ago(moment) == words
