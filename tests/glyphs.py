"""Every letter of a PDF as it lies on the sheet: where, how large, how turned, in which colour."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw


@dataclass(frozen=True)
class Glyph:
    """Points from the upper left corner of its sheet; `turn` in degrees."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    turn: int
    color: tuple[int, int, int]


@dataclass(frozen=True)
class Sheet:
    width: float
    height: float
    glyphs: tuple[Glyph, ...]

    @property
    def words(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


def sheets_of(pdf: bytes) -> list[Sheet]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [_sheet(document[number], number) for number in range(len(document))]


def _sheet(page: pypdfium2.PdfPage, number: int) -> Sheet:
    width, height = page.get_size()
    return Sheet(width, height, tuple(_glyphs(page.get_textpage(), number, height)))


def _glyphs(text: pypdfium2.PdfTextPage, page: int, height: float) -> Iterator[Glyph]:
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character.isspace() or not character.isprintable():
            continue
        left, bottom, right, top = text.get_charbox(index)
        yield Glyph(
            page=page,
            text=character,
            left=left,
            top=height - top,
            right=right,
            bottom=height - bottom,
            size=_size(text, index),
            turn=round(math.degrees(raw.FPDFText_GetCharAngle(text, index))) % 360,
            color=_color(text, index),
        )


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """In points as printed: the engine draws in pixels and scales them."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, ctypes.byref(matrix))
    return round(raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.a, matrix.b), 1)


def _color(text: pypdfium2.PdfTextPage, index: int) -> tuple[int, int, int]:
    parts = [ctypes.c_uint() for _part in range(4)]
    raw.FPDFText_GetFillColor(text, index, *map(ctypes.byref, parts))
    red, green, blue = (part.value for part in parts[:3])
    return red, green, blue
