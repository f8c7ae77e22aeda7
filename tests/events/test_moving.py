from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from cms.enums import GroupName
from cms.models import Person
from events.domain import moving, releases
from events.domain.announcing import announce
from events.domain.errors import EventRefused
from events.models import (
    AffectedDocument,
    Event,
    EventNotice,
    NoticeRecipient,
    Presentation,
    Window,
)
from tests.builders import make_testimony, make_user
from tests.events.hearings import (
    LATER,
    NOW,
    START,
    busy_hearing,
    closings,
    local,
    make_body,
    make_hearing,
    said,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
HOUR = dt.timedelta(hours=1)


def test_moving_a_hearing_with_30_windows_tells_each_of_20_people_once(
    author, django_capture_on_commit_callbacks
):
    event, users = busy_hearing(windows=30, people=20)

    with django_capture_on_commit_callbacks(execute=True):
        told = moving.move(event, by=author, reason="The room is flooded", starts_at=LATER)

    sent = sorted(address for message in mail.outbox for address in message.to)
    assert sent == sorted(user.email for user in users)
    assert (told.deadlines, told.people, told.unreachable) == (30, 20, ())
    days = {local(window.closes_at)[:3] for window in Window.objects.all()}
    assert days == {"Mon", "Tue", "Wed", "Thu", "Fri"}
    assert Window.objects.filter(closes_at__lt=START - HOUR * 24).count() == 0

    announce(told.notice.pk)
    assert len(mail.outbox) == 20


def test_a_move_is_all_or_nothing(event, author, monkeypatch, django_capture_on_commit_callbacks):
    def fail(*args, **kwargs):
        raise RuntimeError("no")

    monkeypatch.setattr(moving, "write_recipients", fail)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        moving.move(event, by=author, reason="Flood", starts_at=LATER)

    event.refresh_from_db()
    assert (event.starts_at, closings(event)) == (START, ["Tue 03-10 17:00"])
    assert (EventNotice.objects.count(), mail.outbox) == (0, [])


def test_the_mail_says_what_changed_and_keeps_the_reason_inside(
    event, author, django_capture_on_commit_callbacks
):
    guest = Person.objects.create(name="Ada Guest", email="ada@partner.example")
    Presentation.objects.create(event=event, speaker=guest)
    Window.objects.update(responsible=author)

    with django_capture_on_commit_callbacks(execute=True):
        moving.move(
            event,
            by=author,
            reason="The chair is ill",
            starts_at=LATER,
            place="Room 9",
            public_text="The hearing moved by two weeks.",
        )

    bodies = {message.to[0]: message.body for message in mail.outbox}
    outside, inside = bodies["ada@partner.example"], bodies[author.email]
    assert [message.subject for message in mail.outbox] == ["Moved: Hearing on HB 1147"] * 2
    for words in (
        "It was to be: March 12, 2026, 9:30 a.m. EDT, Room 204",
        "It is now: March 26, 2026, 9:30 a.m. EDT, Room 9",
        "The hearing moved by two weeks.",
        "- Written testimony: March 24, 2026, 5 p.m. EDT",
    ):
        assert words in outside
        assert words in inside
    assert "The chair is ill" in inside
    assert "The chair is ill" not in outside
    assert "/admin/" not in outside


def test_a_person_with_two_parts_reads_one_mail_and_one_without_address_is_named(
    event, author, django_capture_on_commit_callbacks
):
    person = Person.objects.create(name="Ann Author", user=author)
    Presentation.objects.create(event=event, speaker=person)
    Presentation.objects.create(event=event, speaker=Person.objects.create(name="No Address"))
    Window.objects.update(responsible=author)

    with django_capture_on_commit_callbacks(execute=True):
        told = moving.postpone(event, by=author, reason="Snow")

    assert [message.to for message in mail.outbox] == [[author.email]]
    assert told.unreachable == ("No Address",)


def test_mail_that_fails_is_seen_and_sent_again(
    event, author, monkeypatch, django_capture_on_commit_callbacks
):
    Window.objects.update(responsible=author)
    with monkeypatch.context() as patched:

        def refuse(self, *args):
            raise OSError("no server")

        patched.setattr("django.core.mail.EmailMessage.send", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            told = moving.cancel(event, by=author, reason="Withdrawn")
    assert [row.sent_at for row in NoticeRecipient.objects.all()] == [None]

    assert (announce(told.notice.pk), len(mail.outbox)) == (1, 1)


def test_what_cannot_be_is_refused_in_words(event, author, speaker_user):
    def refusal(verb, **given) -> str:
        with pytest.raises(EventRefused) as caught:
            verb(event, by=author, **{"reason": "Why", **given})
        return str(caught.value)

    with pytest.raises(PermissionDenied):
        moving.cancel(event, by=speaker_user, reason="Because")
    assert "Give the reason" in refusal(moving.cancel, reason=" ")
    assert "already" in refusal(moving.move, starts_at=START)
    assert "past" in refusal(moving.move, starts_at=NOW - HOUR)
    assert "neither" in refusal(moving.reinstate)
    moving.cancel(event, by=author, reason="Withdrawn")
    assert "canceled already" in refusal(moving.cancel)
    assert EventNotice.objects.count() == 1


def test_every_change_stands_in_the_history_with_its_reason(event, author):
    moving.postpone(event, by=author, reason="Snow")
    moving.move(event, by=author, reason="New date", starts_at=LATER)
    moving.cancel(event, by=author, reason="Bill withdrawn")
    moving.reinstate(event, by=author, reason="Bill is back")

    entries = ModelLogEntry.objects.for_instance(event).filter(action__startswith="events.")
    assert [
        (entry.action, entry.data["reason"], entry.user) for entry in entries.order_by("pk")
    ] == [
        ("events.postponed", "Snow", author),
        ("events.moved", "New date", author),
        ("events.cancelled", "Bill withdrawn", author),
        ("events.reinstated", "Bill is back", author),
    ]
    assert event.status == "confirmed"
    assert said(entries.order_by("pk")[1]) == (
        "Moved from March 12, 2026, 9:30 a.m. EDT to March 26, 2026, 9:30 a.m. EDT: New date"
    )


@pytest.mark.parametrize("verbs", [["cancel"], ["postpone"], ["postpone", "cancel"]])
@pytest.mark.parametrize("again", ["reinstate", "move"])
def test_a_tentative_event_is_as_tentative_as_before_when_it_takes_place_after_all(
    event, author, verbs, again
):
    Event.objects.filter(pk=event.pk).update(status="tentative", audience="public")
    for verb in verbs:
        getattr(moving, verb)(event, by=author, reason="Snow")
    assert event.audience == "staff"

    new_date = {"starts_at": LATER} if again == "move" else {}
    getattr(moving, again)(event, by=author, reason="Thaw", **new_date)

    assert (event.status, event.audience) == ("tentative", "public")


def test_what_somebody_decided_about_an_event_that_was_off_stays(event, author):
    moving.cancel(event, by=author, reason="Snow")
    Event.objects.filter(pk=event.pk).update(audience="staff")
    moving.reinstate(event, by=author, reason="Thaw")
    assert (event.status, event.audience) == ("confirmed", "staff")

    Event.objects.filter(pk=event.pk).update(status="tentative")
    moving.cancel(event, by=author, reason="Snow")
    Event.objects.filter(pk=event.pk).update(audience="public")
    moving.reinstate(event, by=author, reason="Thaw")
    assert (event.status, event.audience) == ("tentative", "public")
    EventNotice.objects.update(old_status="", old_audience="")
    Event.objects.filter(pk=event.pk).update(status="cancelled")
    moving.reinstate(event, by=author, reason="Thaw")
    assert event.status == "confirmed"


def test_of_two_who_change_one_event_the_second_is_asked_to_look_again(event, author):
    seen = moving.state_of(event)
    moving.move(event, by=author, reason="Room", starts_at=START, place="Room 9", seen=seen)

    with pytest.raises(EventRefused, match="Somebody else has just changed"):
        moving.move(event, by=author, reason="Day", starts_at=LATER, place="Room 204", seen=seen)
    event.refresh_from_db()
    assert (event.starts_at, event.place, EventNotice.objects.count()) == (START, "Room 9", 1)


def test_the_press_contact_is_told_and_the_release_moves_along(
    author, django_capture_on_commit_callbacks
):
    contact = Person.objects.create(name="Press", email="press@county.example", user=author)
    told = make_hearing(
        None, kind="press_conference", press_contact=contact, release_at=START + HOUR
    )
    Presentation.objects.create(event=told, speaker=contact)
    with django_capture_on_commit_callbacks(execute=True):
        moving.move(told, by=author, reason="Room", starts_at=LATER)

    assert [message.to for message in mail.outbox] == [[author.email]]  # once, whoever else it is
    told.refresh_from_db()
    assert told.release_at == LATER + HOUR


@pytest.fixture
def scheduled(event):
    """A testimony for the hearing that is to go out an hour after its start."""
    page = make_testimony(event=event, live=False)
    page.go_live_at = START + HOUR
    page.save_revision().publish()
    return page


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def run_scheduler(at: dt.datetime) -> None:
    with time_machine.travel(at, tick=False):
        call_command("publish_scheduled")


def test_a_scheduled_document_goes_out_by_itself_while_nothing_changed(scheduled):
    run_scheduler(START + 2 * HOUR)

    assert is_live(scheduled)


@pytest.mark.parametrize("verb", [moving.cancel, moving.postpone])
def test_nothing_of_a_hearing_that_is_off_is_released(event, scheduled, author, verb):
    told = verb(event, by=author, reason="Snow")

    assert (told.documents, told.held) == (1, 1)
    run_scheduler(START + 2 * HOUR)
    assert not is_live(scheduled)
    with pytest.raises(EventRefused, match="released by the clock"):
        releases.resume(AffectedDocument.objects.get(), by=author)


def test_what_is_scheduled_after_the_cancellation_is_held_when_its_moment_comes(
    event, author, capsys
):
    moving.cancel(event, by=author, reason="Withdrawn")
    page = make_testimony(event=event, live=False)
    page.go_live_at = START
    page.save_revision().publish()

    run_scheduler(START + HOUR)

    assert not is_live(page)
    assert "1 release held" in capsys.readouterr().out
    assert [mark.page_id for mark in releases.marks_of(event)] == [page.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_holding_asks_the_same_for_one_event_that_is_off_and_three(
    scheduled, author, count, django_assert_num_queries
):
    for number in range(count):
        off = make_hearing(make_body(f"Body {number}"), status="cancelled")
        make_testimony(f"Paper {number}", event=off)
    later = time_machine.travel(START + 2 * HOUR, tick=False)
    with later, django_assert_num_queries(3):  # what is due, what was brought, what was written
        assert releases.hold_due_releases() == 0
    assert scheduled.revisions.filter(approved_go_live_at__isnull=False).count() == 1


def test_a_held_release_goes_on_after_the_new_date_when_somebody_says_so(event, scheduled, author):
    moving.postpone(event, by=author, reason="Snow")
    moving.move(event, by=author, reason="New date", starts_at=LATER)
    run_scheduler(START - HOUR)
    (mark,) = releases.marks_of(event)
    assert releases.is_held(mark)

    releases.resume(mark, by=author)
    run_scheduler(START + 2 * HOUR)

    assert is_live(scheduled)
    releases.mark_checked(mark, by=author)
    assert releases.marks_of(event) == []


def test_a_release_whose_moment_went_by_is_left_to_people(event, scheduled, author):
    moving.postpone(event, by=author, reason="Snow")
    with time_machine.travel(START + 2 * HOUR, tick=False):
        moving.move(event, by=author, reason="New date", starts_at=LATER)
        (mark,) = releases.marks_of(event)
        with pytest.raises(EventRefused, match="by hand"):
            releases.resume(mark, by=author)
    assert not is_live(scheduled)


def test_documents_are_flagged_once_by_the_newest_change(event, scheduled, author):
    moving.move(event, by=author, reason="Room", starts_at=START + HOUR)
    moving.move(event, by=author, reason="Room again", starts_at=LATER)

    (mark,) = releases.marks_of(event)
    assert (mark.notice.reason, mark.held_go_live_at) == ("Room again", START + HOUR)
    assert [item.pk for item in releases.marks_on(scheduled)] == [mark.pk]
    speaker = make_user("sam", GroupName.SPEAKERS)
    with pytest.raises(PermissionDenied):
        releases.mark_checked(mark, by=speaker)


def test_the_newest_notice_holds_until_the_event_is_over(event, author):
    assert moving.current_notice(event) is None
    notice = moving.move(event, by=author, reason="Flood", starts_at=LATER).notice
    assert moving.current_notice(event) == notice
    with time_machine.travel(LATER + 60 * 24 * HOUR, tick=False):
        assert moving.current_notice(event) is None
    assert notice.at == timezone.now()


def test_a_held_release_does_not_replace_what_was_published_since(event, scheduled, author):
    moving.postpone(event, by=author, reason="Snow")
    moving.move(event, by=author, reason="New date", starts_at=LATER)
    page = Page.objects.get(pk=scheduled.pk).specific
    page.go_live_at = None
    page.save_revision().publish()
    (mark,) = releases.marks_of(event)

    with pytest.raises(EventRefused, match="later version"):
        releases.resume(mark, by=author)


def test_a_speaker_with_an_account_is_not_told_the_reason(
    event, author, speaker_user, django_capture_on_commit_callbacks
):
    person = Person.objects.create(name="Ada", user=speaker_user)
    Presentation.objects.create(event=event, speaker=person)
    with django_capture_on_commit_callbacks(execute=True):
        moving.cancel(event, by=author, reason="The chair is ill")

    assert ["The chair is ill" in message.body for message in mail.outbox] == [False]
