"""Names of files after a body's rule. Safe on every system: letters, numbers, spaces and . , ( ) & + - _ only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from django.core.exceptions import ValidationError

from events.validators import pattern_parts

LONGEST = 120  # with a path in front, older systems take no more
# Windows refuses these, whatever their end: learn.microsoft.com, “Naming Files, Paths, and Namespaces”.
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)


def file_stem(pattern: str, values: Mapping[str, str]) -> str:
    """The name without its end, or "" when `pattern` is empty or broken or nothing of it is known.

    `values` are those of `events.validators.PLACEHOLDERS`. What is not known is left out together with one of
    the separators beside it.
    """
    try:
        parts = pattern_parts(pattern)
    except ValidationError:  # stored before the rules for patterns: a title is a safe name
        return ""
    if not any(values.get(name) for _literal, name, _digits in parts if name):
        return ""
    written = [
        literal + (_value(name, values.get(name, ""), digits) if name else "")
        for literal, name, digits in parts
    ]
    return _safe("".join(written))


def bill_number(identifier: str, digits: int = 0) -> str:
    """HB 83 with four digits: HB0083. Bodies sort files by it."""
    joined = re.sub(r"[^\w-]+", "", identifier)
    return re.sub(r"\d+", lambda found: found.group().zfill(digits), joined, count=1)


def _value(name: str, value: str, digits: int) -> str:
    plain = _ascii(value)
    if name == "bill":
        return bill_number(plain, digits)
    return re.sub(r"[^\w]+", "-", plain).strip("-_")


def _ascii(value: str) -> str:
    """Without accents where that leaves every letter readable; other scripts stay as they are."""
    bare = "".join(
        it for it in unicodedata.normalize("NFKD", value) if not unicodedata.combining(it)
    )
    return bare if bare.isascii() else unicodedata.normalize("NFC", value)


def _safe(name: str) -> str:
    once = re.sub(r"[_-]*_[_-]*", "_", re.sub(r"--+", "-", re.sub(r"\s+", " ", name)))
    short = once.strip(" ._-")[:LONGEST].rstrip(" ._-")
    return f"{short}-file" if RESERVED.match(short) else short
