"""Long documents cut into chapters, so that a change costs its own chapter and not the whole.

Works on the HTML alone: templates mark where the sheet's frame ends and where the chapters are, second-level headings
begin them. What comes before the first is the opening, which also gets the contents. Nothing is lost between two
pieces: put together they are the document, letter by letter.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup

# Up to here a whole render takes little more than a second, and a reader finds the way without contents.
LONGEST_WHOLE = 12  # estimated pages
# Chapters begin on a new page: shorter ones would leave more paper empty than printed.
SHORTEST_CHAPTER = 2  # estimated pages, on average
LETTERS_A_PAGE, ROWS_A_PAGE, FIGURES_A_PAGE = 2700, 34, 3.5

# Comments that the templates of documents leave; no other paper has them, and none is printed with them.
SHEET, CONTENTS, BEGIN, END = (
    f"<!--rostrum:{name}-->" for name in ("sheet", "contents", "begin", "end")
)
# A link into another chapter; binding turns it into a jump.
ANCHOR_URL = "https://packet.invalid/anchor/"
_MARKS = re.compile(r"<!--rostrum:\w+-->")
_HEADING = re.compile(
    r'<div class="block block--heading"[^>]*>\s*<h2[^>]*>(?P<words>.*?)</h2>', re.S
)
_FRAME = re.compile(r"<div class=\"words[^>]*>\s*\Z")
_NOTE = re.compile(r'<span class="footnote"')
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'\sid="([^"]+)"')
_JUMP = re.compile(r'(<a\s[^>]*?\bhref=")#([^"]+)"')
_NUMBERED = (
    ".words--numbered > .block--paragraph > p, .words--numbered > .block--talking_point > p, "
    ".words--numbered .ask > p"
)
# Numbers of pages are known when all chapters are: until then their place is kept free.
_LATER_NUMBER = ".folio { visibility: hidden }"
_NUMBER_ONLY = ".running-head, .running-foot, .watermark { visibility: hidden } .leaf + .leaf { break-before: page }"
# Only the first page of the whole goes without a running head.
_NOT_FIRST = (
    "@page :first { margin-top: 1in; @top-left { content: element(head-left) } "
    "@top-right { content: element(head-right) } }"
)


@dataclass(frozen=True)
class Chapter:
    """One piece to be printed by itself. The opening has the title of the document."""

    title: str
    html: str


@dataclass(frozen=True)
class Chapters:
    """A document in pieces: the opening, then its chapters. `frame` is what stands on every sheet."""

    pieces: tuple[Chapter, ...]
    frame: str

    def opening(self, contents: str) -> str:
        return self.pieces[0].html.replace(CONTENTS, contents)

    def numbers(self, count: int) -> str:
        """A document of nothing but the numbers of so many pages."""
        leaves = '<div class="leaf"></div>' * count
        return f"{_styled(self.frame, _NUMBER_ONLY)}{leaves}</body></html>"


def plain(html: str) -> str:
    """The document to be printed whole."""
    return _MARKS.sub("", html)


def is_cut(html: str) -> bool:
    """Whether `split` has pieces of it. Far cheaper: asked whenever a document is looked for in the store."""
    return _cut(html) is not None


def split(html: str) -> Chapters | None:
    """The pieces of a document that is long enough to be printed by chapters; None for all others."""
    cut = _cut(html)
    if cut is None:
        return None
    frame, opening, words_tag, sections, closing = cut
    pieces = []
    notes = paragraphs = 0
    numbered = "words--numbered" in words_tag
    for index, section in enumerate(sections):
        before = opening if not index else _counted(words_tag, paragraphs if numbered else 0)
        body = (
            f"{before}{section}{closing if index == len(sections) - 1 else '</div></body></html>'}"
        )
        style = _LATER_NUMBER if not index else f"{_LATER_NUMBER} {_NOT_FIRST}"
        if notes:
            style += f" html {{ counter-reset: footnote {notes} }}"
        head = _styled(frame, style).replace("<html ", f'<html data-notes-before="{notes}" ', 1)
        pieces.append((section, f"{head}{body}"))
        notes += len(_NOTE.findall(section))
        paragraphs += _count_paragraphs(words_tag, section) if numbered else 0
    bodies = _linked([html for _section, html in pieces])
    titles = ["", *(_title(section) for section in sections[1:])]
    made = (Chapter(title, body) for title, body in zip(titles, bodies, strict=True))
    return Chapters(tuple(made), frame)


def estimated_pages(html: str) -> float:
    """How long a text will be on paper, the usual way."""
    letters = len(markup.unescape(_TAG.sub("", html)))
    rows, figures = html.count("<tr"), html.count("<figure")
    return letters / LETTERS_A_PAGE + rows / ROWS_A_PAGE + figures / FIGURES_A_PAGE


def _cut(html: str) -> tuple[str, str, str, list[str], str] | None:
    """Frame, opening, element around the text, sections and closing; None of a document that is printed whole."""
    if not all(html.count(mark) == 1 for mark in (SHEET, CONTENTS, BEGIN, END)):
        return None
    frame, rest = html.split(SHEET)
    opening, rest = rest.split(BEGIN)
    around = _FRAME.search(opening)
    words, closing = rest.split(END)
    # A heading without words would be a line of the contents that leads nowhere.
    places = [
        found.start() for found in _HEADING.finditer(words) if _TAG.sub("", found["words"]).strip()
    ]
    long_enough = max(LONGEST_WHOLE, SHORTEST_CHAPTER * len(places))
    if around is None or len(places) < 2 or estimated_pages(words) <= long_enough:
        return None
    ends = [*places, len(words)]
    sections = [words[: places[0]]]
    sections += [words[start:end] for start, end in zip(places, ends[1:], strict=True)]
    return frame, opening, around[0].strip(), sections, closing


def _styled(frame: str, rules: str) -> str:
    return frame.replace("</head>", f"<style>{rules}</style></head>", 1)


def _counted(words_tag: str, paragraphs: int) -> str:
    """The element around the text, counting on."""
    if not paragraphs:
        return words_tag
    return words_tag.replace(">", f' style="counter-reset: paragraph {paragraphs}">', 1)


def _count_paragraphs(words_tag: str, section: str) -> int:
    return len(BeautifulSoup(f"{words_tag}{section}</div>", "html.parser").select(_NUMBERED))


def _linked(bodies: Sequence[str]) -> list[str]:
    """Jumps into another piece name it: "https://packet.invalid/anchor/2/note-7"."""
    homes = {name: number for number, body in enumerate(bodies) for name in _ID.findall(body)}

    def relink(body: str) -> str:
        here = set(_ID.findall(body))

        def target(found: re.Match[str]) -> str:
            name = markup.unescape(found[2])
            if name in here or name not in homes:
                return found[0]
            return f'{found[1]}{ANCHOR_URL}{homes[name]}/{found[2]}"'

        return _JUMP.sub(target, body)

    return [relink(body) for body in bodies]


def _title(section: str) -> str:
    found = _HEADING.match(section)
    words = markup.unescape(_TAG.sub("", found["words"])) if found else ""
    return " ".join(words.split())
