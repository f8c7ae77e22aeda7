"""Template tags of document bodies."""

from __future__ import annotations

from collections.abc import Iterator

from django import template
from wagtail.blocks import StreamValue

register = template.Library()


@register.filter
def with_levels(stream: StreamValue) -> Iterator[tuple[StreamValue.StreamChild, int]]:
    """Each block with the level of its heading. A subheading before any heading counts as one:
    readers of the PDF and of the page rely on levels that skip nothing."""
    seen = False
    for block in stream:
        seen = seen or block.block_type == "heading"
        yield block, 3 if seen and block.block_type == "subheading" else 2
