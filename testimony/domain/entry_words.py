"""What the search of the library knows of each noun: its kind, its title, what it says, and more words to find it by.

`says` is rich text as it is stored and read by people; `more` is for the search alone. A leaf of `finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.utils.html import escape
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.rich_text import get_text_for_indexing

from cms.models import Issue
from testimony.enums import EntryKind, PointKind
from testimony.models import (
    FactSheetPage,
    MessageMap,
    Source,
    Statistic,
    TalkingPoint,
    TestimonyPage,
)
from testimony.richtext import embeds


def text_of(rich: str) -> str:
    return get_text_for_indexing(rich)


def _point(point: TalkingPoint) -> dict[str, Any]:
    named = any(True for _reference in embeds(point.text))
    return {
        "kind": EntryKind(point.kind),
        "title": point.title,
        "says": point.text,
        "more": "",
        "is_unsourced": point.kind == PointKind.MESSAGE and not named,
    }


def _statistic(statistic: Statistic) -> dict[str, Any]:
    source = Source.objects.filter(pk=statistic.source_id).first()
    about = (statistic.population, statistic.place, statistic.period, str(source or ""))
    return {
        "kind": EntryKind.STATISTIC,
        "title": str(statistic),
        "says": escape(" · ".join(part for part in about if part)),
        "more": statistic.spoken,
        "is_unsourced": source is None,
    }


def _source(source: Source) -> dict[str, Any]:
    about = (source.authors_line, source.publisher, source.published, source.container)
    return {
        "kind": EntryKind.SOURCE,
        "title": source.title,
        "says": escape(" · ".join(dict.fromkeys(part for part in about if part))),
        "more": " ".join([source.url, source.doi, source.number, source.note]),
    }


def _map(message_map: MessageMap) -> dict[str, Any]:
    issue = Issue.objects.filter(pk=message_map.issue_id).first()
    messages = [message.text for message in message_map.messages.all()]
    return {
        "kind": EntryKind.MESSAGE_MAP,
        "title": str(issue or ""),
        "says": message_map.narrative or escape(" · ".join(messages)),
        "more": " ".join(messages),
    }


def _testimony(page: TestimonyPage) -> dict[str, Any]:
    return {**_document(page, page.summary), "kind": EntryKind.TESTIMONY}


def _fact_sheet(page: FactSheetPage) -> dict[str, Any]:
    return {**_document(page, page.headline or page.summary), "kind": EntryKind.FACT_SHEET}


def _document(page: Any, says: str) -> dict[str, Any]:
    stream = page._meta.get_field("body").stream_block
    words = [
        text
        for child in page.body.get_prep_value()
        if (block := stream.child_blocks.get(child["type"])) is not None
        for text in texts(block, child["value"])
    ]
    others = [text_of(getattr(page, name)) for name in page.own_texts]
    return {
        "title": page.title,
        "says": escape(says or " ".join(" ".join(words).split()[:40])),
        "more": "\n".join([page.summary, *others, *words]),
    }


READERS: dict[type[Model], Callable[[Any], dict[str, Any]]] = {
    TalkingPoint: _point,
    Statistic: _statistic,
    Source: _source,
    MessageMap: _map,
    TestimonyPage: _testimony,
    FactSheetPage: _fact_sheet,
}


def texts(block: blocks.Block, value: Any) -> Iterator[str]:
    """What people wrote in a block, from its stored form: no queries."""
    if not value:
        return
    if isinstance(block, blocks.RichTextBlock):
        yield text_of(value)
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield str(value)
    elif isinstance(block, TypedTableBlock):
        rows = value.get("rows", [])
        yield from (str(cell) for row in rows for cell in row["values"] if cell)
        yield value.get("caption") or ""
    elif isinstance(block, blocks.BaseStructBlock) and isinstance(value, dict):
        for name, child in block.child_blocks.items():
            yield from texts(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            inner = item["value"] if isinstance(item, dict) and "value" in item else item
            yield from texts(block.child_block, inner)
