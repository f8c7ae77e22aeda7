from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.models import HomePage, Person
from cms.pdf.errors import PdfRenderError
from events.domain.errors import PresentationRefused, RecordRefused
from events.domain.presentations import (
    add_material,
    add_presentation,
    change_presentation,
    confirm,
    deliver,
    may_be_delivered,
    withdraw,
)
from events.models import Event, Presentation, Record
from tests.events.conftest import fake_render

MAY = {
    "add": {"author", "approver", "administrator"},
    "confirm": {"author", "approver", "administrator"},
    "withdraw": {"author", "approver", "administrator"},
    "deliver": {"approver", "administrator"},
}
ROLES = ("author", "approver", "administrator", "speaker_user")


def do(verb: str, request, user) -> None:
    if verb == "add":
        hearing, person = request.getfixturevalue("hearing"), request.getfixturevalue("person")
        add_presentation(hearing, person, user=user)
    elif verb == "confirm":
        confirm(request.getfixturevalue("planned"), user=user)
    elif verb == "withdraw":
        withdraw(request.getfixturevalue("planned"), user=user)
    else:
        deliver(request.getfixturevalue("confirmed"), user=user)


@pytest.mark.parametrize("verb", MAY)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_the_design_says(db, request, verb, role):
    user = request.getfixturevalue(role)
    try:
        do(verb, request, user)
        allowed = True
    except PermissionDenied:
        allowed = False

    assert allowed == (role in MAY[verb])


def test_a_refused_verb_changes_nothing(planned, confirmed, author):
    with pytest.raises(PermissionDenied):
        deliver(confirmed, user=author)

    confirmed.refresh_from_db()
    assert (confirmed.status, Record.objects.count()) == ("confirmed", 0)


def test_a_presentation_keeps_its_documents_in_order_and_once(hearing, person, author, make_page):
    first, second = make_page("First"), make_page("Second")

    presentation = add_presentation(hearing, person, user=author, pages=[second, first, second])

    assert [item.page.title for item in presentation.materials.all()] == ["Second", "First"]


def test_a_page_that_cannot_be_printed_is_refused(hearing, person, author):
    with pytest.raises(PresentationRefused) as refusal:
        add_presentation(hearing, person, user=author, pages=[HomePage.objects.get()])

    title = HomePage.objects.get().title
    assert str(refusal.value) == f"“{title}” cannot be printed, so nobody can bring it."
    assert Presentation.objects.count() == 0


def test_confirming_is_dated_and_signed(planned, author):
    confirmed = confirm(planned, user=author)

    assert (confirmed.status, confirmed.changed_by) == ("confirmed", author)
    assert timezone.now() - confirmed.confirmed_at < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("verb", "state", "words"),
    [
        (confirm, "confirmed", "This presentation is confirmed: it cannot be marked confirmed."),
        (confirm, "delivered", "This presentation is delivered: it cannot be marked confirmed."),
        (confirm, "withdrawn", "This presentation is withdrawn: it cannot be marked confirmed."),
        (withdraw, "delivered", "This presentation is delivered: it cannot be marked withdrawn."),
        (withdraw, "withdrawn", "This presentation is withdrawn: it cannot be marked withdrawn."),
        (deliver, "planned", "This presentation is planned: it cannot be marked delivered."),
        (deliver, "delivered", "This presentation is delivered: it cannot be marked delivered."),
        (deliver, "withdrawn", "This presentation is withdrawn: it cannot be marked delivered."),
    ],
)
def test_an_illegal_change_of_state_is_refused_with_words(planned, approver, verb, state, words):
    Presentation.objects.filter(pk=planned.pk).update(status=state)

    with pytest.raises(PresentationRefused) as refusal:
        verb(planned, user=approver)

    planned.refresh_from_db()
    assert (str(refusal.value), planned.status) == (words, state)


def test_a_closed_presentation_can_no_longer_be_changed(planned, person, page, author):
    withdraw(planned, user=author)

    with pytest.raises(PresentationRefused) as refusal:
        change_presentation(planned, user=author, speaker=person, pages=[])
    with pytest.raises(PresentationRefused):
        add_material(planned, page, user=author)

    assert str(refusal.value) == "This presentation is withdrawn and can no longer be changed."
    assert [item.page_id for item in planned.materials.all()] == [page.pk]


def test_an_open_presentation_can_be_changed(planned, author, make_page):
    other, page = Person.objects.create(name="Lin Park"), make_page("Another")

    change_presentation(planned, user=author, speaker=other, pages=[page], role_title="Nurse")

    planned.refresh_from_db()
    assert (planned.speaker, planned.role_title) == (other, "Nurse")
    assert [item.page_id for item in planned.materials.all()] == [page.pk]


def test_a_document_is_added_once(planned, page, author, make_page):
    another = make_page("Another")

    add_material(planned, another, user=author)
    add_material(planned, another, user=author)

    fresh = Presentation.objects.get(pk=planned.pk)
    assert [item.page_id for item in fresh.materials.all()] == [page.pk, another.pk]


def test_every_change_is_in_the_history_of_the_event(record, hearing, author, approver):
    entries = ModelLogEntry.objects.for_instance(hearing).order_by("pk")

    assert [(entry.action, entry.user, entry.message) for entry in entries] == [
        ("events.presentation.add", author, "Presentation added: Ada Okafor"),
        ("events.presentation.confirm", author, "Presentation confirmed: Ada Okafor"),
        (
            "events.presentation.deliver",
            approver,
            "Presentation delivered: Ada Okafor; 1 document recorded",
        ),
    ]


def test_delivery_is_dated_by_the_event_when_it_is_past(confirmed, hearing, approver):
    hearing.starts_at = timezone.now() - dt.timedelta(days=3)
    hearing.save()

    [record] = deliver(confirmed, user=approver)

    confirmed.refresh_from_db()
    assert (record.delivered_at, confirmed.delivered_at) == (hearing.starts_at,) * 2


def test_delivery_is_dated_now_when_the_agenda_is_ahead_of_its_time(confirmed, hearing, approver):
    hearing.starts_at = timezone.now() + dt.timedelta(minutes=59)
    hearing.save()

    [record] = deliver(confirmed, user=approver)

    assert timezone.now() - record.delivered_at < dt.timedelta(minutes=1)


def test_nothing_is_delivered_before_the_event_begins(confirmed, hearing, approver):
    hearing.starts_at = timezone.now() + dt.timedelta(minutes=61)
    hearing.save()

    with pytest.raises(PresentationRefused, match="The hearing begins on"):
        deliver(confirmed, user=approver)
    confirmed.refresh_from_db()

    assert (confirmed.status, Record.objects.count()) == ("confirmed", 0)


@pytest.mark.parametrize(
    ("starts_at", "is_all_day", "expected"),
    [
        (None, False, True),
        (dt.timedelta(hours=-1), False, True),
        (dt.timedelta(minutes=60), False, True),
        (dt.timedelta(minutes=61), False, False),
        # Stored as the noon of its day.
        (dt.timedelta(hours=12), True, True),
        (dt.timedelta(hours=14), True, False),
    ],
)
def test_when_a_delivery_may_be_marked(starts_at, is_all_day, expected):
    moment = dt.datetime(2026, 3, 4, 14, 30, tzinfo=dt.UTC)
    event = Event(starts_at=starts_at and moment + starts_at, is_all_day=is_all_day)

    with time_machine.travel(moment, tick=False):
        assert may_be_delivered(event) is expected


def test_nothing_is_delivered_in_the_future(confirmed, approver):
    tomorrow = timezone.now() + dt.timedelta(days=1)

    with pytest.raises(PresentationRefused) as refusal:
        deliver(confirmed, user=approver, delivered_at=tomorrow)

    assert str(refusal.value) == "A presentation cannot have been delivered in the future."


def test_delivering_freezes_every_document(hearing, person, approver, make_page):
    pages = [make_page("First"), make_page("Second", live=False)]
    presentation = add_presentation(hearing, person, user=approver, pages=pages)
    confirm(presentation, user=approver)

    frozen = deliver(presentation, user=approver)

    assert [(item.page_id, item.title) for item in frozen] == [
        (pages[0].pk, "First"),
        (pages[1].pk, "Second"),
    ]


def test_a_presentation_without_documents_is_delivered_only_when_that_is_meant(
    hearing, person, approver
):
    presentation = add_presentation(hearing, person, user=approver)
    confirm(presentation, user=approver)

    with pytest.raises(PresentationRefused) as refusal:
        deliver(presentation, user=approver)
    assert str(refusal.value) == (
        "There are no documents to record. Add them, or confirm that none was handed in."
    )
    assert deliver(presentation, user=approver, without_documents=True) == []
    presentation.refresh_from_db()
    assert presentation.status == "delivered"


def test_a_failing_pdf_changes_nothing_and_names_the_document(
    hearing, person, approver, make_page, monkeypatch
):
    pages = [make_page("First"), make_page("Second")]
    presentation = add_presentation(hearing, person, user=approver, pages=pages)
    confirm(presentation, user=approver)

    def failing(document):
        if document.title == "Second":
            raise PdfRenderError("A table is wider than the paper.")
        return fake_render(document)

    monkeypatch.setattr("cms.pdf.service.render", failing)
    with pytest.raises(RecordRefused) as refusal:
        deliver(presentation, user=approver)

    presentation.refresh_from_db()
    assert str(refusal.value) == "“Second” could not be printed: A table is wider than the paper."
    assert (presentation.status, Record.objects.count()) == ("confirmed", 0)


def test_documents_changed_during_the_render_are_noticed(
    confirmed, author, approver, make_page, monkeypatch
):
    another = make_page("Another")

    def meddling(document):
        add_material(confirmed, another, user=author)
        return fake_render(document)

    monkeypatch.setattr("cms.pdf.service.render", meddling)
    with pytest.raises(PresentationRefused) as refusal:
        deliver(confirmed, user=approver)

    confirmed.refresh_from_db()
    assert str(refusal.value) == (
        "The documents were changed while they were being recorded. Try again."
    )
    assert (confirmed.status, Record.objects.count()) == ("confirmed", 0)
