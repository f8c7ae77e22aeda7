"""What blocks and rich text name, read without expanding anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Model
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from testimony.blocks import PlacedBlock
from testimony.enums import ReferenceMode
from testimony.models import Source, Statistic, TalkingPoint

STATISTIC, SOURCE = "statistic", "source"
MODELS: dict[str, type[Model]] = {STATISTIC: Statistic, SOURCE: Source}


def object_id(attrs: Mapping[str, str]) -> int | None:
    """The id an embed names, or None when the markup is damaged."""
    return _number(attrs.get("id"))


def pin_id(attrs: Mapping[str, str]) -> int | None:
    """The pin an embed holds on to; None when it follows. Damaged markup names a pin that never stands, so that
    what was pinned is never shown as something else."""
    return None if "pin" not in attrs else _number(attrs["pin"]) or 0


def _number(value: str | None) -> int | None:
    # Longer than any key: the database would refuse to compare it.
    return int(value) if value and value.isdecimal() and len(value) < 19 else None


def embeds(text: str) -> Iterator[tuple[type[Model], int, int | None]]:
    """Model, primary key and pin of every statistic and source that a rich text names, in reading order."""
    for match in FIND_EMBED_TAG.finditer(text):
        attrs = extract_attrs(match.group(1))
        model, pk = MODELS.get(attrs.get("embedtype", "")), object_id(attrs)
        if model is not None and pk is not None:
            yield model, pk, pin_id(attrs)


def rich_texts(content: object) -> Iterator[str]:
    """Every rich text that `content` prints from what it holds: that of a following talking point included, that
    of a pinned one not, since it stands in the pin."""
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
    elif isinstance(content, (StreamValue, ListValue)):
        for child in content:
            if not isinstance(child, str):
                yield from rich_texts(child)
    elif isinstance(content, StructValue):
        held = content.get("mode") or ReferenceMode.FOLLOW
        for value in content.values():
            kept = isinstance(value, TalkingPoint) and held != ReferenceMode.FOLLOW
            if not isinstance(value, str) and not kept:
                yield from rich_texts(value)


def placed_blocks(content: object) -> Iterator[StructValue]:
    """The blocks of a stream that place an item of the library, and one such block itself."""
    if isinstance(content, StreamValue):
        for child in content:
            yield from placed_blocks(child.value)
    elif isinstance(content, StructValue) and isinstance(content.block, PlacedBlock):
        yield content


def chosen_items(content: object) -> Iterator[Statistic | Source]:
    """Statistics and sources that the blocks of a stream place by chooser."""
    if isinstance(content, StreamValue):
        for child in content:
            yield from chosen_items(child.value)
    elif isinstance(content, StructValue):
        yield from (v for v in content.values() if isinstance(v, (Statistic, Source)))
