"""Stacked bars: parts of a whole. Figures stand in their parts, names over the first bar where they fit."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString

from cms.charts import svg
from cms.charts.bars import BASELINE, GAP, LINE, SIZE, row_layout
from cms.charts.figures import FigureFormat
from cms.charts.lettering import text_width, wrap
from cms.charts.scale import Scale
from cms.charts.series import Table, apart, area, key

THICK, SLIM = 28.0, 21.0  # of a few bars, and of many
FEW = 3
PAD = 5.0  # beside a figure inside its part
Segment = tuple[int, Decimal, float, float]  # series, figure, start, end


def draw_stacked(table: Table, width: int, figure: FigureFormat) -> tuple[list[SafeString], float]:
    """Elements of the drawing, and its height. Figures below zero have no length."""
    rows = row_layout(table.labels, width)
    totals = [sum((_length(value) for value in row), Decimal(0)) for row in table.values]
    scale = Scale(totals, rows.start, rows.end)
    stacks = [_segments(row, scale) for row in table.values]
    thick = THICK if len(stacks) <= FEW else SLIM
    between = 11.0 if thick == THICK else 6.0
    head, y = _names(table, stacks, width, rows.mirrored)
    parts = head
    for label, segments in zip(table.labels, stacks, strict=True):
        lines = wrap(label, SIZE, rows.label_room)
        before = len(lines) * LINE if rows.above else 0.0
        block = before + thick if rows.above else max(thick, len(lines) * LINE)
        middle = y + before + (block - before) / 2
        first = y + LINE / 2 if rows.above else middle - (len(lines) - 1) * LINE / 2
        parts += rows.words(lines, first)
        for segment in segments:
            parts += _segment(segment, middle, thick, figure, rows.flip)
        y += block + between
    return parts, y - between


def _length(value: Decimal | None) -> Decimal:
    return value if value is not None and value > 0 else Decimal(0)


def _segments(row: list[Decimal | None], scale: Scale) -> list[Segment]:
    found, reached = [], Decimal(0)
    for number, value in enumerate(row):
        if _length(value):
            end = reached + _length(value)
            found.append((number, _length(value), scale(reached), scale(end)))
            reached = end
    return found


def _segment(
    segment: Segment, middle: float, thick: float, figure: FigureFormat, flip
) -> list[SafeString]:
    number, value, start, end = segment
    left, right = sorted((flip(start), flip(end)))
    top = middle - thick / 2
    parts = area(number, left + 0.75, top, max(right - left - 1.5, 0.5), thick)
    words = figure(value)
    room = text_width(words, SIZE) * 1.08 + 2 * PAD
    if room > right - left:
        return parts
    center = (left + right) / 2
    if number in {2, 4}:  # strokes behind a figure would be read as part of it
        parts.append(
            svg.element(
                "rect",
                {
                    "x": center - room / 2 + 1,
                    "y": middle - SIZE * 0.7,
                    "width": room - 2,
                    "height": SIZE * 1.4,
                    "fill": "#ffffff",
                },
            )
        )
    fill = "#ffffff" if number == 0 else svg.INK
    baseline = middle + SIZE * BASELINE
    return [
        *parts,
        svg.text(center, baseline, words, size=SIZE, anchor="middle", weight=600, fill=fill),
    ]


def _names(
    table: Table, stacks: list[list[Segment]], width: int, mirrored: bool
) -> tuple[list[SafeString], float]:
    """Over the parts of the first bar when it has them all and they are wide enough; else a key."""
    first = stacks[0] if stacks else []
    flip = (lambda x: width - x) if mirrored else (lambda x: x)
    places = [
        (flip((start + end) / 2), text_width(table.names[number], SIZE))
        for number, _value, start, end in first
    ]
    fits = len(first) == len(table.names) and apart(places, GAP)
    inside = all(x - size / 2 >= 0 and x + size / 2 <= width for x, size in places)
    stands_over = all(
        size <= (end - start) * 1.6
        for (_x, size), (_n, _v, start, end) in zip(places, first, strict=True)
    )
    above = wrap(table.labels[0], SIZE, width) if table.labels else []
    if not (fits and inside and stands_over and above) or width < 480:
        return key(table.names, width, mirrored=mirrored, marks=False)
    parts: list[SafeString] = []
    for (x, _size), (number, _value, _start, _end) in zip(places, first, strict=True):
        parts.append(svg.text(x, SIZE, table.names[number], size=SIZE, anchor="middle"))
        parts.append(svg.line(x, SIZE + 5, x, SIZE + 11, stroke=svg.INK, width=1))
    return parts, SIZE + 13
