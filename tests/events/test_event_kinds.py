"""Each kind of event asks for its own things, and keeps what another kind had."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse

from events.domain.docket_periods import docket_note, follow_docket, period_in
from events.domain.visibility import public_windows
from events.models import Body, Event, Vehicle, Window
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


@pytest.fixture
def entered(submit, author):
    answers = {"title": "Docket 7", "local_date": "2030-03-04", "local_time": "17:00"}
    submit(kind="comment_period", **answers)
    Window.objects.update(responsible=author)
    return answers


def test_a_comment_period_that_becomes_a_hearing_leaves_no_deadline_behind(submit, entered, author):
    event = Event.objects.get()
    assert public_windows().count() == 1
    Window.objects.create(event=event, what="comment", label="Reply", overridden=True)
    response = submit(reverse(EDIT, args=[event.pk]), kind="hearing", **entered)

    assert [(it.label, it.check_again) for it in Window.objects.all()] == [("Reply", True)]
    assert public_windows().count() == 0
    said = " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "Deadlines of the former kind of event are gone: Public comment." in said
    assert f"Please tell those who were to see to them: {author}." in said


def test_a_comment_period_may_get_its_hour_later(submit, entered):
    event, address = Event.objects.get(), reverse(EDIT, args=[Event.objects.get().pk])
    Window.objects.update(responsible=None)
    submit(address, kind="comment_period", **{**entered, "local_time": ""})
    event.refresh_from_db()
    assert (event.is_all_day, Window.objects.count()) == (True, 0)
    submit(address, kind="comment_period", **entered)
    event.refresh_from_db()
    assert (event.is_all_day, Window.objects.get().closes_at) == (False, event.starts_at)


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


NOON_IN_MARCH = dt.datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def docket(agency) -> Vehicle:
    closes = dt.datetime(2026, 3, 21, 3, 59, tzinfo=UTC)
    return Vehicle.objects.create(
        kind="rule",
        identifier="HCD-0093",
        body=agency,
        comment_closes_at=closes,
        comment_opens_on=dt.date(2026, 2, 20),
    )


def moments(event: Event) -> tuple[dt.datetime, dt.datetime, dt.datetime]:
    """When the event is, and its window."""
    window = event.windows.get()
    return event.starts_at, window.opens_at, window.closes_at


def test_a_comment_period_without_dates_has_those_of_its_docket(submit, agency, docket):
    submit(**period(body=agency.pk, vehicle=docket.pk, local_date="", local_time=""))

    event = Event.objects.get()
    opens = dt.datetime(2026, 2, 20, 5, tzinfo=UTC)
    assert moments(event) == (docket.comment_closes_at, opens, docket.comment_closes_at)
    assert docket_note(event) == ("As in HCD-0093. When it changes there, it changes here.", False)


@time_machine.travel(NOON_IN_MARCH, tick=False)
def test_another_period_than_the_docket_s_is_entered_there_and_followed_here(
    submit, agency, docket, author
):
    given = period(body=agency.pk, vehicle=docket.pk, local_date="2026-03-25")
    assert errors(submit(**given)) == {
        "local_date": [
            "HCD-0093 says that comments close on March 20, 2026, 11:59 p.m. EDT. Leave the date empty to take that "
            "over, or change it there: this follows."
        ]
    }
    submit(**{**given, "local_date": "", "local_time": ""})
    event, was = Event.objects.get(), period_in(docket)
    Window.objects.update(responsible=author)
    docket.comment_closes_at = later = dt.datetime(2026, 3, 28, 3, 59, tzinfo=UTC)
    docket.save()

    assert follow_docket(docket, was, user=author) == [event]
    event.refresh_from_db()
    assert moments(event)[::2] == (later, later)
    assert event.notices.get().reason == "The comment period of HCD-0093 was changed."


@time_machine.travel(NOON_IN_MARCH, tick=False)
def test_a_docket_without_a_period_gets_that_of_the_event(submit, agency, docket):
    Vehicle.objects.update(comment_closes_at=None, comment_opens_on=None)
    submit(**period(body=agency.pk, vehicle=docket.pk, opens_date="2026-02-22"))

    docket.refresh_from_db()
    assert (docket.comment_closes_at, docket.comment_opens_on, docket.comment_timezone) == (
        Event.objects.get().starts_at,
        dt.date(2026, 2, 22),
        "America/New_York",
    )
