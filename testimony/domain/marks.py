"""Which blocks of a document belong to its spoken and which to its written version.

The opening and the ask are in both: a version without them says nothing to anybody. A heading goes with all that stood
beneath it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from wagtail.blocks import StreamValue

from testimony.enums import BlockUse, Rank
from testimony.models import DocumentPage, TestimonyPage
from testimony.models.cuts import ALWAYS_SAID, HEADINGS, default_rank, default_use

SPOKEN, WRITTEN = BlockUse.SPOKEN, BlockUse.WRITTEN
OTHER = {SPOKEN: WRITTEN, WRITTEN: SPOKEN}


@dataclass(frozen=True)
class MarkedBlock:
    """A block with what holds for it, the defaults included."""

    id: str
    kind: str
    rank: str
    use: str
    is_opening: bool = False

    @property
    def level(self) -> int:
        """2 and 3 for headings, 0 for what stands beneath them."""
        return HEADINGS.index(self.kind) + 2 if self.kind in HEADINGS else 0

    @property
    def is_fixed(self) -> bool:
        """In every version, however short."""
        return self.is_opening or self.kind in ALWAYS_SAID


def marked_blocks(page: DocumentPage) -> list[MarkedBlock]:
    """The blocks of `page`, in order. Read in their stored form: asks the database nothing."""
    marks = getattr(page, "cuts", None) or {}
    stored = page.body.get_prep_value() if page.body else []
    opening = next((it["id"] for it in stored if it["type"] == "paragraph"), None)
    return [_marked(it["id"], it["type"], marks, it["id"] == opening) for it in stored]


def _marked(key: str, kind: str, marks: dict, is_opening: bool) -> MarkedBlock:
    if is_opening:
        return MarkedBlock(key, kind, Rank.KEEP, BlockUse.BOTH, is_opening=True)
    mark = marks.get(key) or {}
    rank, use = mark.get("rank") or default_rank(kind), mark.get("use") or default_use(kind)
    return MarkedBlock(key, kind, rank, use)


def belonging(blocks: Sequence[MarkedBlock], medium: str) -> set[int]:
    """Places of the blocks that belong to `medium`, headings aside.

    An ask that is marked for the other medium stays when it is the only one.
    """
    other = OTHER[BlockUse(medium)]
    own = {place for place, it in enumerate(blocks) if not it.level and it.use != other}
    if not any(blocks[place].kind in ALWAYS_SAID for place in own):
        own |= {place for place, it in enumerate(blocks) if it.kind in ALWAYS_SAID}
    return own


def with_headings(blocks: Sequence[MarkedBlock], kept: Collection[int]) -> list[int]:
    """`kept` in order, with each heading that has something left beneath it or never had anything."""
    shown = []
    for place, item in enumerate(blocks):
        if not item.level:
            if place in kept:
                shown.append(place)
            continue
        beneath = list(_beneath(blocks, place))
        if not beneath or any(it in kept for it in beneath):
            shown.append(place)
    return shown


def part_of(page: DocumentPage, places: Sequence[int]) -> StreamValue:
    """The text of `page` with these blocks only."""
    return StreamValue(page.body.stream_block, [page.body[place] for place in places])


def written_body(page: DocumentPage) -> StreamValue:
    """What is published of the text."""
    # Almost no document marks anything: nothing is read block by block then.
    if not isinstance(page, TestimonyPage) or not page.cuts:
        return page.body
    blocks = marked_blocks(page)
    shown = with_headings(blocks, belonging(blocks, WRITTEN))
    return page.body if len(shown) == len(blocks) else part_of(page, shown)


def _beneath(blocks: Sequence[MarkedBlock], heading: int) -> Iterator[int]:
    """Places of what stands in the section of a heading, its subheadings aside."""
    for place in range(heading + 1, len(blocks)):
        level = blocks[place].level
        if level and level <= blocks[heading].level:
            return
        if not level:
            yield place
