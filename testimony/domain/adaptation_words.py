"""An open change of an original in words that people read: before, now, and how the version reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from testimony.domain.differences import marked, readable
from testimony.domain.originals import stream
from testimony.domain.resolve import plain_text
from testimony.domain.three_way import BODY, Block, Change
from testimony.richtext import reference_cache

NAMED = 60  # letters of a block, where blocks are listed by their beginnings


@dataclass(frozen=True)
class ShownChange:
    """`before` and `after` are the original, with what went and what came marked; `own` is the version.

    `note` says what no words show: a block that is new, gone, moved, or differs in its settings alone.
    """

    change: Change
    label: str
    note: str
    before: SafeString
    after: SafeString
    own: str


def shown(model: type[Model], changes: Iterable[Change]) -> list[ShownChange]:
    """Statistics and sources of all blocks are read together."""
    found = list(changes)
    blocks = [block for change in found for block in _blocks(change)]
    with reference_cache(stream(model).to_python(blocks) if blocks else ""):
        return [_shown(model, change) for change in found]


def _shown(model: type[Model], change: Change) -> ShownChange:
    if change.path == BODY:
        return _moved(change)
    if change.path.startswith(f"{BODY}."):
        label, words = _block_label(model, change), partial(_block_words, model)
    else:
        label, words = _field_label(model, change.path), partial(_field_words, model, change.path)
    texts = [words(value) for value in (change.before, change.after, change.own)]
    before, after = marked(*texts[:2])
    return ShownChange(change, label, _note(change, texts), before, after, texts[2])


def _note(change: Change, texts: list[str]) -> str:
    if change.path.startswith(f"{BODY}."):
        if change.before is None:
            return _("New in the original.")
        if change.after is None:
            return _("No longer in the original.")
        if change.own is None:
            return _("This version has left it out.")
    if texts[0] == texts[1]:
        return _("The words are the same; how it is shown has changed.")
    return ""


def _moved(change: Change) -> ShownChange:
    """Which blocks changed places shows in the editor; here is only that they did."""
    before, after = marked("", "")
    words = _("The parts stand in another order. Only their places change, no words.")
    return ShownChange(change, _("Order"), words, before, after, "")


def _field_label(model: type[Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return capfirst(str(field.verbose_name))


def _field_words(model: type[Model], name: str, value: Any) -> str:
    field: Any = model._meta.get_field(name)
    return readable(model(**{field.attname: value}), field) if value is not None else ""


def _block_label(model: type[Model], change: Change) -> str:
    block = next(_blocks(change))
    kind = stream(model).child_blocks.get(block["type"])
    return str(kind.label) if kind else block["type"]


def _block_words(model: type[Model], block: Block | None) -> str:
    if block is None:
        return ""
    value: StreamValue = stream(model).to_python([block])
    context = {"medium": "web", "show_gaps": True}
    words = "\n".join(plain_text(one.render(context), without="svg") for one in value)
    return words or Truncator(str(block["value"])).chars(NAMED)


def _blocks(change: Change) -> Iterator[Block]:
    values = (change.before, change.after, change.own)
    return (value for value in values if isinstance(value, dict) and "type" in value)
