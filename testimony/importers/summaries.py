"""The first sentences of a text, for lists."""

from __future__ import annotations

import re

LIMIT = 300
# A full stop after these, or after a single capital, does not end a sentence.
ABBREVIATIONS = frozenset(
    {"Mr", "Mrs", "Ms", "Dr", "Hon", "Sen", "Rep", "Gov", "Prof", "Rev", "Gen", "Col", "Jr", "Sr"}
    | {"St", "No", "Inc", "Co", "vs", "U.S", "D.C", "H.R"}
)
SENTENCE_END = re.compile(r"(\S+?)[.!?][”\"’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])")


def summary(text: str, limit: int = LIMIT) -> str:
    """As many whole sentences as fit in `limit` characters; a first one that is longer is cut at a word."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    best = 0
    for match in SENTENCE_END.finditer(text, 0, limit + 2):
        word = match[1].lstrip("(“\"'")
        if word in ABBREVIATIONS or (len(word) == 1 and word.isupper()):
            continue
        end = len(match[0].rstrip()) + match.start()
        if end <= limit:
            best = end
    if best:
        return text[:best]
    cut = text[: limit - 1].rsplit(" ", 1)[0] if " " in text[: limit - 1] else text[: limit - 1]
    return f"{cut.rstrip(' ,;:–—-')}…"
