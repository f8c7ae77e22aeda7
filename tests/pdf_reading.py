"""A finished PDF as tests look at it: its words as they are heard, its tags, its bookmarks, its fonts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

from cms.pdf import text

_PREFIXES = {
    "http://www.aiim.org/pdfua/ns/id/": "pdfuaid",
    "http://www.aiim.org/pdfa/ns/id/": "pdfaid",
    "http://ns.adobe.com/pdf/1.3/": "pdf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/xap/1.0/": "xmp",
}
SHOWING = {"Tj", "TJ", "'", '"'}


@dataclass(eq=False)
class Element:
    """One element of the structure tree, with the marked pieces of page it holds itself."""

    tag: str
    item: pikepdf.Dictionary
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()

    def tags(self) -> list[str]:
        """This element's tag and those of all it holds, in reading order."""
        return [element.tag for element in self.walk()]

    def attribute(self, name: str) -> object:
        """A value from the element's attribute dictionaries."""
        held = self.item.get("/A", pikepdf.Array())
        for attributes in held if isinstance(held, pikepdf.Array) else [held]:
            if name in attributes:
                return attributes[name]
        return None

    def nearest(self, *tags: str) -> Element | None:
        element = self.parent
        while element is not None and element.tag not in tags:
            element = element.parent
        return element


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """The words of all pages in reading order."""
    return text.extract_text(pdf)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each sheet in points, crop marks included."""
    with opened(pdf) as document:
        boxes = [[float(n) for n in page.mediabox] for page in document.pages]
    return [(round(x2 - x1, 1), round(y2 - y1, 1)) for x1, y1, x2, y2 in boxes]


def bookmarks_of(pdf: bytes) -> list[tuple[int, str]]:
    """Depth (from 0) and title of each bookmark, top to bottom."""

    def walk(items, depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, str(item.title)
            yield from walk(item.children, depth + 1)

    with opened(pdf) as document, document.open_outline() as outline:
        return list(walk(outline.root, 0))


def fonts_of(pdf: bytes) -> set[str]:
    """PostScript names of the fonts in use, without the tag of the subset."""
    with opened(pdf) as document:
        return {str(font.BaseFont).rpartition("+")[2].lstrip("/") for font in fonts_in(document)}


def metadata_of(pdf: bytes) -> dict[str, str]:
    """What the file says of itself in XMP, such as `dc:title`."""
    with opened(pdf) as document, document.open_metadata() as metadata:
        pairs = [(*name.lstrip("{").split("}"), str(metadata[name])) for name in metadata]
    return {f"{_PREFIXES.get(space, space)}:{name}": value for space, name, value in pairs}


def attachments_of(pdf: bytes) -> dict[str, bytes]:
    """Embedded files by name."""
    with opened(pdf) as document:
        return {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}


def structure_of(document: pikepdf.Pdf) -> list[Element]:
    """Every element of the structure tree in reading order."""
    roots = [_element(kid, None) for kid in _kids(document.Root.StructTreeRoot)]
    return [element for root in roots for element in root.walk()]


def tags_of(pdf: bytes) -> list[str]:
    with opened(pdf) as document:
        return [element.tag for element in structure_of(document)]


def heard(pdf: bytes, *, between: str = "") -> str:
    """What a screen reader says: the tagged text in the order of the tags, one line for each element.

    Letters that run from right to left come as they are painted, from left to right; `between` keeps their lines apart.
    """
    with opened(pdf) as document:
        painted = [_painted(page) for page in document.pages]
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        root = structure_of(document)[0]
        return between.join(_words(root.item, painted, numbers)).strip()


def _words(item: pikepdf.Dictionary, painted: list[dict[int, str]], numbers: dict) -> Iterator[str]:
    if str(item.S) not in {"/Link", "/Span", "/Reference"}:
        yield "\n"
    kids = item.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            yield painted[numbers[item.Pg.objgen]].get(int(kid), "")
        elif "/S" in kid:
            yield from _words(kid, painted, numbers)
        elif "/MCID" in kid and "/Stm" not in kid:
            yield painted[numbers[kid.Pg.objgen]].get(int(kid.MCID), "")


def _painted(page: pikepdf.Page) -> dict[int, str]:
    """The text of each piece of marked content of a page."""
    fonts = {n: _unicode_of(font) for n, font in page.obj.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    font: dict[bytes, str] = {}
    marks: list[int | None] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            marks.append(mark_of(operands))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in SHOWING and marks and marks[-1] is not None:
            glyphs = "".join(font.get(glyph, "\ufffd") for glyph in glyphs_of(operands))
            found[marks[-1]] = found.get(marks[-1], "") + glyphs
    return found


def _unicode_of(font: pikepdf.Dictionary) -> dict[bytes, str]:
    """Letters by glyph."""
    mapping = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    pairs = re.findall(r"<([0-9a-fA-F]{4})>\s+<([0-9a-fA-F]*)>", mapping)
    return {
        bytes.fromhex(glyph): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs
    }


def _kids(item: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    kids = item.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _element(item: pikepdf.Dictionary, parent: Element | None) -> Element:
    element = Element(str(item.S).lstrip("/"), item, parent)
    element.children = [_element(kid, element) for kid in _kids(item)]
    return element


def fonts_in(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    found = {}
    for page in document.pages:
        for font in page.obj.get("/Resources", {}).get("/Font", {}).values():
            found[font.objgen] = font
    return list(found.values())


def annotations_in(element: Element) -> Iterator[pikepdf.Dictionary]:
    kids = element.item.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
            yield kid.Obj


def mark_of(operands: list) -> int | None:
    """The number of a piece of tagged content; None for an artifact or a mark without number."""
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties:
        return int(properties.MCID)
    return None


def glyphs_of(operands: list) -> list[bytes]:
    parts = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
    shown = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
    return [data[i : i + 2] for data in shown for i in range(0, len(data), 2)]
