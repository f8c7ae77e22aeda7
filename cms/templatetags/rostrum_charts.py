"""Template tags of chart blocks: the drawing, and its figures as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.charts import NARROW, WIDE, render_chart, written_rows
from cms.charts.render import DEFAULT_COLOR
from cms.models import Branding

register = template.Library()

PAPER = 520  # the column of a printed page
WIDTHS = {"wide": WIDE, "narrow": NARROW, "paper": PAPER}


@register.simple_tag(takes_context=True)
def chart(context: template.Context, value: Mapping[str, Any], size: str = "wide") -> SafeString:
    """`value` (title, kind, unit, rows, alt) drawn for `size`: "wide", "narrow" or "paper".

    On the site a stylesheet sets the accent colour; on paper the drawing has to bring it.
    """
    return render_chart(
        kind=value.get("kind") or "bar",
        title=value.get("title") or "",
        rows=[(row.get("label"), row.get("value")) for row in value.get("rows") or ()],
        unit=value.get("unit") or "",
        alt=value.get("alt") or "",
        language=_language(context),
        color=_accent(context) if size == "paper" else DEFAULT_COLOR,
        size=size,
        width=WIDTHS[size],
    )


@register.simple_tag(takes_context=True)
def chart_figures(context: template.Context, value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Labels and figures of a chart block, written as they are in the drawing."""
    return written_rows(
        [(row.get("label"), row.get("value")) for row in value.get("rows") or ()],
        unit=value.get("unit") or "",
        language=_language(context),
    )


def _language(context: template.Context) -> str:
    return getattr(context.get("page"), "language", "") or "en"


def _accent(context: template.Context) -> str:
    branding = context.get("branding")
    if branding is None:
        page = context.get("page")
        site = page.get_site() if page is not None else None
        branding = Branding.for_site(site) if site else None
    return branding.accent_color if branding else DEFAULT_COLOR
