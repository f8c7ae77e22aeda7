from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import RequestFactory

from cms.models import Person
from events.dashboard import DueNextPanel
from events.models import Presentation
from tests.builders import make_event

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def context_for(user) -> dict:
    request = RequestFactory().get("/admin/")
    request.user = user
    return {"request": request}


def due(user) -> list[tuple[str, str]]:
    found = DueNextPanel().get_context_data(context_for(user))["due"]
    return [(item.event.title, item.left) for item in found]


def make_events(count: int) -> None:
    for number in range(count):
        event = make_event(
            title=f"Hearing {number}", starts_at=NOW + dt.timedelta(days=number, hours=2)
        )
        speaker = Person.objects.create(name=f"Speaker {number}")
        Presentation.objects.create(event=event, speaker=speaker)


@pytest.mark.parametrize("count", [1, 3])
def test_the_panel_costs_the_same_for_one_and_three(author, count, django_assert_num_queries):
    make_events(count)
    author.has_perm("events.view_event")  # the page has asked for permissions before any panel
    with django_assert_num_queries(2):
        html = DueNextPanel().render_html(context_for(author))

    assert html.count(": Planned") == count


def test_what_is_due_comes_soonest_first_with_the_days_left(author):
    make_events(3)
    make_event(title="Long past", starts_at=NOW - dt.timedelta(days=30))

    assert due(author) == [
        ("Hearing 0", "today"),
        ("Hearing 1", "tomorrow"),
        ("Hearing 2", "in 2 days"),
    ]


def test_days_are_counted_where_the_event_is(author):
    # 23:00 on the first of March in Honolulu, where it is still the first.
    make_event(timezone="Pacific/Honolulu", starts_at=dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC))

    assert due(author) == [("Hearing", "today")]


def test_only_the_next_eight_are_shown(author):
    make_events(10)

    assert [title for title, _left in due(author)] == [f"Hearing {number}" for number in range(8)]


def test_the_panel_stands_on_the_admin_s_home_page(client, author):
    event = make_event(title="Hearing on leave", starts_at=NOW + dt.timedelta(days=3))
    client.force_login(author)
    text = client.get("/admin/").text

    assert f'href="/admin/events/{event.pk}/"' in text
    assert "in 3 days" in text
    assert "March 4, 2026, 7 a.m. EST" in text


def test_an_empty_panel_offers_to_add_an_event(client, author, speaker_user):
    client.force_login(author)
    assert 'href="/admin/events/add/"' in client.get("/admin/").text

    client.force_login(speaker_user)
    assert 'href="/admin/events/add/"' not in client.get("/admin/").text


def test_speakers_see_only_where_they_speak(speaker_user, person):
    make_events(2)
    own = make_event(title="Own", starts_at=NOW + dt.timedelta(days=5))
    Presentation.objects.create(event=own, speaker=person)
    Presentation.objects.create(event=own, speaker=Person.objects.create(name="Somebody else"))

    assert due(speaker_user) == [("Own", "in 5 days")]
    html = DueNextPanel().render_html(context_for(speaker_user))
    assert "Ada Okafor: Planned" in html
    assert "Somebody else" not in html
