"""Subsets of one face become one file; files of different faces do not."""

from __future__ import annotations

import io

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from cms.pdf import fonts
from cms.pdf.packets.font_union import Misfit, unite


def cut(letters: str, face: str = "public-sans-400.ttf") -> bytes:
    options = subset.Options(retain_gids=True, recalc_timestamp=False)
    with TTFont(fonts.font_files()[face], recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


def drawings(data: bytes) -> dict[int, tuple[object, int]]:
    """Outline and width of each glyph that is drawn, by number."""
    with TTFont(io.BytesIO(data)) as font:
        glyf, metrics = font["glyf"], font["hmtx"].metrics
        return {
            number: (glyf[name].compile(glyf), metrics[name][0])
            for number, name in enumerate(font.getGlyphOrder())
            if glyf[name].numberOfContours
        }


def test_the_union_has_the_glyphs_of_each():
    first, second = cut("Heat"), cut("Water é")

    assert drawings(unite([first, second])) == {**drawings(first), **drawings(second)}


def test_the_order_of_documents_changes_no_glyph():
    first, second = cut("Heat"), cut("Water é")

    assert drawings(unite([first, second])) == drawings(unite([second, first]))


@pytest.mark.parametrize("other", [b"", b"\0\1\0\0", b"OTTO" + bytes(40)])
def test_what_is_no_such_font_is_refused(other):
    with pytest.raises(Misfit):
        unite([cut("Heat"), other])


def test_letters_of_another_face_are_refused():
    with pytest.raises(Misfit):
        unite([cut("Heat"), cut("Heat", "source-serif-4-400.ttf")])
