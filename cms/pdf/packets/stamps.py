"""Page numbers of the packet, set on finished pages as artifacts: seen, but no part of what is read out."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from cms.pdf import fonts

FONT_FILE = "public-sans-400.ttf"
FONT_NAME = "PCKTNO+Public-Sans-Regular"
RESOURCE = "/PacketNumbers"
SIZE = 8.0
FROM_EDGE = 26.0  # points from the lower edge of the trimmed sheet: below the foot of every paper
BEGIN = "/Artifact <</Type /Pagination /Subtype /Footer>> BDC"
INK = "0.32 0.35 0.38 rg"
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Face:
    """The few characters of a font that page numbers need."""

    data: bytes
    glyphs: dict[str, int]
    widths: dict[str, float]  # thousandths of the type's size
    ascent: float
    descent: float
    box: tuple[float, ...]

    def width(self, text: str) -> float:
        return sum(self.widths[character] for character in text) * SIZE / 1000


def words(number: int, count: int, *, draft: bool) -> str:
    """What a page of the body bears."""
    text = _("Packet page %(number)d of %(count)d") % {"number": number, "count": count}
    if draft:
        text = f"{pgettext('watermark', 'DRAFT')} · {text}"
    return text


def roman(number: int) -> str:
    text = ""
    for value, sign in ROMAN:
        while number >= value:
            text += sign
            number -= value
    return text


@functools.lru_cache(maxsize=8)
def face_for(characters: frozenset[str]) -> Face:
    """The face cut down to `characters`. Those that it does not have are left out of `glyphs`."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=[], notdef_outline=True, hinting=False)
    options.recalc_timestamp = False  # the clock would be in the file
    path = fonts.font_files()[FONT_FILE]
    with TTFont(path, recalcTimestamp=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        out = io.BytesIO()
        font.save(out)
        scale = 1000 / font["head"].unitsPerEm
        cmap, metrics = font.getBestCmap(), font["hmtx"].metrics
        present = {c: cmap[ord(c)] for c in sorted(characters) if ord(c) in cmap}
        head, lines = font["head"], font["hhea"]
        return Face(
            data=out.getvalue(),
            glyphs={c: font.getGlyphID(name) for c, name in present.items()},
            widths={c: metrics[name][0] * scale for c, name in present.items()},
            ascent=lines.ascent * scale,
            descent=lines.descent * scale,
            box=tuple(round(s * scale) for s in (head.xMin, head.yMin, head.xMax, head.yMax)),
        )


class Stamps:
    """Sets numbers with one embedded font for all pages."""

    def __init__(self, pdf: Pdf, count: int, *, draft: bool) -> None:
        self.pdf = pdf
        self.count = count
        self.draft = draft
        self.face = face_for(frozenset(f"0123456789/ xvi{words(1, 1, draft=draft)}"))
        self.font: Object = pdf.make_indirect(_font(pdf, self.face))
        self.before = pdf.make_stream(b"q\n")
        self.dressed: set[tuple[int, int]] = set()

    def number(self, page: Page, number: int) -> None:
        text = words(number, self.count, draft=self.draft)
        if not all(character in self.face.glyphs for character in text):
            text = f"{number} / {self.count}"  # a script that the face does not have
        self._set(page, text)

    def roman(self, page: Page, number: int) -> None:
        self._set(page, roman(number))

    def _set(self, page: Page, text: str) -> None:
        stamp = self.pdf.make_stream(self._drawing(page, text))
        page.obj.Contents = bracketed(page, self.before, stamp)
        self._dress(page)

    def _drawing(self, page: Page, text: str) -> bytes:
        left, bottom, right, top = (float(side) for side in page.trimbox)
        turn = int(page.obj.get(Name.Rotate, 0)) % 360
        across = (right - left) if turn in (0, 180) else (top - bottom)
        x, y = (across - self.face.width(text)) / 2, FROM_EDGE
        axes = {
            0: f"1 0 0 1 {left:.3f} {bottom:.3f}",
            90: f"0 1 -1 0 {right:.3f} {bottom:.3f}",
            180: f"-1 0 0 -1 {right:.3f} {top:.3f}",
            270: f"0 -1 1 0 {left:.3f} {top:.3f}",
        }[turn]
        glyphs = "".join(f"{self.face.glyphs[character]:04X}" for character in text)
        return (
            f"\nQ\n{BEGIN}\nq {axes} cm {INK} BT {RESOURCE} {SIZE:g} Tf "
            f"{x:.3f} {y:.3f} Td <{glyphs}> Tj ET Q\nEMC\n"
        ).encode("ascii")

    def _dress(self, page: Page) -> None:
        """Pages of one document share their resources: they get the font once."""
        resources = page.obj.get(Name.Resources)
        if resources is None:
            resources = page.obj.Resources = Dictionary()
        if resources.is_indirect and resources.objgen in self.dressed:
            return
        if Name.Font not in resources:
            resources.Font = Dictionary()
        resources.Font[RESOURCE] = self.font
        if resources.is_indirect:
            self.dressed.add(resources.objgen)


def bracketed(page: Page, before: Object, after: Object) -> Array:
    """What a page draws may leave its axes turned: it is put between `q` and `Q`, with which these end and begin."""
    contents = page.obj.get(Name.Contents)
    drawn = list(contents) if isinstance(contents, Array) else [contents]
    return Array([before, *(one for one in drawn if one is not None), after])


def _font(pdf: Pdf, face: Face) -> Dictionary:
    file = Stream(pdf, face.data, {"/Length1": len(face.data)})
    left, bottom, right, top = face.box
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(f"/{FONT_NAME}"),
        Flags=32,
        FontBBox=Array([left, bottom, right, top]),
        ItalicAngle=0,
        Ascent=round(face.ascent),
        Descent=round(face.descent),
        CapHeight=round(face.ascent),
        StemV=80,
        FontFile2=pdf.make_indirect(file),
    )
    by_glyph = sorted((glyph, face.widths[c]) for c, glyph in face.glyphs.items())
    widths: Any = Array()  # the types of pikepdf know no plain numbers in it
    for glyph, width in by_glyph:
        widths.extend([glyph, Array([round(width, 3)])])
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name(f"/{FONT_NAME}"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=pdf.make_indirect(descriptor),
        W=widths,
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{FONT_NAME}"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=pdf.make_indirect(pdf.make_stream(_to_unicode(face))),
    )


def _to_unicode(face: Face) -> bytes:
    pairs = [f"<{glyph:04X}> <{ord(c):04X}>" for c, glyph in face.glyphs.items()]
    chunks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    mapped = "\n".join(f"{len(c)} beginbfchar\n{chr(10).join(c)}\nendbfchar" for c in chunks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{mapped}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
