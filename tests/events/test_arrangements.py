"""Slot, own limit, capacity and clashes of a presentation."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.models import Organization, Person
from events.domain.arrangements import Arrangement, slot_at
from events.domain.capacities import capacity_line, capacity_sentence
from events.domain.clashes import burdens_of
from events.domain.errors import PresentationRefused
from events.domain.limits import limit_of
from events.domain.moving import move
from events.domain.presentations import add_presentation, change_presentation
from events.enums import Capacity
from events.models import Body, Event, Presentation
from events.views.speakers import loads
from tests.builders import make_event

START = dt.datetime(2030, 3, 4, 14, 30, tzinfo=dt.UTC)  # 9:30 in New York
MINUTES = dt.timedelta(minutes=1)


@pytest.fixture
def hearing(db):
    return make_event(title="Hearing on HB 1147", starts_at=START)


@pytest.fixture
def partner(db):
    return Organization.objects.create(name="Nurses Together")


def test_an_own_limit_comes_before_that_of_the_event(hearing, person, author):
    hearing.speaking_limit_seconds = 180
    own = add_presentation(hearing, person, user=author, arrangement=Arrangement(limit_seconds=60))
    plain = add_presentation(hearing, person, user=author)

    assert [limit_of(hearing, it).words for it in (own, plain)] == ["1:00", "3:00"]


def test_a_partner_s_speaker_needs_the_partner(hearing, person, author, partner):
    with pytest.raises(PresentationRefused, match="Choose the partner"):
        add_presentation(
            hearing, person, user=author, arrangement=Arrangement(capacity=Capacity.PARTNER)
        )

    arrangement = Arrangement(capacity=Capacity.PARTNER, partner=partner)
    added = add_presentation(hearing, person, user=author, arrangement=arrangement)
    assert (added.capacity, added.partner) == ("partner", partner)
    personal = Arrangement(capacity=Capacity.PERSONAL, partner=partner)
    changed = change_presentation(
        added, user=author, speaker=person, pages=[], arrangement=personal
    )
    assert (changed.capacity, changed.partner) == ("personal", None)


def test_the_capacity_is_in_the_log(hearing, person, author, partner):
    arrangement = Arrangement(capacity=Capacity.PARTNER, partner=partner)
    add_presentation(hearing, person, user=author, arrangement=arrangement)
    entry = ModelLogEntry.objects.for_instance(hearing).get(action="events.presentation.add")

    assert (entry.data["capacity"], entry.data["partner"]) == ("partner", "Nurses Together")


def test_capacities_in_words(hearing, person, author, partner):
    county = Organization.objects.create(name="Example County")
    person.organization = county
    said = [
        capacity_sentence(Capacity.OFFICIAL, None, person),
        capacity_sentence(Capacity.PARTNER, partner, person),
        capacity_sentence(Capacity.PERSONAL, None, person),
    ]
    shown = [
        capacity_line(Presentation(capacity=name, partner=partner), person)
        for name in ("official", "partner", "personal")
    ]

    assert said == [
        "I speak in my official capacity.",
        "I speak on behalf of Nurses Together.",
        "I speak for myself, not for Example County.",
    ]
    assert shown == [
        "Officially, for Example County",
        "For Nurses Together",
        "Personally, for nobody else",
    ]


def test_a_slot_is_a_time_of_the_event_s_day_at_its_place(hearing):
    assert slot_at(hearing, dt.time(10, 40)) == START + 70 * MINUTES
    with pytest.raises(ValidationError, match="a slot cannot be before that"):
        slot_at(hearing, dt.time(9, 0))


@pytest.mark.parametrize(
    ("day", "clock", "code"),
    [
        ((2030, 3, 10), dt.time(2, 30), "nonexistent"),
        ((2030, 11, 3), dt.time(1, 30), "ambiguous"),
    ],
)
def test_a_slot_that_clocks_skip_or_repeat_is_refused(db, day, clock, code):
    noon = dt.datetime(*day, 17, tzinfo=dt.UTC)
    event = make_event(starts_at=noon, is_all_day=True)
    with pytest.raises(ValidationError) as refused:
        slot_at(event, clock)

    assert refused.value.code == code


def test_a_slot_without_a_day_is_refused(db):
    with pytest.raises(ValidationError, match="Give the event its date first"):
        slot_at(make_event(starts_at=None), dt.time(10))


def test_slots_move_with_the_event_by_the_clock_of_the_place(
    hearing, person, author, administrator
):
    arrangement = Arrangement(slot_at=START + 70 * MINUTES)
    added = add_presentation(hearing, person, user=author, arrangement=arrangement)
    nine_in_summer_time = dt.datetime(2030, 3, 11, 13, 0, tzinfo=dt.UTC)
    move(hearing, by=administrator, reason="The room is taken.", starts_at=nine_in_summer_time)

    added = Presentation.objects.with_event().get(pk=added.pk)
    assert added.slot == "10:10 a.m. EDT"


def test_slots_follow_a_correction_in_the_form(client, hearing, person, author):
    arrangement = Arrangement(slot_at=START + 70 * MINUTES)
    added = add_presentation(hearing, person, user=author, arrangement=arrangement)
    client.force_login(author)
    address = reverse("wagtailsnippets_events_event:edit", args=[hearing.pk])
    answers = {
        **{
            "kind": "hearing",
            "title": "Leave",
            "status": "confirmed",
            "timezone": "America/New_York",
        },
        **{"local_date": "2030-03-11", "local_time": "09:00"},
    }
    assert "Use “Move…” on the page of the event" in client.post(address, answers).text
    with time_machine.travel("2030-06-01", tick=False):  # over: nobody prepares for it
        client.force_login(author)
        assert client.post(address, answers).status_code == 302

    added = Presentation.objects.with_event().get(pk=added.pk)
    assert added.slot == "10:10 a.m. EDT"
    assert mail.outbox == []


def test_a_slot_without_an_hour_to_count_from_is_emptied(hearing, person, author, administrator):
    arrangement = Arrangement(slot_at=START + 70 * MINUTES)
    added = add_presentation(hearing, person, user=author, arrangement=arrangement)
    noon = dt.datetime(2030, 3, 11, 16, 0, tzinfo=dt.UTC)
    move(hearing, by=administrator, reason="No hour yet.", starts_at=noon, is_all_day=True)

    added.refresh_from_db()
    assert added.slot_at is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([3], "1 other appearance to come, within a week of this one"),
        ([20], "1 other appearance to come"),
        ([3, 4, 20], "3 other appearances to come, 2 of them within a week of this one"),
        ([-0.5], ""),
    ],
)
def test_a_speaker_s_other_appearances_are_counted_without_this_one(
    hearing, person, author, days, words
):
    here = add_presentation(hearing, person, user=author)
    for day in days:
        other = make_event(starts_at=START + dt.timedelta(days=day))
        add_presentation(other, person, user=author)
    with time_machine.travel(START - dt.timedelta(minutes=10), tick=False):
        fresh = Presentation.objects.with_event().get(pk=here.pk)
        assert burdens_of([fresh])[fresh.pk].words == words


def clashes(presentation) -> tuple[str, ...]:
    fresh = Presentation.objects.with_event().get(pk=presentation.pk)
    return burdens_of([fresh])[fresh.pk].clashes


def test_two_hearings_at_one_hour_clash_in_the_words_of_both_zones(hearing, person, author):
    west = make_event(
        title="County board", starts_at=START + 30 * MINUTES, timezone="America/Los_Angeles"
    )
    here = add_presentation(hearing, person, user=author)
    add_presentation(west, person, user=author)

    assert clashes(here) == (
        "Also speaks at “County board”, March 4, 2030, 7 a.m. PST (10 a.m. EST here).",
    )


def test_slots_that_leave_time_between_do_not_clash(hearing, person, author):
    other = make_event(title="County board", starts_at=START)
    at = [Arrangement(slot_at=START), Arrangement(slot_at=START + 60 * MINUTES)]
    here = add_presentation(hearing, person, user=author, arrangement=at[0])
    add_presentation(other, person, user=author, arrangement=at[1])

    assert clashes(here) == ()


def test_the_same_clock_in_another_zone_is_no_clash(hearing, person, author):
    """9:30 in New York and 9:30 in Honolulu are five hours apart."""
    later = make_event(starts_at=START + 300 * MINUTES, timezone="Pacific/Honolulu")
    here = add_presentation(hearing, person, user=author)
    add_presentation(later, person, user=author)

    assert clashes(here) == ()


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_is_not_held_clashes_with_nothing(hearing, person, author, status):
    here = add_presentation(hearing, person, user=author)
    other = make_event(starts_at=START)
    add_presentation(other, person, user=author)
    Event.objects.filter(pk=other.pk).update(status=status)

    assert clashes(here) == ()


def test_a_day_without_an_hour_is_told_as_such(hearing, person, author):
    day = make_event(title="Rally", starts_at=START + 150 * MINUTES, is_all_day=True)
    here = add_presentation(hearing, person, user=author)
    add_presentation(day, person, user=author)

    assert clashes(here) == ("Also speaks on the same day, at an hour that is not known: “Rally”.",)


def test_the_load_of_speakers_is_read_at_once(hearing, person, author, django_assert_num_queries):
    lin = Person.objects.create(name="Lin Park")
    hearing.speaking_limit_seconds = 120
    hearing.save()
    for event in (hearing, make_event(starts_at=START + 6000 * MINUTES, body=None)):
        add_presentation(event, person, user=author)
    add_presentation(hearing, lin, user=author)
    with django_assert_num_queries(2):
        found = loads()

    assert [(load.speaker, len(load.turns), load.time) for load in found] == [
        (person, 2, "2 minutes"),
        (lin, 1, "2 minutes"),
    ]


def form(speaker, **more) -> dict:
    rows = {"materials-TOTAL_FORMS": 0, "materials-INITIAL_FORMS": 0}
    rows |= {"materials-MIN_NUM_FORMS": 0, "materials-MAX_NUM_FORMS": 1000}
    return {"speaker": speaker.pk, "capacity": "official", "interpretation": "none", **rows, **more}


def test_the_form_takes_slot_limit_and_capacity_and_warns_of_clashes(
    client, author, hearing, person, partner
):
    other = make_event(title="County board", starts_at=START + 30 * MINUTES)
    add_presentation(other, person, user=author)
    client.force_login(author)
    address = reverse("events:presentation_add", args=[hearing.pk])
    answers = form(
        person, slot_time="10:00", limit_seconds="1:30", capacity="partner", partner=partner.pk
    )
    response = client.post(address, answers, follow=True)

    added = hearing.presentations.get()
    told = [str(message) for message in response.context["messages"]]
    assert (added.slot, added.limit_seconds, added.partner) == ("10 a.m. EST", 90, partner)
    assert "Also speaks at “County board”" in told[0]
    assert "Slot 10 a.m. EST" in response.text
    assert "For Nurses Together" in response.text


def test_the_form_says_beside_the_field_what_is_wrong(client, author, hearing, person):
    client.force_login(author)
    address = reverse("events:presentation_add", args=[hearing.pk])
    response = client.post(address, form(person, slot_time="08:00", capacity="partner"))

    errors = response.context["form"].errors
    assert "a slot cannot be before that" in errors["slot_time"][0]
    assert errors["partner"] == ["Choose the partner for whom they speak."]
    assert Presentation.objects.count() == 0


def test_staff_see_who_speaks_where(client, author, speaker_user, hearing, person):
    Body.objects.update(speaking_limit_seconds=120)
    add_presentation(hearing, person, user=author)
    client.force_login(author)
    assert (
        "1 upcoming appearance, 2 minutes of speaking time"
        in client.get(reverse("events:speakers")).text
    )

    client.force_login(speaker_user)
    assert client.get(reverse("events:speakers")).status_code == 302
