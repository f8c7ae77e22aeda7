"""Runs of letters out of HTML: what stands inside a paragraph, with white space as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from cms.pdf.twins.sheet import PAGE, PAGES, Run

MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic"}
RAISED = {"sup": "super", "sub": "sub"}
FIELDS = {"page-number": PAGE, "page-count": PAGES}
NOTE = "footnote"
OWN_LINE = frozenset({"chart__unit"})  # stylesheets set it apart
_SPACES = re.compile(r"[ \t\n\r\f]+")
_NOTE_ID = re.compile(r"note-(\d+)")


def classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


class Inline:
    """Reads elements into runs; footnotes go to `notes`, by their number."""

    def __init__(self, direction: str) -> None:
        self.direction = direction
        self.notes: dict[int, list[Run]] = {}

    def of(self, element: HtmlElement, look: Run) -> Iterator[Run]:
        """`element` itself, in a paragraph that looks like `look`."""
        kinds = classes(element)
        if NOTE in kinds:
            yield self._note(element, look)
        elif element.tag == "br":
            yield replace(look, text="", is_break=True)
        elif "note-again" in kinds:
            yield replace(look, note=_number(element), is_again=True)
        elif named := kinds & FIELDS.keys():
            yield replace(look, field=FIELDS[named.pop()])
        else:
            if kinds & OWN_LINE:
                yield replace(look, text="", is_break=True)
            yield from self.inside(element, self._look(element, look))

    def inside(self, element: HtmlElement, look: Run) -> Iterator[Run]:
        if element.text:
            yield look.with_text(element.text)
        for child in element:
            if isinstance(child.tag, str):  # a comment has a function there
                yield from self.of(child, look)
            if child.tail:
                yield look.with_text(child.tail)

    def _look(self, element: HtmlElement, look: Run) -> Run:
        mark = MARKS.get(element.tag) or RAISED.get(element.tag)
        if mark:
            return replace(look, marks=look.marks | {mark})
        if element.tag == "a" and element.get("href"):
            return replace(look, href=element.get("href").strip())
        if element.tag == "bdi":
            direction = element.get("dir", "")
            return replace(look, direction="" if direction == self.direction else direction)
        return look

    def _note(self, element: HtmlElement, look: Run) -> Run:
        number = _number(element)
        self.notes[number] = tidied(self.inside(element, Run()))
        return replace(look, note=number)


def _number(element: HtmlElement) -> int:
    """Of a footnote, or of the link to one."""
    addresses = (element.get("id", ""), *element.xpath(".//a/@href"))
    found = next(filter(None, map(_NOTE_ID.search, addresses)), None)
    return int(found[1]) if found else 0


def tidied(runs: Iterable[Run]) -> list[Run]:
    """White space collapsed over the borders of runs, none at the ends of lines."""
    done: list[Run] = []
    after_space = True
    for run in runs:
        if run.is_break:
            _trim_end(done)
            done.append(run)
            after_space = True
            continue
        if run.note or run.field:
            done.append(run)
            after_space = False
            continue
        text = _SPACES.sub(" ", run.text)
        text = text.removeprefix(" ") if after_space else text
        if text:
            after_space = text.endswith(" ")
            done.append(run.with_text(text))
    _trim_end(done)
    return done


def _trim_end(runs: list[Run]) -> None:
    while runs and runs[-1].text and not runs[-1].text.rstrip(" "):
        runs.pop()
    if runs and runs[-1].text:
        runs[-1] = runs[-1].with_text(runs[-1].text.rstrip(" "))
