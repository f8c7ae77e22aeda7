"""Capitals in citations, as the specification of CSL has them.

The library capitalizes after every full stop ("the U.S. And Canada"), passes over words behind a quotation mark or
a hyphen, does it to Spanish too, and for “sentence” case takes the capitals from names. Here the style only marks
what is to be cased (see `citation_styles`), and this does it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

TITLED, TITLED_END, SENTENCED, SENTENCED_END = "\ue013", "\ue014", "\ue015", "\ue016"
# An address or an abbreviation with full stops inside is one word, and left as it is.
WORD = re.compile(r"[^\W_]+(?:[.’'@/][^\W_]+)*")
SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "down",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "on",
        "onto",
        "or",
        "over",
        "so",
        "the",
        "till",
        "to",
        "up",
        "via",
        "with",
        "yet",
    ]
)
NEW_START = re.compile(r"[:?!—]")
# What stands behind the number of a law or a page, and names that are left out.
AND_MORE = re.compile(r"\bet (?:seqq?|al)\b|(?<=\d )and following\b")
MARKED = re.compile(
    f"(?P<mark>[{TITLED}{SENTENCED}])(?P<text>[^{TITLED_END}{SENTENCED_END}]*)[{TITLED_END}{SENTENCED_END}](?P<next>[.,;:!?]?)"
)


def apply_marks(entry: str, *, english: bool) -> str:
    """`entry` with what is marked in its case and the marks gone. Only English has title case."""

    def cased(found: re.Match[str]) -> str:
        case: Callable[[str], str] = sentence_case
        if found["mark"] == TITLED:
            case = title_case if english else str
        text = case(found["text"])
        # The library joins equal punctuation, unless a mark stands between.
        return text if found["next"] and text.endswith(found["next"]) else text + found["next"]

    return MARKED.sub(cased, entry)


def title_case(text: str) -> str:
    """Words in small letters get a capital, but for articles and the like in the middle."""
    kept = [found.span() for found in AND_MORE.finditer(text)]
    words = list(WORD.finditer(text))
    pieces, end = [], 0
    for number, word in enumerate(words):
        between = text[end : word.start()]
        at_edge = number in {0, len(words) - 1} or NEW_START.search(between) is not None
        is_small = word[0] in SMALL and not at_edge
        is_kept = any(start <= word.start() < stop for start, stop in kept)
        pieces += [between, word[0] if is_small or is_kept else _capital(word[0])]
        end = word.end()
    return "".join([*pieces, text[end:]])


def sentence_case(text: str) -> str:
    """The first word gets a capital; no other word loses one, since it may be a name."""
    first = WORD.search(text)
    if first is None:
        return text
    return f"{text[: first.start()]}{_capital(first[0])}{text[first.end() :]}"


def _capital(word: str) -> str:
    return word[0].upper() + word[1:] if word.islower() and "." not in word else word
