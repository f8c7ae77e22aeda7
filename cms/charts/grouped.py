"""Bars side by side: the same rows in several series. Names stand beside the bars of the first row."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString

from cms.charts import svg
from cms.charts.bars import BASELINE, GAP, LINE, SIZE, no_figure, row_layout
from cms.charts.figures import FigureFormat
from cms.charts.lettering import text_width, wrap
from cms.charts.scale import Scale
from cms.charts.series import Table, area, key

THICK = 17.0
NAMES_SHARE = 0.34


def draw_grouped(table: Table, width: int, figure: FigureFormat) -> tuple[list[SafeString], float]:
    """Elements of the drawing, and its height."""
    rows = row_layout(table.labels, width)
    written = [figure(value) for value in table.known()] or [no_figure()]
    figure_room = max(text_width(words, SIZE) * 1.08 for words in written) + GAP
    names_room = max(text_width(name, SIZE) for name in table.names) + GAP
    beside = width >= 480 and names_room <= width * NAMES_SHARE
    below = figure_room if any(value < 0 for value in table.known()) else 0.0
    end = rows.end - figure_room - (names_room if beside else 0.0)
    scale = Scale(table.known(), rows.start + below, max(end, rows.start + below + 40))
    parts, y = ([], 0.0) if beside else key(table.names, width, mirrored=rows.mirrored, marks=False)
    for number, (label, values) in enumerate(zip(table.labels, table.values, strict=True)):
        lines = wrap(label, SIZE, rows.label_room)
        before = len(lines) * LINE if rows.above else 0.0
        block = before + max(THICK * len(values), 0 if rows.above else len(lines) * LINE)
        middle = y + before + (block - before) / 2
        first = y + LINE / 2 if rows.above else middle - (len(lines) - 1) * LINE / 2
        parts += rows.words(lines, first)
        top = middle - THICK * len(values) / 2
        for place, value in enumerate(values):
            name = table.names[place] if beside and number == 0 else ""
            parts += _bar(place, value, top + place * THICK, scale, figure, name, rows.flip)
        zero = rows.flip(scale.zero)
        parts.append(svg.line(zero, top, zero, top + THICK * len(values), stroke=svg.INK, width=1))
        y += block + 14
    return parts, y - 14


def _bar(
    number: int,
    value: Decimal | None,
    top: float,
    scale: Scale,
    figure: FigureFormat,
    name: str,
    flip,
) -> list[SafeString]:
    zero, end = scale.zero, scale(value) if value is not None else scale.zero
    left, right = sorted((flip(zero), flip(end)))
    parts = area(number, left, top + 1, right - left, THICK - 2) if value is not None else []
    outward = -1 if value is not None and value < 0 else 1
    words = no_figure() if value is None else figure(value)
    baseline = top + THICK / 2 + SIZE * BASELINE
    rightward = flip(1.0) - flip(0.0) > 0
    anchor = "start" if (outward > 0) == rightward else "end"
    known = value is not None
    parts.append(
        svg.text(
            flip(end + outward * GAP * 0.75),
            baseline,
            words,
            size=SIZE,
            anchor=anchor,
            weight=600 if known else 400,
            fill=svg.INK if known else svg.MUTED,
        )
    )
    if name:
        room = text_width(words, SIZE) * 1.1 if outward > 0 else 0.0
        at = (end if outward > 0 else zero) + GAP * 1.75 + room
        side = "start" if rightward else "end"
        parts.append(svg.text(flip(at), baseline, name, size=SIZE, anchor=side, fill=svg.INK))
    return parts
