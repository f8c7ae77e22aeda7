"""A line over years or other steps. Points carry their figures where they fit, else an axis does."""

from __future__ import annotations

from decimal import Decimal

from django.utils.safestring import SafeString

from cms.charts import svg
from cms.charts.figures import FigureFormat, Rows
from cms.charts.lettering import text_width, wrap
from cms.charts.scale import Scale

SIZE = 14.0
TOP = 26.0  # room for a figure above the highest point
Point = tuple[float, float]


def draw_line(rows: Rows, width: int, figure: FigureFormat) -> tuple[list[SafeString], float]:
    """Elements of the drawing, and its height."""
    values = [value for _label, value in rows]
    plot_height = width * (0.3 if width >= 480 else 0.55)
    scale = Scale(values, TOP + plot_height, TOP)
    written = [figure(value) for value in values if value is not None]
    widest = max((text_width(words, SIZE) * 1.08 for words in written), default=0.0)
    step = width / max(len(rows), 1)
    steady = len(set(values)) == 1  # one figure says it; eleven would be noise
    every = widest + 6 <= step or steady
    grid = [] if every else axis(scale, width, figure)
    ticks = [] if every else [text_width(figure(tick), SIZE) for tick in scale.ticks()]
    # The first and last labels hang half over their points.
    edge = max(text_width(rows[0][0], SIZE), text_width(rows[-1][0], SIZE), widest) / 2 + 2
    edge = min(edge, width / 5)
    start = max(edge, max(ticks, default=0.0) + 14 if ticks else edge)
    xs = positions(len(rows), start, width - edge)
    points = [
        (x, scale(value)) if value is not None else None
        for x, value in zip(xs, values, strict=True)
    ]
    # Figures of points below zero stand beneath them and need room there.
    below = SIZE + 6 if any(value is not None and value < 0 for value in values) else 0.0
    bottom = scale.start + below
    labels, label_height = labels_below(rows, xs, bottom + 20, edge_room=2 * edge)
    parts = [
        *grid,
        svg.line(0 if every else start - 6, scale.zero, width, scale.zero, stroke=svg.INK, width=1),
        *_run_paths(points),
        *_dots(points, small=len(rows) > 16),
        *_figures(points, values, figure, every=every and not steady),
        *labels,
    ]
    return parts, bottom + 20 + label_height


def positions(count: int, start: float, end: float) -> list[float]:
    if count == 1:
        return [(start + end) / 2]
    return [start + (end - start) * number / (count - 1) for number in range(count)]


def axis(scale: Scale, width: int, figure: FigureFormat) -> list[SafeString]:
    parts = []
    for tick in scale.ticks():
        y = scale(tick)
        if tick:
            parts.append(svg.line(0, y, width, y, stroke=svg.GRID, width=1))
        parts.append(svg.text(0, y - 4, figure(tick), size=SIZE - 1, fill=svg.MUTED))
    return parts


def runs(points: list[Point | None]) -> list[list[Point]]:
    """Unbroken runs: a missing figure is a gap, never a guess."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if run]


def _run_paths(points: list[Point | None]) -> list[SafeString]:
    return [
        svg.element(
            "path",
            {
                "d": "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in run),
                "fill": "none",
                "stroke": svg.DATA,
                "stroke-width": 2.5,
                "stroke-linejoin": "round",
                "stroke-linecap": "round",
            },
        )
        for run in runs(points)
        if len(run) > 1
    ]


def _dots(points: list[Point | None], *, small: bool) -> list[SafeString]:
    radius = 2.5 if small else 4.0
    return [
        svg.element("circle", {"cx": x, "cy": y, "r": radius, "fill": svg.DATA})
        for x, y in (point for point in points if point is not None)
    ]


def _figures(
    points: list[Point | None], values: list[Decimal | None], figure: FigureFormat, *, every: bool
) -> list[SafeString]:
    """Figures beside their points: all of them, or the first and the last known."""
    known = [
        (point, value)
        for point, value in zip(points, values, strict=True)
        if point is not None and value is not None
    ]
    ends = [known[0], known[-1]] if len(known) > 1 else known
    parts = []
    for place in known if every else ends:
        (x, y), value = place
        baseline = y - 10 if value >= 0 else y + 10 + SIZE * 0.72
        weight = 600 if place in ends else 400
        parts.append(
            svg.text(x, baseline, figure(value), size=SIZE, anchor="middle", weight=weight)
        )
    return parts


def labels_below(
    rows: Rows, xs: list[float], y: float, *, edge_room: float = float("inf")
) -> tuple[list[SafeString], float]:
    """Labels below the axis; as many as stand apart, the last one always among them.

    The first and the last have no more room than the edge of the drawing leaves them: what is outside is cut.
    """
    step = xs[1] - xs[0] if len(xs) > 1 else 200.0
    widest = max(text_width(label, SIZE) for label, _value in rows)
    long_words = widest > 90
    room = max(step - 8, 60.0)
    # Years are thinned out; categories, which a reader cannot fill in, are broken into lines.
    every = 1 if long_words else max(1, -(-int(widest + 10) // max(int(step), 1)))
    parts: list[SafeString] = []
    height = 0.0
    for number in range(len(rows) - 1, -1, -every):
        own = min(room, edge_room) if number in {0, len(rows) - 1} else room
        lines = wrap(rows[number][0], SIZE, own) if long_words else [rows[number][0]]
        height = max(height, len(lines) * 17.0)
        parts += [
            svg.text(xs[number], y + 17 * row, words, size=SIZE, anchor="middle", fill=svg.MUTED)
            for row, words in enumerate(lines)
        ]
    return parts, height - 10
