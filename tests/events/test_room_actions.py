"""What is done on the hearing's own page: confirmed, withdrawn, delivered, added and changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from cms.models import Person, StoredPdf
from cms.pdf.errors import PdfRenderError
from events import actions
from events.domain import presentations
from events.models import Presentation, Record
from tests.events.rooms import buttons, form_data, messages, room, url


@pytest.mark.parametrize(
    ("role", "status", "expected"),
    [
        ("author", "planned", ["confirm", "change", "withdraw"]),
        ("author", "confirmed", ["change", "withdraw"]),
        ("approver", "planned", ["confirm", "change", "withdraw"]),
        ("approver", "confirmed", ["deliver", "change", "withdraw"]),
        ("administrator", "confirmed", ["deliver", "change", "withdraw"]),
        ("administrator", "delivered", []),
        ("approver", "withdrawn", []),
        ("speaker_user", "planned", []),
        ("speaker_user", "confirmed", []),
    ],
)
def test_only_what_may_be_done_is_offered(request, client, planned, role, status, expected):
    Presentation.objects.filter(pk=planned.pk).update(status=status)
    client.force_login(request.getfixturevalue(role))

    assert buttons(client.get(room(planned.event))) == expected


def test_confirming_takes_one_click(staff, planned):
    response = staff.post(url("presentation_confirm", planned))

    planned.refresh_from_db()
    assert (response.url, planned.status) == (room(planned.event), "confirmed")


def test_confirming_takes_a_post(staff, planned):
    assert staff.get(url("presentation_confirm", planned)).status_code == 405


def test_the_buttons_are_protected_against_forgery(author, planned):
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    names = ("presentation_confirm", "presentation_withdraw")

    assert [client.post(url(name, planned)).status_code for name in names] == [403, 403]


def test_a_refusal_is_shown_on_the_room(staff, confirmed):
    response = staff.post(url("presentation_confirm", confirmed), follow=True)

    assert messages(response) == ["This presentation is confirmed: it cannot be marked confirmed."]


def test_withdrawing_asks_first(staff, planned):
    assert "Withdraw Ada Okafor?" in staff.get(url("presentation_withdraw", planned)).text
    planned.refresh_from_db()
    assert planned.status == "planned"

    staff.post(url("presentation_withdraw", planned))
    planned.refresh_from_db()
    assert planned.status == "withdrawn"


def test_the_page_before_delivery_says_what_is_frozen(approving, confirmed, page):
    assert (
        "the published version is recorded"
        in approving.get(url("presentation_deliver", confirmed)).text
    )

    specific = page.specific
    specific.save_revision()
    text = approving.get(url("presentation_deliver", confirmed)).text
    assert "the published version is recorded, not the newer draft" in text

    specific.unpublish()
    text = approving.get(url("presentation_deliver", confirmed)).text
    assert "not published: its latest draft is recorded, marked as a draft" in text
    assert Record.objects.count() == 0


def test_an_event_that_has_not_begun_offers_no_delivery_and_says_why(approving, confirmed, hearing):
    hearing.starts_at = dt.datetime(2030, 3, 4, 14, 30, tzinfo=dt.UTC)
    hearing.save()
    response = approving.get(url("presentation_deliver", confirmed), follow=True)

    assert buttons(response) == ["change", "withdraw"]
    assert messages(response) == [
        "The hearing begins on March 4, 2030, 9:30 a.m. EST; mark it delivered afterwards."
    ]


def test_the_page_before_delivery_says_that_it_cannot_be_undone(approving, confirmed):
    assert "This cannot be undone." in approving.get(url("presentation_deliver", confirmed)).text


def test_authors_are_told_who_marks_it_delivered(staff, confirmed, hearing):
    [row] = staff.get(room(hearing)).context["rows"]
    response = staff.get(url("presentation_deliver", confirmed), follow=True)

    assert (row.can_deliver, row.others_deliver) == (False, True)
    assert response.redirect_chain == [(room(hearing), 302)]
    assert messages(response) == ["Only an approver or an administrator can mark it delivered."]


def test_a_pdf_whose_file_is_gone_leads_back_with_a_message(staff, planned):
    address = url("document_pdf", planned, planned.materials.get().page_id)
    b"".join(staff.get(address).streaming_content)
    stored = StoredPdf.objects.get()
    storages["pdf"].delete(stored.path)

    response = staff.get(address, follow=True)

    assert response.redirect_chain == [(room(planned.event), 302)]
    assert messages(response) == ["The PDF of “Paper” could not be read. Try again."]


def test_delivering_shows_the_record_in_the_room(approving, confirmed):
    response = approving.post(url("presentation_deliver", confirmed), follow=True)

    record = Record.objects.get()
    assert messages(response) == ["Delivered. 1 document is recorded."]
    assert response.context["records"] == [record]
    assert record.pdf_sha256 in response.text
    assert record.pdf_url in response.text
    assert f'href="{record.url}"' in response.text
    assert "Draft when it was delivered" not in response.text


def test_the_room_says_which_record_was_a_draft(approving, confirmed, page):
    page.specific.unpublish()
    response = approving.post(url("presentation_deliver", confirmed), follow=True)

    assert "Draft when it was delivered: only staff and the speaker can read it" in response.text


def test_delivering_without_documents_needs_the_tick(approving, hearing, person, approver):
    presentation = presentations.add_presentation(hearing, person, user=approver)
    presentations.confirm(presentation, user=approver)
    address = url("presentation_deliver", presentation)

    assert messages(approving.post(address)) == [
        "There are no documents to record. Add them, or confirm that none was handed in."
    ]
    assert approving.post(address, {"without_documents": "yes"}).url == room(hearing)
    presentation.refresh_from_db()
    assert presentation.status == "delivered"


def test_a_pdf_that_fails_leaves_the_page_with_the_reason(approving, confirmed, monkeypatch):
    def failing(document):
        raise PdfRenderError("A table is wider than the paper.")

    monkeypatch.setattr("cms.pdf.service.render", failing)
    response = approving.post(url("presentation_deliver", confirmed))

    confirmed.refresh_from_db()
    assert messages(response) == ["“Paper” could not be printed: A table is wider than the paper."]
    assert (response.status_code, confirmed.status) == (200, "confirmed")


def test_upper_packages_offer_actions_on_the_room(staff, hearing):
    actions.register_event_action(
        "test-letter",
        "New letter",
        lambda event: f"/letters/{event.pk}",
        permission="events.view_event",
    )
    actions.register_event_action(
        "test-forbidden", "Forbidden", lambda event: "/forbidden", permission=lambda user: False
    )
    try:
        links = staff.get(room(hearing)).context["actions"]
    finally:
        actions.unregister_event_action("test-letter")
        actions.unregister_event_action("test-forbidden")

    assert [link for link in links if link.label in {"New letter", "Forbidden"}] == [
        actions.EventLink(label="New letter", url=f"/letters/{hearing.pk}", icon="plus")
    ]


def test_a_presentation_is_added_with_its_documents_in_order(staff, hearing, person, make_page):
    first, second = make_page("First"), make_page("Second")
    data = form_data(person, first, second)
    data |= {"materials-0-ORDER": 2, "materials-1-ORDER": 1, "role_title": "Director"}
    response = staff.post(reverse("events:presentation_add", args=[hearing.pk]), data)

    added = Presentation.objects.get()
    assert (response.url, added.role_title, added.status) == (room(hearing), "Director", "planned")
    assert [item.page_id for item in added.materials.all()] == [second.pk, first.pk]


def test_a_presentation_needs_a_speaker(staff, hearing, page):
    data = form_data(Person(pk=0), page) | {"speaker": ""}
    response = staff.post(reverse("events:presentation_add", args=[hearing.pk]), data)

    assert response.context["form"].errors == {"speaker": ["This field is required."]}


def test_a_presentation_is_changed_on_the_same_form(staff, planned, page, make_page):
    another = make_page("Another")
    material = planned.materials.get()
    data = form_data(planned.speaker, page, another)
    data |= {
        "materials-INITIAL_FORMS": 1,
        "materials-0-id": material.pk,
        "materials-0-DELETE": "on",
    }
    response = staff.post(url("presentation_edit", planned), data)

    fresh = Presentation.objects.get()
    assert response.url == room(planned.event)
    assert [item.page_id for item in fresh.materials.all()] == [another.pk]


def test_a_refusal_stands_on_the_form(staff, confirmed, approver):
    presentations.deliver(confirmed, user=approver)
    response = staff.post(url("presentation_edit", confirmed), form_data(confirmed.speaker))

    assert response.context["form"].non_field_errors() == [
        "This presentation is delivered and can no longer be changed."
    ]


def test_the_history_of_the_event_tells_it_in_words(staff, planned):
    address = reverse("wagtailsnippets_events_event:history", args=[planned.event_id])

    assert "Presentation added: Ada Okafor" in staff.get(address).text
