"""What every PDF of this project must be, read from its bytes, for the tests of every kind of paper.

`assert_accessible` is the whole rule book: PDF/UA as far as a program can tell, and what a validator does not see
(headers that say what they head, notes that lead back, no running head read aloud).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import outloud
import pikepdf

from tests.pdf_reading import (
    SHOWING,
    Element,
    annotations_in,
    attachments_of,
    bookmarks_of,
    fonts_in,
    fonts_of,
    glyphs_of,
    heard,
    mark_of,
    metadata_of,
    opened,
    page_sizes,
    structure_of,
    tags_of,
    text_of,
)

__all__ = [
    "Element",
    "assert_accessible",
    "attachments_of",
    "bookmarks_of",
    "faults",
    "findings",
    "fonts_of",
    "heard",
    "metadata_of",
    "opened",
    "page_sizes",
    "structure_of",
    "tags_of",
    "text_of",
]

HEADINGS = {f"H{level}": level for level in range(1, 7)}
# Document information a file may carry. A name, a path or a time of day is none of it.
INFORMATION = {"/Title", "/Author", "/Subject", "/Keywords", "/Producer"}
_PAINTING = {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "BI"}
_PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "Caption": {"Table", "L", "Figure", "Sect", "Formula"},
}


def assert_accessible(pdf: bytes, *, language: str, title: str) -> None:
    """Fails with every fault of the file at once."""
    assert faults(pdf, language=language, title=title) == []


def faults(pdf: bytes, *, language: str, title: str) -> list[str]:
    """Everything that is wrong with a file, in words."""
    with opened(pdf) as document:
        found = [
            *_catalog_faults(document, language, title),
            *_page_faults(document),
            *_font_faults(document),
        ]
        if "/StructTreeRoot" not in document.Root:
            return [*found, "the file has no tags"]
        elements = structure_of(document)
        found += _element_faults(elements)
        found += _heading_faults(elements)
        found += _table_faults(elements)
        found += _link_faults(document, elements)
        found += _note_faults(document, elements)
        found += _content_faults(document)
    return found


def findings(pdf: bytes, folder: Path) -> list[str]:
    """What an independent checker finds wrong."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    result = outloud.check(str(path))
    assert result.error is None
    return [f"{f.rule} {f.message}" for f in result.findings if f.severity == "error"]


def _catalog_faults(document: pikepdf.Pdf, language: str, title: str) -> Iterator[str]:
    root = document.Root
    if str(root.get("/Lang", "")) != language:
        yield f"the language is {root.get('/Lang')!s}, not {language}"
    if not bool(root.get("/MarkInfo", {}).get("/Marked", False)):
        yield "the file does not say that it is tagged"
    if not bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
        yield "a reader shows the file name instead of the title"
    with document.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") not in {"1", "2"}:
            yield "the file does not claim PDF/UA"
        if metadata.get("dc:title") != title:
            yield f"the title in XMP is {metadata.get('dc:title')!r}, not {title!r}"
    if str(document.docinfo.get("/Title", "")) != title:
        yield f"the title is {document.docinfo.get('/Title')!s}, not {title!r}"
    for name in document.docinfo:
        if name not in INFORMATION:
            yield f"the file carries {name}"


def _page_faults(document: pikepdf.Pdf) -> Iterator[str]:
    keys = [page.obj.get("/StructParents") for page in document.pages]
    if None in keys or len(set(keys)) != len(keys):
        yield "pages do not lead to their tags"
    for number, page in enumerate(document.pages, start=1):
        if str(page.obj.get("/Tabs", "")) != "/S":
            yield f"page {number}: the tab key does not follow the structure"


def _font_faults(document: pikepdf.Pdf) -> Iterator[str]:
    for font in fonts_in(document):
        name = str(font.get("/BaseFont", "a font"))
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        if not any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3")):
            yield f"{name} is not embedded"
        if "/ToUnicode" not in font:
            yield f"{name} does not map back to text"


def _element_faults(elements: list[Element]) -> Iterator[str]:
    identifiers = [str(e.item.ID) for e in elements if "/ID" in e.item]
    for identifier, count in Counter(identifiers).items():
        if count > 1:
            yield f"{count} elements share the ID {identifier}"
    for element in elements:
        above = element.parent.tag if element.parent else "the root"
        allowed = _PARENTS.get(element.tag)
        if allowed and above not in allowed:
            yield f"{element.tag} stands in {above}"
        if element.tag == "L" and element.attribute("/ListNumbering") is None:
            yield "a list does not say how it is numbered"
        if element.tag in {"Note", "FENote"} and "/ID" not in element.item:
            yield "a note has no ID"
        if element.tag == "L" and {c.tag for c in element.children} - {"LI", "L", "Caption"}:
            yield f"a list holds {[c.tag for c in element.children]}"
        if element.tag in {"Figure", "Formula"}:
            if not str(element.item.get("/Alt", "")).strip():
                yield f"a {element.tag} has no alternative text"
            if element.attribute("/BBox") is None:
                yield f"a {element.tag} has no place on the page"


def _heading_faults(elements: list[Element]) -> Iterator[str]:
    before = 0
    for element in elements:
        level = HEADINGS.get(element.tag)
        if level is None:
            continue
        if level > before + 1:
            yield f"{element.tag} follows level {before}"
        before = level


def _table_faults(elements: list[Element]) -> Iterator[str]:
    known = {str(e.item.ID) for e in elements if "/ID" in e.item}
    for element in elements:
        if element.tag == "TH" and str(element.attribute("/Scope")) not in {
            "/Column",
            "/Row",
            "/Both",
        }:
            yield "a table header does not say what it heads"
        if element.tag == "TD":
            named = [str(name) for name in element.attribute("/Headers") or []]
            lost = [name for name in named if name not in known]
            if lost:
                yield f"a table cell names headers that are not there: {lost}"


def _link_faults(document: pikepdf.Pdf, elements: list[Element]) -> Iterator[str]:
    held = {a.objgen: element for element in elements for a in annotations_in(element)}
    for number, page in enumerate(document.pages, start=1):
        for annotation in page.obj.get("/Annots", []):
            element = held.get(annotation.objgen)
            if "/StructParent" not in annotation or element is None:
                yield f"page {number}: an annotation has no tag"
            elif element.tag not in {"Link", "Form", "Annot", "Reference"}:
                yield f"page {number}: an annotation hangs on {element.tag}"
            if not str(annotation.get("/Contents", "")).strip():
                yield f"page {number}: a link is not described"


def _note_faults(document: pikepdf.Pdf, elements: list[Element]) -> Iterator[str]:
    """Each note is called by a link, and its number leads back."""
    places = {str(name): place for name, place in _named(document.Root).items()}
    linked = {}
    for element in elements:
        for annotation in annotations_in(element):
            if "/Dest" in annotation and str(annotation.Dest) not in places:
                yield f"a link leads to {annotation.Dest!s}, which is not there"
            linked.setdefault(element.nearest("Reference", "Lbl"), []).append(element)
    notes = [element for element in elements if element.tag in {"Note", "FENote"}]
    calls = [element for element in elements if element.tag == "Reference"]
    if len(calls) < len(notes):
        yield f"{len(notes)} notes are called {len(calls)} times"
    for call in calls:
        if call not in linked:
            yield "the call of a note is no link"
    for note in notes:
        labels = [element for element in note.walk() if element.tag == "Lbl"]
        if not any(label in linked for label in labels):
            yield "a note has no way back"


def _named(root: pikepdf.Dictionary) -> dict[str, object]:
    """Named destinations, whatever branches their tree has."""
    found, trees = {}, [root.get("/Names", {}).get("/Dests", {})]
    while trees:
        tree = trees.pop()
        pairs = list(tree.get("/Names", []))
        found.update(zip(map(str, pairs[::2]), pairs[1::2], strict=True))
        trees += list(tree.get("/Kids", []))
    return found


def _content_faults(document: pikepdf.Pdf) -> Iterator[str]:
    """Everything painted is either tagged or an artifact, and no letter is the empty box."""
    tree = _number_tree(document.Root.StructTreeRoot.ParentTree)
    for number, page in enumerate(document.pages, start=1):
        mapped = tree.get(int(page.obj.get("/StructParents", -1)), [])
        open_marks: list[int | None] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                open_marks.append(mark_of(operands))
            elif name == "EMC":
                open_marks.pop()
            elif name in _PAINTING and not open_marks and not _tags_itself(page, operands):
                yield f"page {number}: {name} paints something that has no tag"
            if name in SHOWING and _holds_glyph_0(operands):
                yield f"page {number}: an empty box is printed instead of a letter"
            mark = open_marks[-1] if name in {"BDC", "BMC"} else None
            if mark is not None and (mark >= len(mapped) or mapped[mark] is None):
                yield f"page {number}: marked content {mark} leads to no tag"


def _tags_itself(page: pikepdf.Page, operands: list) -> bool:
    """Whether `Do` paints a group with transparency, which numbers its pieces by itself."""
    drawn = page.obj.get("/Resources", {}).get("/XObject", {})
    is_name = bool(operands) and isinstance(operands[0], pikepdf.Name)
    return is_name and "/StructParents" in drawn.get(operands[0], {})


def _holds_glyph_0(operands: list) -> bool:
    """The engine writes glyphs as two bytes each."""
    return b"\0\0" in glyphs_of(operands)


def _number_tree(tree: pikepdf.Dictionary) -> dict[int, list]:
    found = {}
    pairs = list(tree.get("/Nums", []))
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        found[int(key)] = list(value) if isinstance(value, pikepdf.Array) else [value]
    for kid in tree.get("/Kids", []):
        found.update(_number_tree(kid))
    return found
