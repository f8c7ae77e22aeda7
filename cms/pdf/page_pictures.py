"""Pages of a PDF as pictures, for the editor's preview. Made in a limited process, kept by the PDF's hash."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from cms.models import StoredPdf
from cms.pdf import store
from cms.pdf.errors import PdfRenderError

MOST_PAGES = 40
WIDTH = 1000  # pixels: sharp in the panel, and readable when it is drawn wide
KEPT = 200  # documents
SECONDS = 30
SIZES = "pages.json"


@dataclass(frozen=True)
class PagePicture:
    """One page as it is shown."""

    number: int
    width: int
    height: int


def pictures(stored: StoredPdf) -> list[PagePicture]:
    """The first pages of a PDF; made when they are not there, once for all who ask at the same moment."""
    folder = _folder(stored.sha256)
    if not (folder / SIZES).is_file():
        with store.single_flight(stored.sha256, "page-pictures"):
            if not (folder / SIZES).is_file():
                _make(stored, folder)
    sizes = json.loads((folder / SIZES).read_text())
    return [PagePicture(number, *size) for number, size in enumerate(sizes, 1)]


def picture_file(stored: StoredPdf, number: int) -> Path | None:
    """The PNG file of a page; None for a page that has none."""
    known = {picture.number for picture in pictures(stored)}
    return _folder(stored.sha256) / f"{number}.png" if number in known else None


def first_page(pdf: bytes) -> bytes:
    """A PNG of it, which is not kept."""
    with tempfile.TemporaryDirectory(prefix="rostrum-page-") as folder:
        _draw(pdf, Path(folder))
        return (Path(folder) / "1.png").read_bytes()


def _folder(sha256: str) -> Path:
    return Path(settings.ROSTRUM_DATA) / "page-pictures" / sha256


def _make(stored: StoredPdf, folder: Path) -> None:
    """In a temporary folder that is renamed when it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    try:
        with stored.open() as file:
            _draw(file.read(), making)
        making.chmod(0o750)
        making.rename(folder)
        _sweep(folder.parent)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _draw(pdf: bytes, folder: Path) -> None:
    command = [sys.executable, "-P", "-m", "cms.pdf.page_painter"]
    command += [str(folder), str(WIDTH), str(MOST_PAGES)]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(settings.BASE_DIR), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter and module
            command,
            input=pdf,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfRenderError(_("The pages could not be drawn in time.")) from error
    if done.returncode:
        detail = done.stderr.decode(errors="replace")[-2000:]
        raise PdfRenderError(_("The pages could not be drawn."), detail=detail)


def _sweep(parent: Path) -> None:
    """Drop the pictures that were made longest ago; they are made again when somebody asks."""
    folders = [entry for entry in parent.iterdir() if not entry.name.startswith(".")]
    if len(folders) > KEPT:
        folders.sort(key=lambda entry: entry.stat().st_mtime)
        for entry in folders[: len(folders) - KEPT]:
            shutil.rmtree(entry, ignore_errors=True)
