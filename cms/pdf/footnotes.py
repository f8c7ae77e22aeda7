"""Mends a place where WeasyPrint 70 loses a footnote. Used in the render process alone.

To keep a paragraph's first lines together at the foot of a page, the engine moves earlier notes to the next page and
keeps the line that then fits. Notes called from that very line are never laid out: their call is printed, their words are
not. Here they follow the notes that were moved.
"""

from __future__ import annotations

from typing import Any


def mend() -> None:
    """Change the engine of this process. Call it once."""
    from weasyprint.layout import block

    lay_out_lines = block._linebox_layout

    def mended(context: Any, box: Any, index: int, child: Any, lines: list, *rest: Any) -> tuple:
        result = lay_out_lines(context, box, index, child, lines, *rest)
        new_footnotes = result[4]
        if lines and context.footnotes:
            for part in lines[-1].descendants():
                if part.footnote in context.footnotes:
                    context.layout_footnote(part.footnote)
                    context.report_footnote(part.footnote)
                    new_footnotes.append(part.footnote)
        return result

    block._linebox_layout = mended
