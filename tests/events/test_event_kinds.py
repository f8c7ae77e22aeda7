"""Each kind of event asks for its own things, and keeps what another kind had."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.models import Body, Event, Window
from events.validators import Step, steps_of, validate_run_of_show

UTC = dt.UTC
ADD = "wagtailsnippets_events_event:add"
EDIT = "wagtailsnippets_events_event:edit"


@pytest.fixture
def submit(client, author):
    client.force_login(author)

    def post(url: str = "", **fields):
        data = {"kind": "hearing", "status": "confirmed", "timezone": "America/Chicago", **fields}
        return client.post(url or reverse(ADD), data)

    return post


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_three_things_are_enough_for_a_press_conference(submit):
    assert (
        submit(
            kind="press_conference",
            title="The last mile",
            local_date="2026-03-04",
            local_time="10:00",
        ).status_code
        == 302
    )

    event = Event.objects.get()
    assert (event.audience, event.release_at, event.run_of_show) == ("usual", None, "")
    assert event.starts_at == dt.datetime(2026, 3, 4, 16, tzinfo=UTC)


def test_the_release_is_entered_in_local_time(submit):
    submit(
        kind="press_conference",
        title="The last mile",
        local_date="2026-03-04",
        local_time="10:00",
        release_date="2026-03-04",
        release_time="10:30",
        run_of_show="5 | Welcome | Calloway\n| Questions",
    )
    event = Event.objects.get()
    assert event.release_at == dt.datetime(2026, 3, 4, 16, 30, tzinfo=UTC)

    submit(
        reverse(EDIT, args=[event.pk]),
        kind="hearing",
        title="The last mile",
        local_date="2026-03-04",
        local_time="10:00",
        run_of_show="no bar",
        release_time="11:00",
    )
    event.refresh_from_db()
    assert (event.kind, event.release_at, event.run_of_show) == (
        "hearing",
        dt.datetime(2026, 3, 4, 16, 30, tzinfo=UTC),
        "5 | Welcome | Calloway\n| Questions",
    )


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"release_date": "2026-03-08"}, "release_time", "Give the time too"),
        ({"release_time": "10:00"}, "release_date", "Give the date too"),
        (
            {"release_date": "2026-03-08", "release_time": "02:30"},
            "release_time",
            "did not exist on",
        ),
        (
            {"release_date": "2026-11-01", "release_time": "01:30"},
            "release_time",
            "came twice on",
        ),
        ({"run_of_show": "Welcome"}, "run_of_show", "Line 1: write minutes"),
        ({"run_of_show": "5 | Welcome\nten | Speech"}, "run_of_show", "Line 2: begin with"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(submit, fields, field, words):
    response = submit(
        kind="press_conference", title="P", local_date="2026-03-04", local_time="10:00", **fields
    )

    assert list(errors(response)) == [field]
    assert words in errors(response)[field][0]


@pytest.fixture
def agency(db) -> Body:
    return Body.objects.create(name="Housing Agency", timezone="America/New_York")


def period(**fields) -> dict[str, str]:
    return {
        "kind": "comment_period",
        "timezone": "",
        "local_date": "2026-03-20",
        "local_time": "23:59",
        **fields,
    }


def test_a_comment_period_has_no_start_but_a_window(submit, agency):
    submit(**period(body=agency.pk, opens_date="2026-02-20"))

    event, window = Event.objects.get(), Window.objects.get()
    assert (window.what, window.rule, window.overridden) == ("comment", None, True)
    assert window.opens_at == dt.datetime(2026, 2, 20, 5, tzinfo=UTC)
    assert window.closes_at == event.starts_at == dt.datetime(2026, 3, 21, 3, 59, tzinfo=UTC)

    event.starts_at += dt.timedelta(days=7)
    event.save()
    window.refresh_from_db()
    assert (window.closes_at, window.check_again) == (event.starts_at, False)

    edit = reverse(EDIT, args=[event.pk])
    submit(edit, **period(body=agency.pk, title="Docket", local_time=""))
    event.refresh_from_db()
    assert (event.is_all_day, Window.objects.count()) == (True, 0)


def test_a_comment_period_opens_before_it_closes(submit, agency):
    response = submit(**period(body=agency.pk, opens_date="2026-03-21"))

    assert errors(response) == {"opens_date": ["The period must open before it closes."]}


def test_a_run_of_show_is_read_line_by_line():
    text = "5 | Welcome | Imani Calloway | Health\n\n | Questions |\n10|Statement"

    validate_run_of_show(text)
    assert steps_of(text) == [
        Step(5, "Welcome", "Imani Calloway, Health"),
        Step(None, "Questions"),
        Step(10, "Statement"),
    ]
    with pytest.raises(ValidationError):
        validate_run_of_show("0 | Nothing")
