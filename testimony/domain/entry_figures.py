"""The figures that talking points and documents print, for the search of the library. A leaf of `finding`."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType

from testimony.models import DocumentPage, Statistic, TalkingPoint, Use
from testimony.richtext import References


def figures_of(holder: Any) -> list[str]:
    """Every published figure that `holder` shows, draft and living, as it prints: pinned ones as they are kept.

    Rich text stores the number of a statistic's row, not what people read and search for.
    """
    if isinstance(holder, DocumentPage):
        held_by = {"page_id": holder.pk}
    elif isinstance(holder, TalkingPoint):
        held_by = {"part_type": ContentType.objects.get_for_model(holder), "part_id": holder.pk}
    else:
        return []
    rows = list(
        Use.objects.filter(item_type=ContentType.objects.get_for_model(Statistic), **held_by)
    )
    references = References()
    references.load(statistics=[row.item_id for row in rows])
    references.load_pins(row.pin for row in rows)
    return sorted({figure for row in rows for figure in _figures(row, references)})


def _figures(row: Use, references: References) -> list[str]:
    living = references.statistics[row.item_id]
    if living is None:
        return []
    pinned = references.pins.get(row.pin) if row.pin else None
    if pinned is None:
        return [living.display]
    kept = references.statistic(row.item_id, row.pin) or pinned.parts.get((Statistic, row.item_id))
    shown = [kept, living if row.follows or row.is_adapted else None]
    return [item.display for item in shown if item]
