"""Mends two places where WeasyPrint 70 treats footnotes badly. Used in the render process alone.

To keep a paragraph's first lines together at the foot of a page, the engine moves earlier notes to the next page, away from
their calls. Here the paragraph goes to the next page instead. Only where it is alone on its page do the notes go.

The line that then fits is kept, and notes called from that very line are never laid out: their call is printed, their words
are not. Here they follow the notes that were moved.
"""

from __future__ import annotations

from typing import Any


def mend() -> None:
    """Change the engine of this process. Call it once."""
    from weasyprint.layout import block

    lay_out_lines = block._linebox_layout

    def mended(context: Any, box: Any, index: int, child: Any, lines: list, *rest: Any) -> tuple:
        page_is_empty = rest[0]
        called_before = list(context.current_page_footnotes)
        result = lay_out_lines(context, box, index, child, lines, *rest)
        moved = [note for note in called_before if note in context.reported_footnotes]
        if moved and not page_is_empty:
            block.remove_placeholders(context, lines, rest[1], rest[2])
            lines.clear()
            _keep_on_page(context, moved)
            return True, False, None, *result[3:]
        _lay_out_notes_of_last_line(context, lines, result[4])
        return result

    block._linebox_layout = mended


def _keep_on_page(context: Any, notes: list) -> None:
    for note in notes:
        context.reported_footnotes.remove(note)
        context.footnotes.append(note)
        context.layout_footnote(note)


def _lay_out_notes_of_last_line(context: Any, lines: list, new_footnotes: list) -> None:
    if lines and context.footnotes:
        for part in lines[-1].descendants():
            if part.footnote in context.footnotes:
                context.layout_footnote(part.footnote)
                context.report_footnote(part.footnote)
                new_footnotes.append(part.footnote)
