"""What a packet is made of, and on which of its pages each part begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.pdf.errors import PdfError

# A link of the front matter to a part: the merge turns it into a jump inside the packet.
PART_URL = "https://packet.invalid/part/"


class PacketError(PdfError):
    """A packet cannot be put together. `str(error)` is safe to show."""


class UnusablePart(PacketError):
    """One part cannot go in: the others could."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(_("“%(title)s”: %(reason)s") % {"title": title, "reason": reason})
        self.title = title
        self.reason = reason


@dataclass(frozen=True)
class Part:
    """One PDF of the packet. `outside`: not made here, so nothing is claimed of it."""

    pdf: bytes
    pages: int
    title: str
    language: str = "en"
    outside: bool = False
    group: str = ""  # parts of one group stand under one bookmark


@dataclass(frozen=True)
class Front:
    """Cover and contents: rendered for this packet, numbered in roman numerals."""

    pdf: bytes
    pages: int
    title: str
    language: str = "en"


@dataclass(frozen=True)
class Placement:
    """Where a part stands: `first` is the number printed on its first page."""

    part: Part
    first: int

    @property
    def last(self) -> int:
        return self.first + self.part.pages - 1


@dataclass(frozen=True)
class Plan:
    """The body of a packet, page by page, known before its front matter is printed."""

    placements: tuple[Placement, ...]
    pages: int
    double_sided: bool = False

    @classmethod
    def of(cls, parts: Sequence[Part], *, double_sided: bool = False) -> Plan:
        """With `double_sided` each part begins on a right-hand page; blank ones fill the gaps."""
        placements = []
        pages = 0
        for part in parts:
            if double_sided:
                pages += pages % 2
            placements.append(Placement(part, pages + 1))
            pages += part.pages
        return cls(tuple(placements), pages, double_sided)

    def blanks_before(self, placement: Placement) -> int:
        """How many blank pages stand before a part."""
        index = self.placements.index(placement)
        end = self.placements[index - 1].last if index else 0
        return placement.first - end - 1


@dataclass(frozen=True)
class Assembled:
    """A finished packet. `accessible` is what it claims: PDF/UA-1 as a whole."""

    pdf: bytes
    pages: int
    accessible: bool
