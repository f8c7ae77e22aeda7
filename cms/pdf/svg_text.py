"""Lets WeasyPrint write the labels of a drawing as words. Used in the render process alone.

In SVG the engine sets one letter after the other, from left to right, each measured by itself: without kerning, and
four times as slow as the word. Scripts that run from right to left come out backwards and their letters do not join.
A label is therefore handed over as one long letter, unless the drawing places its letters one by one.

A label that ends at its place or stands over it is moved there when its width is known. The engine makes a drawing of its
own of each, which takes ten times the room.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Any

_LETTER_BY_LETTER = ("rotate", "letter-spacing", "textLength", "dx", "dy")
ANCHOR = "rostrum-anchor"  # what was said of a label that we move
# Of the label itself. We move it before the engine reads these, which then would begin at another place.
_PLACED_BY_ENGINE = ("transform", "clip-path", "mask", "filter")
_BEGINS_THERE = {"ltr": "start", "rtl": "end"}


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
    _shape_once()
    _move_anchored(svg.SVG)


def _shape_once() -> None:
    """The engine shapes a label whole, and then each of its letters: here the same."""
    from weasyprint.text import line_break

    split = line_break.split_first_line
    last: list[Any] = [None, None, None]  # text, style, and what came out

    def split_once(text: str, style: Any, *more: Any) -> Any:
        if isinstance(text, _Whole):
            last[:] = [str(text), style, split(text, style, *more)]
        elif style is not last[1] or text != last[0]:
            return split(text, style, *more)
        return last[2]

    line_break.split_first_line = split_once


def _move_anchored(drawings: Any) -> None:
    draw = drawings.draw_node

    def draw_node(drawing: Any, node: Any, font_size: float, *more: Any, **named: Any) -> None:
        direction, anchor = node.get("direction", "ltr"), node.get("text-anchor", "start")
        begins = _BEGINS_THERE.get(direction, "start")
        if anchor == begins or not _is_ours(node) or not all(more[:1]):
            draw(drawing, node, font_size, *more, **named)
            return
        said = node.attrib
        with drawing.stream.stacked():
            written = drawing.stream.stream
            written.append(b"")
            place = len(written) - 1
            # The engine keeps the node: a drawing that is shown again is drawn from what was said.
            node.attrib = {**said, ANCHOR: anchor, "text-anchor": begins}
            try:
                draw(drawing, node, font_size, *more, **named)
            finally:
                node.attrib = said
            width = node.text_bounding_box[2]
            if isfinite(width):
                back = width / 2 if anchor == "middle" else width
                written[place] = f"1 0 0 1 {-back:f} 0 cm".encode()

    drawings.draw_node = draw_node


def _is_ours(node: Any) -> bool:
    """Whether this is a label that we can move: nothing in it, and nothing that counts from where it stands."""
    is_label = node.tag == "text" and not len(node._etree_node)
    return is_label and not (
        any(node.get(name) for name in _PLACED_BY_ENGINE)
        or any("url(" in (node.get(name) or "") for name in ("fill", "stroke"))
    )


def _is_spread(node: Any) -> bool:
    """Whether the drawing says where each letter goes."""
    places = (node.get(name) or "" for name in ("x", "y"))
    return any(node.get(name) for name in _LETTER_BY_LETTER) or any(
        len(place.replace(",", " ").split()) > 1 for place in places
    )
