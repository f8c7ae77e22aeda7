"""Writes a sheet as plain text: for forms that take nothing else, and for whoever wants the words alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from cms.directions import NO_BREAK
from cms.pdf.twins.sheet import Block, Paragraph, Picture, Run, Sheet, Table

INDENTED = {"Quote": "    ", "QuoteSource": "    ", "Preformatted": ""}
# Lines that belong together: no empty line between two of the same kind.
CLOSE = {
    **dict.fromkeys(("LetterheadName", "Letterhead"), "letterhead"),
    **dict.fromkeys(("Heading1", "Statement"), "title"),
    **dict.fromkeys(("Quote", "QuoteSource"), "quote"),
    **dict.fromkeys(("Closing", "Signature"), "signature"),
}


def write_text(sheet: Sheet) -> str:
    """One line for each paragraph, an empty one between them; notes as [1], their words at the end."""
    parts = [sheet.draft] if sheet.draft else []
    for _kind, blocks in groupby(enumerate(sheet.blocks), key=lambda pair: _together(*pair)):
        lines = [line for _number, block in blocks for line in _lines(block)]
        parts += ["\n".join(lines)] if lines else []
    if sheet.notes:
        notes = (f"[{number}] {_words(runs)}" for number, runs in sheet.notes.items())
        parts.append("\n".join([_("Sources and notes"), *notes]))
    return "\n\n".join(parts) + "\n"


def _together(number: int, block: Block) -> str:
    """The same for neighbours that stand close."""
    if not isinstance(block, Paragraph):
        return str(number)
    if block.item is not None and not block.item.is_paragraph:
        return "list"
    return CLOSE.get(block.style, str(number))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Picture():
            if not block.is_logo and block.alt:
                yield f"[{block.alt}]"
        case Table():
            mark = ": " if block.is_plain else " | "
            for row in block.rows:
                cells = (" ".join(_words(it.runs) for it in cell.paragraphs) for cell in row)
                yield mark.join(" ".join(words.split()) for words in cells)
        case Paragraph():
            indent = INDENTED.get(block.style, "")
            first, *others = f"{_label(block)}{_words(block.runs)}".split("\n")
            yield from (f"{indent}{line}" for line in (first, *others))


def _label(block: Paragraph) -> str:
    item = block.item
    if item is None:
        return ""
    mark = f"{item.number}. " if item.number else "- "
    return f"{'   ' * item.level}{mark}"


def _words(runs: list[Run]) -> str:
    found = []
    for run in runs:
        if run.note:
            found.append(f" [{run.note}]")
        elif not run.field:
            found.append("\n" if run.is_break else run.text)
    # Forms count and show a space that does not break in ways of their own.
    return "".join(found).replace(NO_BREAK, " ")
