from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from events.domain.board import entries
from events.domain.countdown import countdown
from events.models import Event, Window
from tests.events.hearings import NOW, START, ZONE, make_body, make_hearing, make_rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
BOARD = "events:deadlines"
# Who asks, what they may do, the site and its look, the menu: every page of the admin asks it.
SHELL = 9
HOUR = dt.timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def staff(client, author):
    client.force_login(author)
    return client


def make_windows(count: int, responsible=None) -> None:
    """Each at a hearing of its own, one an hour from now on."""
    bodies = [make_body(f"Committee {number}") for number in range(min(count, 5))]
    events = Event.objects.bulk_create(
        Event(title=f"Hearing {n}", body=bodies[n % len(bodies)], starts_at=START, timezone=ZONE)
        for n in range(count)
    )
    Window.objects.bulk_create(
        Window(
            event=event,
            what="written",
            closes_at=NOW + HOUR * (number + 1),
            overridden=True,
            responsible=responsible,
        )
        for number, event in enumerate(events)
    )


def shown(response) -> list[str]:
    return [str(entry.window) for entry in response.context["entries"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_the_same_for_one_and_three(
    staff, author, count, django_assert_num_queries
):
    make_windows(count, author)
    staff.get(reverse(BOARD))  # content types and site are read once for each process
    with django_assert_num_queries(SHELL + 3):
        response = staff.get(reverse(BOARD))

    assert len(shown(response)) == count


def test_the_board_costs_the_same_for_two_thousand(staff, author, django_assert_num_queries):
    make_windows(2000, author)
    staff.get(reverse(BOARD))
    with django_assert_num_queries(SHELL + 3):
        response = staff.get(reverse(BOARD), {"p": "3"})

    assert shown(response)[0] == "Written testimony: Hearing 100"
    assert response.context["total"] == 2000


def test_what_is_overdue_comes_first_and_what_is_done_or_long_past_is_left_out(staff, author):
    body = make_body()
    past = make_hearing(body, "Past", starts_at=NOW - 40 * DAY)
    coming = make_hearing(body, "Coming")
    for event, closes, done in (
        (coming, NOW + DAY, None),
        (coming, NOW - 20 * DAY, None),
        (past, NOW - 41 * DAY, None),
        (past, NOW - 2 * DAY, None),
        (coming, NOW + HOUR, NOW),
    ):
        Window.objects.create(event=event, what="written", closes_at=closes, done_at=done)

    response = staff.get(reverse(BOARD))

    assert [entry.left for entry in response.context["entries"]] == [
        "20 days late",
        "2 days late",
        "1 day left",
    ]
    assert len(shown(staff.get(reverse(BOARD), {"state": "missed"}))) == 3
    assert len(shown(staff.get(reverse(BOARD), {"state": "done"}))) == 1


def test_the_board_is_filtered_by_person_body_and_kind(staff, author):
    first, second = make_body("First"), make_body("Second")
    make_rule(first)
    make_rule(second, what="sign_up")
    hearings = [make_hearing(first, "One"), make_hearing(second, "Two")]
    Window.objects.filter(event=hearings[0]).update(responsible=author)
    one, two = "Written testimony: One", "Sign-up to speak: Two"

    def answer(**query) -> list[str]:
        return shown(staff.get(reverse(BOARD), query))

    assert answer() == [one, two]
    assert answer(who="mine") == [one]
    assert answer(who="nobody") == [two]
    assert answer(body=second.pk) == [two]
    assert answer(what="written") == [one]
    assert answer(state="not_open") == []
    assert answer(state="nonsense", body="x", p="-1") == [one, two]


def test_buttons_on_the_board_act_and_lead_back_to_it(staff, author):
    make_windows(1)
    window = Window.objects.get()
    here = f"{reverse(BOARD)}?who=mine"
    action = reverse("events:deadline_action")

    response = staff.post(action, {"take": window.pk, "next": here})
    assert response.url == here
    staff.post(action, {"done": window.pk, "next": "https://elsewhere.example/"})
    window.refresh_from_db()
    assert (window.responsible, window.done_by) == (author, author)
    assert staff.post(action, {"done": window.pk, "next": "//elsewhere.example"}).url == reverse(
        BOARD
    )
    assert staff.post(action, {"done": "²"}).status_code == 404


def test_the_board_and_the_calendar_are_for_staff(client, speaker_user):
    client.force_login(speaker_user)
    make_windows(1)

    for name in (BOARD, "events:calendar_month", "events:calendar_week"):
        assert client.get(reverse(name)).status_code == 302
    client.post(reverse("events:deadline_action"), {"done": Window.objects.get().pk})
    assert Window.objects.get().done_at is None


def test_a_deadline_reads_in_the_zone_of_the_event_and_of_the_reader():
    make_windows(1)
    window = Window.objects.select_related("event").get()
    window.closes_at = START

    with timezone.override("America/Los_Angeles"):
        (entry,) = entries([window])
    assert (entry.closes, entry.reader_closes) == (
        "March 12, 2026, 9:30 a.m. EDT",
        "6:30 a.m. PDT",
    )
    with timezone.override(ZONE):
        (entry,) = entries([window])
    assert entry.reader_closes == ""


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (dt.timedelta(seconds=20), "just now"),
        (dt.timedelta(minutes=59), "59 minutes left"),
        (-dt.timedelta(minutes=1), "1 minute late"),
        (23 * HOUR, "23 hours left"),
        (-HOUR, "1 hour late"),
        (37 * HOUR, "1 day left"),
        (38 * HOUR, "2 days left"),
        (-50 * HOUR, "2 days late"),
    ],
)
def test_a_countdown_counts_as_people_do(distance, words):
    assert countdown(NOW + distance, NOW, ZONE) == words


def test_the_home_page_lists_what_closes_within_a_week(staff, author):
    make_windows(12, author)
    Window.objects.filter(event__title="Hearing 0").update(closes_at=NOW + 8 * DAY)

    words = staff.get(reverse("wagtailadmin_home")).content.decode()

    assert "Deadlines this week" in words
    assert "Written testimony: Hearing 1<" in words
    assert "Written testimony: Hearing 0<" not in words
    assert "All deadlines, 3 more are due" in words
