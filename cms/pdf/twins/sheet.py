"""A printed document without its looks: paragraphs, tables and pictures in reading order. A leaf module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

PAGE, PAGES = "PAGE", "NUMPAGES"  # numbers that only the word processor knows
# What no XML can hold.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Run:
    """Letters that look the same. A run with a `note`, `field` or `is_break` has no letters of its own."""

    text: str = ""
    marks: frozenset[str] = frozenset()  # of: bold, italic, super, sub
    href: str = ""
    note: int = 0
    is_again: bool = False  # the note stands elsewhere already
    field: str = ""
    is_break: bool = False
    direction: str = ""  # where it runs against its document: "ltr" or "rtl"

    def with_text(self, text: str) -> Run:
        return replace(self, text=text)


@dataclass(frozen=True)
class Item:
    """Place of a paragraph in a list. `number` is 0 in a list without numbers."""

    list_id: int
    level: int
    number: int = 0
    is_paragraph: bool = False  # a numbered paragraph of the text, no list


@dataclass
class Paragraph:
    runs: list[Run]
    style: str
    item: Item | None = None
    keeps_next: bool = False

    @property
    def text(self) -> str:
        """Letters only: marks of notes are no words."""
        return "".join("\n" if run.is_break else run.text for run in self.runs)


@dataclass
class Cell:
    paragraphs: list[Paragraph]
    is_head: bool = False
    is_number: bool = False


@dataclass
class Table:
    """`heads` is the number of rows that are printed again on each page."""

    rows: list[list[Cell]]
    title: str = ""
    heads: int = 0
    is_plain: bool = False


@dataclass
class Picture:
    url: str
    alt: str
    is_logo: bool = False


Block = Paragraph | Table | Picture


@dataclass
class Sheet:
    """`head`, `foot` and `folio` stand in the margins of the pages; `draft` is the word that says it is one."""

    title: str
    author: str
    language: str
    direction: str
    blocks: list[Block] = field(default_factory=list)
    notes: dict[int, list[Run]] = field(default_factory=dict)
    head: list[Run] = field(default_factory=list)
    foot: list[Run] = field(default_factory=list)
    folio: list[Run] = field(default_factory=list)
    draft: str = ""

    def paragraphs(self) -> Iterator[Paragraph]:
        """All of the text, those in tables included."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            elif isinstance(block, Table):
                for row in block.rows:
                    for cell in row:
                        yield from cell.paragraphs
