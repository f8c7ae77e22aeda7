"""Room that lettering takes, estimated: the server draws without a font at hand."""

from __future__ import annotations

import unicodedata

# Advance widths of Public Sans Regular in parts of the type size, rounded up to whole groups.
_GROUPS = {
    " ',.:;`i": 0.25,
    "!()I[]jl{|}": 0.33,
    '"*-/1J\\frt': 0.42,
    "<>?^_csvyz": 0.54,
    "$&ABCDGKOQRSUVX": 0.70,
    "@HNw": 0.80,
    "%Mm": 0.92,
    "W": 1.0,
}
_ADVANCE = {character: width for group, width in _GROUPS.items() for character in group}
_OTHER = 0.63


def text_width(text: str, size: float) -> float:
    """Estimated width of `text` at type size `size`, in the unit of `size`."""
    return size * sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    if character in _ADVANCE:
        return _ADVANCE[character]
    if unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WF" else _OTHER


def wrap(text: str, size: float, room: float) -> list[str]:
    """`text` broken into lines no wider than `room`. No word is lost: one that is too long is cut."""
    lines: list[str] = []
    line = ""
    pieces = [piece for word in text.split() for piece in _fit(word, size, room)]
    for word in pieces:
        candidate = f"{line} {word}" if line else word
        if line and text_width(candidate, size) > room:
            lines.append(line)
            line = word
        else:
            line = candidate
    return [*lines, line] if line else lines


def _fit(word: str, size: float, room: float) -> list[str]:
    if text_width(word, size) <= room:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
