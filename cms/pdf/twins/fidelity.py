"""Text in = text out for twins: what a browser would read in the HTML stands in the sheet, in the same order.

Goes through the HTML by a way of its own, so that a mistake in reading it does not hide itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from cms.pdf.fidelity import squeezed
from cms.pdf.twins.inline import FIELDS, NOTE, classes
from cms.pdf.twins.reading import MARGINS, is_silent
from cms.pdf.twins.sheet import Run, Sheet

AROUND = 60  # letters that are told of what is missing


def words_of(root: HtmlElement) -> list[str]:
    """The letters of the text, of each footnote and of each margin, in this order."""
    body = root.find("body")
    notes = [it for it in root.iter() if isinstance(it.tag, str) and NOTE in classes(it)]
    margins = [it for name in sorted(MARGINS) for it in root.find_class(name)[:1]]
    held = {*notes, *margins}
    texts = [squeezed("".join(_text(it, held - {it}))) for it in (body, *notes, *margins)]
    always = 1 + len(notes)
    return texts[:always] + [text for text in texts[always:] if text]


def words_in(sheet: Sheet) -> list[str]:
    margins = {
        "folio": sheet.folio,
        "running-foot": sheet.foot,
        "running-head": sheet.head,
        "watermark": [Run(sheet.draft)],
    }
    texts = [[run for it in sheet.paragraphs() for run in it.runs], *sheet.notes.values()]
    texts += [runs for _name, runs in sorted(margins.items()) if any(run.text for run in runs)]
    return [squeezed("".join(map(_letters, runs))) for runs in texts]


def lost(wanted: list[str], found: list[str]) -> str:
    """The letters from which on the two differ; "" when they do not."""
    for number, needed in enumerate(wanted):
        there = found[number] if number < len(found) else ""
        if needed != there:
            same = next(
                (
                    n
                    for n, pair in enumerate(zip(needed, there, strict=False))
                    if len(set(pair)) > 1
                ),
                min(len(needed), len(there)),
            )
            return needed[same : same + AROUND] or there[same : same + AROUND]
    return ""


def _letters(run: Run) -> str:
    return str(run.note) if run.is_again else run.text


def _text(element: HtmlElement, held: set[HtmlElement]) -> Iterator[str]:
    if is_silent(element) or classes(element) & FIELDS.keys():
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child not in held:
            yield from _text(child, held)
        yield child.tail or ""
