"""SVG elements as escaped strings. Attributes only: the public pages allow no inline style."""

from __future__ import annotations

from collections.abc import Iterable

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK = "#1d2125"
MUTED = "#525a62"
GRID = "#d9d4c9"
DATA = "currentColor"  # the root's `color`, which is the brand's accent colour


def element(name: str, attributes: dict[str, object], *children: str) -> SafeString:
    """`<name attributes>children</name>`; children that are not safe strings are escaped."""
    written = {
        key: _number(value) if isinstance(value, float) else value
        for key, value in attributes.items()
    }
    inner = format_html_join("", "{}", ((child,) for child in children))
    return format_html("<{}{}>{}</{}>", name, flatatt(written), inner, name)


def group(children: Iterable[str], **attributes: object) -> SafeString:
    return element("g", attributes, *children)


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float,
    anchor: str = "start",
    weight: int = 400,
    fill: str = INK,
) -> SafeString:
    attributes = {
        "x": float(x),
        "y": float(y),
        "font-size": float(size),
        "font-weight": weight,
        "text-anchor": anchor,
        "fill": fill,
    }
    return element("text", attributes, words)


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float) -> SafeString:
    attributes = {
        "x1": float(x1),
        "y1": float(y1),
        "x2": float(x2),
        "y2": float(y2),
        "stroke": stroke,
        "stroke-width": float(width),
    }
    return element("line", attributes)


def _number(value: float) -> str:
    """Two decimals at most and no negative zero, so that equal drawings are equal bytes."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
