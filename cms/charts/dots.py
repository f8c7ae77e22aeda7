"""A dot plot: one line for each row, one mark for each series. Distances are read, so a line joins the marks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from django.utils.safestring import SafeString

from cms.charts import svg
from cms.charts.bars import BASELINE, GAP, LINE, SIZE, no_figure, row_layout
from cms.charts.figures import FigureFormat
from cms.charts.lettering import text_width, wrap
from cms.charts.scale import Scale
from cms.charts.series import Table, apart, key, mark

HEIGHT, SLIM = 30.0, 24.0  # of a few rows, and of many
FEW = 4
APART = GAP + 6  # a figure from the middle of its mark
AIR = 4.0  # between a figure and the line that it interrupts


def draw_dots(table: Table, width: int, figure: FigureFormat) -> tuple[list[SafeString], float]:
    """Elements of the drawing, and its height."""
    rows = row_layout(table.labels, width)
    written = [figure(value) for value in table.known()] or [no_figure()]
    room = max(text_width(words, SIZE) * 1.08 for words in written) + GAP * 1.75
    scale = Scale(table.known(), rows.start + room, max(rows.end - room, rows.start + room + 40))
    parts, y = _names(table, scale, width, rows)
    height = HEIGHT if len(table.labels) <= FEW else SLIM
    for label, values in zip(table.labels, table.values, strict=True):
        lines = wrap(label, SIZE, rows.label_room)
        before = len(lines) * LINE if rows.above else 0.0
        block = before + height if rows.above else max(height, len(lines) * LINE + 6)
        middle = y + before + (block - before) / 2
        first = y + LINE / 2 if rows.above else middle - (len(lines) - 1) * LINE / 2
        parts += rows.words(lines, first)
        parts += _row(values, middle, scale, figure, rows)
        y += block
    return parts, y


def _row(
    values: list[Decimal | None], middle: float, scale: Scale, figure: FigureFormat, rows
) -> list[SafeString]:
    flip = rows.flip
    known = [(value, number) for number, value in enumerate(values) if value is not None]
    ends = (flip(rows.start), flip(rows.end))
    rule = partial(svg.line, stroke=svg.GRID, width=1)
    baseline = middle + SIZE * BASELINE
    if not known:
        side = "end" if rows.mirrored else "start"
        words = no_figure()
        at = flip(rows.start)
        return [
            rule(ends[0], middle, ends[1], middle),
            svg.text(at, baseline - 9, words, size=SIZE, anchor=side, fill=svg.MUTED),
        ]
    (least, _first), (most, _last) = min(known), max(known)
    # The outermost figures are written; those between stand in the table.
    beyond = [(most, 1)] if len(known) == 1 else [(least, -1), (most, 1)]
    parts = [
        rule(flip(start), middle, flip(end), middle)
        for start, end in _between(rows, [_written(scale(v), figure(v), way) for v, way in beyond])
    ]
    if least != most:
        parts.append(
            svg.line(
                flip(scale(least)), middle, flip(scale(most)), middle, stroke=svg.MUTED, width=2
            )
        )
    marks = [mark(number, flip(scale(value)), middle) for value, number in reversed(known)]
    figures = [_figure(scale(v), baseline, figure(v), way, rows) for v, way in beyond]
    return [*parts, *marks, *figures]


def _figure(mark_at: float, baseline: float, words: str, outward: int, rows) -> SafeString:
    side = "start" if (outward > 0) != rows.mirrored else "end"
    at = rows.flip(mark_at + outward * APART)
    return svg.text(at, baseline, words, size=SIZE, anchor=side, weight=600)


def _written(mark_at: float, words: str, outward: int) -> tuple[float, float]:
    """From the mark to the end of its figure, and a little air."""
    far = mark_at + outward * (APART + text_width(words, SIZE) * 1.08 + AIR)
    return min(mark_at, far), max(mark_at, far)


def _between(rows, taken: list[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The pieces of a row's line that strike no figure."""
    start = rows.start
    for left, right in sorted(taken):
        if left > start + AIR:
            yield start, left
        start = max(start, right)
    if rows.end > start + AIR:
        yield start, rows.end


def _names(table: Table, scale: Scale, width: int, rows) -> tuple[list[SafeString], float]:
    """Over the marks of the first row where all are known and stand apart; else a key."""
    if len(table.names) == 1:
        return [], 0.0
    first = table.values[0]
    known = [value for value in first if value is not None]
    if len(known) == len(first) and width >= 480 and not rows.above:
        places = [
            (rows.flip(scale(value)), text_width(name, SIZE))
            for value, name in zip(known, table.names, strict=True)
        ]
        inside = all(x - size / 2 >= 0 and x + size / 2 <= width for x, size in places)
        if inside and apart(places):
            words = [
                svg.text(x, SIZE, name, size=SIZE, anchor="middle")
                for (x, _size), name in zip(places, table.names, strict=True)
            ]
            return words, SIZE + 4
    return key(table.names, width, mirrored=rows.mirrored, marks=True)
