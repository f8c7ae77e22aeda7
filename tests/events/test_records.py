from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.pdf.errors import PdfRenderError, PdfTimeout
from events.domain import record_store, records
from events.domain.errors import RecordRefused
from events.domain.presentations import add_presentation, confirm, deliver
from events.models import Record, RecordIsImmutable
from tests.builders import make_testimony, paragraph
from tests.events.conftest import fake_render


def stored_file(record: Record) -> Path:
    return Path(storages["records"].path(record.pdf_path))


def edit(page, words: str, *, publish: bool) -> Revision:
    page = page.specific
    page.introduction = words
    revision = page.save_revision()
    if publish:
        revision.publish()
    return revision


OFFICIAL = {"capacity": "official", "partner": "", "words": "Officially"}


def test_a_record_is_a_copy_of_everything(record, page, hearing, person, approver):
    with record.open_pdf() as file:
        data = file.read()

    assert data == b"%PDF-1.7 Paper|As written.|False"
    assert record.pdf_sha256 == hashlib.sha256(data).hexdigest()
    assert (
        record.pdf_path
        == f"{record.pdf_sha256[:2]}/{record.pdf_sha256[2:4]}/{record.pdf_sha256}.pdf"
    )
    assert (record.pdf_size, record.pdf_pages, record.pdf_filename) == (len(data), 1, "paper.pdf")
    assert (record.title, record.event_title, record.speaker_name) == (
        "Paper",
        "Hearing on HB 1147",
        "Ada Okafor",
    )
    assert (record.text, record.payload) == (
        "As written.",
        {"title": "Paper", "words": "As written.", "capacity": OFFICIAL, "draft": False},
    )
    assert (record.created_by, record.created_by_name) == (approver, "approver")
    assert record.revision == page.live_revision


def test_the_hash_of_the_content_is_that_of_canonical_json(record):
    facts = {
        "kind": "as_delivered",
        "presentation_id": record.presentation_id,
        "revision_id": record.revision_id,
        "page_id": record.page_id,
        "title": "Paper",
        "event_title": "Hearing on HB 1147",
        "speaker_name": "Ada Okafor",
        "place": "",
        "delivered_at": "2026-03-04T14:30:00+00:00",
        "text": "As written.",
        "payload": {
            **{"title": "Paper", "words": "As written."},
            **{"capacity": OFFICIAL, "draft": False},
        },
        "pdf_path": record.pdf_path,
        "pdf_filename": "paper.pdf",
        "pdf_sha256": record.pdf_sha256,
        "pdf_size": 32,
        "pdf_pages": 1,
        "created_at": record.created_at.isoformat(),
        "created_by_name": "approver",
    }
    canonical = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    assert record.content_sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    assert records.verify(Record.objects.get())


def test_the_file_of_a_record_is_read_only(record):
    assert stored_file(record).stat().st_mode & 0o777 == 0o440


def test_storing_the_same_bytes_again_changes_nothing():
    first = record_store.store(b"the same")
    before = Path(storages["records"].path(first[0])).stat()

    assert record_store.store(b"the same") == first
    assert Path(storages["records"].path(first[0])).stat() == before


def test_a_damaged_file_is_replaced_when_its_bytes_are_stored_again():
    name, sha256 = record_store.store(b"to be damaged")
    path = Path(storages["records"].path(name))
    path.chmod(0o640)
    path.write_bytes(b"damaged")

    assert record_store.store(b"to be damaged") == (name, sha256)
    assert path.read_bytes() == b"to be damaged"


def test_a_file_is_on_disk_under_its_name_only_when_it_is_complete(monkeypatch):
    def full_disk(descriptor):
        raise OSError("No space left on device")

    monkeypatch.setattr("events.domain.record_store.os.fsync", full_disk)
    sha256 = hashlib.sha256(b"never complete").hexdigest()
    folder = Path(storages["records"].path(record_store.path_for(sha256))).parent
    folder.mkdir(parents=True, exist_ok=True)
    with pytest.raises(OSError, match="No space"):
        record_store.store(b"never complete")

    assert list(folder.iterdir()) == []


def test_file_and_folder_are_synced_before_the_row_is_written(
    hearing, person, approver, make_page, monkeypatch
):
    page = make_page(words="Stored by this test only.")
    presentation = add_presentation(hearing, person, user=approver, pages=[page])
    confirm(presentation, user=approver)
    steps = []
    real_fsync, real_save = os.fsync, Record.save

    def fsync(descriptor):
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_fsync(descriptor)

    def save(record, **options):
        steps.append("row")
        real_save(record, **options)

    monkeypatch.setattr("events.domain.record_store.os.fsync", fsync)
    monkeypatch.setattr(Record, "save", save)
    deliver(presentation, user=approver)

    assert steps[-3:] == ["file", "folder", "row"]


def test_a_crash_before_the_row_leaves_a_file_and_nothing_else(confirmed, approver, monkeypatch):
    def crash(record, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(Record, "save", crash)
    with pytest.raises(KeyboardInterrupt):
        deliver(confirmed, user=approver)

    confirmed.refresh_from_db()
    sha256 = hashlib.sha256(b"%PDF-1.7 Paper|As written.|False").hexdigest()
    assert (confirmed.status, Record.objects.count()) == ("confirmed", 0)
    assert record_store.digest(record_store.path_for(sha256)) == sha256


def test_the_published_revision_is_frozen_not_the_newer_draft(page, confirmed, approver):
    published = page.live_revision
    edit(page, "A newer draft.", publish=False)

    [record] = deliver(confirmed, user=approver)

    assert (record.revision, record.text) == (published, "As written.")


def test_the_latest_draft_is_frozen_when_nothing_is_published(hearing, person, approver, make_page):
    page = make_page(live=False)
    draft = edit(page, "The latest draft.", publish=False)
    presentation = add_presentation(hearing, person, user=approver, pages=[page])
    confirm(presentation, user=approver)

    [record] = deliver(presentation, user=approver)

    assert (record.revision, record.text) == (draft, "The latest draft.")


def test_a_published_page_whose_revision_was_purged_is_frozen_from_its_row(
    page, confirmed, approver
):
    draft = edit(page, "A newer draft.", publish=False)
    Revision.objects.exclude(pk=draft.pk).delete()

    [record] = deliver(confirmed, user=approver)

    page.refresh_from_db()
    assert record.text == "As written."
    assert (page.live_revision, page.latest_revision) == (record.revision, draft)
    assert record.revision.as_object().introduction == "As written."


def test_a_page_without_any_revision_is_frozen_from_its_row(page, confirmed, approver):
    Revision.objects.all().delete()

    [record] = deliver(confirmed, user=approver)

    page.refresh_from_db()
    assert (record.text, record.revision.user) == ("As written.", approver)
    assert (page.live_revision, page.latest_revision) == (record.revision, record.revision)


def test_purging_revisions_spares_what_a_record_names(page, record):
    edit(page, "Newer.", publish=True)
    edit(page, "Newest.", publish=True)

    call_command("purge_revisions", verbosity=0)

    assert Revision.objects.filter(pk=record.revision_id).exists()


def test_a_document_is_frozen_once(record, confirmed, page, approver):
    again = records.prepare(page, page.live_revision)
    with pytest.raises(RecordRefused) as refusal:
        records.write(confirmed, again, user=approver, delivered_at=timezone.now())

    assert str(refusal.value) == "“Paper” is recorded for this presentation already."
    assert Record.objects.count() == 1


def test_words_that_change_during_the_render_are_noticed(page, confirmed, approver, monkeypatch):
    kind = records.kind_for(page)
    answers = iter(["Before.", "After."])
    monkeypatch.setattr(kind, "text", lambda obj: next(answers))

    with pytest.raises(RecordRefused) as refusal:
        deliver(confirmed, user=approver)

    assert str(refusal.value) == "“Paper” was changed while it was being recorded. Try again."


def test_a_failing_block_is_named(db, approver, monkeypatch):
    page = make_testimony(body=[paragraph("<p>One</p>"), ("heading", "Two")])
    block_id = page.body[1].id

    def failing(document):
        raise PdfTimeout(block_id=f"block-{block_id}")

    monkeypatch.setattr("cms.pdf.service.render", failing)
    with pytest.raises(RecordRefused) as refusal:
        records.prepare(page, page.live_revision)

    assert str(refusal.value) == (
        "“Testimony on HB 1147” could not be printed: Making the PDF took too long and was stopped. "
        "The fault is in the block number 2 (Heading)."
    )


def test_an_unknown_block_is_not_named(page, monkeypatch):
    def failing(document):
        raise PdfRenderError("No.", block_id="block-unknown")

    monkeypatch.setattr("cms.pdf.service.render", failing)
    with pytest.raises(RecordRefused) as refusal:
        records.prepare(page, page.live_revision)

    assert str(refusal.value) == "“Paper” could not be printed: No."


def test_records_for_lists_those_of_one_page_without_their_large_columns(
    record, page, make_page, django_assert_num_queries
):
    with django_assert_num_queries(1):
        [found] = records.records_for(page)

    assert (found, found.get_deferred_fields()) == (record, {"text", "payload"})
    assert list(records.records_for(make_page("Another"))) == []


def test_editing_the_page_afterwards_leaves_the_record_alone(record, page):
    edit(page, "Everything is different now.", publish=True)
    fresh = Record.objects.get()

    assert (fresh.text, fresh.pdf_sha256, records.verify(fresh)) == (
        "As written.",
        record.pdf_sha256,
        True,
    )


def test_the_model_refuses_changes_in_words(record):
    with pytest.raises(RecordIsImmutable):
        record.save()
    with pytest.raises(RecordIsImmutable):
        record.delete()
    with pytest.raises(RecordIsImmutable):
        Record.objects.update(title="Other")
    with pytest.raises(RecordIsImmutable):
        Record.objects.all().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events_record SET title = 'Other'",
        "UPDATE events_record SET pdf_sha256 = 'Other' WHERE id = %(pk)s",
        "DELETE FROM events_record",
        "DELETE FROM events_record WHERE id = %(pk)s",
    ],
)
def test_the_database_refuses_changes_by_itself(record, statement):
    statement = statement % {"pk": record.pk}
    with (
        pytest.raises(IntegrityError, match="A record cannot be"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Record.objects.get().title == "Paper"


def replacing(vendor: str, new_id: str, conflict: str) -> str:
    """A statement that puts a new row in the place of the one that stands."""
    columns = [field.column for field in Record._meta.concrete_fields]
    values = f"({', '.join(columns)}) SELECT {', '.join([new_id, *columns[1:]])} FROM events_record"
    if vendor == "sqlite":
        return f"INSERT OR REPLACE INTO events_record {values}"
    return (
        f"INSERT INTO events_record {values} ON CONFLICT ({conflict}) DO UPDATE SET title = 'Other'"
    )


@pytest.fixture(params=["ON", "OFF"])
def recursive_triggers(request, db):
    """Without them SQLite's REPLACE deletes a row and fires no DELETE trigger. PostgreSQL has no such switch."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {request.param}")
        yield
        cursor.execute("PRAGMA recursive_triggers = ON")


@pytest.mark.parametrize(
    ("new_id", "conflict"), [("id", "id"), ("id + 1000", "presentation_id, page_id, kind")]
)
def test_the_database_refuses_to_replace_a_record(record, recursive_triggers, new_id, conflict):
    statement = replacing(connection.vendor, new_id, conflict)
    with (
        pytest.raises(IntegrityError, match="A record cannot be"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Record.objects.get().title == "Paper"


def test_payloads_survive_the_database_unchanged(confirmed, page, approver, monkeypatch):
    payload = {"z": ["é", "😀", "a\u2028b"], "a": {"n": 1, "none": None, "yes": True}, "": ""}
    monkeypatch.setattr(records.kind_for(page), "payload", lambda obj: payload)

    [record] = deliver(confirmed, user=approver)
    fresh = Record.objects.get(pk=record.pk)

    expected = {**payload, "capacity": OFFICIAL, "draft": False}
    assert json.dumps(fresh.payload, sort_keys=True) == json.dumps(expected, sort_keys=True)
    assert records.verify(fresh)


def test_the_pdf_that_is_frozen_is_the_one_that_was_rendered(record, page):
    stored = fake_render(records.kind_for(page).document(page))

    with stored.open() as rendered, record.open_pdf() as frozen:
        assert rendered.read() == frozen.read()


def test_a_page_beneath_a_record_cannot_be_deleted_by_any_program(record, page):
    with pytest.raises(ProtectedError):
        page.delete()

    assert Page.objects.filter(pk=page.pk).exists()
