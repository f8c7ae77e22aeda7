"""Says of each table header in a finished PDF whether it heads a column or a row.

WeasyPrint names a cell's headers in the cell, but leaves the corner cell and row headings without either;
screen readers then guess. Used in the render process alone.
"""

from __future__ import annotations

from typing import Any


def add_scopes(_document: Any, pdf: Any) -> None:
    """A WeasyPrint finisher: sets `Scope` from where the header stands in its table."""
    by_reference = {item.reference: item for item in pdf.objects}
    for item in pdf.objects:
        if _kind(item) != "/TH" or "A" not in item:
            continue
        row = by_reference[item["P"]]
        group = by_reference[row["P"]]
        heads_columns = _kind(group) == "/THead" or _all_headers(row, by_reference)
        item["A"]["Scope"] = "/Column" if heads_columns else "/Row"


def _all_headers(row: Any, by_reference: dict[bytes, Any]) -> bool:
    """A table without a head: a row of nothing but headers stands in for it."""
    cells = [_kind(by_reference[kid]) for kid in row["K"] if kid in by_reference]
    return len(cells) > 1 and set(cells) == {"/TH"}


def _kind(item: Any) -> Any:
    return item.get("S") if isinstance(item, dict) else None
