"""What documents and other items print of the library, for the search of the library: figures, and the words of
talking points. A leaf of `finding`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.rich_text import get_text_for_indexing

from testimony.models import DocumentPage, MessageMap, Statistic, TalkingPoint, Use
from testimony.richtext import References

Read = Iterator[str]


def shown_by(holder: Any) -> list[str]:
    """Every published figure and talking point that `holder` shows, draft and living, as it prints: pinned ones as
    they are kept.

    Rich text and blocks store the number of a row, not what people read and search for.
    """
    if isinstance(holder, DocumentPage):
        held_by = {"page_id": holder.pk}
    elif isinstance(holder, (TalkingPoint, MessageMap)):
        held_by = {"part_type": ContentType.objects.get_for_model(holder), "part_id": holder.pk}
    else:
        return []
    kinds = ContentType.objects.get_for_models(Statistic, TalkingPoint)
    rows = list(Use.objects.filter(item_type__in=kinds.values(), **held_by))
    figures = [row for row in rows if row.item_type_id == kinds[Statistic].pk]
    points = [row for row in rows if row.item_type_id == kinds[TalkingPoint].pk]
    references = References()
    references.load(statistics=[row.item_id for row in figures])
    references.load_pins(row.pin for row in rows)
    return sorted({*_all_figures(figures, references), *_words(points, references)})


def _all_figures(rows: Iterable[Use], references: References) -> Read:
    return (figure for row in rows for figure in _figures(row, references))


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


def _words(rows: Iterable[Use], references: References) -> Read:
    """Of an adapted point the document has words of its own, and its figures are looked for as living ones."""
    wanted = {row.item_id for row in rows}
    living = TalkingPoint.objects.live().in_bulk(wanted) if wanted else {}
    for row in rows:
        point = living.get(row.item_id)
        if point is None:
            continue
        if row.follows:
            yield get_text_for_indexing(point.text)
        kept = references.pinned(point, row.pin) if row.is_pinned else None
        if kept is not None:
            yield get_text_for_indexing(kept.item.text)
