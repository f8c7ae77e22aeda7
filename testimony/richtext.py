"""Statistics, sources and footnotes inside rich text: the database format, and what it expands to.

`<embed embedtype="statistic" id="4"/>`, `<embed embedtype="source" id="12"/>` and
`<embed embedtype="note" text="…"/>` stand inline in a paragraph. Expanded, they leave the placeholders that
`testimony.domain.notes` numbers. What is deleted or not published expands to nothing.
`testimony.richtext_editor` owns the editor's side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.html import format_html
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import EmbedHandler, RichText
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from testimony.models import Source, Statistic, TalkingPoint

STATISTIC, SOURCE, NOTE = "statistic", "source", "note"


def object_id(attrs: Mapping[str, str]) -> int | None:
    """The id an embed names, or None when the markup is damaged."""
    value = attrs.get("id") or ""
    return int(value) if value.isdecimal() else None


def note_text(attrs: Mapping[str, str]) -> str:
    # Wagtail's reader of attributes knows four entities; the apostrophe is written as a fifth.
    return (attrs.get("text") or "").replace("&#x27;", "'").strip()


@dataclass
class References:
    """Published statistics and sources by id, each read at most once; a missing one is None."""

    statistics: dict[int, Statistic | None] = field(default_factory=dict)
    sources: dict[int, Source | None] = field(default_factory=dict)

    def load(self, *, statistics: Iterable[int] = (), sources: Iterable[int] = ()) -> None:
        """Read what is not known yet: one query for each kind, however many ids."""
        wanted = set(statistics) - self.statistics.keys()
        if wanted:
            found = Statistic.objects.live().select_related("source").in_bulk(wanted)
            self.statistics.update({pk: found.get(pk) for pk in wanted})
            self.sources.update(
                {
                    s.source_id: s.source if s.source.live else None
                    for s in found.values()
                    if s.source
                }
            )
        wanted = set(sources) - self.sources.keys()
        if wanted:
            found = Source.objects.live().in_bulk(wanted)
            self.sources.update({pk: found.get(pk) for pk in wanted})

    def learn(self, item: object) -> None:
        """Remember a source that a chooser has read already."""
        source = item.source if isinstance(item, Statistic) else item
        if isinstance(source, Source):
            self.sources[source.pk] = source if source.live else None

    def load_texts(self, texts: Iterable[str]) -> None:
        """Read everything that the rich texts name."""
        ids: dict[str, set[int]] = {STATISTIC: set(), SOURCE: set()}
        for text in texts:
            for match in FIND_EMBED_TAG.finditer(text):
                attrs = extract_attrs(match.group(1))
                pk = object_id(attrs)
                if pk is not None and attrs.get("embedtype") in ids:
                    ids[attrs["embedtype"]].add(pk)
        self.load(statistics=ids[STATISTIC], sources=ids[SOURCE])


_current: ContextVar[References | None] = ContextVar("references", default=None)


@contextmanager
def reference_cache(*contents: object) -> Iterator[References]:
    """Read all that `contents` name before any of it is expanded, so that the number of queries does not
    grow with the number of references. `contents` are rich-text strings, blocks or whole streams; inside
    another cache, that one is used."""
    outer = _current.get()
    references = References() if outer is None else outer
    for content in contents:
        for item in placed_items(content):
            references.learn(item)
    references.load_texts(text for content in contents for text in rich_texts(content))
    token = _current.set(references)
    try:
        yield references
    finally:
        _current.reset(token)


def rich_texts(content: object) -> Iterator[str]:
    """Every rich text in `content`, those of placed talking points included."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, RichText):
        yield content.source
    elif isinstance(content, TalkingPoint):
        yield content.text
    elif isinstance(content, StreamValue.StreamChild):
        # A child's own class is asked first: plain text blocks hold no references.
        if not isinstance(content.value, str):
            yield from rich_texts(content.value)
    elif isinstance(content, StreamValue):
        for child in content:
            yield from rich_texts(child)
    elif isinstance(content, StructValue):
        for value in content.values():
            if not isinstance(value, str):
                yield from rich_texts(value)
    elif isinstance(content, ListValue):
        for value in content:
            yield from rich_texts(value)


def placed_items(content: object) -> Iterator[object]:
    """Statistics and sources that the blocks of a stream place by chooser."""
    if isinstance(content, StreamValue):
        for child in content:
            if isinstance(child.value, StructValue):
                yield from (v for v in child.value.values() if isinstance(v, (Statistic, Source)))


class ReferenceHandler(EmbedHandler):
    """Shared by statistics and sources: found in bulk, counted as a use of the item."""

    model: type[Model]

    @classmethod
    def get_model(cls) -> type[Model]:
        return cls.model

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        ids = [object_id(attrs) for attrs in attrs_list]
        with reference_cache() as references:
            known = cls.known(references, {pk for pk in ids if pk is not None})
        return [cls.expand(known[pk]) if pk is not None and known[pk] else "" for pk in ids]

    @classmethod
    def known(cls, references: References, ids: set[int]) -> Mapping[int, Model | None]:
        raise NotImplementedError

    @classmethod
    def expand(cls, item) -> str:
        raise NotImplementedError

    @classmethod
    def extract_references(cls, attrs: dict) -> Iterator[tuple]:
        pk = object_id(attrs)
        if pk is not None:
            yield cls.model, str(pk), "", ""


class SourceHandler(ReferenceHandler):
    identifier = SOURCE
    model = Source

    @classmethod
    def known(cls, references: References, ids: set[int]) -> Mapping[int, Source | None]:
        references.load(sources=ids)
        return references.sources

    @classmethod
    def expand(cls, item: Source) -> str:
        return format_html('<span class="rn" data-note-source="{}"></span>', item.pk)


class StatisticHandler(ReferenceHandler):
    """The figure as it is today, and its source behind it."""

    identifier = STATISTIC
    model = Statistic

    @classmethod
    def known(cls, references: References, ids: set[int]) -> Mapping[int, Statistic | None]:
        references.load(statistics=ids)
        return references.statistics

    @classmethod
    def expand(cls, item: Statistic) -> str:
        figure = format_html(
            '<span class="figure" data-statistic="{}">{}</span>', item.pk, item.display
        )
        source = item.source
        return figure + SourceHandler.expand(source) if source and source.live else figure


class NoteHandler(EmbedHandler):
    identifier = NOTE

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        text = note_text(attrs)
        return format_html('<span class="rn" data-note-text="{}"></span>', text) if text else ""
