"""Shorter versions of one text: for three, two and one minute at the table, and the one that is handed in.

A spoken version leaves out what is only printed. To fit its time it then drops what is marked "first to go", from the
end of the text, and after that what may be trimmed, from the end. Salutation, opening and ask stay whatever the time,
and so does the block that first names the bill or the position. The same text gives the same version every time.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.blocks import Block

from events.domain.limits import SpeakingLimit
from testimony.domain.marks import (
    SPOKEN,
    WRITTEN,
    MarkedBlock,
    belonging,
    marked_blocks,
    part_of,
    with_headings,
)
from testimony.domain.naming import names_bill, states_position
from testimony.domain.reading_aloud import count_words
from testimony.domain.resolve import SILENT, plain_text, without_notes
from testimony.domain.speaking_time import Meter, clock, estimate, limits_for, rate_of
from testimony.enums import Rank
from testimony.models import TestimonyPage
from testimony.models.cuts import SHOWN_ONLY

LENGTHS = (180, 120, 60)
DROPPED_IN_TURN = (Rank.FIRST, Rank.TRIM)
LONGEST_LABEL = 70


@dataclass(frozen=True)
class Version:
    """`name` is what addresses and records call it."""

    name: str
    medium: str
    seconds: int | None = None

    @property
    def label(self) -> str:
        if self.seconds and self.seconds % 60:
            return _("%(time)s version") % {"time": clock(self.seconds)}
        if self.seconds:
            return _("%(minutes)d-minute version") % {"minutes": self.seconds // 60}
        return _("Written version") if self.medium == WRITTEN else _("Whole text as spoken")

    @property
    def file_suffix(self) -> str:
        """Of the name of the PDF."""
        if self.seconds and self.seconds % 60:
            return f"-{self.seconds}-second"
        if self.seconds:
            return f"-{self.seconds // 60}-minute"
        return "" if self.medium == WRITTEN else "-spoken"


WRITTEN_VERSION = Version("written", WRITTEN)
FULL_VERSION = Version("full", SPOKEN)
VERSIONS: dict[str, Version] = {
    version.name: version
    for version in (
        *(Version(str(seconds), SPOKEN, seconds) for seconds in LENGTHS),
        FULL_VERSION,
        WRITTEN_VERSION,
    )
}


def versions_at(base: int | None) -> list[Version]:
    """All of a text, the longest first; with one for the limit of its hearing where that is no usual one."""
    own = [Version(str(base), SPOKEN, base)] if base and str(base) not in VERSIONS else []
    return sorted([*own, *VERSIONS.values()], key=lambda it: -(it.seconds or 0))


def versions_of(page: TestimonyPage) -> list[Version]:
    """Those that are prepared of `page`: the usual ones, and those for the limits of its hearing and its speaker."""
    event = page.event
    bases = [limits_for([page])[0].base, event.limit_seconds if event else None]
    found = {version.name: version for base in bases for version in versions_at(base)}
    return sorted(found.values(), key=lambda it: -(it.seconds or 0))


def version_named(name: str) -> Version | None:
    """None for what nobody calls a version. Seconds name a spoken one."""
    if name in VERSIONS:
        return VERSIONS[name]
    is_time = name.isascii() and name.isdecimal() and len(name) < 6 and int(name) > 0
    return Version(str(int(name)), SPOKEN, int(name)) if is_time else None


@dataclass(frozen=True)
class MeasuredBlock:
    """A block, the words that are heard of it, and how long they take."""

    marked: MarkedBlock
    text: str
    words: int
    seconds: int
    is_needed: bool  # the opening, an ask, or the first that names the bill or the position

    @property
    def id(self) -> str:
        return self.marked.id

    @property
    def label(self) -> str:
        """Its kind and first words, for lists of what to trim."""
        first = Truncator(" ".join(self.text.split())).chars(LONGEST_LABEL)
        kind = str(_child_blocks()[self.marked.kind].label)
        return f"{kind}: {first}" if first else kind

    @property
    def time(self) -> str:
        return clock(self.seconds)

    def stays_without(self, rank: str) -> bool:
        return self.is_needed or self.marked.rank != rank


@dataclass(frozen=True)
class Measured:
    """A page with its blocks measured once, for any number of versions."""

    page: TestimonyPage
    blocks: list[MeasuredBlock]
    greeting: int  # words of the salutation
    limit: SpeakingLimit

    def meter(self, places: Sequence[int], limit: SpeakingLimit) -> Meter:
        words = self.greeting + sum(self.blocks[place].words for place in places)
        return Meter(words, estimate(words, rate_of(self.page)), limit)


@dataclass(frozen=True)
class CutDocument:
    """One version: what stands in it, how long it takes and what is left out."""

    version: Version
    measured: Measured
    places: tuple[int, ...]
    meter: Meter

    @property
    def page(self) -> TestimonyPage:
        """A copy of the page with the text of this version."""
        page = copy.copy(self.measured.page)
        page.body = part_of(self.measured.page, self.places)
        return page

    @property
    def blocks(self) -> list[MeasuredBlock]:
        return [self.measured.blocks[place] for place in self.places]

    @property
    def left_out(self) -> list[MeasuredBlock]:
        """Headings aside."""
        blocks = enumerate(self.measured.blocks)
        return [it for place, it in blocks if place not in self.places and not it.marked.level]

    @property
    def to_trim(self) -> list[MeasuredBlock]:
        """What would have to be shortened by hand, longest first; empty when it fits."""
        if not self.meter.over_by:
            return []
        return sorted(
            (it for it in self.blocks if it.words and not it.marked.level),
            key=lambda it: -it.words,
        )

    @property
    def facts(self) -> str:
        """Words, time and limit in a line, as the printed copy says them."""
        said = _("%(words)d words, %(time)s at %(rate)d words a minute") % {
            "words": self.meter.words,
            "time": clock(self.meter.said),
            "rate": rate_of(self.measured.page),
        }
        doubled = (
            _("%(time)s with consecutive interpretation") % {"time": clock(self.meter.seconds)}
            if self.meter.limit.is_consecutive
            else ""
        )
        return ". ".join(filter(None, [said, doubled, self.meter.limit_label]))


def _child_blocks() -> dict[str, Block]:
    return TestimonyPage._meta.get_field("body").stream_block.child_blocks


def measure(page: TestimonyPage, limit: SpeakingLimit | None = None) -> Measured:
    """Read `page` once: words of every block, as they are heard."""
    limit = limits_for([page])[0] if limit is None else limit
    marked = marked_blocks(page)
    texts = _heard(page, marked)
    needed = _needed(page, marked, texts)
    blocks = []
    for place, (item, text) in enumerate(zip(marked, texts, strict=True)):
        words = count_words(text, page.language)
        seconds = estimate(words, rate_of(page))
        blocks.append(MeasuredBlock(item, text, words, seconds, place in needed))
    greeting = count_words(page.salutation, page.language)
    return Measured(page, blocks, greeting, limit)


def cut(
    page: TestimonyPage | Measured, *, seconds: int | None = None, medium: str = SPOKEN
) -> CutDocument:
    """The version of `page` for `seconds` of speaking time; without them, all that belongs to `medium`.

    The seconds are those of the hearing: with consecutive interpretation the body may allow more than them, and
    half of what it allows is for the speaker.
    """
    measured = page if isinstance(page, Measured) else measure(page)
    marked = [it.marked for it in measured.blocks]
    kept = belonging(marked, medium)
    kept |= {
        place for place, it in enumerate(measured.blocks) if it.is_needed and not it.marked.is_fixed
    }
    version = next(
        (it for it in VERSIONS.values() if (it.medium, it.seconds) == (medium, seconds)),
        Version(str(seconds), medium, seconds),
    )
    limit = measured.limit.at(seconds) if seconds else measured.limit
    if seconds:
        _shorten(measured, kept, limit)
    places = with_headings(marked, kept)
    return CutDocument(version, measured, tuple(places), measured.meter(places, limit))


def cut_as(page: TestimonyPage | Measured, version: Version) -> CutDocument:
    return cut(page, seconds=version.seconds, medium=version.medium)


def _shorten(measured: Measured, kept: set[int], limit: SpeakingLimit) -> None:
    """Take blocks out of `kept` until it fits, or nothing is left that may go."""
    marked = [it.marked for it in measured.blocks]
    for rank in DROPPED_IN_TURN:
        for place in sorted(kept, reverse=True):
            if not measured.meter(with_headings(marked, kept), limit).over_by:
                return
            block = measured.blocks[place]
            # What is not heard takes no time: leaving it out gains nothing.
            if block.words and not block.stays_without(rank):
                kept.discard(place)


def _heard(page: TestimonyPage, marked: Sequence[MarkedBlock]) -> list[str]:
    """The words of each block as they are read out, in order."""
    # Charts, tables and pictures are silent, and costly to draw.
    heard = [place for place, item in enumerate(marked) if item.kind not in SHOWN_ONLY]
    html = without_notes(page, part_of(page, heard))
    found = BeautifulSoup(html, "html.parser").find_all("div", class_="block", recursive=False)
    said = [plain_text(str(div), without=SILENT) for div in found]
    texts = dict(zip(heard, said, strict=True))
    return [texts.get(place, "") for place in range(len(marked))]


def _needed(page: TestimonyPage, marked: Sequence[MarkedBlock], texts: Sequence[str]) -> set[int]:
    """Places of what no version may lose."""
    needed = {place for place, item in enumerate(marked) if item.is_fixed}
    spoken = belonging(marked, SPOKEN) & belonging(marked, WRITTEN)
    for test in (names_bill, states_position):
        naming = [place for place in sorted(spoken) if test(page, texts[place])]
        if naming and not needed & set(naming):
            needed.add(naming[0])
    return needed
