"""Template tags of chart blocks: the drawing, and its figures as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms import themes
from cms.charts import NARROW, WIDE, render_chart, svg, written_rows
from cms.enums import FontPair
from cms.models import Branding
from cms.pdf.identity import Identity, identity_of

register = template.Library()

PAPER = 520  # the column of a printed page
LARGE_PRINT = 340  # the same column: lettering comes out at 18 points
GREY = "#4d4d4d"  # as `--accent` of shades of grey in print/choices.css
WIDTHS = {"wide": WIDE, "narrow": NARROW, "paper": PAPER}


@register.simple_tag(takes_context=True)
def chart(context: template.Context, value: Mapping[str, Any], size: str = "wide") -> SafeString:
    """`value` (title, kind, unit, series, rows, alt) drawn for `size`: "wide", "narrow" or "paper".

    On the site a stylesheet sets the accent colour; on paper the drawing has to bring it.
    """
    return render_chart(
        kind=value.get("kind") or "bar",
        title=value.get("title") or "",
        rows=_rows(value),
        series=list(value.get("series") or ()),
        unit=value.get("unit") or "",
        alt=value.get("alt") or "",
        language=_language(context),
        **(_look(context) if size == "paper" else {}),
        size=size,
        width=_width(context, size),
    )


@register.simple_tag(takes_context=True)
def chart_figures(context: template.Context, value: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Labels and figures of a chart block, written as they are in the drawing."""
    return written_rows(
        _rows(value),
        unit=value.get("unit") or "",
        language=_language(context),
    )


def _rows(value: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    """Label and figures of each row; the further series stand behind the first."""
    return [
        (row.get("label"), [row.get("value"), *(row.get("more") or ())])
        for row in value.get("rows") or ()
    ]


def _width(context: template.Context, size: str) -> int:
    choices = context.get("choices")
    is_large = size == "paper" and choices is not None and choices.size == "large"
    return LARGE_PRINT if is_large else WIDTHS[size]


def _language(context: template.Context) -> str:
    return getattr(context.get("page"), "language", "") or "en"


def _look(context: template.Context) -> dict[str, str]:
    """Colour and lettering of the paper: the theme's, else the site's."""
    page = context.get("page")
    theme = getattr(page, "theme", None)
    branding = context.get("branding")
    if branding is None:
        site = page.get_site() if page is not None else None
        branding = Branding.for_site(site) if site else Branding()
    look = branding if isinstance(branding, Identity) else identity_of(branding, theme)
    return {
        "color": _ink(context) or look.accent_color,
        "face": themes.DISPLAY_FACES[FontPair(look.font_pair)],
    }


def _ink(context: template.Context) -> str:
    """What was chosen instead of the accent colour; "" for that."""
    choices = context.get("choices")
    if choices is None or (choices.branded and choices.colour == "colour"):
        return ""
    return GREY if choices.colour == "grey" else svg.INK
