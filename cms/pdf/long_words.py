"""Lets words that no line can hold be broken: an address in a table's cell, a name without end in a label.

Used in the render process alone. `overflow-wrap: break-word` of the stylesheet is enough in a paragraph. In a cell or a
flexible box the longest word decides how wide it is, and the table would leave the paper; breaking every
cell anywhere would break short words too.

Soft hyphens are taken out of tables. The engine takes everything up to one for a single word when it asks how narrow
a column may be, and the table would leave the paper as well; cells are hyphenated by pattern anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cms.pdf.fidelity import SVG

LONG = 25  # letters
TABLE_LETTERS = 64  # as many stand side by side in the narrowest column of text we print
CELL_PADDING = 2  # in letters
SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"\S+")


def let_break(root: Any) -> None:
    """Mark each element that has a word directly in it which is too long for its place."""
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag.startswith(SVG):
            continue
        if element.tag == "table":
            _drop_soft_hyphens(element)
            _let_cells_break(element)
        elif element.tag not in {"style", "script"} and _longest(_own(element)) >= LONG:
            _mark(element)


def _drop_soft_hyphens(table: Any) -> None:
    for element in table.iter():
        element.text = (element.text or "").replace(SOFT_HYPHEN, "")
        if element is not table:
            element.tail = (element.tail or "").replace(SOFT_HYPHEN, "")


def _let_cells_break(table: Any) -> None:
    """Where the longest words of all columns do not fit side by side, those that take more than their share."""
    rows = [[cell for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
    widths: list[int] = []
    lengths = {cell: _longest(_all(cell)) for row in rows for cell in row}
    for row in rows:
        widths += [0] * (len(row) - len(widths))
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], lengths[cell])
    if sum(widths) + CELL_PADDING * len(widths) <= TABLE_LETTERS:
        return
    share = TABLE_LETTERS // len(widths) - CELL_PADDING
    for cell, length in lengths.items():
        if length > share:
            _mark(cell)


def _own(element: Any) -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _all(element: Any) -> Iterator[str]:
    yield from element.itertext()


def _longest(texts: Iterator[str]) -> int:
    return max((len(word) for text in texts for word in _WORD.findall(text)), default=0)


def _mark(element: Any) -> None:
    own = element.get("style", "")
    element.set("style", f"{own};overflow-wrap:anywhere" if own else "overflow-wrap:anywhere")
