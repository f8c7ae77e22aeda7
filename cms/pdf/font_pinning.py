"""Fixes kerning and mark positions of a variable font at one point of its axes.

`fontTools.varLib.instancer` does this too, but first joins all kerning tables into one matrix, which
takes eight seconds a style and makes the file twice as slow to write. A font that will have no axes
left needs no joining: each number is replaced where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fontTools.misc.roundTools import otRound
from fontTools.ttLib.tables import otBase, otTables
from fontTools.ttLib.ttVisitor import TTVisitor
from fontTools.varLib.instancer import AxisLimits
from fontTools.varLib.varStore import VarStoreInstancer

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

VARIATION_INDEX = 0x8000  # the device format that points at the variation store
WITHOUT_VARIATIONS = 0x00010002  # version of a GDEF table that has mark sets and no store
VALUE_FIELDS = {
    "XPlacement": "XPlaDevice",
    "YPlacement": "YPlaDevice",
    "XAdvance": "XAdvDevice",
    "YAdvance": "YAdvDevice",
}


class _Pin(TTVisitor):
    """Walks a positioning table and adds to each number what the variation store says."""

    def __init__(self, deltas: VarStoreInstancer) -> None:
        self.deltas = deltas

    def visit(self, thing: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(thing, otBase.ValueRecord):
            for number, device in VALUE_FIELDS.items():
                self._move(thing, number, device)
        elif isinstance(thing, otTables.Anchor):
            self._move(thing, "XCoordinate", "XDeviceTable")
            self._move(thing, "YCoordinate", "YDeviceTable")
            thing.Format = 1 if thing.Format == 3 else thing.Format
        elif isinstance(thing, otTables.CaretValue):
            self._move(thing, "Coordinate", "DeviceTable")
            thing.Format = 1 if thing.Format == 3 else thing.Format
        else:
            super().visit(thing, *args, **kwargs)
            if isinstance(thing, otTables.PairPos | otTables.SinglePos):
                _announce_numbers(thing)

    def _move(self, thing: Any, number: str, device: str) -> None:
        """Add the delta that `device` names to `number`, and take the device away."""
        found = thing.__dict__.pop(device, None)
        if found is None:
            return
        if found.DeltaFormat != VARIATION_INDEX:
            raise ValueError("Hints for single pixel sizes are not carried over.")
        delta = otRound(self.deltas[(found.StartSize << 16) + found.EndSize])
        setattr(thing, number, getattr(thing, number, 0) + delta)


def _announce_numbers(subtable: Any) -> None:
    """A subtable says which fields its records have: each device became the number it moved."""
    for name in ("ValueFormat", "ValueFormat1", "ValueFormat2"):
        announced = getattr(subtable, name, 0)
        if announced:
            setattr(subtable, name, announced & 0xF | announced >> 4 & 0xF)


def pin_positions(font: TTFont, axes: Mapping[str, float]) -> None:
    """Pin GPOS and GDEF at `axes`, which must name every axis; the rest is the instancer's."""
    definitions = font["GDEF"].table
    if not getattr(definitions, "VarStore", None):
        return
    location = AxisLimits(axes).limitAxesAndPopulateDefaults(font).normalize(font)
    pin = _Pin(
        VarStoreInstancer(definitions.VarStore, font["fvar"].axes, location.pinnedLocation())
    )
    pin.visit(font["GPOS"].table)
    pin.visit(definitions)
    del definitions.VarStore
    definitions.Version = WITHOUT_VARIATIONS
    if not hasattr(definitions, "MarkGlyphSetsDef"):
        definitions.MarkGlyphSetsDef = None
