from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from events.domain import presentations, record_store, records
from events.domain.errors import PresentationRefused
from events.enums import Capacity
from events.models import Presentation, Record
from tests.events.test_records import stored_file


def test_verify_sees_damage_to_the_file(record):
    assert records.verify(record)
    path = stored_file(record)
    data = path.read_bytes()
    path.chmod(0o640)
    path.write_bytes(data[:-1] + b"x")

    assert not records.verify(record)

    path.unlink()
    assert not records.verify(record)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "Other words."),
        ("payload", {"title": "Paper", "words": "As written.", "draft": None}),
        ("title", "Other"),
        ("speaker_name", "Somebody Else"),
        ("event_title", "Other hearing"),
        ("place", "Elsewhere"),
        ("delivered_at", dt.datetime(2026, 3, 5, tzinfo=dt.UTC)),
        ("revision_id", 0),
        ("page_id", 0),
        ("presentation_id", 0),
        ("pdf_filename", "other.pdf"),
        ("pdf_pages", 2),
    ],
)
def test_verify_sees_damage_to_anything_the_record_states(record, name, value):
    setattr(record, name, value)

    assert not records.verify(record)


def test_verify_sees_a_file_and_hash_that_were_exchanged_together(record):
    record.pdf_path, record.pdf_sha256 = record_store.store(b"%PDF-1.7 another")

    assert not records.verify(record)


def test_a_record_from_before_the_capacity_was_kept_holds(confirmed, page, approver):
    prepared = records.prepare(page, records.revision_to_freeze(page))
    assert "capacity" not in prepared.payload
    now = timezone.now()
    record = records.write(confirmed, prepared, user=approver, delivered_at=now)

    assert records.verify(Record.objects.get(pk=record.pk))


def test_a_capacity_that_changes_while_it_is_recorded_is_noticed(confirmed, approver, monkeypatch):
    prepare = records.prepare

    def meanwhile(*args, **kwargs):
        Presentation.objects.update(capacity=Capacity.PERSONAL)
        return prepare(*args, **kwargs)

    monkeypatch.setattr(records, "prepare", meanwhile)
    with pytest.raises(PresentationRefused, match="Try again"):
        presentations.deliver(confirmed, user=approver)
    assert Record.objects.count() == 0


def run_verify() -> tuple[str, str]:
    out = StringIO()
    try:
        call_command("verify_records", stdout=out, no_color=True)
    except CommandError as error:
        return out.getvalue(), f"{error.returncode} {error}"
    return out.getvalue(), ""


def test_verify_records_names_what_it_checked(record):
    assert run_verify() == (
        f"OK      {record.pk}  {record.pdf_sha256}  Paper\n1 records checked, 0 failed.\n",
        "",
    )


def test_verify_records_fails_on_a_damaged_file(record):
    stored_file(record).unlink()

    assert run_verify() == (
        f"FAILED  {record.pk}  {record.pdf_path}  Paper\n1 records checked, 1 failed.\n",
        "1 Records differ from what was frozen. Restore the named files from a backup.",
    )
