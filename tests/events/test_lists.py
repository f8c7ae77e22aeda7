from __future__ import annotations

import csv
import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from cms.models import Person
from events.models import Body, Event, Presentation, Vehicle
from tests.builders import make_event

LIST = "wagtailsnippets_events_event:list"
NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def staff(client, author):
    client.force_login(author)
    return client


def make_events(count: int) -> None:
    for number in range(count):
        body = Body.objects.create(name=f"Committee {number}")
        bill = Vehicle.objects.create(identifier=f"HB {number}", body=body)
        event = Event.objects.create(
            title=f"Hearing {number}", body=body, vehicle=bill, starts_at=NOW
        )
        person = Person.objects.create(name=f"Speaker {number}")
        Presentation.objects.create(event=event, speaker=person)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("wagtailsnippets_events_event:list", 12),
        ("wagtailsnippets_events_body:list", 11),
        ("wagtailsnippets_events_vehicle:list", 12),
    ],
)
def test_a_list_costs_the_same_for_one_and_three(
    staff, name, queries, count, django_assert_num_queries
):
    make_events(count)
    staff.get(reverse(name))  # content types and site are read once for each process
    with django_assert_num_queries(queries):
        response = staff.get(reverse(name))

    assert len(response.context["object_list"]) == count


def cells(response) -> list[list[str]]:
    table = response.context["table"]
    rows = [
        [
            column.get_value(row.instance)
            for column in table.columns.values()
            if hasattr(column, "get_value")
        ]
        for row in table.rows
    ]
    return [[str(value) for value in row] for row in rows]


def test_the_list_says_when_in_each_event_s_own_zone(staff):
    make_event(title="East", timezone="America/New_York")
    west = make_event(title="West", timezone="America/Los_Angeles")
    Presentation.objects.create(event=west, speaker=Person.objects.create(name="Ada"))

    assert cells(staff.get(reverse(LIST))) == [
        [
            "West",
            "March 4, 2026, 6:30 a.m. PST",
            "Hearing",
            "House Committee on Labor",
            "HB 1147",
            "Confirmed",
            "1",
        ],
        [
            "East",
            "March 4, 2026, 9:30 a.m. EST",
            "Hearing",
            "House Committee on Labor",
            "HB 1147",
            "Confirmed",
            "0",
        ],
    ]


def test_titles_lead_to_the_event_s_own_page(staff):
    event = make_event(title="Hearing on leave")

    assert f'href="{reverse("events:room", args=[event.pk])}"' in staff.get(reverse(LIST)).text


def titles(response) -> list[str]:
    return [event.title for event in response.context["object_list"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Soon", "Press", "Undated", "Past", "Long past"]),
        ({"when": "upcoming"}, ["Soon", "Press", "Undated"]),
        ({"when": "earlier"}, ["Past", "Long past"]),
        ({"ordering": "title"}, ["Long past", "Past", "Press", "Soon", "Undated"]),
        ({"kind": "press_conference"}, ["Press"]),
        ({"status": "passed"}, ["Past"]),
        ({"status": "cancelled"}, ["Soon"]),
        ({"q": "committee on labor"}, ["Soon", "Past", "Long past"]),
        ({"q": '"'}, []),
        ({"q": "1147"}, ["Soon", "Press", "Past", "Long past"]),
    ],
)
def test_the_list_is_filtered_and_searched(staff, query, expected):
    make_event(title="Long past", starts_at=NOW - dt.timedelta(days=90))
    make_event(title="Past", starts_at=NOW - dt.timedelta(days=9), status="passed")
    make_event(title="Soon", starts_at=NOW + dt.timedelta(days=1), status="cancelled")
    make_event(title="Undated", starts_at=None, body=None, vehicle=None)
    make_event(
        title="Press", starts_at=NOW + dt.timedelta(days=2), kind="press_conference", body=None
    )

    with time_machine.travel(NOW, tick=False):
        assert titles(staff.get(reverse(LIST), query)) == expected


def test_tabs_lead_to_what_is_coming_and_what_is_past(staff):
    make_event()
    response = staff.get(reverse(LIST), {"when": "upcoming", "kind": "hearing", "p": "1"})

    assert [(str(tab.label), tab.url, tab.is_current) for tab in response.context["tabs"]] == [
        ("Coming", f"{reverse(LIST)}?kind=hearing&when=upcoming", True),
        ("Past", f"{reverse(LIST)}?kind=hearing&when=earlier", False),
        ("All", f"{reverse(LIST)}?kind=hearing", False),
    ]
    assert response.text.count('aria-current="page">Coming</a>') == 1


def test_the_list_is_filtered_by_body(staff):
    make_events(2)
    body = Body.objects.get(name="Committee 1")

    assert titles(staff.get(reverse(LIST), {"body": body.pk})) == ["Hearing 1"]


def test_the_list_is_exported_with_local_times(staff):
    make_event(title="Hearing on leave", timezone="America/Chicago")
    make_event(title="Undated", starts_at=None, body=None, vehicle=None)
    response = staff.get(reverse(LIST), {"export": "csv"})
    rows = list(csv.reader(b"".join(response.streaming_content).decode().splitlines()))

    assert rows[0][:3] == ["Event", "When, in the event's own zone", "Time zone"]
    assert sorted(rows[1:]) == [
        [
            "Hearing on leave",
            "March 4, 2026, 8:30 a.m. CST",
            "America/Chicago",
            "Hearing",
            "House Committee on Labor",
            "HB 1147: Leave Act",
            "",
            "Confirmed",
            "0",
        ],
        ["Undated", "", "America/New_York", "Hearing", "", "", "", "Confirmed", "0"],
    ]


def menu(client) -> list[str]:
    request = client.get("/admin/").wsgi_request
    return [str(item.label) for item in admin_menu.menu_items_for_request(request)]


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("author", {"Hearings & events"}),
        ("approver", {"Hearings & events"}),
        ("administrator", {"Hearings & events"}),
        ("speaker_user", {"My appearances"}),
    ],
)
def test_each_role_finds_its_own_entries_in_the_menu(request, client, person, hearing, role, shown):
    Presentation.objects.create(event=hearing, speaker=person)
    client.force_login(request.getfixturevalue(role))

    assert set(menu(client)) & {"Hearings & events", "My appearances"} == shown


@pytest.mark.parametrize("role", ["speaker_user", None])
def test_lists_are_closed_to_others(request, client, hearing, role):
    if role:
        client.force_login(request.getfixturevalue(role))
    response = client.get(reverse(LIST))

    expected = "/admin/" if role else f"/admin/login/?next={reverse(LIST)}"
    assert (response.status_code, response.url) == (302, expected)
