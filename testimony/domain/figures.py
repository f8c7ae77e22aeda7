"""Figures as a document prints them, and which of them the library has corrected since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from events.domain.corrections import Correction, register_corrections
from testimony.models import DocumentPage, Statistic


@dataclass(frozen=True)
class Figure:
    """One figure as it was printed. `revision` is the one it was read from, None for a row without any; a pinned
    figure may be older than what the library says."""

    statistic: int
    display: str
    label: str
    revision: int | None
    pinned: bool = False


def figures_of(statistics: Iterable[Statistic]) -> tuple[Figure, ...]:
    """Each figure once, in the order of first printing."""
    found = {
        (item.pk, item.display): Figure(
            item.pk,
            item.display,
            item.label,
            getattr(item, "pinned_revision", item.live_revision_id),
            hasattr(item, "pinned_revision"),
        )
        for item in reversed(list(statistics))
    }
    return tuple(reversed(found.values()))


def superseded(
    figures: Iterable[Figure | Mapping[str, Any]],
    *,
    language: str,
    shown: Iterable[Figure] = (),
) -> list[Correction]:
    """Which `figures`, of a document or of a record's payload, read differently today. `language` is the one they
    were printed in. `shown` is what a living document in that language shows of the library this moment; one
    query finds the others.

    A statistic that was deleted or is not published says nothing today, least of all its draft.
    """
    printed = [f if isinstance(f, Figure) else Figure(**f) for f in figures]
    if not printed:
        return []
    today = {figure.statistic: figure.display for figure in shown if not figure.pinned}
    unknown = {figure.statistic for figure in printed} - today.keys()
    with translation.override(language):
        for item in Statistic.objects.live().filter(pk__in=unknown) if unknown else ():
            today[item.pk] = item.display
    return [
        Correction(str(figure.statistic), figure.label, figure.display, today[figure.statistic])
        for figure in printed
        if today.get(figure.statistic, figure.display) != figure.display
    ]


def superseded_in(payload: Mapping[str, Any]) -> list[Correction]:
    """Of a record's payload; one frozen before figures were listed says nothing."""
    return superseded(payload.get("figures", []), language=payload.get("language", "en"))


def superseded_of(
    page: DocumentPage, figures: Iterable[Figure], living: Iterable[Figure] = ()
) -> list[Correction]:
    """Of a living document: only what it pins can be older than the library. `living` is what the library says of
    it today, as far as that was read already; one query finds the others."""
    pinned = (figure for figure in figures if figure.pinned)
    return superseded(pinned, language=page.language, shown=living)


def register() -> None:
    """Called once by `TestimonyConfig.ready()`."""
    register_corrections("statistics", superseded_in)
