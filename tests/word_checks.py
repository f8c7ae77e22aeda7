"""Reads Word documents back, and holds them to the rules by which word processors refuse files."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cached_property
from typing import Any

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
BREAKS = {f"{W}br": "\n", f"{W}tab": "\t"}
# ISO/IEC 29500-1, annex A: the order of what stands in these elements is part of the format.
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr pBdr tabs bidi spacing ind contextualSpacing jc outlineLvl rPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color spacing sz szCs highlight u vertAlign rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblCellMar tblLook tblCaption tblDescription",
    "sectPr": "headerReference footerReference pgSz pgMar titlePg bidi",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt lvlText lvlJc pPr",
    "tc": "tcPr p",
    "tr": "trPr tc",
    "tbl": "tblPr tblGrid tr",
}


class Word:
    """One file, opened by python-docx and by hand."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            assert archive.testzip() is None
            self.parts = {name: archive.read(name) for name in archive.namelist()}
            self.dates = {entry.date_time for entry in archive.infolist()}
        self.trees = {
            name: etree.fromstring(part)
            for name, part in self.parts.items()
            if name.endswith((".xml", ".rels"))
        }
        self.document = docx.Document(io.BytesIO(body))

    def part(self, name: str) -> Any:
        return self.trees[f"word/{name}.xml"]

    def find(self, path: str, part: str = "document") -> list[Any]:
        """Elements of a part by their names: `w:tblHeader`."""
        return self.part(part).xpath(f".//{path}", namespaces={"w": W[1:-1], "r": R[1:-1]})

    def text(self, part: str = "document") -> str:
        """A line for each paragraph, without what the word processor counts."""
        return "\n".join(
            "".join(
                BREAKS.get(it.tag) or it.text or ""
                for it in paragraph.iter(f"{W}t", *BREAKS)
                if it.getparent().getparent().tag != f"{W}fldSimple"
            )
            for paragraph in self.part(part).iter(f"{W}p")
        )

    @cached_property
    def words(self) -> str:
        return f"{self.text()}\n{self.text('footnotes')}"

    @property
    def relations(self) -> list[tuple[str, str, bool]]:
        """The part that names something, what it names, and whether that is outside."""
        return [
            (name, row.get("Target"), row.get("TargetMode") == "External")
            for name, tree in self.trees.items()
            if name.endswith(".rels")
            for row in tree
        ]


def assert_well_made(word: Word) -> None:
    """Every part is named and its kind known, every name leads somewhere, everything stands in its order."""
    kinds = word.trees["[Content_Types].xml"]
    named = {row.get("PartName", "").lstrip("/") for row in kinds} - {""}
    endings = {row.get("Extension") for row in kinds}
    assert next(iter(word.parts)) == "[Content_Types].xml"
    assert named <= set(word.parts)
    assert {name for name in word.parts if name.rpartition(".")[2] not in endings} == set()
    inside = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), "..", target))
        for name, target, outside in word.relations
        if not outside
    }
    assert inside == {name for name in word.parts if not name.endswith(".rels")} - {
        "[Content_Types].xml"
    }
    outside = [target for _name, target, is_outside in word.relations if is_outside]
    assert [it for it in outside if not it.startswith(("https://", "http://", "mailto:"))] == []
    assert out_of_order(word) == []
    _references_lead_somewhere(word)


def out_of_order(word: Word) -> list[str]:
    wrong = []
    for part, tree in word.trees.items():
        for element in tree.iter(*(f"{W}{name}" for name in ORDER)):
            order = ORDER[etree.QName(element).localname].split()
            found = [etree.QName(child).localname for child in element]
            unknown = [name for name in found if name not in order]
            if unknown or found != sorted(found, key=order.index):
                wrong.append(f"{part}: {etree.QName(element).localname} {found}")
    return wrong


def _references_lead_somewhere(word: Word) -> None:
    styles = {it.get(f"{W}styleId") for it in word.find("w:style", "styles")}
    used = {
        it.get(f"{W}val")
        for part in ("document", "footnotes", "header1", "header2", "footer1", "footer2")
        for name in ("pStyle", "rStyle", "tblStyle")
        for it in word.find(f"w:{name}", part)
    }
    assert used - styles == set()
    lists = {it.get(f"{W}numId") for it in word.find("w:num", "numbering")}
    assert {it.get(f"{W}val") for it in word.find("w:numId")} - lists == set()
    notes = {it.get(f"{W}id") for it in word.find("w:footnote", "footnotes")}
    assert {it.get(f"{W}id") for it in word.find("w:footnoteReference")} == notes - {"-1", "0"}
    for part in ("document", "footnotes"):
        keys = {row.get("Id") for row in word.trees.get(f"word/_rels/{part}.xml.rels", [])}
        named = {
            value
            for it in word.part(part).iter()
            for name, value in it.items()
            if name.startswith(R)
        }
        assert named <= keys
    for cell in word.find("w:tc"):
        assert cell[-1].tag == f"{W}p"
