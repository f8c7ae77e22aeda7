"""What is known of a document's paper: how long it is, how sharp its pictures print, and what is missing.

Read from the file that was made last. It may have been made of other words than those in the editor; the next
preview tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import ngettext

from cms.models import StoredPdf
from cms.pdf.overflow import overflow_of
from events.domain.blocks import describe_block
from testimony.models import DocumentPage

# Before it was printed: a picture prints at most this large, see `.picture` in the print stylesheet.
SLOT_INCHES = (5.0, 4.5)


@dataclass(frozen=True)
class TooLong:
    """What to tell the one who writes, and the block or field it is told at."""

    words: str
    field: str


def too_long(page: DocumentPage, paper: StoredPdf | None) -> TooLong | None:
    """What does not fit on the pages a sheet may have; None when all does, or nothing was printed yet."""
    budget = getattr(page, "page_budget", 0)  # a testimony is as long as it is
    if paper is None or not budget:
        return None
    beyond = overflow_of(paper.report.get("layout", []), budget, paper.pages)
    if beyond is None:
        return None
    said: dict[str, object] = {"lines": beyond.lines}
    said["sheet"] = ngettext("one page", "%(pages)d pages", budget) % {"pages": budget}
    place = describe_block(page, beyond.block)
    if not place:
        words = ngettext(
            "The end of the sheet is %(lines)d line too long for %(sheet)s.",
            "The end of the sheet is %(lines)d lines too long for %(sheet)s.",
            beyond.lines,
        )
        return TooLong(words % said, "body")
    words = ngettext(
        "%(lines)d line too long for %(sheet)s: what does not fit begins in block %(block)s.",
        "%(lines)d lines too long for %(sheet)s: what does not fit begins in block %(block)s.",
        beyond.lines,
    )
    return TooLong(words % {**said, "block": place}, beyond.block.removeprefix("block-"))


def print_dpi(paper: StoredPdf | None, block: str, width: int, height: int) -> int:
    """Pixels of the original for each inch that a picture block takes on paper."""
    printed = paper.report.get("pictures", []) if paper else []
    for picture in printed:
        if picture["block"] == f"block-{block}" and picture["inches"][0]:
            return int(width / picture["inches"][0])
    across, down = SLOT_INCHES
    inches = min(across, down * width / max(height, 1))
    return int(width / inches) if inches else 0


def missing_pictures(paper: StoredPdf | None) -> set[str]:
    """Ids of blocks whose picture could not be printed."""
    missing = paper.report.get("missing", []) if paper else []
    return {picture["block"].removeprefix("block-") for picture in missing}
