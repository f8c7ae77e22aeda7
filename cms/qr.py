"""QR codes that lead from paper to the living page."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def qr_svg(url: str) -> SafeString:
    """Inline SVG of `url`, error correction Q (a quarter may be damaged), with a title as its text."""
    code = segno.make(url, error="q", micro=False)
    title = _("QR code: %(url)s") % {"url": url}
    # segno escapes the title and draws the rest itself.
    svg = code.svg_inline(scale=3, border=0, title=title, omitsize=True, svgclass="qr")
    return mark_safe(svg)  # noqa: S308
