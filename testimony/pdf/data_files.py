"""The figures of a document's charts as files, embedded in the PDF of its record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from cms.pdf.registry import PdfAttachment
from testimony.models import DocumentPage

CSV = "text/csv"


def chart_files(page: DocumentPage) -> tuple[PdfAttachment, ...]:
    """One CSV file for each chart, in reading order; UTF-8, with the names of the series on top."""
    charts = [block.value for block in page.body if block.block_type == "chart"]
    return tuple(
        PdfAttachment(f"chart-{number}.csv", _table(chart), CSV, chart.get("title") or "")
        for number, chart in enumerate(charts, start=1)
    )


def _table(chart: Mapping[str, Any]) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held).writerows(_rows(chart))
    return held.getvalue().encode()


def _rows(chart: Mapping[str, Any]) -> Iterator[list[str]]:
    title, unit = chart.get("title") or "", chart.get("unit") or ""
    yield ["", *(chart.get("series") or [f"{title} ({unit})" if unit else title])]
    for row in chart.get("rows") or ():
        figures = [row.get("value"), *(row.get("more") or ())]
        # A figure with the point of a program, whatever the language of the paper.
        yield [row.get("label") or "", *("" if f is None else f"{f:f}" for f in figures)]
