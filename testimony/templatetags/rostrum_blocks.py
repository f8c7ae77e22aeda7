"""Template tags of document bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from cms.directions import isolated, isolated_markup
from testimony.domain import spoken
from testimony.models import Statistic

register = template.Library()
SCALED = re.compile(r"(.*\d) (\D+)")  # thousands may be apart too, by a space that does not break


@register.filter
def said_aloud(statistic: Statistic) -> str:
    """How a statistic is said, in the active language where its author left that to the figure."""
    return spoken.said_aloud(statistic)


@register.filter
def large_figure(figure: str) -> SafeString:
    """A figure for printing large: the word of its scale stands small beside it, as papers print it."""
    match = SCALED.fullmatch(figure)
    if not match:
        return isolated(figure)
    return isolated_markup(format_html('{} <span class="figure__word">{}</span>', *match.groups()))


@register.filter
def with_levels(stream: StreamValue) -> Iterator[tuple[StreamValue.StreamChild, int]]:
    """Each block with the level of its heading. A subheading before any heading counts as one:
    readers of the PDF and of the page rely on levels that skip nothing."""
    seen = False
    for block in stream:
        seen = seen or block.block_type == "heading"
        yield block, 3 if seen and block.block_type == "subheading" else 2
