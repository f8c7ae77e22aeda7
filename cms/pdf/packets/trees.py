"""Name trees and number trees of PDFs, read whole and written flat; files opened."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from cms.pdf.packets.parts import UnusablePart

DEEPEST = 50  # levels; a tree that goes further was made to harm


def opened(data: bytes, title: str) -> Pdf:
    """A part ready to be read. Raises UnusablePart, which names it."""
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise UnusablePart(title, str(error)) from error


def copied(pdf: Pdf, source: Pdf, found: Object) -> Object:
    """`found` of `source` in `pdf`; what is written in place has to become an object first."""
    return pdf.copy_foreign(found if found.is_indirect else source.make_indirect(found))


def entries(node: Object | None, key: str, depth: int = 0) -> Iterator[tuple[Any, Object]]:
    """Pairs of a tree: `key` is /Names or /Nums."""
    if node is None or depth > DEEPEST:
        return
    pairs = node.get(key)
    if pairs is not None:
        for index in range(0, len(pairs) - 1, 2):
            yield pairs[index], pairs[index + 1]
    for kid in node.get(Name.Kids, []):
        yield from entries(kid, key, depth + 1)


def name_tree(pdf: Pdf, found: dict[bytes, Object]) -> Object:
    """One sorted leaf: readers search it by halves, so its size costs nothing."""
    flat = Array()
    for name in sorted(found):
        flat.append(_string(name))
        flat.append(found[name])
    return pdf.make_indirect(Dictionary(Names=flat))


def number_tree(pdf: Pdf, found: list[tuple[int, Object]]) -> Object:
    flat = Array()
    for number, value in sorted(found, key=lambda pair: pair[0]):
        flat.append(number)
        flat.append(value)
    return pdf.make_indirect(Dictionary(Nums=flat))


def _string(data: bytes) -> Object:
    return String(data.decode("latin-1")) if data.isascii() else String(data)
