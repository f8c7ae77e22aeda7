"""Numbers the states of calendar entries: SEQUENCE grows whenever a reader would see something new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from events.domain.calendar_entries import Entry
from events.models import CalendarRevision


@dataclass(frozen=True)
class Numbered:
    entry: Entry
    sequence: int
    changed_at: dt.datetime


def numbered(entries: Sequence[Entry], *, calendar: str) -> list[Numbered]:
    """Each entry with its number in `calendar`, which `calendar_entries` reads back for days that are gone. Writes only when something is new, whoever changed it and however.

    Two readers at the same time count one change once: the number grows only where the former state still stands.
    """
    keys = {entry.key: f"{calendar}:{entry.key}" for entry in entries}
    rows = _rows(keys.values())
    changed = [entry for entry in entries if _digest(rows.get(keys[entry.key])) != entry.digest]
    if changed:
        _write(changed, keys, rows)
        rows = _rows(keys.values())
    return [
        Numbered(entry, rows[keys[entry.key]].sequence, rows[keys[entry.key]].changed_at)
        for entry in entries
    ]


@transaction.atomic
def _write(changed: list[Entry], keys: dict[str, str], rows: dict[str, CalendarRevision]) -> None:
    # RFC 5545 counts seconds, and a calendar's moments have no fraction of one.
    now = timezone.now().replace(microsecond=0)
    new = [
        CalendarRevision(key=keys[entry.key], digest=entry.digest, changed_at=now)
        for entry in changed
        if keys[entry.key] not in rows
    ]
    CalendarRevision.objects.bulk_create(new, ignore_conflicts=True)
    for entry in changed:
        row = rows.get(keys[entry.key])
        if row is not None:
            CalendarRevision.objects.filter(pk=row.pk, digest=row.digest).update(
                digest=entry.digest, sequence=F("sequence") + 1, changed_at=now
            )


def _rows(keys) -> dict[str, CalendarRevision]:
    return {row.key: row for row in CalendarRevision.objects.filter(key__in=list(keys))}


def _digest(row: CalendarRevision | None) -> str:
    return row.digest if row else ""
