"""The system check on what PDFs need from the machine."""

from __future__ import annotations

import pytest

from cms.pdf import checks, engine


@pytest.fixture
def without(monkeypatch):
    """A machine that lacks some libraries."""

    def build(*names: str) -> None:
        real = engine._load
        missing = {library for library in engine.LIBRARIES if library.name in names}
        monkeypatch.setattr(
            engine, "_load", lambda library: None if library in missing else real(library)
        )

    return build


def test_a_complete_machine_has_nothing_to_report():
    assert checks.check_pdf_libraries(None) == []


def test_missing_libraries_are_named_with_their_packages(without):
    without("Pango", "PangoFT2", "HarfBuzz subset")
    (warning,) = checks.check_pdf_libraries(None)
    assert warning.id == "rostrum.W001"
    assert warning.msg == (
        "PDFs cannot be made: these system libraries are missing: Pango, PangoFT2, HarfBuzz subset."
    )
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in warning.hint


def test_without_the_subsetter_pdfs_are_only_slower(without):
    without("HarfBuzz subset")
    (warning,) = checks.check_pdf_libraries(None)
    assert warning.id == "rostrum.W002"
    assert warning.msg.startswith("PDFs are made, up to 60 times slower")


def test_a_library_nobody_has_is_missing():
    unknown = engine.Library("None such", ("libnone-such.so.9",), "none-such")
    assert engine._load(unknown) is None


def test_versions_name_what_is_loaded(without):
    engine.engine_versions.cache_clear()
    versions = engine.engine_versions()
    assert versions["weasyprint"].startswith("70")
    assert versions["pango"][0].isdigit()
    without("Pango")
    engine.engine_versions.cache_clear()
    assert engine.engine_versions()["pango"] == "none"
    engine.engine_versions.cache_clear()
