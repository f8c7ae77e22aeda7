"""Charts drawn on the server as SVG: one picture for the web page and the PDF.

Knows neither models nor templates. A picture is plain elements with presentation attributes, since
the public pages allow no inline style, and is built by escaping helpers only.
"""

from __future__ import annotations

from cms.charts.render import NARROW, WIDE, render_chart, written_rows

__all__ = ["NARROW", "WIDE", "render_chart", "written_rows"]
