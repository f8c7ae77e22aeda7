"""A logo as a picture: made once, and no failure reaches whoever asks for a file."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from cms.pdf import logo_drawing, page_pictures, service
from cms.pdf.errors import PdfBusy, PdfError, PdfRenderError, PdfUnavailable

URL = f"{logo_drawing.LOGOS}{'a' * 32}.svg"


@pytest.fixture
def tried(monkeypatch) -> list[PdfError | OSError]:
    """What each attempt to draw fails with, the next one last."""
    errors: list[PdfError | OSError] = []

    def fail(pdf: bytes) -> bytes:
        raise errors.pop()

    monkeypatch.setattr(service, "render_html", lambda html: SimpleNamespace(pdf=b""))
    monkeypatch.setattr(page_pictures, "first_page", fail)
    return errors


def test_a_drawing_that_cannot_be_drawn_is_not_tried_at_each_download(tried, tmp_path):
    drawing = tmp_path / f"{'a' * 32}.svg"
    tried.append(PdfRenderError("No."))
    assert [logo_drawing.png_of(URL, drawing) for _time in range(3)] == [None] * 3
    (kept,) = tmp_path.iterdir()
    assert (kept.name, kept.stat().st_size) == (f"{'a' * 32}{logo_drawing.ENDING}", 0)
    os.utime(kept, (0, 0))
    tried.append(PdfRenderError("No."))
    assert (logo_drawing.png_of(URL, drawing), tried) == (None, [])


@pytest.mark.parametrize("error", [PdfBusy(), PdfUnavailable("No."), OSError("disk")])
def test_what_passes_is_tried_again_and_breaks_nothing(tried, tmp_path, error):
    drawing = tmp_path / f"{'a' * 32}.svg"
    tried += [error, error]
    assert [logo_drawing.png_of(URL, drawing) for _time in range(2)] == [None] * 2
    assert (list(tmp_path.iterdir()), tried) == ([], [])


def test_nothing_is_written_beside_a_file_that_is_no_logo(tried, tmp_path):
    assert logo_drawing.png_of("asset://static/flag.svg", tmp_path / "flag.svg") is None
    assert list(tmp_path.iterdir()) == []
