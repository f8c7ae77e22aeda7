"""A logo that is a drawing as a picture: for files that hold no drawings."""

from __future__ import annotations

import io
import logging
import os
import tempfile
import time
from pathlib import Path

from django.utils.html import format_html

from cms.pdf import engine, page_pictures, service, store
from cms.pdf.errors import PdfBusy, PdfError, PdfRenderError

logger = logging.getLogger(__name__)

ENDING = f".{engine.ENGINE_REVISION}.png"  # made anew by another engine
LOGOS = "asset://logo/"  # the only drawings that lie in a folder of ours
TRIED_AGAIN = (
    86_400  # seconds after a drawing could not be drawn: anybody may ask for the file it stands in
)
# Larger than it is shown, so that it prints sharp.
_SHEET = """<!DOCTYPE html><html lang="en"><head><title>Logo</title><style>
@page {{ size: 6in 4in; margin: 0 !important }} img {{ width: 5.8in; height: 3.8in; margin: 0.1in; object-fit: contain }}
</style></head><body><img alt="Logo" src="{}"></body></html>"""


def png_of(url: str, drawing: Path) -> bytes | None:
    """The drawing at `url`, which is the file `drawing`, without margins; None when nothing of it shows. Made once."""
    if not url.startswith(LOGOS):
        return None
    kept = drawing.with_suffix(ENDING)
    try:
        if not _is_made(kept):
            with store.single_flight(drawing.stem, "logo-drawing"):
                if not _is_made(kept):
                    _keep(_drawn(url), kept)
        return kept.read_bytes() or None
    except (PdfError, OSError):
        logger.exception("The logo could not be drawn")
        return None


def _is_made(kept: Path) -> bool:
    """Whether the picture is there. One that failed is an empty file, for a while."""
    try:
        status = kept.stat()
    except FileNotFoundError:
        return False
    return status.st_size > 0 or time.time() - status.st_mtime < TRIED_AGAIN


def _drawn(url: str) -> bytes:
    """Nothing when it cannot be drawn; whoever comes while others print may try again."""
    try:
        page = page_pictures.first_page(service.render_html(format_html(_SHEET, url)).pdf)
    except PdfBusy:
        raise
    except PdfRenderError:
        logger.exception("The logo could not be drawn")
        return b""
    return _trimmed(page)


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
