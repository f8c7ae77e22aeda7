"""How one static font file is made from a variable one. Runs without Django, in its own process.

Variable fonts cost 85 ms a document and make the bytes of a PDF depend on the clock; split web
subsets print wrong letters. So each style becomes one full static file, once per installation.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

RECIPE_VERSION = "1"  # part of the folder's digest: raise it whenever this module's output changes
OPTICAL_SIZE = 14  # points; between print body text (11) and web body text (18 px)
STYLE_NAMES = {400: "Regular", 600: "SemiBold", 700: "Bold"}

# Latin with Vietnamese, marks, punctuation, currency, arrows, mathematics and shapes.
WEB_RANGES = (
    (0x0020, 0x024F), (0x0259, 0x0259), (0x02B0, 0x036F), (0x1E00, 0x1EFF), (0x2000, 0x209F),
    (0x20A0, 0x20CF), (0x2100, 0x218F), (0x2190, 0x22FF), (0x25A0, 0x26FF), (0xFB00, 0xFB06),
)  # fmt: skip
WEB_FEATURES = ("tnum", "lnum", "onum", "pnum", "sups", "subs", "smcp", "c2sc", "case")


@dataclass(frozen=True)
class Face:
    """One style of one family."""

    family: str
    slug: str
    package: str
    source: str
    weight: int
    italic: bool = False

    @property
    def stem(self) -> str:
        return f"{self.slug}-{self.weight}{'-italic' if self.italic else ''}"

    @property
    def style_name(self) -> str:
        name = STYLE_NAMES[self.weight]
        if not self.italic:
            return name
        return "Italic" if self.weight == 400 else f"{name} Italic"


def _family(family: str, slug: str, package: str, base: str, axes: str) -> tuple[Face, ...]:
    roman, italic = f"{base}[{axes}].ttf", f"{base}-Italic[{axes}].ttf"
    return (
        *(Face(family, slug, package, roman, weight) for weight in (400, 600, 700)),
        Face(family, slug, package, italic, 400, italic=True),
    )


FACES = (
    *_family("Public Sans", "public-sans", "fontpkg_public_sans", "PublicSans", "wght"),
    *_family(
        "Source Serif 4", "source-serif-4", "fontpkg_source_serif_4", "SourceSerif4", "opsz,wght"
    ),
)
# Two shares of about equal work, for two processes: a roman serif costs as much as all sans styles.
SHARES = ((FACES[4], FACES[5]), (FACES[6], FACES[7], *FACES[:4]))


def build(faces: Iterable[Face], folder: Path) -> Iterator[str]:
    """Write a TTF and a WOFF2 file for each face into `folder`; yield each finished stem."""
    for face in faces:
        _static(face).save(folder / f"{face.stem}.ttf")
        _web_subset(folder / f"{face.stem}.ttf", folder / f"{face.stem}.woff2")
        yield face.stem


def _open(source: Path) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)


def _static(face: Face) -> TTFont:
    from fontTools.varLib import instancer

    font = _open(Path(str(files(face.package) / "files" / face.source)))
    wanted = {"wght": face.weight, "opsz": OPTICAL_SIZE}
    axes = {axis.axisTag: wanted[axis.axisTag] for axis in font["fvar"].axes}
    instancer.instantiateVariableFont(font, axes, inplace=True)
    if "STAT" in font:
        del font["STAT"]  # it describes axes the file no longer has
    _rename(font, face)
    return font


def _rename(font: TTFont, face: Face) -> None:
    """Names by which fontconfig finds the style; some sources call themselves by their axes."""
    names, style = font["name"], face.style_name
    linked = face.weight != 600  # regular, italic and bold form the classic four-style family
    family, subfamily = (face.family, style) if linked else (f"{face.family} {style}", "Regular")
    postscript = f"{face.family.replace(' ', '')}-{style.replace(' ', '')}"
    full = f"{face.family} {style}"
    for number in (16, 17, 21, 22, 25):
        names.removeNames(nameID=number)
    records = {1: family, 2: subfamily, 3: f"{postscript};rostrum", 4: full, 6: postscript}
    if not linked:
        records |= {16: face.family, 17: style}
    for number, text in records.items():
        names.removeNames(nameID=number)
        names.setName(text, number, 3, 1, 0x409)
    bold = face.weight == 700
    selection = font["OS/2"].fsSelection & ~0b1100001
    selection |= face.italic << 0 | bold << 5 | (not (face.italic or bold)) << 6
    font["OS/2"].fsSelection = selection
    font["OS/2"].usWeightClass = face.weight
    font["head"].macStyle = bold << 0 | face.italic << 1


def _web_subset(source: Path, target: Path) -> None:
    """A smaller WOFF2 of the same outlines for browsers."""
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = [*options.layout_features, *WEB_FEATURES]
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for low, high in WEB_RANGES for code in range(low, high + 1)])
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    font.close()


def main() -> None:
    """`python -m cms.pdf.font_recipe SHARE FOLDER`: one JSON line for each finished style."""
    share, folder = int(sys.argv[1]), Path(sys.argv[2])
    for stem in build(SHARES[share], folder):
        sys.stdout.write(json.dumps({"done": stem}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
