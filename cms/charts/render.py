"""The one way in: rows to a finished SVG element."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.charts import svg
from cms.charts.bars import SIZE, draw_bars, no_figure
from cms.charts.dots import draw_dots
from cms.charts.figures import FigureFormat
from cms.charts.grouped import draw_grouped
from cms.charts.lines import draw_line
from cms.charts.many_lines import draw_lines
from cms.charts.series import Table, clean_table
from cms.charts.stacked import draw_stacked

WIDE, NARROW = 640, 340  # a text column on paper or a desktop screen; a telephone
MARGIN = 4
FACE = "Public Sans"
DEFAULT_COLOR = "#a63d1a"
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
SINGLE = {"bar": draw_bars, "line": draw_line}
SEVERAL = {
    "bar": draw_grouped,
    "line": draw_lines,
    "stacked": draw_stacked,
    "dot": draw_dots,
}
RowValues = Decimal | None | Sequence[Decimal | None]


def render_chart(
    *,
    kind: str,
    title: str,
    rows: Iterable[tuple[str, RowValues]],
    series: Sequence[str] = (),
    unit: str = "",
    alt: str = "",
    language: str = "en",
    color: str = DEFAULT_COLOR,
    face: str = FACE,
    size: str = "wide",
    width: int = WIDE,
) -> SafeString:
    """`<svg>` of horizontal bars (`bar`), a line (`line`), stacked bars (`stacked`) or dots (`dot`); an unknown kind
    is drawn as bars. A row may have one figure for each of several `series`.

    The same arguments give the same bytes. `alt`, else `title`, becomes the `<title>` child, the only
    name that both screen readers and the PDF engine take. `width` is in drawing units, about 1/96 inch;
    `size` names it for the stylesheet, which shows the drawing that fits the screen.
    """
    with translation.override(language):
        table = clean_table(rows, series)
        if table.known():
            parts, height = _draw(kind, table, width, FigureFormat(table.known(), unit or ""))
        else:
            words = _("There are no figures to draw yet.")
            parts, height = [svg.text(0, SIZE, words, size=SIZE, fill=svg.MUTED)], SIZE
        name = svg.element("title", {}, " ".join((alt or title or _("Chart")).split()))
        return svg.element("svg", _frame(width, height, size, color, face), name, *parts)


def _draw(
    kind: str, table: Table, width: int, figure: FigureFormat
) -> tuple[list[SafeString], float]:
    if len(table.names) == 1 and kind not in {"stacked", "dot"}:
        rows = [(label, row[0]) for label, row in zip(table.labels, table.values, strict=True)]
        return SINGLE.get(kind, draw_bars)(rows, width, figure)
    return SEVERAL.get(kind, draw_grouped)(table, width, figure)


def _frame(width: int, height: float, size: str, color: str, face: str) -> dict[str, object]:
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": f"chart__drawing chart__drawing--{size}",
        "viewBox": f"0 {-MARGIN} {width} {round(height) + 2 * MARGIN}",
        "role": "img",
        "color": color if HEX_COLOR.match(color or "") else DEFAULT_COLOR,
        "font-family": f"{face},sans-serif" if face == FACE else f"'{face}',{FACE},sans-serif",
        # Bars mirror their own geometry, a line of years runs as everywhere: text anchors are physical.
        "direction": "ltr",
    }


def written_rows(
    rows: Iterable[tuple[str, RowValues]], *, unit: str = "", language: str = "en"
) -> list[tuple[str, ...]]:
    """The rows as words, label first: what a table beneath the drawing says."""
    with translation.override(language):
        table = clean_table(rows, ())
        figure = FigureFormat(table.known(), unit or "")
        return [
            (label, *(no_figure() if value is None else figure(value) for value in row))
            for label, row in zip(table.labels, table.values, strict=True)
        ]
