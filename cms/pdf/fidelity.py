"""Text in = text out: every word of a document's HTML can be read on its paper. Compared on every render.

Used in the render process alone. Element by element, in reading order, letter by letter: white space, hyphens and
what the stylesheet does to case aside. Generated content is not looked at, and running heads may be left out, since
some pages have none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cms.pdf.drawn import Drawn

SVG = "{http://www.w3.org/2000/svg}"
MOST_WORDS = 8
# No part of the words by what they are in HTML; whatever else a stylesheet hides is an error.
_SILENT = frozenset({
    "head", "title", "meta", "link", "style", "script", "template", "noembed", "noframes", "rp", "param",
    "datalist", "area", "base", "basefont",
})  # fmt: skip
_SILENT_IN_DRAWINGS = frozenset(
    {f"{SVG}{name}" for name in ("title", "desc", "metadata", "style", "script", "defs", "symbol")}
)
# Hyphens that lines are broken with, and marks without a shape.
_SHAPELESS = dict.fromkeys(
    map(
        ord, "-\u2010\u2011\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"
    )
)


@dataclass(frozen=True)
class Lost:
    """Words that cannot be read on the paper, and the block they stand in."""

    words: str
    block: str | None


def lost_words(root: Any, drawn: Drawn) -> Lost | None:
    """The first element, in reading order, whose words are not all on the paper."""
    for element, needed, block, exempt in _wanted(root, drawn, None, False):
        pieces = drawn.labels if _is_drawing(element) else drawn.texts
        printed = "".join(pieces.get(element, ()))
        if not _same(needed, printed, exempt=exempt):
            return Lost(_first_lost(needed, printed), block)
    return None


def _wanted(
    element: Any, drawn: Drawn, block: str | None, exempt: bool
) -> Iterator[tuple[Any, str, str | None, bool]]:
    """Each element with the text that is directly in it, its block, and whether it may be left out."""
    if element.tag in _SILENT or element.get("hidden") is not None:
        return
    if _is_drawing(element):
        yield element, "".join(_labels(element)), block, exempt
        return
    name = element.get("id", "")
    block = block or (name if name.startswith("block-") else None)
    exempt = exempt or element in drawn.running
    own = [element.text or "", *(child.tail or "" for child in element)]
    needed = "".join(own)
    if needed and not needed.isspace():
        yield element, needed, block, exempt
    for child in element:
        if isinstance(child.tag, str):  # a comment has a function there
            yield from _wanted(child, drawn, block, exempt)


def _is_drawing(element: Any) -> bool:
    return element.tag == f"{SVG}svg"


def _labels(element: Any) -> Iterator[str]:
    if element.tag in _SILENT_IN_DRAWINGS or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _labels(child)
        yield child.tail or ""


def _same(needed: str, printed: str, *, exempt: bool) -> bool:
    wanted, found = squeezed(needed), squeezed(printed)
    if wanted == found or (exempt and not found):
        return True
    if _repeats(found, wanted):
        return True
    wanted, found = folded(wanted), folded(found)
    return wanted == found or _repeats(found, wanted)


def _repeats(found: str, wanted: str) -> bool:
    """Heads of tables and pages are printed once on each page."""
    times, rest = divmod(len(found), len(wanted) or 1)
    return not rest and times > 1 and found == wanted * times


def squeezed(text: str) -> str:
    """Without white space and hyphens."""
    return "".join(text.split()).translate(_SHAPELESS)


def folded(text: str) -> str:
    """As squeezed, and the same in capitals, small letters and other forms of a letter."""
    return unicodedata.normalize("NFKC", text).casefold()


def _first_lost(needed: str, printed: str) -> str:
    """The words around the first letter that is missing."""
    words, found, at = needed.split(), folded(squeezed(printed)), 0
    for number, word in enumerate(words):
        letters = folded(squeezed(word))
        if not found.startswith(letters, at):
            return " ".join(words[number : number + MOST_WORDS])
        at += len(letters)
    return " ".join(words[:MOST_WORDS])
