"""Columns that lists and choosers of the library share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from testimony.enums import Freshness
from testimony.models.library_item import freshness


def short_day(day: dt.date) -> str:
    """3 Nov; with its year where that is another."""
    return date_format(day, "j M" if day.year == timezone.localdate().year else "j M Y")


def freshness_words(review_by: dt.date | None) -> str:
    """What the badge says: "Stale since 3 Nov", "Review by 12 Dec"; "" while nothing need be said."""
    state = freshness(review_by)
    if review_by is None or state in {"", Freshness.FRESH}:
        return ""
    words = _("Stale since %(day)s") if state == Freshness.STALE else _("Review by %(day)s")
    return words % {"day": short_day(review_by)}


class FreshnessColumn(Column):
    """A badge on what is stale or due; where there is room, the day of what is fresh."""

    cell_template_name = "testimony/admin/freshness_cell.html"

    def __init__(self, name: str = "review_by", *, quiet: bool = False, **kwargs: Any) -> None:
        super().__init__(name, **{"label": gettext_lazy("Review by"), **kwargs})
        self.quiet = quiet

    def get_value(self, instance: Any) -> dict[str, Any]:
        day = instance.review_by
        return {
            "words": freshness_words(day),
            "is_stale": freshness(day) == Freshness.STALE,
            "day": "" if self.quiet or day is None else short_day(day),
        }
