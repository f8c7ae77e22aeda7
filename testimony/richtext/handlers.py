"""What the embeds of rich text expand to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Model
from django.utils.html import format_html
from wagtail.rich_text import EmbedHandler

from cms.directions import isolated
from testimony.models import Source, Statistic
from testimony.richtext.content import SOURCE, STATISTIC, object_id, pin_id
from testimony.richtext.references import References, note_value, reference_cache

NOTE = "note"


def note_text(attrs: Mapping[str, str]) -> str:
    # Wagtail's reader of attributes knows four entities; the apostrophe is written as a fifth.
    return (attrs.get("text") or "").replace("&#x27;", "'").strip()


class ReferenceHandler(EmbedHandler):
    """Shared by statistics and sources: found in bulk, counted as a use of the item, pinned or not."""

    model: type[Model]

    @classmethod
    def get_model(cls) -> type[Model]:
        return cls.model

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        return cls.expand_db_attributes_many([attrs])[0]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        named = [(object_id(attrs), pin_id(attrs)) for attrs in attrs_list]
        with reference_cache() as references:
            references.load_pins(pin for _pk, pin in named)
            cls.load(references, [pk for pk, _pin in named if pk is not None])
            return [cls.expand(references, pk, pin) if pk is not None else "" for pk, pin in named]

    @classmethod
    def load(cls, references: References, ids: list[int]) -> None:
        raise NotImplementedError

    @classmethod
    def expand(cls, references: References, pk: int, pin: int | None) -> str:
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
    def load(cls, references: References, ids: list[int]) -> None:
        references.load(sources=ids)

    @classmethod
    def expand(cls, references: References, pk: int, pin: int | None) -> str:
        source = references.source(pk, pin)
        return placeholder(source) if source else ""


class StatisticHandler(ReferenceHandler):
    """The figure as it is today or as it is pinned, and its source behind it."""

    identifier = STATISTIC
    model = Statistic

    @classmethod
    def load(cls, references: References, ids: list[int]) -> None:
        references.load(statistics=ids)

    @classmethod
    def expand(cls, references: References, pk: int, pin: int | None) -> str:
        item = references.statistic(pk, pin)
        if item is None:
            return ""
        references.shown.append(item)
        figure = format_html(
            '<span class="figure" data-statistic="{}">{}</span>', item.pk, isolated(item.display)
        )
        source = item.source
        return figure + placeholder(source) if source and source.live else figure


def placeholder(source: Source) -> str:
    """Where a footnote goes that cites `source`, living or pinned."""
    return format_html('<span class="rn" data-note-source="{}"></span>', note_value(source))


class NoteHandler(EmbedHandler):
    identifier = NOTE

    @classmethod
    def expand_db_attributes(cls, attrs: dict) -> str:
        text = note_text(attrs)
        return format_html('<span class="rn" data-note-text="{}"></span>', text) if text else ""
