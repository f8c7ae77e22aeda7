"""A finished PDF as tests look at it: its words, its tags, its bookmarks, its fonts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pikepdf

from cms.pdf import text
from cms.pdf.registry import kind_for
from cms.pdf.service import document_html, render_html
from testimony.models import DocumentPage


@dataclass(frozen=True)
class Element:
    """One element of the structure tree."""

    tag: str
    item: pikepdf.Dictionary
    children: tuple[Element, ...]

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            yield from child.walk()


class Printed:
    """A page of the site, printed by the real templates and the real engine."""

    def __init__(self, page: DocumentPage, *, draft: bool = False) -> None:
        document = kind_for(page).document(page, draft=draft)
        result = render_html(document_html(document), language=document.language)
        self.bytes, self.pages, self.warnings = result.pdf, result.pages, result.warnings
        self.file = pikepdf.open(io.BytesIO(result.pdf))

    @cached_property
    def text(self) -> str:
        return text.extract_text(self.bytes)

    @cached_property
    def elements(self) -> list[Element]:
        return [e for kid in _kids(self.file.Root.StructTreeRoot) for e in _element(kid).walk()]

    def tagged(self, tag: str) -> list[Element]:
        return [element for element in self.elements if element.tag == tag]

    @property
    def heading_levels(self) -> list[int]:
        names = {f"H{level}": level for level in range(1, 7)}
        return [names[element.tag] for element in self.elements if element.tag in names]

    @property
    def bookmarks(self) -> list[str]:
        def titles(items) -> Iterator[str]:
            for item in items:
                yield str(item.title)
                yield from titles(item.children)

        with self.file.open_outline() as outline:
            return list(titles(outline.root))

    @property
    def fonts(self) -> list[pikepdf.Dictionary]:
        found = {}
        for page in self.file.pages:
            for font in page.obj.Resources.get("/Font", {}).values():
                found[str(font.BaseFont)] = font
        return list(found.values())

    @property
    def metadata(self) -> dict[str, str]:
        with self.file.open_metadata() as metadata:
            return {name: str(metadata.get(name)) for name in ("dc:title", "pdfuaid:part")}

    @property
    def header_scopes(self) -> list[str]:
        return [str(cell.item.get("/A", {}).get("/Scope", "none")) for cell in self.tagged("TH")]


def _kids(item: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    kids = item.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _element(item: pikepdf.Dictionary) -> Element:
    return Element(str(item.S).lstrip("/"), item, tuple(_element(kid) for kid in _kids(item)))
