"""Items of the library that a document shows, read in bulk: living and pinned ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from testimony.enums import ReferenceMode
from testimony.models import Pin, PinnedItem, Source, Statistic, TalkingPoint
from testimony.richtext.content import chosen_items, embeds, placed_blocks, rich_texts


@dataclass
class References:
    """Published statistics and sources, and pins, each read at most once; a missing one is None.

    `sources` also holds the pinned ones, by `note_value()`. `shown` grows by every figure that is printed.
    """

    statistics: dict[int, Statistic | None] = field(default_factory=dict)
    sources: dict[int | str, Source | None] = field(default_factory=dict)
    pins: dict[int, PinnedItem | None] = field(default_factory=dict)
    shown: list[Statistic] = field(default_factory=list)

    def load(self, *, statistics: Iterable[int] = (), sources: Iterable[int] = ()) -> None:
        """Read what is not known yet: one query for each kind, however many ids."""
        wanted = set(statistics) - self.statistics.keys()
        if wanted:
            found = Statistic.objects.live().select_related("source").in_bulk(wanted)
            self.statistics.update({pk: found.get(pk) for pk in wanted})
            for item in found.values():
                self._learn_source(item.source)
        missing = set(sources) - self.sources.keys()
        if missing:
            live = Source.objects.live().in_bulk(missing)
            self.sources.update({pk: live.get(pk) for pk in missing})

    def load_pins(self, ids: Iterable[int | None]) -> None:
        """Read pins, and whether what they hold is still published: three queries at most."""
        self.load_texts((), pins=ids)

    def load_texts(self, texts: Iterable[str], *, pins: Iterable[int | None] = ()) -> None:
        """Read everything that the rich texts name, and that `pins` hold."""
        named: list[tuple[type[Model], int]] = []
        asked, texts = set(pins), list(texts)
        while texts or asked:
            marks = [mark for text in texts for mark in embeds(text)]
            named += [(model, pk) for model, pk, _pin in marks]
            found = self._read_pins({*asked, *(pin for _model, _pk, pin in marks)})
            named += [(type(pin.item), pin.item.pk) for pin in found]
            named += [key for pin in found for key in pin.parts]
            # A pinned text may name what is pinned in its turn.
            asked = set()
            texts = [pin.item.text for pin in found if isinstance(pin.item, TalkingPoint)]
        self.load(
            statistics=[pk for model, pk in named if model is Statistic],
            sources=[pk for model, pk in named if model is Source],
        )

    def _read_pins(self, ids: set[int | None]) -> list[PinnedItem]:
        """Those that were not known yet."""
        wanted = {pk for pk in ids if pk is not None} - self.pins.keys()
        found = Pin.objects.read(wanted) if wanted else {}
        self.pins.update({pk: found.get(pk) for pk in wanted})
        return list(found.values())

    def learn(self, item: Statistic | Source) -> None:
        """Remember what a chooser has read already."""
        if isinstance(item, Statistic):
            self.statistics[item.pk] = item if item.live else None
        self._learn_source(item.source if isinstance(item, Statistic) else item)

    def statistic(self, pk: int, pin: int | None = None) -> Statistic | None:
        """What is printed of a statistic: the living one, or what `pin` (or the pinned text around it) holds."""
        self.load(statistics=[pk])
        if self.statistics[pk] is None:
            return None
        held, item = self._held(Statistic, pk, pin)
        if held and item:
            # The pinned source, while it is published: the revision names it by key alone.
            item.source = self._pinned(held, Source, item.source_id) if item.source_id else None
        return item

    def source(self, pk: int, pin: int | None = None) -> Source | None:
        self.load(sources=[pk])
        if self.sources[pk] is None:
            return None
        held, item = self._held(Source, pk, pin)
        return self._remembered(item) if held else item

    def pinned(self, item: Model, pin: int | None) -> PinnedItem | None:
        """What `pin` holds of `item`; None when it holds another item, or is gone."""
        self.load_pins([pin])
        found = self.pins.get(pin) if pin is not None else None
        return found if found and _is(found.item, type(item), item.pk) else None

    def _held(self, model: type[Model], pk: int, pin: int | None) -> tuple[PinnedItem | None, Any]:
        """The pin that decides, and what it holds of the item; no pin: the living item."""
        if pin is not None:
            self.load_pins([pin])
            found = self.pins[pin]
            if found is None or not _is(found.item, model, pk):
                return None, None
            return found, found.item
        around = _within.get()
        if around is not None:
            return around, around.parts.get((model, pk))
        living = self.statistics if model is Statistic else self.sources
        return None, living[pk]

    def _pinned(self, held: PinnedItem, model: type[Source], pk: int) -> Source | None:
        self.load(sources=[pk])
        return self._remembered(held.parts.get((model, pk))) if self.sources[pk] else None

    def _remembered(self, source: Source | None) -> Source | None:
        if source is not None:
            self.sources[note_value(source)] = source
        return source

    def _learn_source(self, source: Source | None) -> None:
        if source is not None:
            self.sources[source.pk] = source if source.live else None


def _is(item: Model, model: type[Model], pk: int) -> bool:
    return isinstance(item, model) and item.pk == pk


def note_value(source: Source) -> int | str:
    """By what a footnote's placeholder names `source`: its key, and for a pinned one the revision."""
    revision = getattr(source, "pinned_revision", None)
    return source.pk if revision is None else f"{source.pk}-{revision}"


_current: ContextVar[References | None] = ContextVar("references", default=None)
_within: ContextVar[PinnedItem | None] = ContextVar("pinned_item", default=None)


@contextmanager
def within(pinned: PinnedItem | None) -> Iterator[None]:
    """While a pinned text is expanded, what it names is what it named then."""
    token = _within.set(pinned)
    try:
        yield
    finally:
        _within.reset(token)


@contextmanager
def reference_cache(*contents: object) -> Iterator[References]:
    """Read all that `contents` name before any of it is expanded, so that the number of queries does not
    grow with the number of references. `contents` are rich-text strings, blocks or whole streams; inside
    another cache, that one is used."""
    outer = _current.get()
    references = References() if outer is None else outer
    for content in contents:
        for item in chosen_items(content):
            references.learn(item)
    held = [block for content in contents for block in placed_blocks(content)]
    references.load_texts(
        (text for content in contents for text in rich_texts(content)),
        pins=(block.get("pin") for block in held if block.get("mode") != ReferenceMode.FOLLOW),
    )
    token = _current.set(references)
    try:
        yield references
    finally:
        _current.reset(token)
