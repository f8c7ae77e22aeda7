"""Several lines over the same steps. Each name stands at the end of its line; the ends carry their figures."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString

from cms.charts import svg
from cms.charts.figures import FigureFormat, Rows
from cms.charts.lettering import text_width
from cms.charts.lines import axis, labels_below, positions, runs
from cms.charts.scale import Scale
from cms.charts.series import SIZE, Table, key, mark, stroke_of

TOP = 14.0
NAME_STEP = 18.0
NAMES_SHARE = 0.36
Point = tuple[float, float]


def draw_lines(table: Table, width: int, figure: FigureFormat) -> tuple[list[SafeString], float]:
    """Elements of the drawing, and its height. Years run from left to right in every language."""
    ends = [_last_known(table, number) for number in range(len(table.names))]
    words = [
        f"{table.names[number]} {figure(found[1])}" if found else table.names[number]
        for number, found in enumerate(ends)
    ]
    room = max(text_width(text, SIZE) for text in words) * 1.12 + 18
    beside = width >= 480 and room <= width * NAMES_SHARE
    head, top = ([], 0.0) if beside else key(table.names, width, mirrored=False, marks=True)
    scale = Scale(table.known(), top + TOP + width * (0.36 if width >= 480 else 0.6), top + TOP)
    right = width - (room if beside else 10.0)
    ticks = max(text_width(figure(tick), SIZE) for tick in scale.ticks())
    edge = text_width(table.labels[-1], SIZE) / 2 + 2
    xs = positions(len(table.labels), ticks + 16, right if beside else right - min(edge, 40))
    parts = [*head, *axis(scale, int(right), figure)]
    parts.append(svg.line(0, scale.zero, right, scale.zero, stroke=svg.INK, width=1))
    for number in reversed(range(len(table.names))):
        points = [
            (x, scale(value)) if value is not None else None
            for x, value in zip(xs, [row[number] for row in table.values], strict=True)
        ]
        parts += _line(number, points)
    if beside:
        parts += _names(words, ends, scale, right)
    rows: Rows = [(label, None) for label in table.labels]
    labels, height = labels_below(
        rows, xs, scale.start + 20, edge_room=2 * min(xs[0], width - xs[-1])
    )
    return [*parts, *labels], scale.start + 20 + height


def _line(number: int, points: list[Point | None]) -> list[SafeString]:
    parts = [
        svg.element(
            "path", {"d": "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in run), **stroke_of(number)}
        )
        for run in runs(points)
        if len(run) > 1
    ]
    known = [point for point in points if point is not None]
    # Every mark where there are few; of many, the ends and those that stand alone.
    few = len(known) <= 12
    shown = known if few else [known[0], known[-1], *(r[0] for r in runs(points) if len(r) == 1)]
    return [*parts, *(mark(number, x, y, 3.6) for x, y in shown)]


def _last_known(table: Table, number: int) -> tuple[int, Decimal] | None:
    known = [(at, row[number]) for at, row in enumerate(table.values)]
    return next(((at, value) for at, value in reversed(known) if value is not None), None)


def _names(
    words: list[str], ends: list[tuple[int, Decimal] | None], scale: Scale, x: float
) -> list[SafeString]:
    """Names at the heights of their ends, moved apart where they would overlap."""
    wanted = sorted((scale(found[1]), number) for number, found in enumerate(ends) if found)
    placed: list[tuple[float, int]] = []
    for y, number in wanted:
        lowest = placed[-1][0] + NAME_STEP if placed else y
        placed.append((max(y, lowest), number))
    overshoot = max(0.0, placed[-1][0] - scale.start) if placed else 0.0
    return [
        svg.text(
            x + 14,
            y - overshoot + SIZE * 0.36,
            words[number],
            size=SIZE,
            weight=600 if number == 0 else 400,
        )
        for y, number in placed
    ]
