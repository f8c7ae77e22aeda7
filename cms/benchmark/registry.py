"""Which measures there are. Upper packages add theirs in `AppConfig.ready()` with `register`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured

CPU = "ms of processor time"
Slice = Callable[[], float]


@dataclass(frozen=True)
class Pair:
    """What is measured and its limit. Each call does a little work and returns CPU seconds a unit."""

    measured: Slice
    limit: Slice


@dataclass(frozen=True)
class Measure:
    """`open` builds what it needs in the temporary database and gives it up again at the end."""

    name: str
    title: str
    limit: str
    target: float  # the highest ratio to the limit that passes today
    goal: float  # where it is meant to go
    open: Callable[[], AbstractContextManager[Pair]]
    most_rounds: int = 1000  # for what takes long or never differs
    unit: str = CPU  # of what the slices return; times are given in seconds


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    if measure.name in _measures:
        raise ImproperlyConfigured(f"A measure named {measure.name!r} is already registered.")
    _measures[measure.name] = measure


def measures() -> dict[str, Measure]:
    """All measures by name; the ground floor's own come first."""
    from cms.benchmark import (
        archive_list,
        chapters,
        packet,
        pdf_figures,
        pdf_render,
    )  # cycle: all describe themselves as a Measure

    first = (archive_list.MEASURE, pdf_render.MEASURE)
    listed = (*first, *pdf_figures.MEASURES, chapters.MEASURE, *packet.MEASURES)
    own = {measure.name: measure for measure in listed}
    return {**own, **_measures}
