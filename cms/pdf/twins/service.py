"""Makes twins: a printed document in, a Word document or plain text out. Stores nothing: it takes milliseconds."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.images import get_image_dimensions
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from cms.pdf import assets, logo_drawing
from cms.pdf.errors import PdfTextLost
from cms.pdf.registry import PdfDocument
from cms.pdf.service import document_html
from cms.pdf.twins import fidelity, reading
from cms.pdf.twins.docx import Image, write_docx
from cms.pdf.twins.looks import Look
from cms.pdf.twins.plain import write_text
from cms.pdf.twins.registry import CONTENT_TYPES, DOCX
from cms.pdf.twins.sheet import Picture, Sheet

DRAWING = "image/svg+xml"
ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


class TwinTextLost(PdfTextLost):
    """Words of the document would be missing: no such file is given to anybody."""

    default_message = _("Some words would be missing from the file.")


@dataclass(frozen=True)
class Twin:
    body: bytes
    filename: str
    content_type: str
    language: str


def make(document: PdfDocument, ending: str) -> Twin:
    """The twin of `document` with this ending. Raises TwinTextLost."""
    return make_all(document, [ending])[ending]


def make_all(document: PdfDocument, endings: Iterable[str]) -> dict[str, Twin]:
    """As `make`, of several endings by their names."""
    sheet, stem = sheet_of(document), document.filename.removesuffix(".pdf")
    with translation.override(document.language):
        bodies = {
            ending: _docx(sheet, document) if ending == DOCX else write_text(sheet).encode()
            for ending in endings
        }
    return {
        ending: Twin(body, f"{stem}.{ending}", CONTENT_TYPES[ending], document.language)
        for ending, body in bodies.items()
    }


def sheet_of(document: PdfDocument) -> Sheet:
    """The words of `document`, all of them."""
    root = reading.parsed(document_html(document))
    wanted = fidelity.words_of(root)
    author = getattr(document.context.get("branding"), "organization_name", "")
    sheet = reading.read_sheet(root, title=document.title, author=author)
    missing = fidelity.lost(wanted, fidelity.words_in(sheet))
    if missing:
        raise TwinTextLost(detail=missing)
    return sheet


def _docx(sheet: Sheet, document: PdfDocument) -> bytes:
    branding, choices = document.context.get("branding"), document.context.get("choices")
    choices = choices or document.choices
    colours = [
        getattr(branding, name, "") if choices.branded else ""
        for name in ("primary_color", "accent_color")
    ]
    look = Look.of(sheet.language, choices.paper, *colours)
    return write_docx(sheet, look, _images(sheet), base_url=settings.ROSTRUM_BASE_URL)


def _images(sheet: Sheet) -> dict[str, Image]:
    """Read the way the print engine reads them: by address, nothing else."""
    wanted = [block.url for block in sheet.blocks if isinstance(block, Picture)]
    known = assets.collect((), optional=[it for it in wanted if it.startswith("asset://")]).assets
    found = {url: _image(asset) for url, asset in known.items()}
    return {url: image for url, image in found.items() if image is not None}


def _image(asset: Any) -> Image | None:
    if asset.content_type == DRAWING:
        ending, body = "png", logo_drawing.png_of(asset.url, Path(asset.path))
    else:
        ending = ENDINGS.get(asset.content_type, "")
        body = (asset.body or Path(asset.path).read_bytes()) if ending else None
    if body is None:
        return None
    width, height = get_image_dimensions(io.BytesIO(body))
    return Image(body, width, height, ending) if width and height else None
