"""What stands on each printed page, and from there: what does not fit on the paper a sheet may have.

`outline` runs in the render process; it knows of no budget, so that the same file answers for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

MOST_PAGES = 24  # no sheet has a budget near it
SAME_LINE = 5.0  # pixels: what stands side by side is one line of the page


@dataclass(frozen=True)
class Overflow:
    """`block` is the id of the first block that does not fit; empty for what the template prints at the end."""

    block: str
    lines: int
    pages: int


def overflow_of(layout: Sequence[Sequence[Any]], budget: int, pages: int) -> Overflow | None:
    """What is beyond `budget` pages; None when all fits. `layout` is what `outline` gave."""
    if not budget or pages <= budget:
        return None
    beyond = layout[budget:]
    block = next((found for found, _lines in beyond if found), "")
    return Overflow(block, max(1, sum(lines for _block, lines in beyond)), pages)


def outline(pages: Sequence[Any]) -> list[tuple[str, int]]:
    """Of each page: the first block that has words on it, and how many lines it holds."""
    return [_page(page._page_box) for page in pages[:MOST_PAGES]]


def _page(page: Any) -> tuple[str, int]:
    from weasyprint.formatting_structure.boxes import MarginBox

    first, tops = "", []
    for part in page.children:
        if isinstance(part, MarginBox):
            continue
        for block, top in _lines(part, ""):
            first = first or block
            tops.append(top)
    return first, _rows(tops)


def _lines(box: Any, block: str) -> Iterator[tuple[str, float]]:
    """Each line of text with the block it stands in, in reading order."""
    from weasyprint.formatting_structure.boxes import LineBox, TextBox

    element = box.element
    name = element.get("id", "") if element is not None else ""
    block = block or (name if name.startswith("block-") else "")
    if isinstance(box, LineBox) and any(
        isinstance(child, TextBox) and child.text.strip() for child in box.descendants()
    ):
        yield block, box.position_y
    for child in getattr(box, "children", ()):
        yield from _lines(getattr(child, "_box", child), block)  # a placeholder knows its box


def _rows(tops: list[float]) -> int:
    rows, last = 0, float("-inf")
    for top in sorted(tops):
        if top - last > SAME_LINE:
            rows, last = rows + 1, top
    return rows
