"""Kerning and mark positions pinned by our own means equal those of the library's."""

from __future__ import annotations

import io
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otBase, otTables
from fontTools.ttLib.ttVisitor import TTVisitor
from fontTools.varLib import instancer

from cms.pdf.font_faces import FACES
from cms.pdf.font_pinning import pin_positions

POINT = {"wght": 600, "opsz": 14}


class Numbers(TTVisitor):
    """Writes down every number of a positioning table, in order."""

    def __init__(self) -> None:
        self.found: list[tuple[Any, ...]] = []

    def visit(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(thing, otBase.ValueRecord):
            values = {key: value for key, value in vars(thing).items() if value}
            self.found.append(tuple(sorted(values.items())))
        elif isinstance(thing, otTables.Anchor):
            self.found.append((thing.Format, thing.XCoordinate, thing.YCoordinate))
        else:
            super().visit(thing, *args, **kwargs)


def variable_font(slug: str) -> TTFont:
    face = next(face for face in FACES if face.slug == slug)
    path = Path(str(files(face.package) / "files" / face.source))
    return TTFont(io.BytesIO(path.read_bytes()), recalcTimestamp=False)


def point(font: TTFont) -> dict[str, float]:
    return {axis.axisTag: POINT[axis.axisTag] for axis in font["fvar"].axes}


def written(font: TTFont) -> TTFont:
    buffer = io.BytesIO()
    font.save(buffer)
    return TTFont(io.BytesIO(buffer.getvalue()))


def numbers(font: TTFont) -> list[tuple[Any, ...]]:
    visitor = Numbers()
    visitor.visit(written(font)["GPOS"].table)
    return visitor.found


@pytest.fixture(scope="module")
def serif() -> TTFont:
    font = variable_font("source-serif-4")
    pin_positions(font, point(font))
    return font


def instances(slug: str) -> tuple[TTFont, TTFont]:
    ours, theirs = variable_font(slug), variable_font(slug)
    pin_positions(ours, point(ours))
    instancer.instantiateVariableFont(ours, point(ours), inplace=True)
    instancer.instantiateVariableFont(theirs, point(theirs), inplace=True)
    return ours, theirs


@pytest.mark.parametrize("slug", ["public-sans", "source-code-pro"])
def test_every_position_equals_what_the_library_makes(slug):
    ours, theirs = (numbers(font) for font in instances(slug))
    assert len(ours) > 100
    assert ours == theirs


# As HarfBuzz measures them in the variable font; the library's own way takes ten seconds here.
@pytest.mark.parametrize(
    ("first", "second", "units"), [("T", "o", -58), ("A", "V", -115), ("V", "o", -74)]
)
def test_a_pair_of_the_serif_is_kerned_as_its_axes_say(serif, first, second, units):
    assert kerning(serif, first, second) == units


def test_nothing_of_the_axes_is_left():
    font = variable_font("public-sans")
    pin_positions(font, point(font))
    pin_positions(font, point(font))
    assert not hasattr(font["GDEF"].table, "VarStore")
    assert written(font)["GDEF"].table.Version == 0x00010002


def kerning(font: TTFont, first: str, second: str) -> int:
    """The kerning of two glyphs: of the first subtable that knows the pair, as a shaper reads it."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            table = getattr(subtable, "ExtSubTable", subtable)
            if not isinstance(table, otTables.PairPos) or first not in table.Coverage.glyphs:
                continue
            if table.Format == 1:
                pairs = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
                for pair in pairs:
                    if pair.SecondGlyph == second:
                        return pair.Value1.XAdvance
                continue
            row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
            record = row.Class2Record[table.ClassDef2.classDefs.get(second, 0)]
            return getattr(record.Value1, "XAdvance", 0)
    return 0
