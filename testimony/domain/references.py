"""What a document or a library item names of the library, read from what it holds: no queries.

Blocks and rich text are read in their stored form, so a draft built from a revision is asked as cheaply as a live page,
and what was deleted or is not published is still found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, Model
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from testimony.blocks import LibraryChooserBlock, PlacedBlock
from testimony.enums import ReferenceMode
from testimony.models import MessageMap, Source, Statistic, TalkingPoint
from testimony.richtext import embeds

LIBRARY: tuple[type[Model], ...] = (TalkingPoint, Statistic, Source)


@dataclass(frozen=True)
class Reference:
    """One place that names one item. `pin` is the primary key of the Pin that holds its wording, None when it
    follows the library; an adapted wording keeps the pin of what it was adapted from. `path` is the field, and
    for a block "body.<uuid of the block>"."""

    model: type[Model]
    object_id: int
    pin: int | None
    adapted: bool
    path: str


def references_of(obj: Model) -> tuple[Reference, ...]:
    """Direct references of a document (live, or built from a revision), talking point, statistic or message map,
    in reading order. Asks the database nothing, but for the messages of a stored map."""
    own = [reference for field in obj._meta.get_fields() for reference in _of_field(obj, field)]
    if isinstance(obj, MessageMap):
        own += _of_messages(obj)
    return tuple(own)


def _of_messages(message_map: MessageMap) -> Iterator[Reference]:
    for message in message_map.messages.all():
        for placed in (*message.points.all(), *message.proofs.all()):
            for field in placed._meta.concrete_fields:
                yield from _of_field(placed, field)


def _of_field(obj: Model, field: Any) -> Iterator[Reference]:
    if isinstance(field, StreamField):
        for child in getattr(obj, field.name).get_prep_value():
            block = field.stream_block.child_blocks.get(child["type"])
            if block is not None:
                yield from _of_block(block, child["value"], f"{field.name}.{child['id']}")
    elif isinstance(field, RichTextField):
        yield from _of_text(getattr(obj, field.name), field.name)
    elif isinstance(field, ForeignKey) and field.remote_field.model in LIBRARY:
        pk = getattr(obj, field.attname)
        if pk:
            yield Reference(field.remote_field.model, pk, None, False, field.name)


def _of_block(block: blocks.Block, value: Any, path: str) -> Iterator[Reference]:
    """References of a block's stored value."""
    if value is None:
        return
    if isinstance(block, PlacedBlock):
        yield from _of_placed(block, block.stored(value), path)
    elif isinstance(block, LibraryChooserBlock):
        yield Reference(block.model_class, int(value), None, False, path)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _of_text(value, path)
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name), path)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            # Stored before lists gave their items an id: the bare value.
            inner = item["value"] if isinstance(item, dict) and "value" in item else item
            yield from _of_block(block.child_block, inner, path)


def _of_placed(block: PlacedBlock, value: Mapping[str, Any], path: str) -> Iterator[Reference]:
    mode = value.get("mode") or ReferenceMode.FOLLOW
    pk = value.get(block.item_name)
    if pk:
        pin = value.get("pin") if mode != ReferenceMode.FOLLOW else None
        adapted = mode == ReferenceMode.ADAPTED
        yield Reference(block.item_block.model_class, int(pk), pin, adapted, path)
    if mode == ReferenceMode.ADAPTED:
        yield from _of_text(value.get("adapted"), path)


def _of_text(text: str | None, path: str) -> Iterator[Reference]:
    for model, pk, pin in embeds(text or ""):
        yield Reference(model, pk, pin, False, path)
