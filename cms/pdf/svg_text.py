"""Lets WeasyPrint write the labels of a drawing as words. Used in the render process alone.

In SVG the engine sets one letter after the other, from left to right, each measured by itself: without kerning, and
four times as slow as the word. Scripts that run from right to left come out backwards and their letters do not join.
A label is therefore handed over as one long letter, unless the drawing places its letters one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_LETTER_BY_LETTER = ("rotate", "letter-spacing", "textLength", "dx", "dy")


class _Whole(str):
    """A text that counts as a single letter when it is gone through."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def mend() -> None:
    """Change the engine of this process. Call it once."""
    from weasyprint import svg

    write = svg.text

    def mended(drawing: Any, node: Any, font_size: float) -> None:
        text = node.text or ""
        if text == text.strip() and not _is_spread(node):
            node._etree_node.text = _Whole(text)
        write(drawing, node, font_size)

    # The engine knows labels by comparing with this name.
    svg.text = mended
    svg.TAGS.update({tag: mended for tag, draw in svg.TAGS.items() if draw is write})


def _is_spread(node: Any) -> bool:
    """Whether the drawing says where each letter goes."""
    places = (node.get(name) or "" for name in ("x", "y"))
    return any(node.get(name) for name in _LETTER_BY_LETTER) or any(
        len(place.replace(",", " ").split()) > 1 for place in places
    )
