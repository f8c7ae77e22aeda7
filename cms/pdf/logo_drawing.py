"""A logo that is a drawing as a picture: for files that hold no drawings."""

from __future__ import annotations

import io
import logging
import os
import tempfile
from pathlib import Path

from django.utils.html import format_html

from cms.pdf import page_pictures, service
from cms.pdf.errors import PdfRenderError

logger = logging.getLogger(__name__)

# Larger than it is shown, so that it prints sharp.
_SHEET = """<!DOCTYPE html><html lang="en"><head><title>Logo</title><style>
@page {{ size: 6in 4in; margin: 0 !important }} img {{ width: 5.8in; height: 3.8in; margin: 0.1in; object-fit: contain }}
</style></head><body><img alt="Logo" src="{}"></body></html>"""


def png_of(url: str, drawing: Path) -> bytes | None:
    """The drawing at `url`, which is the file `drawing`, without margins; None when nothing of it shows. Made once."""
    kept = drawing.with_suffix(".png")
    if not kept.is_file():
        try:
            page = page_pictures.first_page(service.render_html(format_html(_SHEET, url)).pdf)
        except PdfRenderError:
            logger.exception("The logo could not be drawn")
            return None
        _keep(_trimmed(page), kept)
    return kept.read_bytes() or None


def _trimmed(page: bytes) -> bytes:
    from PIL import Image, ImageChops  # lazy: as everywhere

    with Image.open(io.BytesIO(page)) as picture:
        drawn = picture.convert("RGB")
    place = ImageChops.difference(drawn, Image.new("RGB", drawn.size, "white")).getbbox()
    if place is None:
        return b""
    out = io.BytesIO()
    drawn.crop(place).save(out, "PNG", optimize=True)
    return out.getvalue()


def _keep(body: bytes, path: Path) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(body)
    Path(temporary).replace(path)
