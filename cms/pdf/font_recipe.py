"""How one static font file is made from a variable one. Runs without Django, in its own process.

Variable fonts cost 85 ms a document and make the bytes of a PDF depend on the clock; split web
subsets print wrong letters. So each style becomes one full static file, once per installation.
"""

from __future__ import annotations

import io
import sys
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from cms.pdf.font_faces import ALL_FACES, Face

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Part of the folder's digest: raise it whenever this module's output or the list of faces changes.
RECIPE_VERSION = "2"
OPTICAL_SIZE = 14  # points; between print body text (11) and web body text (18 px)
NORMAL_WIDTH = 100  # percent
MULTIPLE_SUBSTITUTION = 2  # one glyph becomes several
WEB_FEATURES = ("tnum", "lnum", "onum", "pnum", "sups", "subs", "smcp", "c2sc", "case")


def build(face: Face, folder: Path) -> None:
    """Write the TTF and the WOFF2 file of a face into `folder`."""
    font = _static(face)
    font.save(folder / f"{face.stem}.ttf")
    _web_subset(face, folder / f"{face.stem}.ttf", folder / f"{face.stem}.woff2")


def _open(source: Path) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)


def _static(face: Face) -> TTFont:
    from fontTools.varLib import instancer

    from cms.pdf.font_pinning import pin_positions  # lazy: needs fontTools

    font = _open(Path(str(files(face.package) / "files" / face.source)))
    if "fvar" in font:
        wanted = {"wght": face.weight, "opsz": OPTICAL_SIZE, "wdth": NORMAL_WIDTH}
        axes = {axis.axisTag: wanted[axis.axisTag] for axis in font["fvar"].axes}
        pin_positions(font, axes)
        instancer.instantiateVariableFont(font, axes, inplace=True)
    if "STAT" in font:
        del font["STAT"]  # it describes axes the file no longer has
    if face.family == "Amiri":
        _one_glyph_a_letter(font)
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / face.scale)
    _rename(font, face)
    return font


def _one_glyph_a_letter(font: TTFont) -> None:
    """Take out the strokes that Amiri puts behind some letters before a wide one.

    A letter and its stroke share one character, and the PDF then maps the letter to nothing.
    """
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            table = getattr(subtable, "ExtSubTable", subtable)
            if table.LookupType != MULTIPLE_SUBSTITUTION:
                continue
            for glyph, sequence in table.mapping.items():
                if sequence[0] == glyph:
                    table.mapping[glyph] = [glyph]


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


def _web_subset(face: Face, source: Path, target: Path) -> None:
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
    subsetter.populate(unicodes=[code for low, high in face.web for code in range(low, high + 1)])
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
    font.close()


def main() -> None:
    """`python -m cms.pdf.font_recipe STEM FOLDER`: makes one style."""
    stem, folder = sys.argv[1], Path(sys.argv[2])
    build({face.stem: face for face in ALL_FACES}[stem], folder)


if __name__ == "__main__":
    main()
