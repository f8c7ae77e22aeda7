"""Horizontal bars: categories read as words, figures stand at the end of each bar."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from cms.charts import svg
from cms.charts.figures import FigureFormat
from cms.charts.figures import Rows as Figures
from cms.charts.lettering import text_width, wrap
from cms.charts.scale import Scale

SIZE = 14.0  # type size; the drawing is shown at about its own size, so this is legible
LINE = 18.0
BASELINE = 0.36  # distance from the middle of a line to its baseline, in parts of the type size
GAP = 8.0
LABEL_SHARE = 0.36


@dataclass(frozen=True)
class Layout:
    """Measures that all bars of one chart share."""

    stacked: bool  # the label stands above its bar instead of before it
    label_room: float
    thickness: float
    between: float
    scale: Scale
    mirrored: bool  # labels at the right edge, bars growing to the left
    width: float


def draw_bars(rows: Figures, width: int, figure: FigureFormat) -> tuple[list[SafeString], float]:
    """Elements of the drawing, and its height."""
    layout = _layout(rows, width, figure)
    parts: list[SafeString] = []
    y = 0.0
    for label, value in rows:
        lines = wrap(label, SIZE, layout.label_room)
        before = len(lines) * LINE if layout.stacked else 0.0
        block = before + layout.thickness
        if not layout.stacked:
            block = max(layout.thickness, len(lines) * LINE)
        middle = y + before + (block - before) / 2
        first = y + LINE / 2 if layout.stacked else middle - (len(lines) - 1) * LINE / 2
        parts += [
            svg.text(
                layout.width if layout.mirrored else 0,
                first + number * LINE + SIZE * BASELINE,
                words,
                size=SIZE,
                anchor="end" if layout.mirrored else "start",
            )
            for number, words in enumerate(lines)
        ]
        parts += _bar(value, middle, layout, figure)
        y += block + layout.between
    height = y - layout.between
    if not layout.stacked:  # where labels stand over the bars, the line would cross them
        zero = layout.scale.zero
        parts.append(svg.line(zero, 0, zero, height, stroke=svg.INK, width=1))
    return parts, height


def _layout(rows: Figures, width: int, figure: FigureFormat) -> Layout:
    values = [value for _label, value in rows]
    written = [figure(value) if value is not None else no_figure() for value in values]
    figure_room = max(text_width(words, SIZE) * 1.08 for words in written) + GAP
    left = figure_room if any(value is not None and value < 0 for value in values) else 0.0
    right = figure_room if any(value is None or value >= 0 for value in values) else GAP
    longest = max(text_width(label, SIZE) for label, _value in rows)
    narrow = width < 480
    stacked = narrow and longest > width * LABEL_SHARE
    room = float(width) if stacked else min(longest + 1, width * LABEL_SHARE)
    start = left if stacked else room + GAP * 1.5 + left
    end = max(width - right, start + 40)
    mirrored = get_language_bidi()
    return Layout(
        stacked=stacked,
        label_room=room,
        thickness=16.0 if stacked else 22.0 if len(rows) <= 6 else 18.0,
        between=12.0 if stacked else 9.0 if len(rows) <= 6 else 7.0,
        scale=Scale(values, width - start, width - end) if mirrored else Scale(values, start, end),
        mirrored=mirrored,
        width=float(width),
    )


def _bar(
    value: Decimal | None, middle: float, layout: Layout, figure: FigureFormat
) -> list[SafeString]:
    zero = layout.scale.zero
    baseline = middle + SIZE * BASELINE
    if value is None:
        words = no_figure()
        return [_beside(zero, GAP, words, baseline, leftward=layout.mirrored, fill=svg.MUTED)]
    end = layout.scale(value)
    bar = svg.element(
        "rect",
        {
            "x": min(zero, end),
            "y": middle - layout.thickness / 2,
            "width": abs(end - zero),
            "height": layout.thickness,
            "fill": svg.DATA,
        },
    )
    parts: list[SafeString] = [bar]
    if layout.stacked:
        top, foot = middle - layout.thickness / 2, middle + layout.thickness / 2
        parts.append(svg.line(zero, top, zero, foot, stroke=svg.INK, width=1))
    leftward = (value < 0) != layout.mirrored
    words = _beside(end, GAP * 0.75, figure(value), baseline, leftward=leftward, weight=600)
    return [*parts, words]


def _beside(
    x: float,
    gap: float,
    words: str,
    baseline: float,
    *,
    leftward: bool,
    weight: int = 400,
    fill: str = svg.INK,
) -> SafeString:
    """`words` at a distance from `x`, to the left of it when `leftward`."""
    return svg.text(
        x - gap if leftward else x + gap,
        baseline,
        words,
        size=SIZE,
        anchor="end" if leftward else "start",
        weight=weight,
        fill=fill,
    )


@dataclass(frozen=True)
class Rows:
    """Where the labels of rows stand and where their data may: shared by the kinds with several series."""

    above: bool  # labels stand over their data
    label_room: float
    start: float
    end: float
    mirrored: bool
    width: float

    def flip(self, x: float) -> float:
        return self.width - x if self.mirrored else x

    def words(self, lines: list[str], first: float) -> list[SafeString]:
        """A label of several lines; `first` is the middle of its first one."""
        anchor = "end" if self.mirrored else "start"
        return [
            svg.text(
                self.flip(0),
                first + number * LINE + SIZE * BASELINE,
                words,
                size=SIZE,
                anchor=anchor,
            )
            for number, words in enumerate(lines)
        ]


def row_layout(labels: list[str], width: int) -> Rows:
    """Labels before their data, or over it where the drawing is narrow and they are long."""
    longest = max((text_width(label, SIZE) for label in labels), default=0.0)
    above = width < 480 and longest > width * LABEL_SHARE
    room = float(width) if above else min(longest + 1, width * LABEL_SHARE)
    start = 0.0 if above else room + GAP * 1.5
    return Rows(above, room, start, float(width), get_language_bidi(), float(width))


def no_figure() -> str:
    return _("no figure")
