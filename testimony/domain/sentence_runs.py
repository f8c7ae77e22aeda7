"""HTML in which each sentence is an element of its own, for paper that must not split one.

Inline markup that spans sentences is closed at the end of each and opened again in the next. What is put in between
(how a number is said, the mark of a minute) never counts as text of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bs4 import BeautifulSoup, NavigableString, Tag

from testimony.domain.plain_language import sentences

LEAVES = ("p", "li", "h2", "h3", "h4", "pre", "blockquote", "div")
BLOCKS = frozenset((*LEAVES, "ul", "ol"))
KEPT = frozenset({"strong", "b", "em", "i", "sup", "sub", "cite", "bdi", "span"})
RESTS = re.compile(r"[;:,—–]\s+|[，；：、]|\s+")  # where a voice may rest, the better places first
GOOD_REST = ";:,—–，；：、"


@dataclass(frozen=True)
class Run:
    """Text under one chain of inline elements."""

    text: str
    chain: tuple[Tag, ...] = ()

    @property
    def statistic(self) -> str:
        """The key of the statistic whose figure this is, or ""."""
        return next(
            (str(tag["data-statistic"]) for tag in self.chain if tag.has_attr("data-statistic")), ""
        )


@dataclass(frozen=True)
class Insert:
    """Markup to be put at a place of a passage's text: before what stands there, or behind what ends there."""

    at: int
    tag: Tag
    behind: bool = False


@dataclass
class Passage:
    """A paragraph, a heading or an item of a list, read as one text."""

    element: Tag
    runs: list[Run]

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where its sentences stand."""
        return [(one.start, one.end) for one in sentences(self.text)]

    def starts(self) -> Iterator[tuple[int, Run]]:
        place = 0
        for run in self.runs:
            yield place, run
            place += len(run.text)

    def rebuild(self, soup: BeautifulSoup, inserts: Sequence[Insert], longest: int) -> int:
        """Put the sentences into the element. Returns how many were longer than `longest` and are in pieces."""
        self.element.clear()
        divided = 0
        for start, end in self.spans:
            pieces = list(pieces_of(self.text, start, end, longest))
            divided += len(pieces) > 1
            for number, (first, last) in enumerate(pieces):
                sentence = soup.new_tag("span", attrs={"class": "sentence"})
                if number < len(pieces) - 1:
                    sentence["class"] = "sentence sentence--goes-on"
                self._fill(soup, sentence, first, last, inserts)
                self.element.append(sentence)
                self.element.append("\n")
        return divided

    def _fill(
        self, soup: BeautifulSoup, sentence: Tag, first: int, last: int, inserts: Sequence[Insert]
    ) -> None:
        own = [
            it for it in inserts if (first < it.at <= last if it.behind else first <= it.at < last)
        ]
        for place, run in self.starts():
            begin, end = max(first, place), min(last, place + len(run.text))
            if begin >= end:
                continue
            here = sorted({begin, end, *(it.at for it in own if begin <= it.at <= end)})
            for left, right in pairwise(here):
                for it in own:
                    if it.at == left and not it.behind:
                        sentence.append(it.tag)
                sentence.append(_chained(soup, run.chain, self.text[left:right]))
                for it in own:
                    if it.at == right and it.behind:
                        sentence.append(it.tag)


def passages_of(soup: BeautifulSoup) -> list[Passage]:
    """The passages of `soup`, in order. What stands between blocks gets an element of its own."""
    for element in soup.find_all(BLOCKS):
        if element.find(BLOCKS) is not None:
            _wrap_loose_text(soup, element)
    found = []
    for element in soup.find_all(LEAVES):
        if element.find(BLOCKS) is None:
            runs = _tidy(list(_runs(element, ())))
            if runs:
                found.append(Passage(element, runs))
    return found


def pieces_of(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """A sentence whole, or in pieces no longer than `longest`, divided where a voice may rest."""
    while end - start > longest:
        rests = list(RESTS.finditer(text, start + longest // 3, start + longest))
        good = [it for it in rests if it[0][0] in GOOD_REST]
        cut = (good or rests)[-1].end() if rests else start + longest
        yield start, cut
        start = cut
    yield start, end


def _wrap_loose_text(soup: BeautifulSoup, element: Tag) -> None:
    """A list inside an item of a list: the words before it become a paragraph."""
    loose: list = []
    for child in [*element.children, None]:
        is_block = isinstance(child, Tag) and (
            child.name in BLOCKS or child.find(BLOCKS) is not None
        )
        if child is not None and not is_block:
            loose.append(child)
            continue
        if any(str(it).strip() for it in loose):
            paragraph = soup.new_tag("p")
            loose[0].insert_before(paragraph)
            for it in loose:
                paragraph.append(it.extract())
        loose = []


def _runs(element: Tag, chain: tuple[Tag, ...]) -> Iterator[Run]:
    for child in element.children:
        if type(child) is NavigableString:
            lined = element.name == "pre" or any(tag.name == "pre" for tag in chain)
            yield Run(str(child) if lined else re.sub(r"\s+", " ", str(child)), chain)
        elif isinstance(child, Tag) and child.name == "br":
            yield Run("\n", ())
        elif isinstance(child, Tag):
            yield from _runs(child, (*chain, child) if child.name in KEPT else chain)


def _tidy(runs: list[Run]) -> list[Run]:
    """Without the space that layout leaves at both ends and doubled between elements."""
    kept: list[Run] = []
    for run in runs:
        text = run.text
        if text[:1] == " " and (not kept or kept[-1].text[-1:] in {" ", "\n"}):
            text = text[1:]
        if text:
            kept.append(Run(text, run.chain))
    while kept and not kept[-1].text.strip():
        kept.pop()
    return kept


def _chained(soup: BeautifulSoup, chain: Sequence[Tag], text: str) -> Tag | NavigableString:
    """`text` inside copies of the elements of `chain`."""
    inner: Tag | NavigableString = NavigableString(text)
    for tag in reversed(chain):
        outer = soup.new_tag(
            tag.name,
            attrs={
                name: " ".join(tag.get_attribute_list(name))
                for name in ("class", "dir", "lang")
                if tag.has_attr(name)
            },
        )
        outer.append(inner)
        inner = outer
    return inner
