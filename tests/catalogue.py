"""The entries of a catalogue, read from its source."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

FOLDER = Path(settings.BASE_DIR) / "cms" / "locale"
ENTRY = re.compile(
    r'(?:^msgctxt (?P<context>".*")\n)?^msgid (?P<id>".+")\n(?:^msgid_plural (?P<plural>".*")\n)?'
    r'(?P<texts>(?:^msgstr(?:\[\d\])? ".*"\n?)+)',
    re.MULTILINE,
)
TEXT = re.compile(r'^msgstr(?:\[\d\])? (".*")$', re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    id: str
    plural: str | None
    context: str | None
    texts: tuple[str, ...]


def source(language: str) -> Path:
    return FOLDER / to_locale(language) / "LC_MESSAGES" / "django.po"


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """All but the header, whose message is empty."""
    found = []
    for match in ENTRY.finditer(source(language).read_text(encoding="utf-8")):
        read = {k: match[k] and ast.literal_eval(match[k]) for k in ("id", "plural", "context")}
        if read["id"]:
            texts = tuple(ast.literal_eval(text) for text in TEXT.findall(match["texts"]))
            found.append(Entry(**read, texts=texts))
    return tuple(found)
