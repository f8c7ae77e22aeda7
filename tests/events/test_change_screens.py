from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from events.domain import moving
from events.models import AffectedDocument, Body, DeadlineRule, EventNotice, HolidayOverride, Window
from tests.builders import make_testimony
from tests.events.hearings import LATER, START, ZONE, local

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


def errors(response) -> dict[str, list[str]]:
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def move(staff, event, **answers):
    usual = {"day": "2026-03-26", "time": "09:30", "zone": ZONE, "place": "Room 204"}
    return staff.post(
        reverse("events:event_move", args=[event.pk]), {**usual, "reason": "Flood", **answers}
    )


def test_a_hearing_is_moved_from_its_page(staff, event):
    words = staff.get(reverse("events:room", args=[event.pk])).content.decode()
    for label in ("Move…", "Postpone…", "Cancel event…"):
        assert label in words
    assert "Reinstate…" not in words

    assert move(staff, event, public_text="In two weeks.").url == reverse(
        "events:room", args=[event.pk]
    )

    event.refresh_from_db()
    assert (event.starts_at, local(event.windows.get().closes_at)) == (LATER, "Tue 03-24 17:00")
    words = staff.get(reverse("events:room", args=[event.pk])).content.decode()
    assert "it was to be March 12, 2026, 9:30 a.m. EDT" in words
    assert "In two weeks." in words


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"day": "2027-03-14", "time": "02:30"}, "time", "02:30 did not exist"),
        ({"day": "2026-11-01", "time": "01:30"}, "time", "01:30 came twice"),
        ({"time": ""}, "time", "Give the time of day."),
        ({"day": ""}, "day", "This field is required."),
        ({"zone": "Mars/Olympus"}, "zone", "Select a valid choice."),
        ({"reason": ""}, "reason", "This field is required."),
        ({"day": "2026-03-12"}, "__all__", "This is when and where it is already."),
        ({"day": "2026-02-12"}, "__all__", "The new date is past."),
    ],
)
def test_what_is_no_moment_is_refused_beside_its_field(staff, event, answers, field, words):
    found = errors(move(staff, event, **answers))

    assert list(found) == [field]
    assert found[field][0].startswith(words)
    event.refresh_from_db()
    assert (event.starts_at, EventNotice.objects.count()) == (START, 0)


def test_a_hearing_is_cancelled_and_takes_place_after_all(staff, event):
    room = reverse("events:room", args=[event.pk])
    staff.post(reverse("events:event_cancel", args=[event.pk]), {"reason": "Withdrawn"})
    words = staff.get(room).content.decode()
    assert "Cancel event…" not in words
    assert "Reinstate…" in words
    assert "Move…" not in words
    assert "Reinstate on a new date…" in words
    asked = staff.get(reverse("events:event_move", args=[event.pk])).content.decode()
    assert "It is canceled: with a new date it takes place after all." in asked
    assert "Reinstate it on this date and tell everybody concerned" in asked

    staff.post(reverse("events:event_reinstate", args=[event.pk]), {"reason": "It is back"})
    event.refresh_from_db()
    assert event.status == "confirmed"
    staff.post(reverse("events:event_postpone", args=[event.pk]), {"reason": "Snow"})
    event.refresh_from_db()
    assert event.status == "postponed"


def test_only_staff_may_say_so(client, speaker_user, event):
    client.force_login(speaker_user)

    for name in ("event_move", "event_postpone", "event_cancel", "event_reinstate", "after_change"):
        client.post(reverse(f"events:{name}", args=[event.pk]), {"reason": "Because"})

    assert EventNotice.objects.count() == 0


def test_documents_are_flagged_on_the_page_of_the_event_and_in_their_editor(staff, event, author):
    page = make_testimony(event=event, live=False)
    page.go_live_at = START + dt.timedelta(hours=1)
    page.save_revision().publish()
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    moving.move(event, by=author, reason="Flood", starts_at=LATER)

    room = reverse("events:room", args=[event.pk])
    assert "Release planned for" in staff.get(room).content.decode()
    words = staff.get(editor).content.decode()
    assert (
        "The event of this document changed (Moved): check dates, places and the opening." in words
    )
    assert "Its planned release is held." in words

    mark = AffectedDocument.objects.get()
    after = reverse("events:after_change", args=[event.pk])
    staff.post(after, {"resume": mark.pk})
    staff.post(after, {"checked": mark.pk})
    page.refresh_from_db()
    assert page.scheduled_revision.approved_go_live_at == START + dt.timedelta(hours=1)
    assert "The event of this document changed" not in staff.get(editor).content.decode()
    assert staff.post(after, {"checked": "0"}).status_code == 404


def test_a_deadline_is_set_by_hand_in_the_time_of_the_place(staff, event, author):
    window = event.windows.get()
    url = reverse("events:deadline", args=[window.pk])
    same = {"closes_day": "2026-03-10", "closes_time": "17:00", "responsible": author.pk}

    staff.post(url, same)
    window.refresh_from_db()
    assert (window.responsible, window.overridden) == (author, False)

    assert errors(staff.post(url, {**same, "closes_time": "12:00"})) == {
        "reason": ["Say why, for whoever asks later."]
    }
    wrong = {**same, "closes_day": "2026-03-08", "closes_time": "02:30", "reason": "x"}
    assert list(errors(staff.post(url, wrong))) == ["closes_time"]
    staff.post(url, {**same, "closes_time": "12:00", "reason": "The clerk said so"})
    window.refresh_from_db()
    assert (local(window.closes_at), window.overridden) == ("Tue 03-10 12:00", True)

    staff.post(reverse("events:deadline_action"), {"follow": window.pk})
    window.refresh_from_db()
    assert (local(window.closes_at), window.overridden) == ("Tue 03-10 17:00", False)


def test_a_deadline_is_added_to_an_event(staff, event):
    url = reverse("events:deadline_add", args=[event.pk])
    answers = {"what": "copies", "closes_day": "2026-03-11", "closes_time": "09:00"}

    assert errors(
        staff.post(url, {**answers, "opens_day": "2026-03-12", "opens_time": "09:00"})
    ) == {"opens_day": ["It would close before it opens."]}
    assert errors(staff.post(url, {"what": "copies"})) == {"closes_day": ["Give the date."]}
    staff.post(url, answers)

    added = Window.objects.get(what="copies")
    assert (local(added.closes_at), added.rule, added.overridden) == ("Wed 03-11 09:00", None, True)


def rule_fields(*rules: dict) -> dict[str, object]:
    """The inline forms of a body as the browser sends them."""
    usual = {"what": "written", "amount": 2, "unit": "business_days", "side": "before"}
    usual |= {"at": "17:00", "opens_side": "before", "on_closed_day": "stands", "ORDER": 1}
    data: dict[str, object] = {"name": "Senate Health", "timezone": ZONE, "chair_title": "Chair"}
    for name in ("deadline_rules", "position_labels"):
        count = len(rules) if name == "deadline_rules" else 0
        data |= {f"{name}-TOTAL_FORMS": count, f"{name}-INITIAL_FORMS": 0}
        data |= {f"{name}-MIN_NUM_FORMS": 0, f"{name}-MAX_NUM_FORMS": 1000}
    for number, rule in enumerate(rules):
        for field, value in {**usual, **rule}.items():
            data[f"deadline_rules-{number}-{field}"] = value
    return data


@pytest.mark.parametrize(
    ("rules", "field", "words"),
    [
        ([{"at": ""}], "at", "Give the time of day"),
        ([{"unit": "hours"}], "at", "Hours and minutes are counted from the start"),
        ([{"unit": "weekday"}], "weekday", "Choose the weekday."),
        ([{"opens_at": "10:00"}], "opens_unit", "Say what the opening is counted in"),
        ([{"opens_unit": "days", "opens_at": "10:00"}], "opens_amount", "Say how many"),
        (
            [{"opens_unit": "days", "opens_amount": 1, "opens_at": "18:00"}],
            "opens_amount",
            "It would close",
        ),
        ([{}, {"amount": 3}], "what", "There is a rule for “Written testimony” already."),
        ([{"amount": 5000}], "amount", "Ensure this value is less than or equal to 1000."),
    ],
)
def test_rules_that_cannot_be_kept_are_refused_beside_the_rule(
    client, administrator, rules, field, words
):
    client.force_login(administrator)

    response = client.post(reverse("wagtailsnippets_events_body:add"), rule_fields(*rules))

    found = response.context["form"].formsets["deadline_rules"].errors[-1]
    assert list(found) == [field]
    assert found[field][0].startswith(words)
    assert not Body.objects.exists()


def test_rules_that_can_be_kept_are_saved(client, administrator):
    client.force_login(administrator)
    rules = [
        {"opens_unit": "business_days", "opens_amount": 2, "opens_at": "10:00"},
        {"label": "By post", "amount": 5},
    ]

    client.post(reverse("wagtailsnippets_events_body:add"), rule_fields(*rules))

    assert [rule.words for rule in DeadlineRule.objects.order_by("sort_order", "pk")] == [
        "2 business days before, 5 p.m.; opens 2 business days before, 10 a.m.",
        "5 business days before, 5 p.m.",
    ]


def test_holidays_are_kept_by_whoever_keeps_the_bodies(client, administrator, author):
    add = reverse("wagtailsnippets_events_holidayoverride:add")
    day = {"jurisdiction": "US-CA", "day": "2026-03-11", "name": "Storm", "is_holiday": "on"}
    client.force_login(author)
    client.post(add, day)
    assert not HolidayOverride.objects.exists()

    client.force_login(administrator)
    assert errors(client.post(add, {**day, "jurisdiction": "US-XX"}))["jurisdiction"] == [
        "Holidays of US-XX are not known. Write for example US, US-CA or US-WA."
    ]
    client.post(add, day)
    assert str(HolidayOverride.objects.get()) == "Storm, March 11, 2026"
    assert errors(client.post(add, day))["day"] == ["This day is entered already."]


def edit(staff, event, **answers):
    usual = {"kind": "hearing", "title": event.title, "body": event.body_id, "timezone": ZONE}
    usual |= {"local_date": "2026-03-12", "local_time": "09:30", "status": "confirmed"}
    return staff.post(
        reverse("wagtailsnippets_events_event:edit", args=[event.pk]), {**usual, **answers}
    )


def test_the_form_of_an_event_does_not_move_or_cancel_it_behind_anybody_s_back(
    staff, event, author
):
    edit(staff, event, local_time="10:00")
    event.refresh_from_db()
    assert event.starts_at == START + dt.timedelta(minutes=30)  # nobody prepares for it yet

    event.windows.update(responsible=author)
    assert list(errors(edit(staff, event, local_time="11:00"))) == ["local_date"]
    assert list(errors(edit(staff, event, local_time="10:00", status="cancelled"))) == ["status"]
    edit(staff, event, local_time="10:00", place="Room 9")
    event.refresh_from_db()
    assert (event.place, event.status) == ("Room 9", "confirmed")


def test_an_opening_alone_makes_no_deadline(staff, event):
    Window.objects.update(closes_at=None, opens_at=None, problem="rule")
    url = reverse("events:deadline", args=[event.windows.get().pk])
    answers = {"opens_day": "2026-03-10", "opens_time": "09:00", "reason": "The clerk"}

    assert errors(staff.post(url, answers)) == {"closes_day": ["Give the date."]}


def test_the_words_of_a_deadline_entered_by_hand_are_kept(staff, event, author):
    window = Window.objects.create(
        event=event, what="copies", label="Ten copies", closes_at=START, overridden=True
    )
    same = {"closes_day": "2026-03-12", "closes_time": "09:30"}
    url = reverse("events:deadline", args=[window.pk])
    staff.post(url, {**same, "what": "other", "label": "Slides", "reason": "Clerk"})

    window.refresh_from_db()
    told = (window.what, window.label, window.reason, window.closes_at)
    assert told == ("other", "Slides", "Clerk", START)
