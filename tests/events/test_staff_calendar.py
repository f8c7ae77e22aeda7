"""The calendar of staff: what stands on which day, and by what marks it is told apart."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from events.models import Event, Window
from tests.events.hearings import START, make_body, make_hearing, make_rule
from tests.events.test_deadline_board import SHELL, make_windows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
LONG = "Public hearing on SB 212, the Neighborhood Grocery and Mobile Market Act of 2026, second reading"


@pytest.fixture
def staff(client, author):
    client.force_login(author)
    return client


def march(staff):
    return staff.get(reverse("events:calendar_month", args=[2026, 3]))


def lines(response) -> list[str]:
    return [item.words for day in response.context["days"] for item in day.items]


def drawn(response) -> list[tuple[str, list[str], str]]:
    """Icon, marks and state of each line, as the page shows them."""
    found = BeautifulSoup(response.content, "html.parser").select(".calendar__items li")
    return [
        (
            line.select_one("use")["href"].removeprefix("#icon-"),
            [name.partition("--")[2] for name in line["class"] if "--" in name],
            "".join(state.get_text() for state in line.select(".calendar__state")),
        )
        for line in found
    ]


def test_the_calendar_shows_events_and_deadlines_on_their_own_day(staff):
    body = make_body()
    make_rule(body, 0, at="23:30")
    make_hearing(body)
    url = reverse("events:calendar_month", args=[2026, 3])

    days = {day.date.day: day.items for day in staff.get(url).context["days"] if day.items}
    assert {day: [(item.time, item.words) for item in items] for day, items in days.items()} == {
        12: [
            ("9:30 a.m.", "Hearing on HB 1147"),
            ("11:30 p.m.", "Written testimony: Hearing on HB 1147"),
        ]
    }
    week = staff.get(reverse("events:calendar_week", args=[2026, 3, 9])).context["days"]
    assert [len(day.items) for day in week] == [0, 0, 0, 2, 0, 0, 0]
    for wrong in ([2026, 13], [1066, 10]):
        assert staff.get(reverse("events:calendar_month", args=wrong)).status_code == 404


def test_a_hearing_of_several_days_stands_on_each_also_when_it_began_the_week_before(staff):
    make_hearing(make_body(), title="Hearing", starts_at=START, lasts_days=6)  # from a Thursday
    week = staff.get(reverse("events:calendar_week", args=[2026, 3, 16])).context["days"]

    shown = [(item.time, item.words) for day in march(staff).context["days"] for item in day.items]
    assert shown == [("9:30 a.m.", f"Hearing (day {number} of 6)") for number in range(1, 7)]
    assert [[item.words for item in day.items] for day in week] == [
        ["Hearing (day 5 of 6)"],
        ["Hearing (day 6 of 6)"],
        *([] for _day in range(5)),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_costs_the_same_for_one_and_three(staff, count, django_assert_num_queries):
    make_windows(count)
    march(staff)
    with django_assert_num_queries(SHELL + 2):
        march(staff)


def test_the_last_day_of_a_comment_period_says_that_it_closes(staff):
    period = make_hearing(make_body(), "Comments on leave", kind="comment_period")
    assert lines(march(staff)) == ["Comments close: Comments on leave"]
    assert drawn(march(staff)) == [("time", ["deadline"], "")]

    Window.objects.create(event=period, what="comment", closes_at=START, overridden=True)
    assert lines(march(staff)) == ["Comments close: Comments on leave"]
    assert drawn(march(staff)) == [("time", ["deadline"], "Open")]


@pytest.mark.parametrize(
    ("status", "state"), [("cancelled", "Canceled"), ("postponed", "Postponed")]
)
def test_what_is_off_is_struck_and_named_and_no_deadline_to_meet(staff, status, state):
    body = make_body()
    make_rule(body)
    make_hearing(body)
    Event.objects.update(status=status)

    deadline = "On hold" if status == "postponed" else state
    assert drawn(march(staff)) == [
        ("time", ["deadline", "off"], deadline),
        ("calendar-alt", ["off"], state),
    ]


def test_a_long_title_is_shortened_by_the_style_sheet_only(staff):
    make_hearing(make_body(), LONG)
    link = BeautifulSoup(march(staff).content, "html.parser").select_one(".calendar__items a")

    assert (link["title"], link.select_one(".calendar__title").get_text()) == (LONG, LONG)


def test_the_marks_are_explained(staff):
    legend = BeautifulSoup(march(staff).content, "html.parser").select(".calendar__legend li")

    words = [item.get_text(" ", strip=True) for item in legend]
    assert words == ["Event", "Deadline", "Deadline, done", "Canceled or postponed"]
