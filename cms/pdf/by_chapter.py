"""Prints a long document chapter by chapter: what is in the store already is not printed again, then all is bound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Protocol

from django.template.loader import render_to_string
from django.utils import translation

from cms.models import StoredPdf
from cms.pdf import progress
from cms.pdf.chapters import Chapters
from cms.pdf.client import Rendered
from cms.pdf.errors import PdfRenderError
from cms.pdf.overflow import MOST_PAGES
from cms.pdf.packets.parts import PART_URL, PacketError, Part

# Raise it whenever binding changes what a document holds: stored ones are then made anew.
REVISION = 2
KIND = "chapter"
# The contents stand in the opening and name pages that its own length moves.
MOST_TRIES = 4


class NotBound(PdfRenderError):
    """The pieces cannot be put together. Printed whole, the same document may well be fine."""


class Stored(Protocol):
    """Prints a piece unless it is stored. The first also carries the files attached to the document."""

    def __call__(self, html: str, title: str, *, is_first: bool = False) -> StoredPdf: ...


def rendered(cut: Chapters, language: str, stored: Stored) -> Rendered:
    """The whole document. Raises NotBound, and any PdfError with which a piece fails."""
    later: list[StoredPdf] = []
    done = 0
    for piece in cut.pieces[1:]:
        with progress.after(done):
            later.append(stored(piece.html, piece.title))
        done += later[-1].pages
        progress.printed(done)
    with progress.after(done):
        opening = _opening(cut, language, later, stored)
    printed = [opening, *later]
    count = sum(piece.pages for piece in printed)
    with progress.after(count):
        numbers = stored(cut.numbers(count), opening.title)
    return Rendered(
        _bound(printed, numbers, language),
        count,
        tuple(dict.fromkeys(chain.from_iterable(piece.warnings for piece in printed))),
        0.0,
        layout=_joined(printed, "layout")[:MOST_PAGES],
        pictures=_joined(printed, "pictures"),
        missing=_joined(printed, "missing"),
    )


def _opening(cut: Chapters, language: str, later: Sequence[StoredPdf], stored: Stored) -> StoredPdf:
    """Printed again when it turns out longer or shorter than its contents reckoned with."""
    titles = [piece.title for piece in cut.pieces[1:]]
    pages = 1
    for _attempt in range(MOST_TRIES):
        contents = _contents(titles, later, pages + 1, language)
        opening = stored(cut.opening(contents), cut.pieces[0].title, is_first=True)
        if opening.pages == pages:
            return opening
        pages = opening.pages
    raise NotBound(detail="The contents move the pages that they name.")


def _contents(
    titles: Sequence[str], later: Sequence[StoredPdf], first_page: int, language: str
) -> str:
    starts = accumulate((piece.pages for piece in later), initial=first_page)
    rows = [
        {"url": f"{PART_URL}{number}", "title": title, "page": page}
        for number, (title, page) in enumerate(zip(titles, starts, strict=False), start=1)
    ]
    with translation.override(language):
        return render_to_string("cms/print/contents.html", {"contents": rows})


def _bound(printed: Sequence[StoredPdf], numbers: StoredPdf, language: str) -> bytes:
    # lazy: loads pikepdf, which costs a tenth of a second
    import pikepdf

    # lazy: as well
    from cms.pdf.packets.binding import bind

    parts = [Part(_bytes(piece), piece.pages, piece.title, language) for piece in printed]
    try:
        return bind(parts, _bytes(numbers), language=language)
    except (PacketError, pikepdf.PdfError, AttributeError, LookupError, ValueError) as error:
        raise NotBound(detail=f"The chapters cannot be bound: {error}") from error


def _joined(printed: Sequence[StoredPdf], name: str) -> list:
    return list(chain.from_iterable(piece.report.get(name, []) for piece in printed))


def _bytes(stored: StoredPdf) -> bytes:
    with stored.open() as file:
        return file.read()
