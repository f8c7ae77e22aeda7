"""Lets WeasyPrint write the labels of a drawing as words. Used in the render process alone.

In SVG the engine sets one letter after the other, from left to right. Scripts that run from right to left
come out backwards and their letters do not join: such a label is handed over as one long letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

_RIGHT_TO_LEFT = {"R", "AL"}
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
        if _runs_right_to_left(node.text) and not any(node.get(n) for n in _LETTER_BY_LETTER):
            node._etree_node.text = _Whole(node.text)
        write(drawing, node, font_size)

    # The engine knows labels by comparing with this name.
    svg.text = mended
    svg.TAGS.update({tag: mended for tag, draw in svg.TAGS.items() if draw is write})


def _runs_right_to_left(text: str | None) -> bool:
    return any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text or "")
