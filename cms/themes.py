"""What makes a look readable: every pair of colours that pages and paper really print on one another.

Knows no model. `tests/cms/test_themes.py` compares the pairs with the stylesheets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.enums import FontPair
from cms.validators import HEX_COLOR, MINIMUM_CONTRAST, contrast_ratio

PAPER, WASH, MARK = "#ffffff", "#f6f4ef", "#ffe9a3"  # as in tokens.css
PRIMARY, ACCENT = "primary_color", "accent_color"


# The face for headings and small print, by pair of fonts: drawings name it themselves. The stylesheet tokens.css
# names both faces of each pair.
DISPLAY_FACES = {
    FontPair.PUBLIC: "Public Sans",
    FontPair.PLEX: "IBM Plex Sans",
    FontPair.HUMANIST: "Source Sans 3",
}


@dataclass(frozen=True)
class Pair:
    """Lettering in one colour on a ground of another. `field` is the colour that somebody chooses."""

    field: str
    name: Promise
    ground: str
    grey: bool = False  # as a printer without colours shows it


PAIRS = (
    Pair(PRIMARY, _("White text on the primary color"), PAPER),
    Pair(PRIMARY, _("The primary color on tinted boxes"), WASH),
    Pair(PRIMARY, _("The primary color on marked words"), MARK),
    Pair(PRIMARY, _("White text on the primary color, printed in gray"), PAPER, grey=True),
    Pair(ACCENT, _("The accent color on white"), PAPER),
    Pair(ACCENT, _("The accent color on tinted boxes"), WASH),
    Pair(ACCENT, _("The accent color on white, printed in gray"), PAPER, grey=True),
)


@dataclass(frozen=True)
class Measured:
    """A pair with the contrast that it has."""

    pair: Pair
    ratio: float
    color: str  # the chosen colour as it shows

    @property
    def passes(self) -> bool:
        return self.ratio >= MINIMUM_CONTRAST

    @property
    def shown_ratio(self) -> str:
        """Rounded down, so that 4.46 never reads as enough."""
        return f"{int(self.ratio * 10) / 10:.1f}"


def grey_of(color: str) -> str:
    """The grey that printers make of `#rrggbb` (luma of ITU-R BT.601)."""
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    grey = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{grey:02x}{grey:02x}{grey:02x}"


def measured(colors: dict[str, str]) -> Iterator[Measured]:
    """Each pair whose colour is well formed. `colors` maps fields to `#rrggbb`."""
    for pair in PAIRS:
        color = colors.get(pair.field) or ""
        if not HEX_COLOR.match(color):
            continue
        shown = grey_of(color) if pair.grey else color
        yield Measured(pair, contrast_ratio(shown, pair.ground), shown)


def failures(colors: dict[str, str]) -> dict[str, list[Measured]]:
    """Pairs that cannot be read, by the field whose colour is to blame."""
    found: dict[str, list[Measured]] = {}
    for result in measured(colors):
        if not result.passes:
            found.setdefault(result.pair.field, []).append(result)
    return found
