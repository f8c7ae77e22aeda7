"""How a document is to be printed, as far as the person who prints it may choose.

The address of a PDF names its choices (`?paper=a4&colour=grey`); what is not named is the usual way. The same choices
always read the same, so that they make one file and one key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PAPERS = {"letter": gettext_lazy("Letter (8½ × 11 in)"), "a4": gettext_lazy("A4 (210 × 297 mm)")}
COLOURS = {
    "colour": gettext_lazy("In color"),
    "grey": gettext_lazy("Shades of gray, for a printer without color"),
}
SIZES = {
    "normal": gettext_lazy("Normal type"),
    "large": gettext_lazy("Large print (18 point and up)"),
}
BRANDING = {"yes": gettext_lazy("With branding"), "none": gettext_lazy("Without branding")}
MARKS = {"none": gettext_lazy("No marks"), "crop": gettext_lazy("Crop marks and bleed")}
TYPE_SIZES = (16, 18, 20, 22, 24)  # points, for what is read out at a lectern

# Page sizes in inches and how they are called in style sheets.
_SHEETS = {"letter": ("Letter", 8.5, 11.0), "a4": ("A4", 210 / 25.4, 297 / 25.4)}
_MARKS_CSS = "marks: crop cross; bleed: 0.125in;"


@dataclass(frozen=True)
class PrintChoices:
    """`type_size` is for papers that offer one, in points; 0 is the size they usually have."""

    paper: str = "letter"
    colour: str = "colour"
    size: str = "normal"
    branded: bool = True
    marks: bool = False
    type_size: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> PrintChoices:
        """Read them from an address. Raises ValueError, in words for people, for a value that nobody offers;
        other names in the address are not ours to judge."""
        return cls(
            paper=_one_of("paper", query, PAPERS),
            colour=_one_of("colour", query, COLOURS),
            size=_one_of("size", query, SIZES),
            branded=_one_of("branding", query, BRANDING) == "yes",
            marks=_one_of("marks", query, MARKS) == "crop",
            type_size=_type_size(query.get("type", "")),
        )

    def query(self) -> str:
        """The end of an address, with its question mark; empty for the usual way."""
        named = urlencode(self._named())
        return f"?{named}" if named else ""

    def suffix(self) -> str:
        """The end of a file's name, without the dot: "-a4-grey"."""
        said = {"branding": "plain", "marks": "marks", "type": f"{self.type_size}pt"}
        return "".join(f"-{said.get(name, value)}" for name, value in self._named().items())

    def css(self) -> str:
        """The page's size, for a `<style>` element. Layouts that lie on their side are on pages named `landscape`."""
        sheet = _SHEETS[self.paper][0]
        marks = f" {_MARKS_CSS}" if self.marks else ""
        return f"@page {{ size: {sheet};{marks} }} @page landscape {{ size: {sheet} landscape;{marks} }}"

    @property
    def classes(self) -> str:
        """For the body element: what style sheets tell choices by."""
        chosen = {
            "paper--a4": self.paper == "a4",
            "print--grey": self.colour == "grey",
            "print--large": self.size == "large",
            "print--plain": not self.branded,
            "print--marks": self.marks,
        }
        return " ".join(name for name, holds in chosen.items() if holds)

    @property
    def sheet(self) -> tuple[float, float]:
        """Width and height in inches of the paper, upright."""
        return _SHEETS[self.paper][1:]

    def limited_to(self, names: frozenset[str]) -> PrintChoices:
        """The usual way in everything but `names`: a paper ignores what it does not offer."""
        usual = PrintChoices()
        others = {field.name for field in fields(self)} - names
        return replace(self, **{name: getattr(usual, name) for name in others})

    def _named(self) -> dict[str, str]:
        usual = PrintChoices()
        named = {
            "paper": self.paper if self.paper != usual.paper else "",
            "colour": self.colour if self.colour != usual.colour else "",
            "size": self.size if self.size != usual.size else "",
            "branding": "" if self.branded else "none",
            "marks": "crop" if self.marks else "",
            "type": str(self.type_size) if self.type_size else "",
        }
        return {name: value for name, value in named.items() if value}


USUAL = PrintChoices()
ALL_CHOICES = frozenset(field.name for field in fields(PrintChoices))


def _one_of(name: str, query: Mapping[str, str], offered: Mapping[str, object]) -> str:
    value = query.get(name, "")
    if not value:
        return next(iter(offered))
    if value not in offered:
        raise ValueError(_unknown(name, value, offered))
    return value


def _type_size(value: str) -> int:
    if not value:
        return 0
    if value not in {str(size) for size in TYPE_SIZES}:
        raise ValueError(_unknown("type", value, [str(size) for size in TYPE_SIZES]))
    return int(value)


def _unknown(name: str, value: str, offered: Iterable[str]) -> str:
    return _(
        "There is no “%(value)s” for “%(name)s” when printing. Choose one of: %(offered)s."
    ) % {
        "value": value[:40],
        "name": name,
        "offered": ", ".join(offered),
    }
