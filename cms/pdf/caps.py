"""Which documents are long: they get more time, but nobody waits for them and only one is made at a time.

Counted in the HTML before the engine sees it. What these sizes cost: a note 8 ms, a table row 6 ms, and each level
of nested columns or flex three times the level outside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from cms.pdf.client import Limits

MOST_BYTES = 300_000
MOST_NOTES = 300
MOST_ROWS = 1_500
MOST_LEVELS = 3
LONG_FACTOR = 8  # 15 seconds of CPU become two minutes
_NOTE = re.compile(r"""<\w+\s[^>]*class\s*=\s*["']?(?:[^"'>]*\s)?footnote\b""", re.IGNORECASE)
_ROW = re.compile(r"<tr[\s>]", re.IGNORECASE)
_COSTLY = re.compile(
    r"display\s*:\s*(?:inline-)?(?:flex|grid)|(?<![-\w])columns\s*:|column-count\s*:"
)
_EMPTY_ELEMENTS = frozenset({"img", "br", "hr", "col", "meta", "link", "input", "wbr", "source"})


class _Levels(HTMLParser):
    """How deep boxes that double the cost of what is in them stand in each other."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.now = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY_ELEMENTS:
            return
        costly = bool(_COSTLY.search((dict(attrs).get("style") or "").lower()))
        self.open.append((tag, costly))
        self.now += costly
        self.deepest = max(self.deepest, self.now)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _costly in self.open):
            while self.open:
                name, costly = self.open.pop()
                self.now -= costly
                if name == tag:
                    break


def nested_levels(html: str) -> int:
    """Levels of flex, grid and columns that the document itself asks for; those of our stylesheets are known."""
    if len(_COSTLY.findall(html)) <= MOST_LEVELS:
        return 0  # not enough of them to be too deep
    levels = _Levels()
    levels.feed(html)
    return levels.deepest


def reasons(html: str) -> list[str]:
    """Why a document is long; empty when it is not."""
    found = {
        "bytes": len(html) > MOST_BYTES,
        "notes": len(_NOTE.findall(html)) > MOST_NOTES,
        "rows": len(_ROW.findall(html)) > MOST_ROWS,
        "levels": nested_levels(html) > MOST_LEVELS,
    }
    return [name for name, is_so in found.items() if is_so]


def is_long(html: str) -> bool:
    return bool(reasons(html))


def limits_for(html: str) -> Limits:
    """What one render of this document may cost."""
    limits = Limits.from_settings()
    if not is_long(html):
        return limits
    return replace(limits, cpu=limits.cpu * LONG_FACTOR, wall=limits.wall * LONG_FACTOR)
