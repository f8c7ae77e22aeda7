"""The structure tree of a PDF while it is being made, and how it is written. Knows nothing of the print engine.

An element of the document is one node, on however many pages its pieces stand: readers hear a paragraph, a list or a
table that runs over a page as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

PDF_2 = "http://iso.org/pdf2/ssn"
# Their words stand in paragraphs; text is never directly in them.
GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
HEADINGS = frozenset(f"H{level}" for level in range(1, 7))
# What may be empty: a cell without words is still a cell.
_KEPT_EMPTY = frozenset({"TD", "TH"})
_TABLE_ORDER = {"Caption": 0, "THead": 1, "TFoot": 3}


@dataclass(eq=False)
class Piece:
    """Something painted: where it is, and its number in the stream that paints it."""

    page: int
    mark: int | None = None
    stream: Any = None  # set when it is not the page's own


@dataclass(eq=False)
class Node:
    """One structure element."""

    tag: str
    parent: Node | None = None
    element: Any = None
    kids: list[Node | Piece] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    identifier: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    owner: str = ""  # of the attributes
    annotations: list[tuple[int, Any]] = field(default_factory=list)  # page, box with the link
    box: tuple[float, ...] | None = None  # of a figure, in points
    target: Node | None = None  # of a reference: its note
    written: Any = None

    def add(self, tag: str, element: Any = None, *, at: int | None = None) -> Node:
        node = Node(tag, self, element)
        self.kids.insert(len(self.kids) if at is None else at, node)
        return node

    def attribute(self, owner: str, name: str, value: Any) -> None:
        self.owner = owner
        self.attributes[name] = value

    def nodes(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.nodes()

    def ancestor(self, *tags: str) -> Node | None:
        node: Node | None = self
        while node is not None and node.tag not in tags:
            node = node.parent
        return node

    def prune(self) -> bool:
        """Take out what holds nothing that was painted; True when something is left."""
        self.kids = [
            kid
            for kid in self.kids
            if (kid.prune() if isinstance(kid, Node) else kid.mark is not None)
        ]
        return bool(self.kids or self.annotations or self.tag in _KEPT_EMPTY)


# ---- Putting in order ----


def tidy(root: Node) -> None:
    """What can only be said when every page is known."""
    root.prune()
    levels: list[int] = []
    tables = 0
    for node in root.nodes():
        if node.tag in HEADINGS:
            node.tag = f"H{_step(levels, int(node.tag[1]))}"
        elif node.tag == "Table":
            node.kids.sort(key=lambda kid: _TABLE_ORDER.get(getattr(kid, "tag", ""), 2))
            tables += 1
            _head(node, f"table-{tables}")


def _step(levels: list[int], level: int) -> int:
    """The level of a heading without a gap: no heading is more than one below the one it belongs to."""
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return len(levels)


def _head(table: Node, name: str) -> None:
    """Each header says what it heads. Where cells span, each cell names its headers too."""
    rows = [node for node in table.nodes() if node.tag == "TR"]
    for row in rows:
        cells = _cells(row)
        in_head = row.parent is not None and row.parent.tag == "THead"
        only_headers = len(cells) > 1 and all(cell.tag == "TH" for cell in cells)
        for cell in cells:
            if cell.tag == "TH" and "Scope" not in cell.attributes:
                scope = "/Column" if in_head or only_headers else "/Row"
                cell.attribute("Table", "Scope", scope)
    spans = ("ColSpan", "RowSpan")
    if any(name in cell.attributes for row in rows for cell in _cells(row) for name in spans):
        _name_headers(name, rows)


def _name_headers(table: str, rows: list[Node]) -> None:
    grid = _grid(rows)
    columns: dict[int, list[str]] = {}
    lines: dict[int, list[str]] = {}
    for (line, column), cell in sorted(grid.items(), key=lambda item: item[0]):
        if cell.tag != "TH":
            continue
        cell.identifier = cell.identifier or f"{table}-{line}-{column}"
        heads_columns = cell.attributes["Scope"] == "/Column"
        known = columns.setdefault(column, []) if heads_columns else lines.setdefault(line, [])
        if cell.identifier not in known:
            known.append(cell.identifier)
    for (line, column), cell in grid.items():
        if cell.tag == "TD":
            named = cell.attributes.get("Headers", [])
            found = [*lines.get(line, []), *columns.get(column, [])]
            more = [name for name in found if name not in named]
            cell.attribute("Table", "Headers", named + more)


def _grid(rows: list[Node]) -> dict[tuple[int, int], Node]:
    """Every place of a table and the cell that covers it."""
    grid: dict[tuple[int, int], Node] = {}
    for line, row in enumerate(rows):
        column = 0
        for cell in _cells(row):
            while (line, column) in grid:
                column += 1
            for down in range(cell.attributes.get("RowSpan", 1)):
                for across in range(cell.attributes.get("ColSpan", 1)):
                    grid[line + down, column + across] = cell
            column += cell.attributes.get("ColSpan", 1)
    return grid


def _cells(row: Node) -> list[Node]:
    return [kid for kid in row.kids if isinstance(kid, Node) and kid.tag in {"TH", "TD"}]


# ---- Writing ----


class Writer:
    """Writes a tidy tree into a `pydyf.PDF`."""

    def __init__(self, pdf: Any, *, version_2: bool) -> None:
        self.pdf = pdf
        self.version_2 = version_2
        self.namespace: Any = None
        self.streams: dict[Any, int] = {}  # key of each stream that is no page, by the stream
        self.pages = pdf.page_references
        self.parents: dict[int, Any] = {}
        self.identifiers: dict[str, Any] = {}

    def write(self, document: Node) -> None:
        """Add the tree to the catalog."""
        root = self._add({"Type": "/StructTreeRoot"})
        if self.version_2:
            self.namespace = self._add({"Type": "/Namespace", "NS": pydyf.String(PDF_2)})
            root["Namespaces"] = pydyf.Array([self.namespace.reference])
        self.parents = {page: pydyf.Array() for page in range(len(self.pages))}
        self._reserve(document)
        root["K"] = pydyf.Array([self._element(document, root).reference])
        if self.version_2:
            self._cross_references(document)
        numbers = pydyf.Array()
        for key, value in sorted(self.parents.items()):
            numbers.extend([key, value])
        root["ParentTree"] = self._add({"Nums": numbers}).reference
        root["ParentTreeNextKey"] = len(self.parents)
        if self.identifiers:
            names = pydyf.Array()
            for name, reference in sorted(self.identifiers.items()):
                names.extend([pydyf.String(name), reference])
            root["IDTree"] = self._add({"Names": names}).reference
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _add(self, values: dict[str, Any]) -> Any:
        item = pydyf.Dictionary(values)
        self.pdf.add_object(item)
        return item

    def _reserve(self, document: Node) -> None:
        """Room for the number of each piece: a stream lists its pieces in the order it paints them."""
        for node in document.nodes():
            for kid in node.kids:
                if isinstance(kid, Piece):
                    listed = self.parents.setdefault(self._key(kid), pydyf.Array())
                    listed.extend(["null"] * (1 + (kid.mark or 0) - len(listed)))

    def _key(self, piece: Piece) -> int:
        if piece.stream is None:
            return piece.page
        if piece.stream not in self.streams:
            self.streams[piece.stream] = len(self.parents)
            piece.stream.extra["StructParents"] = len(self.parents)
        return self.streams[piece.stream]

    def _element(self, node: Node, parent: Any) -> Any:
        item = node.written = self._add(
            {"Type": "/StructElem", "S": f"/{node.tag}", "P": parent.reference}
        )
        self._describe(node, item)
        page = next((kid.page for kid in node.kids if isinstance(kid, Piece)), None)
        if page is None and node.annotations:
            page = node.annotations[0][0]
        if page is not None:
            item["Pg"] = self.pages[page]
        kids = [self._link(node, item, number, box) for number, box in node.annotations]
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(self._element(kid, item).reference)
            else:
                kids.append(self._piece(kid, item, page))
        item["K"] = pydyf.Array(kids)
        return item

    def _describe(self, node: Node, item: Any) -> None:
        if node.language:
            item["Lang"] = pydyf.String(node.language)
        if node.alternative:
            item["Alt"] = pydyf.String(node.alternative)
        if node.identifier:
            item["ID"] = pydyf.String(node.identifier)
            self.identifiers[node.identifier] = item.reference
        if node.box:
            item["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(node.box)})
        elif node.attributes:
            values = {name: _written(value) for name, value in node.attributes.items()}
            item["A"] = pydyf.Dictionary({"O": f"/{node.owner}", **values})
        if self.version_2 and node.tag == "Document":
            item["NS"] = self.namespace.reference
        if self.version_2 and node.tag == "Note":
            item["S"], item["NS"] = "/FENote", self.namespace.reference
            item["A"] = pydyf.Dictionary({"O": "/FENote", "NoteType": "/Footnote"})

    def _piece(self, piece: Piece, item: Any, page: int | None) -> Any:
        assert piece.mark is not None
        self.parents[self._key(piece)][piece.mark] = item.reference
        if piece.stream is None and piece.page == page:
            return piece.mark
        reference = {
            "Type": "/MCR",
            "Pg": self.pages[piece.page],
            "MCID": piece.mark,
        }
        if piece.stream is not None:
            reference["Stm"] = piece.stream.reference
        return pydyf.Dictionary(reference)

    def _link(self, node: Node, item: Any, page: int, box: Any) -> Any:
        annotation = box.link_annotation
        key = annotation["StructParent"] = len(self.parents)
        self.parents[key] = item.reference
        return pydyf.Dictionary(
            {
                "Type": "/OBJR",
                "Obj": annotation.reference,
                "Pg": self.pages[page],
            }
        )

    def _cross_references(self, document: Node) -> None:
        """PDF 2.0 has a place for saying which note a reference means, and where a note is called."""
        for node in document.nodes():
            note = node.target
            if note is not None and note.written is not None:
                node.written["Ref"] = pydyf.Array([note.written.reference])
                note.written.setdefault("Ref", pydyf.Array()).append(node.written.reference)


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return pydyf.Array(pydyf.String(name) for name in value)
    return value
