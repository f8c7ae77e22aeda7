"""Fixed parts of a Word document: styles, lists, settings, filled in for a language and a letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template

PARTS = Path(__file__).parent / "parts"
SHEETS = {"letter": (12240, 15840), "a4": (11906, 16838)}  # twentieths of a point
MARGIN = 1440
INK, SOFT, LINK = "1A1A1A", "4A5560", "0B5394"
# As word processors call the languages, so that they check the spelling of the right one.
REGIONS = {
    "en": "en-US",
    "es": "es-US",
    "vi": "vi-VN",
    "ar": "ar-SA",
    "so": "so-SO",
    "ht": "ht-HT",
    "zh-Hans": "zh-CN",
}
_COLOUR = re.compile(r"#([0-9a-fA-F]{6})")


@dataclass(frozen=True)
class Look:
    """Colours as six hexadecimal digits; without branding everything is black."""

    language: str = "en"
    paper: str = "letter"
    primary: str = INK
    accent: str = INK

    @classmethod
    def of(cls, language: str, paper: str, primary: str, accent: str) -> Look:
        return cls(language, paper, _hex(primary), _hex(accent))

    @property
    def size(self) -> tuple[int, int]:
        return SHEETS[self.paper]

    @property
    def width(self) -> int:
        """Of the text between the margins."""
        return self.size[0] - 2 * MARGIN

    @property
    def region(self) -> str:
        return REGIONS.get(self.language, self.language)

    def part(self, name: str, **more: str) -> bytes:
        """The text of a fixed part."""
        is_eastern, is_complex = self.language.startswith("zh"), self.language == "ar"
        values = {
            "language": self.region,
            "eastern_language": self.region if is_eastern else "zh-CN",
            "complex_language": self.region if is_complex else "ar-SA",
            "eastern": "SimSun",
            "complex": "Times New Roman",
            "primary": self.primary,
            "accent": self.accent,
            "soft": SOFT,
            "link": LINK,
            "width": str(self.width),
        }
        return _template(name).substitute({**values, **more}).encode()

    def numbering(self, ordered: Sequence[int]) -> bytes:
        """`ordered` are the numbers of lists that begin at 1 each."""
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for level in range(9)
        )
        rows = (
            f'  <w:num w:numId="{key}"><w:abstractNumId w:val="1"/>{starts}</w:num>\n'
            for key in ordered
        )
        return self.part("numbering", lists="".join(rows))


def _hex(colour: str) -> str:
    found = _COLOUR.fullmatch(colour or "")
    return found[1].upper() if found else INK


@cache
def _template(name: str) -> Template:
    return Template((PARTS / f"{name}.xml").read_text(encoding="utf-8"))
