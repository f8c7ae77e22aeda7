"""Template tags of document bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue

from cms.charts.lettering import text_width
from cms.directions import isolated, isolated_markup
from testimony.domain import spoken
from testimony.models import Statistic

register = template.Library()
# A word, a dot and what follows. Languages that write no spaces have no long line held.
ENDING = re.compile(r"[^\s<>]{1,24}\s+· [^<>]+$")
AFTER_MARKUP = re.compile(r"(>)\s+· ([^<>]+)$")
# Wider than this, in ems of regular type: 582,462 is 4, $1,234,567,890 almost 8.
LENGTHS = ((7.8, "figure--longest"), (5.0, "figure--longer"), (3.6, "figure--long"))
WORD_SIZE = 0.4
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
def figure_length(figure: str) -> str:
    """The class of a large figure that would not fit on its line: a number is never broken, its type is smaller."""
    match = SCALED.fullmatch(figure)
    number, word = match.groups() if match else (figure, "")
    width = text_width(number, 1) + text_width(f" {word}".rstrip(), WORD_SIZE)
    return next((f" {name}" for widest, name in LENGTHS if width > widest), "")


@register.filter(is_safe=True)
def end_held(line: str) -> str:
    """A line of markup whose last words, after a dot, are not printed on a line of their own: a word goes with them.

    What runs the other way before the dot stays in one piece; there the dot stays with it.
    """
    held, found = ENDING.subn(r'<span class="unbroken">\g<0></span>', line.rstrip())
    return held if found else AFTER_MARKUP.sub('\\1\u00a0· <span class="unbroken">\\2</span>', held)


@register.filter
def with_levels(stream: StreamValue) -> Iterator[tuple[StreamValue.StreamChild, int]]:
    """Each block with the level of its heading. A subheading before any heading counts as one:
    readers of the PDF and of the page rely on levels that skip nothing."""
    seen = False
    for block in stream:
        seen = seen or block.block_type == "heading"
        yield block, 3 if seen and block.block_type == "subheading" else 2
