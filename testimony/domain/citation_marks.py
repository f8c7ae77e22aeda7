"""The formatter that is handed to citeproc-py: italics and the like as private characters, not as HTML.

Private characters are taken out of everything that is formatted, so a mark in the result is ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from testimony.csl import UNSEEN
from testimony.domain.citation_case import apply_marks

ITALIC, BOLD, RAISED, LOWERED, PLAIN, END = (
    "\ue000",
    "\ue001",
    "\ue002",
    "\ue003",
    "\ue004",
    "\ue00f",
)
NUMBER, TITLE, TITLE_END = "\ue010", "\ue011", "\ue012"
TAGS = {ITALIC: "i", BOLD: "b", RAISED: "sup", LOWERED: "sub", PLAIN: "span"}
TOKENS = re.compile(f"([{''.join(TAGS)}{END}])")
OPEN, CLOSE = f'[{"".join(TAGS)}“"‘]*', f'[{END}”"’]*'
WRAPPED_TITLE = re.compile(f"{OPEN}{TITLE}[^{TITLE_END}]*{TITLE_END}{CLOSE}")
# Words that styles print for what is not there: a date of retrieval, an edition of a newspaper.
EMPTY_RETRIEVAL = re.compile(r"\b(?:Retrieved|Recuperado) (?=https?://)")
EMPTY_EDITION = re.compile(r"(?<=\.) Edition\.")
LONE_ARTICLE = re.compile(r"(?:(?<=[.,;:”] )|(?<=\())el (?=\d{1,2} de )")
NUMBERED = re.compile(rf"^[\s\[(]*{NUMBER}[\s.)\]]*")


def preformat(text: object) -> str:
    """Asked by the library for text of the data and of the style. Escaping comes at the end, once."""
    return str(text)


class _Mark(str):
    mark = PLAIN

    def __new__(cls, text: object) -> _Mark:
        return super().__new__(cls, f"{cls.mark}{text}{END}")


class Italic(_Mark):
    mark = ITALIC


class Oblique(Italic):
    pass


class Bold(_Mark):
    mark = BOLD


class Superscript(_Mark):
    mark = RAISED


class Subscript(_Mark):
    mark = LOWERED


class Light(_Mark):
    pass


class Underline(_Mark):
    pass


class SmallCaps(_Mark):
    pass


def prepare(item: Mapping[str, Any]) -> dict[str, Any]:
    """`item` without private characters. Without an author, the title is marked: styles put it in the
    author's stead, and the library then prints it a second time."""
    clean = {key: _clean(value) for key, value in item.items()}
    if not clean.get("author") and not clean.get("editor") and clean.get("title"):
        clean["title"] = f"{TITLE}{clean['title']}{TITLE_END}"
    # The library knows one language for an entry, ours; a foreign one would only switch its title case.
    return clean


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return UNSEEN.sub("", value)
    if isinstance(value, Mapping):
        return {key: _clean(part) for key, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list) else value


def mend(entry: str, item: Mapping[str, Any], language: str) -> str:
    """What the library leaves to be done: capitals, the second title, our numbers, words that introduce nothing,
    American quotation marks, the article of Spanish dates where nothing leads up to it."""
    entry = apply_marks(entry, english=_is_english(item, language))
    entry = NUMBERED.sub("", entry)
    first = WRAPPED_TITLE.search(entry)
    if first:
        rest = re.sub(rf"{WRAPPED_TITLE.pattern}[.,:;]*\s*", "", entry[first.end() :])
        entry = entry[: first.end()] + rest
    entry = entry.translate({ord(TITLE): None, ord(TITLE_END): None})
    entry = EMPTY_RETRIEVAL.sub("", entry)
    if "edition" not in item and "edition" not in item.get("title", "").lower():
        entry = EMPTY_EDITION.sub("", entry)
    if language.startswith("es"):
        entry = LONE_ARTICLE.sub("", entry)
    if language.startswith("en"):
        entry = re.sub(r"([”’])([.,])", r"\2\1", entry)
    return " ".join(entry.split())


def _is_english(item: Mapping[str, Any], language: str) -> bool:
    """What the source is written in, where that was said; else what the document is written in."""
    return str(item.get("language") or language).lower().startswith("en")


def balanced(entry: str) -> bool:
    """Whether every mark that opens is closed, and there are words at all."""
    depth = 0
    for token in tokens(entry):
        depth += 1 if token in TAGS else -1 if token == END else 0
        if depth < 0:
            return False
    return depth == 0 and bool(TOKENS.sub("", entry).strip())


def tokens(entry: str) -> list[str]:
    return [token for token in TOKENS.split(entry) if token]
