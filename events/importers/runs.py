"""Imports of appearances from the admin: looked at first, then worked on a while at a time.

No worker is needed and nothing is lost: how far it is stands in the row, and the next look goes on behind it.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.importers.appearance_rows import NotReadable, Row, rows_of
from events.importers.appearances import AppearancesImport, Outcome, Status
from events.models import AppearanceImport

PREVIEW_SECONDS = 4.0
WORK_SECONDS = 1.5
SHOWN = 200  # rejected rows that are kept for the page


@dataclass(frozen=True)
class Preview:
    """What an import would do, as far as it was tried in the time of one request."""

    outcomes: list[Outcome]
    total: int

    @property
    def counts(self) -> Counter[Status]:
        return Counter(outcome.status for outcome in self.outcomes)

    @property
    def is_whole(self) -> bool:
        return len(self.outcomes) == self.total

    @property
    def rejected(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.status is Status.REJECTED]


def upload(name: str, text: str, *, user) -> AppearanceImport:
    """Keep the rows of a file. Raises NotReadable. What the same person uploaded and never began goes."""
    if "\0" in text:  # PostgreSQL keeps no such text, and the rows are kept whole
        raise NotReadable(_("It holds a NUL character. Save it as CSV UTF-8."))
    total = len(rows_of(text))
    AppearanceImport.objects.filter(owner=user, begun_at__isnull=True).delete()
    return AppearanceImport.objects.create(owner=user, file_name=name[:255], text=text, total=total)


def preview(run: AppearanceImport) -> Preview:
    """Every check of an import; nothing is written."""
    trial = AppearancesImport(user=run.owner, dry_run=True, source=run.file_name)
    outcomes = []
    end = time.monotonic() + PREVIEW_SECONDS
    for row in rows_of(run.text):
        outcomes.append(trial.take(row))
        if time.monotonic() > end:
            break
    return Preview(outcomes, run.total)


def begin(run: AppearanceImport) -> None:
    AppearanceImport.objects.filter(pk=run.pk, begun_at__isnull=True).update(
        begun_at=timezone.now()
    )
    run.refresh_from_db()


def tend(run: AppearanceImport, *, seconds: float = WORK_SECONDS) -> AppearanceImport:
    """Work on a begun import for a while. Two who look at once do not do a row twice."""
    rows = rows_of(run.text)
    working = AppearancesImport(user=run.owner, source=run.file_name)
    working.remember(rows[: run.done])
    end = time.monotonic() + seconds
    while run.is_open:
        run = _step(run.pk, rows, working)
        if time.monotonic() > end:
            break
    return run


@transaction.atomic
def _step(pk: int, rows: list[Row], working: AppearancesImport) -> AppearanceImport:
    """One row, and that it is done, in one transaction."""
    run = (
        AppearanceImport.objects.select_for_update(of=("self",)).select_related("owner").get(pk=pk)
    )
    if not run.is_open:
        return run
    outcome = working.take(rows[run.done])
    run.done += 1
    run.counts[outcome.status.value] = run.counts.get(outcome.status.value, 0) + 1
    if outcome.status is Status.REJECTED and len(run.rejected) < SHOWN:
        run.rejected.append([outcome.line, outcome.name, outcome.reason])
    run.save(update_fields=["done", "counts", "rejected", "updated_at"])
    return run
