"""Several series in one drawing, told apart without colour: by lightness, by pattern, by mark and by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.safestring import SafeString

from cms.charts import svg
from cms.charts.figures import clean_label, clean_value
from cms.charts.lettering import text_width

SIZE = 14.0
LINE = 20.0
SWATCH = 14.0
MOST_SERIES = 5
# Part of the ground that each series covers: steps that a grey printer keeps apart, neighbours far apart.
TINT, HATCH, EMPTY, DENSE = 0.25, 0.5, 0.0, 0.75
PERIOD = 6.0


@dataclass(frozen=True)
class Table:
    """Rows by series. Each row has one value for each series, None where it is not known."""

    labels: list[str]
    names: list[str]
    values: list[list[Decimal | None]]

    def known(self) -> list[Decimal]:
        return [value for row in self.values for value in row if value is not None]


def clean_table(rows: Iterable[tuple[object, object]], series: Sequence[str]) -> Table:
    """A row's value may be one figure or a list of them, one for each series."""
    labels, values = [], []
    for label, given in rows:
        several = given if isinstance(given, list | tuple) else [given]
        labels.append(clean_label(label))
        values.append([clean_value(value) for value in several[:MOST_SERIES]])
    width = max((len(row) for row in values), default=1)
    names = [clean_label(name) for name in series][:width]
    names += [""] * (width - len(names))
    return Table(labels, names, [row + [None] * (width - len(row)) for row in values])


def area(number: int, x: float, y: float, width: float, height: float) -> list[SafeString]:
    """A rectangle in the manner of series `number`."""
    box: dict[str, object] = {"x": x, "y": y, "width": width, "height": height}
    if number == 0:
        return [svg.element("rect", {**box, "fill": svg.DATA})]
    inset = {"x": x + 0.75, "y": y + 0.75, "width": width - 1.5, "height": height - 1.5}
    inset = {key: max(value, 0.0) for key, value in inset.items()}
    outline = {**inset, "stroke": svg.DATA, "stroke-width": 1.5}
    if number == 1:
        return [svg.element("rect", {**outline, "fill": svg.DATA, "fill-opacity": TINT})]
    parts = [svg.element("rect", {**outline, "fill": "none" if number == 3 else "#ffffff"})]
    if number != 3:
        share, rising = (HATCH, True) if number == 2 else (DENSE, False)
        parts.append(_hatch(x, y, width, height, share * PERIOD, rising=rising))
    return parts


def _hatch(
    x: float, y: float, width: float, height: float, thickness: float, *, rising: bool
) -> SafeString:
    """Diagonal strokes cut at the edges by arithmetic: patterns would need names that are unique in the page."""
    step = PERIOD * 2**0.5
    strokes, offset = [], -height
    while offset < width:
        start, end = max(offset, 0.0), min(offset + height, width)
        if end > start:
            low, high = start - offset, end - offset
            ys = (y + height - low, y + height - high) if rising else (y + low, y + high)
            strokes.append(f"M{x + start:.2f} {ys[0]:.2f}L{x + end:.2f} {ys[1]:.2f}")
        offset += step
    return svg.element(
        "path",
        {"d": "".join(strokes), "stroke": svg.DATA, "stroke-width": thickness, "fill": "none"},
    )


def mark(number: int, x: float, y: float, radius: float = 5.5) -> SafeString:
    """A point in the manner of series `number`: five shapes, filled and hollow in turn."""
    stroke = svg.DATA if number == 0 else svg.INK
    look = {
        "fill": stroke if number in {0, 2, 4} else "#ffffff",
        "stroke": stroke,
        "stroke-width": 2.0,
    }
    if number in {0, 1}:
        return svg.element("circle", {"cx": x, "cy": y, "r": radius, **look})
    if number == 2:
        side = radius * 1.7
        return svg.element(
            "rect", {"x": x - side / 2, "y": y - side / 2, "width": side, "height": side, **look}
        )
    tip = radius * 1.3
    points = [(0, -tip), (tip, 0), (0, tip), (-tip, 0)] if number == 3 else None
    points = points or [(0, -tip), (tip, tip * 0.8), (-tip, tip * 0.8)]
    path = "M" + "L".join(f"{x + dx:.2f} {y + dy:.2f}" for dx, dy in points) + "Z"
    return svg.element("path", {"d": path, **look})


DASHES = ("", "", "7 4", "2 4", "10 4 2 4")


def stroke_of(number: int) -> dict[str, object]:
    """The line of series `number`."""
    look: dict[str, object] = {
        "fill": "none",
        "stroke": svg.DATA if number == 0 else svg.INK,
        "stroke-width": 2.75 if number == 0 else 1.75,
        "stroke-linejoin": "round",
    }
    return {**look, "stroke-dasharray": DASHES[number]} if DASHES[number] else look


def key(
    names: Sequence[str], width: float, *, mirrored: bool, marks: bool
) -> tuple[list[SafeString], float]:
    """Names with their patterns in the order of the figures, for when they find no room beside the data."""
    parts: list[SafeString] = []
    x = y = 0.0
    for number, name in enumerate(names):
        room = SWATCH + 6 + text_width(name, SIZE) + 18
        if x and x + room - 18 > width:
            x, y = 0.0, y + LINE
        start = width - x - SWATCH if mirrored else x
        if marks:
            parts.append(mark(number, start + SWATCH / 2, y + LINE / 2))
        else:
            parts += area(number, start, y + (LINE - SWATCH) / 2, SWATCH, SWATCH)
        at = start - 6 if mirrored else start + SWATCH + 6
        parts.append(
            svg.text(at, y + LINE / 2 + 5, name, size=SIZE, anchor="end" if mirrored else "start")
        )
        x += room
    return parts, y + LINE + 8


def apart(places: Sequence[tuple[float, float]], gap: float = 6.0) -> bool:
    """Whether words centred at given places, each with its width, leave air between them."""
    ordered = sorted(places)
    return all(
        first + first_width / 2 + gap <= second - second_width / 2
        for (first, first_width), (second, second_width) in pairwise(ordered)
    )
