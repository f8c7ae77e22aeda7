"""Characters that a page cannot show: harmless ones are put right, the others stop the render by name.

A box on paper, or worse a wrong letter, is never an answer. Used in the render process alone.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

NO_GLYPH = ".notdef glyph rendered"  # how WeasyPrint's line about a missing character begins
MOST = 20  # characters named
_FRAMES = 60  # from the line in the log up to what is being painted


def _harmless() -> dict[int, str]:
    """What old files and pasted text bring along, and what was meant."""
    table = dict.fromkeys((*range(0x00, 0x20), 0x7F, 0xFEFF, 0xFFFC, 0xFFFE, 0xFFFF), "")
    for kept in "\t\n\r":
        del table[ord(kept)]
    table |= dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
    for code in range(0x80, 0xA0):  # bytes of Windows-1252 read as Latin-1
        if code != 0x85:
            table[code] = bytes([code]).decode("cp1252", "ignore")
    # Bullets and marks of the Symbol and Wingdings fonts of word processors.
    table |= {0xF0B7: "•", 0xF0A7: "▪", 0xF0A8: "▫", 0xF0D8: "›", 0xF0E0: "→", 0xF0FC: "✓"}
    table |= {0xF02D: "–", 0xF06F: "○", 0xF071: "□", 0xF076: "•"}
    return table | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


HARMLESS = _harmless()


class NoGlyph(Exception):
    """The document needs characters that no font here has."""

    def __init__(self, characters: str, block: str | None) -> None:
        super().__init__(f"no glyph in block {block}: {characters!r}")
        self.characters = characters
        self.block = block


class _Watch(logging.Handler):
    """Notes each character without a glyph and the element it stands in."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: dict[str, Any] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if is_about_a_glyph(record) and isinstance(record.args, tuple):
            self.found.setdefault(str(record.args[0]), _element_being_painted())


def is_about_a_glyph(record: logging.LogRecord) -> bool:
    return str(record.msg).startswith(NO_GLYPH)


def cleaned(html: str) -> str:
    """HTML without control characters and other leftovers of old files."""
    return html.translate(HARMLESS)


@contextmanager
def watched(root: Any) -> Iterator[None]:
    """Raises NoGlyph at the end when something in `root` was painted without a glyph."""
    watch, logger = _Watch(), logging.getLogger("weasyprint")
    logger.addHandler(watch)
    try:
        yield
    finally:
        logger.removeHandler(watch)
    if watch.found:
        characters = "".join(sorted(watch.found)[:MOST])
        raise NoGlyph(characters, _first_block(root, list(watch.found.values())))


def _element_being_painted() -> Any:
    frame, steps = sys._getframe(), 0
    while frame is not None and steps < _FRAMES:
        for name in ("textbox", "box"):
            element = getattr(frame.f_locals.get(name), "element", None)
            if element is not None:
                return element
        frame, steps = frame.f_back, steps + 1  # type: ignore[assignment]  # the last has none
    return None


def _first_block(root: Any, elements: list[Any]) -> str | None:
    """The block that the first of `elements` stands in."""
    parents = {child: parent for parent in root.iter() for child in parent}
    for element in elements:
        step = element
        while step is not None:
            name = step.get("id", "")
            if name.startswith("block-"):
                return str(name)
            step = parents.get(step)
    return None
