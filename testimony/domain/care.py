"""Saying that an item of the library is still right, without writing it anew."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from testimony.domain import finding
from testimony.models.library_item import LibraryItem

MONTHS = 6
STILL_RIGHT = "testimony.still_right"


def next_review(day: dt.date, months: int = MONTHS) -> dt.date:
    """The same day of a later month, or its last where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last))


@transaction.atomic
def still_right(item: LibraryItem, *, user: Any) -> dt.date:
    """Move the day to review `item` six months from today, and note who looked.

    The day is care of the item and no wording of it: it needs no approval, and it is written into the versions
    that will be edited or published next, which would bring the old day back.
    """
    day = next_review(timezone.localdate())
    item.review_by = day
    type(item)._default_manager.filter(pk=item.pk).update(review_by=day)
    versions = {item.latest_revision_id, item.live_revision_id} - {None}
    for revision in Revision.objects.select_for_update().filter(pk__in=versions).order_by("pk"):
        revision.content["review_by"] = day.isoformat()
        revision.save(update_fields=["content"])
    fresh = type(item)._default_manager.select_related("latest_revision").get(pk=item.pk)
    finding.index(fresh)
    log(item, STILL_RIGHT, user=user, data={"review_by": day.isoformat()})
    return day
