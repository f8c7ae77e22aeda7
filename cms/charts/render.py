"""The one way in: rows to a finished SVG element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.charts import svg
from cms.charts.bars import SIZE, draw_bars, no_figure
from cms.charts.figures import FigureFormat, clean_rows
from cms.charts.lines import draw_line

WIDE, NARROW = 640, 340  # a text column on paper or a desktop screen; a telephone
MARGIN = 4
FAMILY = "Public Sans,sans-serif"
DEFAULT_COLOR = "#a63d1a"
HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
DRAWERS = {"bar": draw_bars, "line": draw_line}


def render_chart(
    *,
    kind: str,
    title: str,
    rows: Iterable[tuple[str, Decimal | None]],
    unit: str = "",
    alt: str = "",
    language: str = "en",
    color: str = DEFAULT_COLOR,
    size: str = "wide",
    width: int = WIDE,
) -> SafeString:
    """`<svg>` of horizontal bars (`bar`) or a line (`line`); an unknown kind is drawn as bars.

    The same arguments give the same bytes. `alt`, else `title`, becomes the `<title>` child, the only
    name that both screen readers and the PDF engine take. `width` is in drawing units, about 1/96 inch;
    `size` names it for the stylesheet, which shows the drawing that fits the screen.
    """
    with translation.override(language):
        cleaned = clean_rows(rows)
        if any(value is not None for _label, value in cleaned):
            figure = FigureFormat((value for _label, value in cleaned), unit or "")
            parts, height = DRAWERS.get(kind, draw_bars)(cleaned, width, figure)
        else:
            words = _("There are no figures to draw yet.")
            parts, height = [svg.text(0, SIZE, words, size=SIZE, fill=svg.MUTED)], SIZE
        name = svg.element("title", {}, " ".join((alt or title or _("Chart")).split()))
        return svg.element("svg", _frame(width, height, size, color), name, *parts)


def _frame(width: int, height: float, size: str, color: str) -> dict[str, object]:
    return {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": f"chart__drawing chart__drawing--{size}",
        "viewBox": f"0 {-MARGIN} {width} {round(height) + 2 * MARGIN}",
        "role": "img",
        "color": color if HEX_COLOR.match(color or "") else DEFAULT_COLOR,
        "font-family": FAMILY,
        # Bars mirror their own geometry, a line of years runs as everywhere: text anchors are physical.
        "direction": "ltr",
    }


def written_rows(
    rows: Iterable[tuple[str, Decimal | None]], *, unit: str = "", language: str = "en"
) -> list[tuple[str, str]]:
    """The rows as words: what a table beneath the drawing says."""
    with translation.override(language):
        cleaned = clean_rows(rows)
        figure = FigureFormat((value for _label, value in cleaned), unit or "")
        return [
            (label, no_figure() if value is None else figure(value)) for label, value in cleaned
        ]
