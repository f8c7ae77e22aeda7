"""What of a talking point or document counts as its words, in public and in its newest draft, and how other words
are put in their place."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.text import Truncator
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from testimony.blocks import PlacedBlock
from testimony.domain.pinning import published_revision
from testimony.domain.three_way import BODY, Block, Words
from testimony.models import Derivation, FactSheetPage, TalkingPoint, TestimonyPage
from testimony.models.cuts import known_marks

TITLE = "title"
TITLE_LENGTH = 255
# Where, when and by whom it is said belongs to each version; so do owner, review date and issues.
FIELDS: dict[type[Model], tuple[str, ...]] = {
    TalkingPoint: (TITLE, "text"),
    TestimonyPage: (TITLE, "position", "vehicle", "summary"),
    FactSheetPage: (TITLE, "headline", "ask", "key_figure", "vehicle", "summary"),
}
MODELS: tuple[type[Model], ...] = tuple(FIELDS)


def words_of(model: type[Model], content: Mapping[str, Any]) -> Words:
    """The words in the serialized `content` of a revision or row."""
    fields = {name: content.get(name) for name in FIELDS[model]}
    return Words(fields, _blocks(model, content[BODY]) if BODY in content else ())


def public_words(item: Any) -> Words:
    """Of a published item. What a program published without a revision is read from the row."""
    revision = item.live_revision
    return words_of(type(item), revision.content if revision else _content(item))


def draft_words(item: Any) -> Words:
    revision = item.latest_revision
    return words_of(type(item), revision.content if revision else _content(item))


def public_revision(item: Any, user) -> Revision:
    """The revision that says what the published `item` says; made where a program published without one."""
    if not isinstance(item, Page):
        return published_revision(item, user=user)
    return item.live_revision or item.save_revision(user=user, changed=False, clean=False)


def source_revision(item: Any, user) -> Revision:
    """What a version is made from: the published words, else the newest draft of what never was published."""
    if item.live:
        return public_revision(item, user)
    return item.latest_revision or item.save_revision(user=user, changed=False, clean=False)


def rewritten(item: Any, words: Words) -> Any:
    """The newest draft of `item` with `words`, not saved."""
    draft = item.get_latest_revision_as_object()
    for name, value in words.fields.items():
        setattr(draft, draft._meta.get_field(name).attname, value)
    if hasattr(draft, BODY):
        draft.body = stream(type(item)).to_python(list(words.blocks))
    return draft


def carry_marks(draft: Any, derivation: Derivation, paths: Collection[str]) -> None:
    """Blocks taken from the original bring what they are worth when time is short, unless the version said
    otherwise since it was made."""
    parent, revision = derivation.parent, derivation.base_revision
    if not isinstance(draft, TestimonyPage) or not isinstance(parent, TestimonyPage):
        return
    before = revision.as_object().cuts if revision else {}
    marks = dict(draft.cuts)
    for pk in (path.removeprefix(f"{BODY}.") for path in paths if path != BODY):
        if marks.get(pk) == before.get(pk) and marks.get(pk) != parent.cuts.get(pk):
            marks.pop(pk, None)
            marks |= {pk: parent.cuts[pk]} if pk in parent.cuts else {}
    draft.cuts = known_marks(marks, draft.body)


def stream(model: type[Model]) -> blocks.StreamBlock:
    field = model._meta.get_field(BODY)
    if not isinstance(field, StreamField):
        raise TypeError(f"{model.__name__}.{BODY} is no stream")
    return field.stream_block


def titled(words: Words, ending: str) -> Words:
    """`words` under the title that a version of them gets."""
    title = words.fields.get(TITLE)
    if not title:
        return words
    return Words({**words.fields, TITLE: title_with(title, ending)}, words.blocks)


def title_with(title: str, ending: str) -> str:
    return Truncator(title).chars(TITLE_LENGTH - len(ending)) + ending


def _content(item: Any) -> dict[str, Any]:
    return json.loads(json.dumps(item.serializable_data(), cls=DjangoJSONEncoder))


def _blocks(model: type[Model], stored: str | list) -> list[Block]:
    """Blocks in their stored form, each with all that such a block holds today."""
    kinds = stream(model).child_blocks
    raw = json.loads(stored) if isinstance(stored, str) else stored
    return [
        {
            "type": block["type"],
            "value": _whole(kinds.get(block["type"]), block["value"]),
            "id": block["id"],
        }
        for block in raw
    ]


def _whole(block: blocks.Block | None, value: Any) -> Any:
    """A struct stored before it got another part holds the default there."""
    if isinstance(block, PlacedBlock):
        value = block.stored(value)
    if not isinstance(block, blocks.BaseStructBlock) or not isinstance(value, Mapping):
        return value
    defaults = {
        name: child.get_prep_value(child.get_default())
        for name, child in block.child_blocks.items()
        if name not in value
    }
    return {**defaults, **value}
