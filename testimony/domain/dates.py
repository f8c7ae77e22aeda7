"""The column `date` of testimony is kept in step with its event, for lists that sort and filter by it.

What is shown anywhere is `TestimonyPage.effective_date`, which needs no keeping.
"""

from __future__ import annotations

from django.db.models import QuerySet

from events.models import Event, Record
from testimony.models import TestimonyPage


def keep_dates(event: Event) -> int:
    """Move the day of what belongs to `event`, but not of what was delivered there; returns how many moved."""
    if event.local_date is None:
        return 0
    return _behind(event).update(date=event.local_date)


def _behind(event: Event) -> QuerySet[TestimonyPage]:
    delivered = Record.objects.filter(presentation__event=event).order_by().values("page_id")
    behind = TestimonyPage.objects.filter(event=event).exclude(pk__in=delivered)
    # Not `exclude(date=…)`, which would leave out those without any day.
    return behind.exclude(date__isnull=False, date=event.local_date)
