from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.enums import GroupName
from events.models import Body, Event, Vehicle
from tests.builders import make_event, make_user

UTC = dt.UTC
ADD = "wagtailsnippets_events_event:add"
EDIT = "wagtailsnippets_events_event:edit"


@pytest.fixture
def body(db):
    return Body.objects.create(
        name="House Committee on Health", short_name="House Health", timezone="America/Chicago"
    )


@pytest.fixture
def bill(body):
    return Vehicle.objects.create(identifier="HB 1234", body=body)


@pytest.fixture
def submit(client, author):
    client.force_login(author)

    def post(url: str = "", **fields):
        data = {"kind": "hearing", "status": "confirmed", "local_date": "2026-03-04"}
        data |= {"local_time": "09:30", **fields}
        data = {name: value for name, value in data.items() if value is not None}
        return client.post(url or reverse(ADD), data)

    return post


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_body_date_and_time_are_enough(submit, body, bill):
    response = submit(body=body.pk, vehicle=bill.pk)

    event = Event.objects.get()
    assert response.url == reverse("events:room", args=[event.pk])
    assert (event.title, event.timezone) == ("House Health: HB 1234", "America/Chicago")
    assert event.starts_at == dt.datetime(2026, 3, 4, 15, 30, tzinfo=UTC)


def test_without_a_bill_the_title_names_the_kind(submit, body):
    submit(body=body.pk)

    assert Event.objects.get().title == "House Health: Hearing"


def test_an_event_without_body_and_bill_needs_a_title(submit):
    assert errors(submit()) == {"title": ["Give a title, or choose the body or the bill."]}


def test_without_a_body_an_event_is_in_the_zone_of_who_enters_it(submit, client, author):
    UserProfile.objects.create(user=author, current_time_zone="America/Denver")
    form = client.get(reverse(ADD)).context["form"]
    submit(title="Meeting")

    event = Event.objects.get()
    assert event.timezone == "America/Denver"
    assert event.starts_at == dt.datetime(2026, 3, 4, 16, 30, tzinfo=UTC)
    assert form.fields["local_time"].help_text == (
        "As the clock shows it in the time zone of the body; without a body, in Mountain Time – Denver."
    )
    edit = client.get(reverse(EDIT, args=[event.pk])).context["form"]
    assert edit.fields["local_time"].help_text == (
        "As the clock shows it at the place: Mountain Time – Denver."
    )


def test_a_body_is_offered_the_zone_of_who_enters_it(client, db):
    user = make_user("admin", GroupName.ADMINISTRATORS)
    UserProfile.objects.create(user=user, current_time_zone="America/Denver")
    client.force_login(user)

    form = client.get(reverse("wagtailsnippets_events_body:add")).context["form"]
    assert form["timezone"].value() == "America/Denver"


def test_a_zone_of_one_s_own_wins_over_the_body_s(submit, body):
    submit(body=body.pk, timezone="America/Los_Angeles", title="On the road")

    event = Event.objects.get()
    assert (event.title, event.timezone) == ("On the road", "America/Los_Angeles")
    assert event.starts_at == dt.datetime(2026, 3, 4, 17, 30, tzinfo=UTC)


def test_a_zone_that_does_not_exist_is_refused(submit, body):
    response = submit(body=body.pk, timezone="America/Springfield")

    assert errors(response)["timezone"] == [
        "Select a valid choice. America/Springfield is not one of the available choices."
    ]
    assert Event.objects.count() == 0


def test_a_time_that_the_clocks_skip_is_refused_at_the_time(submit, body):
    response = submit(body=body.pk, local_date="2026-03-08", local_time="02:30")

    assert errors(response) == {
        "local_time": [
            "02:30 did not exist on March 8, 2026 in America/Chicago: the clocks went forward from 02:00 "
            "to 03:00. Choose a time before 02:00, or 03:00 or later."
        ]
    }
    assert Event.objects.count() == 0


def test_a_time_that_comes_twice_is_refused_at_the_time(submit, body):
    response = submit(body=body.pk, local_date="2026-11-01", local_time="01:15")

    assert errors(response) == {
        "local_time": [
            "01:15 came twice on Nov. 1, 2026 in America/Chicago: the clocks went back from 02:00 to "
            "01:00. Choose a time before 01:00, or 02:00 or later."
        ]
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"local_date": None, "local_time": None},
            {"local_date": ["Give the date, or set the status to Tentative until it is known."]},
        ),
        (
            {"local_date": None, "status": "tentative"},
            {"local_date": ["Give the date, or set the status to Tentative until it is known."]},
        ),
        (
            {"local_time": None},
            {"local_time": ["Give the time, or tick “only the date is known”."]},
        ),
        (
            {"is_all_day": "on"},
            {"local_time": ["Clear the time, or untick “only the date is known”."]},
        ),
        ({"local_date": "soon"}, {"local_date": ["Enter a valid date."]}),
        ({"local_time": "late"}, {"local_time": ["Enter a valid time."]}),
    ],
)
def test_what_is_missing_or_at_odds_is_said_at_the_field(submit, body, fields, expected):
    assert errors(submit(body=body.pk, **fields)) == expected


def test_a_tentative_event_may_wait_for_its_date(submit, body):
    submit(body=body.pk, status="tentative", local_date=None, local_time=None)

    assert Event.objects.get().starts_at is None


def test_a_day_alone_is_kept_as_its_noon(submit, body):
    submit(body=body.pk, is_all_day="on", local_time=None)

    event = Event.objects.get()
    assert (event.is_all_day, event.starts_at.hour, event.when) == (True, 18, "March 4, 2026")


def test_a_comment_period_needs_no_time(submit, body):
    submit(body=body.pk, kind="comment_period", local_time=None)

    assert Event.objects.get().is_all_day


def test_editing_shows_the_event_s_own_time_whatever_the_reader_s_zone(client, author, body):
    event = make_event(
        body=body, timezone="America/Chicago", starts_at=dt.datetime(2026, 7, 4, 2, 5, tzinfo=UTC)
    )
    client.force_login(author)
    with timezone.override("Asia/Tokyo"):
        form = client.get(reverse(EDIT, args=[event.pk])).context["form"]

    assert (form["local_date"].value(), form["local_time"].value()) == (
        dt.date(2026, 7, 3),
        dt.time(21, 5),
    )
    assert form["timezone"].value() == "America/Chicago"


def test_saving_without_a_change_changes_nothing(submit, body):
    event = make_event(
        body=body, timezone="US/Central", starts_at=dt.datetime(2026, 7, 4, 2, tzinfo=UTC)
    )
    submit(
        reverse(EDIT, args=[event.pk]),
        title=event.title,
        body=body.pk,
        timezone="US/Central",  # an old name, kept for this event only
        local_date="2026-07-03",
        local_time="21:00",
    )

    fresh = Event.objects.get()
    assert (fresh.starts_at, fresh.timezone) == (event.starts_at, "US/Central")


def test_a_day_without_a_time_is_edited_without_one(client, author):
    event = make_event(is_all_day=True)
    client.force_login(author)
    form = client.get(reverse(EDIT, args=[event.pk])).context["form"]

    assert (form["local_date"].value(), form["local_time"].value()) == (dt.date(2026, 3, 4), None)


def test_a_copy_starts_with_the_same_time_and_zone(client, author):
    event = make_event(timezone="America/Denver")
    client.force_login(author)
    form = client.get(reverse("wagtailsnippets_events_event:copy", args=[event.pk])).context["form"]

    assert form["local_date"].value() == dt.date(2026, 3, 4)
    assert form["local_time"].value() == dt.time(7, 30)
    assert form["timezone"].value() == "America/Denver"


def test_a_new_event_asks_for_few_things_first(client, author):
    client.force_login(author)
    panels = client.get(reverse(ADD)).context["panel"].children

    assert [panel.panel.classname for panel in panels] == [*[""] * 4, "collapsed", "collapsed"]
