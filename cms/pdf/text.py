"""Reads the words back out of a PDF, to prove that none was lost or changed on the way."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

_HYPHEN_AT_LINE_END = re.compile(r"[-\u2010\u00ad]\s*\n\s*")
_NUMBER_BEFORE_WORD = re.compile(r"\b\d+(?=[^\W\d_])")
_HAN = "[\u3400-\u9fff\uf900-\ufaff]"
# Chinese lines end anywhere, and words are not parted.
_LINE_END_IN_HAN = re.compile(rf"(?<={_HAN})\s*\n\s*(?={_HAN})")
_ARABIC = re.compile("[؀-ۿ]")
# Where a line runs both ways, reading back sets letters, figures and other scripts side by side without a space.
_SEAM = re.compile(
    r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[؀-ۿ])(?=[A-Za-z])|(?<=[A-Za-z])(?=[؀-ۿ])"
)
_WORD = re.compile(r"\w+", re.UNICODE)


def extract_text(pdf: bytes) -> str:
    """The text of all pages, in reading order, one page after the other."""
    from pypdf import PdfReader

    return "\n".join(_page_text(page) for page in PdfReader(io.BytesIO(pdf)).pages)


def _page_text(page: PageObject) -> str:
    """pypdf runs lines of different type sizes together, and labels of a drawing: a new height starts a new line here,
    and so does whatever was moved to its place."""
    parts: list[str] = []
    before: list[list[float]] = []

    def collect(text: str, outer: list[float], matrix: list[float], *_font: object) -> None:
        if not text.strip():
            parts.append(text)
            return
        if before and (before[0] != outer or abs(matrix[5] - before[1][5]) > 0.5):
            parts.append("\n")
        before[:] = [list(outer), list(matrix)]
        parts.append(text)

    page.extract_text(visitor_text=collect)
    return "".join(parts)


def count_pages(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def words(text: str) -> list[str]:
    """Words in order, without punctuation, in one normal form."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).replace("\u00ad", ""))


def missing_words(source: str, printed: str) -> list[str]:
    """Words of `source` that `printed` does not hold, in order, each once.

    A word broken over two lines counts as present, hyphenated by the engine or by its author; so does
    one that reading back has joined to the number of its footnote.
    """
    whole = set(words(printed))
    whole |= set(words(_HYPHEN_AT_LINE_END.sub("", printed)))
    whole |= set(words(_NUMBER_BEFORE_WORD.sub(" ", printed)))
    if _ARABIC.search(printed):
        whole |= set(words(_SEAM.sub(" ", printed)))
    if re.search(_HAN, printed):
        whole |= set(words(_LINE_END_IN_HAN.sub("", printed)))
    return list(dict.fromkeys(word for word in words(source) if word not in whole))
