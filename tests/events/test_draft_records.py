"""What was delivered before anybody published it: marked as a draft, for staff and the speaker for ever."""

from __future__ import annotations

import pytest
from wagtail.models import Revision

from events.domain import records
from events.domain.presentations import add_presentation, confirm, deliver
from events.models import Record


def read(record: Record) -> bytes:
    with record.open_pdf() as file:
        return file.read()


@pytest.fixture
def draft_page(make_page):
    return make_page(words="Not agreed yet.", live=False)


@pytest.fixture
def draft_record(hearing, person, approver, draft_page):
    presentation = add_presentation(hearing, person, user=approver, pages=[draft_page])
    [record] = deliver(confirm(presentation, user=approver), user=approver)
    return Record.objects.marked().get(pk=record.pk)


def test_a_draft_is_frozen_with_its_watermark(draft_record):
    assert read(draft_record) == b"%PDF-1.7 Paper|Not agreed yet.|True"
    assert draft_record.pdf_filename == "DRAFT-paper.pdf"
    assert (draft_record.is_draft, draft_record.payload["draft"]) == (True, True)
    assert records.verify(draft_record)


def test_publishing_the_page_later_does_not_publish_the_draft_s_record(
    client, draft_record, draft_page
):
    draft_page.specific.get_latest_revision().publish()

    assert client.get(draft_page.url).status_code == 200
    assert client.get(draft_record.url).status_code == 404
    assert client.get(draft_record.pdf_url).status_code == 404
    assert list(records.records_for(draft_page)) == []


@pytest.mark.parametrize("role", ["author", "speaker_user"])
def test_staff_and_the_speaker_read_it_and_are_told(
    request, client, draft_record, draft_page, role
):
    draft_page.specific.get_latest_revision().publish()
    client.force_login(request.getfixturevalue(role))
    response = client.get(draft_record.url)

    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "This was a draft when it was delivered" in response.text
    pdf = client.get(draft_record.pdf_url)
    assert (b"".join(pdf), pdf["Cache-Control"]) == (read(draft_record), "private, no-store")


def test_a_record_that_does_not_say_is_hidden(client, draft_record, page):
    record = Record.objects.get(pk=draft_record.pk)
    record.pk, record.page, record.payload = None, page, {"words": "As written."}
    record.save()

    assert Record.objects.marked().get(pk=record.pk).is_draft is None
    assert client.get(record.url).status_code == 404
    assert list(records.records_for(page)) == []


def test_a_revision_beside_the_published_one_is_a_draft(page):
    newer = page.specific.save_revision()
    page.refresh_from_db()
    unsaved = Revision()

    assert [records.is_draft(page, item) for item in (page.live_revision, newer, unsaved)] == [
        False,
        True,
        False,
    ]
    page.live = False
    assert records.is_draft(page, unsaved)
