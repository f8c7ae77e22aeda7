"""Template tag that draws a chart block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from cms.charts import NARROW, WIDE, render_chart
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
    page = context.get("page")
    return render_chart(
        kind=value.get("kind") or "bar",
        title=value.get("title") or "",
        rows=[(row.get("label"), row.get("value")) for row in value.get("rows") or ()],
        unit=value.get("unit") or "",
        alt=value.get("alt") or "",
        language=getattr(page, "language", "") or "en",
        color=_accent(context) if size == "paper" else DEFAULT_COLOR,
        size=size,
        width=WIDTHS[size],
    )


def _accent(context: template.Context) -> str:
    branding = context.get("branding")
    if branding is None:
        page = context.get("page")
        site = page.get_site() if page is not None else None
        branding = Branding.for_site(site) if site else None
    return branding.accent_color if branding else DEFAULT_COLOR
