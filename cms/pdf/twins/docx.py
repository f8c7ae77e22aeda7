"""Writes a sheet as a Word document (Office Open XML, ISO/IEC 29500 transitional)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.sax.saxutils import escape

from django.utils.encoding import iri_to_uri

from cms.directions import numbers_freed
from cms.pdf.twins import wordml
from cms.pdf.twins.looks import MARGIN, Look
from cms.pdf.twins.package import OFFICE, PACKAGE, Package, Relations
from cms.pdf.twins.sheet import Block, Item, Paragraph, Picture, Run, Sheet, Table
from cms.pdf.twins.wordml import linked, make

SCHEMES = frozenset({"http", "https", "mailto"})
BULLETS, NUMBERED, FIRST_LIST = 1, 2, 3  # lists of parts/numbering.xml
# Without a shape: what runs the other way keeps its commas and brackets in every word processor.
MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
LARGEST, LARGEST_LOGO = (5.0, 4.5), (1.6, 0.62)  # inches
APART = 160  # twentieths of a point
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


@dataclass(frozen=True)
class Image:
    """A picture's bytes, its pixels, and the end of its name."""

    body: bytes
    width: int
    height: int
    ending: str


def write_docx(
    sheet: Sheet, look: Look, images: Mapping[str, Image], *, base_url: str = ""
) -> bytes:
    """`images` by the address that the sheet names; what is not among them stands as its words."""
    return _Writer(sheet, look, images, base_url).package().zipped()


class _Writer:
    def __init__(
        self, sheet: Sheet, look: Look, images: Mapping[str, Image], base_url: str
    ) -> None:
        self.sheet, self.look, self.images, self.base_url = sheet, look, images, base_url
        self.is_rtl = sheet.direction == "rtl"
        self.lists: dict[int, int] = {}
        self.media: dict[str, str] = {}
        self.pictures = 0
        self.relations = Relations()

    def package(self) -> Package:
        found = Package()
        top = Relations()
        top.add(f"{OFFICE}/officeDocument", "word/document.xml")
        top.add(f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        found.add("_rels/.rels", top.xml())
        kind = "application/vnd.openxmlformats-package.core-properties+xml"
        found.add("docProps/core.xml", self._core(), kind)
        body = self._body()
        self._add_fixed(found)
        found.add_word("document", wordml.serialized(body), "document.main", self.relations)
        for address, name in self.media.items():
            found.add(f"word/{name}", self.images[address].body)
        return found

    def _add_fixed(self, found: Package) -> None:
        """Styles, lists, settings and footnotes; those in the margins are added by `_section`."""
        ordered = list(self.lists.values())
        parts = {
            "styles": self.look.part("styles"),
            "numbering": self.look.numbering(ordered),
            "settings": self.look.part("settings"),
        }
        for name, xml in parts.items():
            self.relations.add(f"{OFFICE}/{name}", f"{name}.xml")
            found.add_word(name, xml, name, None)
        for name, (root, relations) in {**self.margins, **self._footnotes()}.items():
            kind = name.rstrip("0123456789")
            self.relations.add(f"{OFFICE}/{kind}", f"{name}.xml")
            found.add_word(name, wordml.serialized(root), kind, relations)

    def _core(self) -> bytes:
        """Title, organization and language: neither names of people nor times."""
        sheet = self.sheet
        rows = {"title": sheet.title, "creator": sheet.author, "language": self.look.region}
        held = "".join(f"<dc:{name}>{escape(text)}</dc:{name}>" for name, text in rows.items())
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<cp:coreProperties xmlns:cp="{_CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">{held}'
            "</cp:coreProperties>"
        ).encode()

    # The text.

    def _body(self) -> Any:
        body = make("w:body")
        blocks = self.sheet.blocks
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
            if isinstance(block, Table):
                if isinstance(before, Table):
                    body.append(_gap())
                body.append(self._table(block))
            elif isinstance(block, Picture):
                if block.url in self.images or not block.is_logo:  # its name stands beneath it
                    body.append(self._picture(block))
            else:
                body.append(self._spaced(before, block, after))
        if not blocks or isinstance(blocks[-1], Table):
            body.append(_gap())
        body.append(self._section())
        return make("w:document", body)

    def _spaced(self, before: Block | None, block: Paragraph, after: Block | None) -> Any:
        """A paragraph with its distance to a table or the letterhead, which ends with a line."""
        is_apart = isinstance(before, Table) or (
            _is_letterhead(before) and not _is_letterhead(block)
        )
        is_last = _is_letterhead(block) and not _is_letterhead(after)
        return self._paragraph(
            block,
            self.relations,
            before=APART if is_apart and not block.style.startswith("Heading") else 0,
            rule=self.look.primary if is_last else "",
        )

    def _paragraph(self, block: Paragraph, relations: Relations, **more: Any) -> Any:
        numbering = (self._list(block.item), block.item.level) if block.item else None
        look = wordml.paragraph_look(
            block.style,
            keeps_next=block.keeps_next,
            numbering=numbering,
            is_rtl=self.is_rtl,
            **more,
        )
        return make("w:p", look, *self._runs(block.runs, relations))

    def _list(self, item: Item) -> int:
        if item.is_paragraph:
            return NUMBERED
        if not item.number:
            return BULLETS
        return self.lists.setdefault(item.list_id, FIRST_LIST + len(self.lists))

    def _runs(self, runs: list[Run], relations: Relations) -> Iterator[Any]:
        for href, group in groupby(runs, key=lambda run: run.href):
            address = self._address(href)
            found = [it for run in group for it in self._run(run, is_link=bool(address))]
            if not address:
                yield from found
                continue
            key = relations.add(f"{OFFICE}/hyperlink", address, is_outside=True)
            yield linked("w:hyperlink", key, *found)

    def _run(self, run: Run, *, is_link: bool) -> list[Any]:
        is_rtl = (run.direction or self.sheet.direction) == "rtl"
        look = wordml.run_look(style="Hyperlink" if is_link else "", marks=run.marks, is_rtl=is_rtl)
        if run.note:
            return self._note_mark(run)
        if run.field:
            return [wordml.field_of(run.field, make("w:r", look, *wordml.letters("1")))]
        if run.is_break:
            return [make("w:r", look, make("w:br"))]
        mark = MARKS.get(run.direction, "")
        # Word finds "HB 1147" only where its space is a plain one.
        words = numbers_freed(run.text)
        return [make("w:r", look, *wordml.letters(f"{mark}{words}{mark}"))]

    def _note_mark(self, run: Run) -> list[Any]:
        look, place = wordml.run_look(style="FootnoteReference"), f"_Note{run.note}"
        if run.is_again:
            shown = make("w:r", look, *wordml.letters(str(run.note)))
            return [wordml.field_of(f"NOTEREF {place} \\f \\h", shown)]
        return [
            make("w:bookmarkStart", id=run.note, name=place),
            make("w:r", look, make("w:footnoteReference", id=run.note)),
            make("w:bookmarkEnd", id=run.note),
        ]

    def _address(self, href: str) -> str:
        """Where a link leads, if it may lead anywhere from a file that is handed on."""
        if not href or href.startswith("#"):
            return ""
        try:
            address = iri_to_uri(urljoin(self.base_url, href))
            allowed = urlsplit(address).scheme in SCHEMES
        except ValueError:
            return ""
        return address if allowed and not set(address) & set(' <>"{}|\\^`') else ""

    def _table(self, table: Table) -> Any:
        width = max(len(row) for row in table.rows)
        columns = [self.look.width // width] * width
        if table.is_plain and width == 2:
            columns = [1800, self.look.width - 1800]
        properties = make(
            "w:tblPr",
            make("w:tblStyle", val="PlainTable" if table.is_plain else "TableGrid"),
            wordml.flag("w:bidiVisual", self.is_rtl),
            make("w:tblW", w=5000, type="pct"),
            make("w:tblLook", val="04A0", firstRow=int(table.heads > 0), firstColumn=1, noVBand=1),
            make("w:tblCaption", val=table.title) if table.title else None,
        )
        grid = make("w:tblGrid", *(make("w:gridCol", w=column) for column in columns))
        rows = [
            self._row(row, columns, is_head=n < table.heads) for n, row in enumerate(table.rows)
        ]
        return make("w:tbl", properties, grid, *rows)

    def _row(self, row: list[Any], columns: list[int], *, is_head: bool) -> Any:
        cells = [
            make(
                "w:tc",
                make("w:tcPr", make("w:tcW", w=column, type="dxa")),
                *(
                    self._paragraph(it, self.relations, align="right" if cell.is_number else "")
                    for it in cell.paragraphs
                ),
            )
            for cell, column in zip(row, columns, strict=False)
        ]
        look = make("w:trPr", make("w:cantSplit"), wordml.flag("w:tblHeader", is_head))
        return make("w:tr", look, *cells)

    def _picture(self, picture: Picture) -> Any:
        image = self.images.get(picture.url)
        if image is None:
            words = Paragraph([Run(picture.alt)], "MissingPicture")
            return self._paragraph(words, self.relations)
        self.pictures += 1
        name = self.media.setdefault(
            picture.url, f"media/image{len(self.media) + 1}.{image.ending}"
        )
        key = self.relations.add(f"{OFFICE}/image", name)
        size = _fitted(image, LARGEST_LOGO if picture.is_logo else LARGEST)
        run = make("w:r", wordml.drawing(key, self.pictures, size, picture.alt))
        return make("w:p", wordml.paragraph_look("Picture", is_rtl=self.is_rtl), run)

    # Around the text.

    def _section(self) -> Any:
        sheet = self.sheet
        head = [Run("\t"), *sheet.head] if sheet.draft else sheet.head
        self.margins: dict[str, tuple[Any, Relations]] = {
            "header1": self._margin("w:hdr", "Header", self._draft(), head),
            "header2": self._margin("w:hdr", "Header", self._draft(), []),
            "footer1": self._foot(),
            "footer2": self._foot(),
        }
        named = []
        for name in self.margins:
            kind = name[:-1]
            key = self.relations.add(f"{OFFICE}/{kind}", f"{name}.xml")
            reference = linked(f"w:{kind}Reference", key)
            reference.set(wordml.name("w:type"), "default" if name.endswith("1") else "first")
            named.append(reference)
        across, down = self.look.size
        margins = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN)
        return make(
            "w:sectPr",
            *named,
            make("w:pgSz", w=across, h=down),
            make("w:pgMar", **margins, header=708, footer=708, gutter=0),
            make("w:titlePg"),
            wordml.flag("w:bidi", self.is_rtl),
        )

    def _draft(self) -> list[Any]:
        """The word that says it is one; nothing in what is final."""
        words = wordml.letters(self.sheet.draft)
        look = wordml.run_look(style="DraftMark", is_rtl=self.is_rtl)
        return [make("w:r", look, *words)] if words else []

    def _margin(
        self, root: str, style: str, first: list[Any], runs: list[Run]
    ) -> tuple[Any, Relations]:
        relations = Relations()
        look = wordml.paragraph_look(style, is_rtl=self.is_rtl)
        return make(root, make("w:p", look, *first, *self._runs(runs, relations))), relations

    def _foot(self) -> tuple[Any, Relations]:
        return self._margin("w:ftr", "Footer", [], [*self.sheet.foot, Run("\t"), *self.sheet.folio])

    def _footnotes(self) -> dict[str, tuple[Any, Relations]]:
        relations = Relations()
        root = make("w:footnotes", _rule(-1, "separator"), _rule(0, "continuationSeparator"))
        for number, runs in self.sheet.notes.items():
            look = wordml.paragraph_look("FootnoteText", is_rtl=self.is_rtl)
            mark = wordml.run_look(style="FootnoteReference")
            text = self._runs([Run(" "), *runs], relations)
            paragraph = make("w:p", look, make("w:r", mark, make("w:footnoteRef")), *text)
            root.append(make("w:footnote", paragraph, id=number))
        return {"footnotes": (root, relations)}


def _rule(number: int, kind: str) -> Any:
    """The line above footnotes: word processors ask for both of them."""
    return make("w:footnote", make("w:p", make("w:r", make(f"w:{kind}"))), type=kind, id=number)


def _is_letterhead(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.style.startswith("Letterhead")


def _gap() -> Any:
    """Between two tables, and after one at the end: a paragraph has to stand there."""
    return make("w:p", wordml.paragraph_look("AfterTable"))


def _fitted(image: Image, largest: tuple[float, float]) -> tuple[int, int]:
    """Width and height in EMUs: as large as it may be, never larger than it is at 96 dots to the inch."""
    across, down = image.width / 96, image.height / 96
    scale = min(1.0, largest[0] / across, largest[1] / down)
    return round(across * scale * wordml.EMUS), round(down * scale * wordml.EMUS)
