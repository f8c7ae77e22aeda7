"""Reads laid-out pages and decides which node of the structure tree each painted piece belongs to.

`cms.pdf.tags` hands it the engine's boxes and answers for their shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cms.pdf.tag_roles import INLINE, alternative_of, is_decoration, list_numbering, role_of
from cms.pdf.tag_tree import GROUPS, HEADINGS, Node, Piece

POINT = 0.75  # of a CSS pixel
_SCOPES = {"col": "/Column", "colgroup": "/Column", "row": "/Row", "rowgroup": "/Row"}
_REPEATED = frozenset({"thead", "tfoot"})
_CALLS_NOTES = ("P", *sorted(HEADINGS), "LBody", "TD", "TH", "Caption", "Lbl", *sorted(GROUPS))
WAY_BACK = "Back to the text"  # templates say it in the document's language, on their root
CALL, MARKER = "footnote-call", "footnote-marker"


class Plan:
    """The nodes of one document and the pieces of its pages. `boxes` is the engine's module of box classes."""

    def __init__(self, boxes: Any) -> None:
        self.boxes = boxes
        self.document = Node("Document")
        self.language, self.direction = "", "ltr"
        self.way_back, self.notes_before = WAY_BACK, 0
        self.pieces: dict[Any, Piece] = {}
        self.calls: dict[Any, Node] = {}  # the reference, by the element of its note
        self.nodes: dict[tuple[Any, str], Node] = {}  # by element and pseudo-element
        self.unnamed: list[Any] = []  # pictures without words
        self._anchors: dict[str, Any] = {}  # elements of notes by id
        self._first_page: dict[tuple[Any, str], int] = {}
        self._flows: dict[
            Node, tuple[int, Any]
        ] = {}  # page and element of the last loose paragraph
        self._places: dict[tuple[Any, str], tuple[int, Any]] = {}  # of calls and markers
        self._links: dict[Any, str] = {}  # targets by box, on the page being read
        self._held: set[Any] = set()  # boxes of links that have a tag
        self._page, self._height, self._in_notes = 0, 0.0, False

    # ---- Pages ----

    def read(self, number: int, page: Any, root: Any) -> None:
        """Take in one page. Its links are left with one each, all of them tagged."""
        self._page, self._height, self._held = number, page.height, set()
        links = without_doubles(page.links)
        self._links = {box: target for kind, target, _place, box in links if kind != "attachment"}
        for box in root.children:
            if isinstance(box, self.boxes.MarginBox):
                continue
            self._in_notes = isinstance(box, self.boxes.FootnoteAreaBox)
            self._walk(box, self.document)
        # One in a page margin or in the repeated head of a table would stand in no tag.
        page.links[:] = [link for link in links if link[3] in self._held]

    def link_notes(self, pages: Sequence[Any]) -> None:
        """Notes lead both ways: from the call to the note, and from its number back."""
        for number, element in enumerate(self.calls, start=1):
            call, marker = (self._places.get((element, pseudo)) for pseudo in (CALL, MARKER))
            if call is None or marker is None:
                continue
            for (page, box), pseudo, here, there in (
                (call, CALL, f"note-call-{number}", f"note-text-{number}"),
                (marker, MARKER, f"note-text-{number}", f"note-call-{number}"),
            ):
                x, y, width, height = box.hit_area()
                place = (x, y, x + width, y + height)
                pages[page].anchors[here] = place
                pages[page].links.append(("internal", there, place, box))
                self.nodes[element, pseudo].annotations.append((page, box))

    # ---- Boxes ----

    def _walk(self, box: Any, parent: Node) -> None:
        kinds = self.boxes
        if not isinstance(box, kinds.Box):
            box = box._box  # what stands in for something placed absolutely
        if isinstance(box, kinds.TextBox):
            self._text(box, parent)
        elif isinstance(box, kinds.ReplacedBox):
            self._picture(box, parent)
        elif isinstance(box, kinds.LineBox):
            for child in box.children:
                self._walk(child, parent)
        elif not box.is_leader:
            node = self._node(box, parent)
            if node is None:
                return
            if node.tag in GROUPS and any(isinstance(c, kinds.LineBox) for c in box.children[:2]):
                node = self._flow(node, box.element)
            for child in box.children:
                self._walk(child, node)

    def _text(self, box: Any, node: Node) -> None:
        if node.tag in GROUPS:
            node = self._flow(node, box.element)
        piece = self.pieces[box] = Piece(self._page)
        node.kids.append(piece)

    def _picture(self, box: Any, parent: Node) -> None:
        element = box.element
        if "::" in box.element_tag or is_decoration(element):
            return
        if box in self._links:
            parent = self._link(box, parent)
        node = parent.add("Figure", element)
        node.alternative = alternative_of(element)
        if not node.alternative:
            self.unnamed.append(element)
        left, top = box.content_box_x(), box.content_box_y()
        right, bottom = left + box.width, top + box.height
        corners = (left, self._height - bottom, right, self._height - top)
        node.box = tuple(round(number * POINT, 3) for number in corners)
        piece = self.pieces[box] = Piece(self._page)
        node.kids.append(piece)

    def _flow(self, group: Node, element: Any) -> Node:
        """The paragraph for words that stand in a group by themselves; over a page break it goes on."""
        last = group.kids[-1] if group.kids else None
        page, before = self._flows.get(group, (-2, None))
        self._flows[group] = (self._page, element)
        goes_on = before is element and page in {self._page, self._page - 1}
        if goes_on and isinstance(last, Node) and last.tag == "P" and last.element is None:
            return last
        return group.add("P")

    def _node(self, box: Any, parent: Node) -> Node | None:
        """Where the words of a box belong; None when it only repeats what an earlier page holds."""
        element = box.element
        if element is None:
            return parent
        name, _sep, pseudo = box.element_tag.partition("::")
        key = (element, pseudo)
        repeats = name in _REPEATED or box.style["position"] == "fixed"
        if repeats and self._first_page.setdefault(key, self._page) != self._page:
            return None
        if box in self._links and not pseudo:
            return self._link(box, parent)
        node = self.nodes.get(key)
        if node is None:
            make = self._generated if pseudo else self._new
            node = make(box, pseudo or name, parent)
            if node is not parent:
                self.nodes[key] = node
        return node

    def _new(self, box: Any, name: str, parent: Node) -> Node:
        element = box.element
        if name == "html":
            self.language = element.get("lang", "")
            self.direction = box.style["direction"]
            self.way_back = element.get("data-way-back") or WAY_BACK
            self.notes_before = int(element.get("data-notes-before") or 0)
            return self.document
        if self._in_notes and element in self.calls:
            return self._note(element)
        tag = role_of(name, element, parent)
        if tag is None:
            return self._other_language(element, parent)
        node = self._inside(parent, tag).add(tag, element)
        self._say_language(node)
        if tag == "L":
            kind = "none" if name == "dl" else box.style["list_style_type"]
            node.attribute("List", "ListNumbering", f"/{list_numbering(kind)}")
        elif tag in {"TH", "TD"}:
            _describe_cell(node, box)
        elif tag == "LI":
            return node.add("Lbl" if name == "dt" else "LBody", element)
        return node

    def _inside(self, parent: Node, tag: str) -> Node:
        """Words need a paragraph around them; a definition stands with the word it belongs to."""
        if tag in INLINE and parent.tag in GROUPS:
            return self._flow(parent, parent.element)
        if tag == "LBody":
            items = [kid for kid in parent.kids if isinstance(kid, Node) and kid.tag == "LI"]
            return items[-1] if items else parent.add("LI")
        return parent

    def _other_language(self, element: Any, parent: Node) -> Node:
        """An element that says nothing, but perhaps in another language."""
        language = element.get("lang")
        if not language or language == self._language_of(parent):
            return parent
        # A group in a group; within a paragraph, cell or item it is a part of the line.
        node = parent.add("Div" if parent.tag in GROUPS else "Span", element)
        node.language = language
        return node

    def _say_language(self, node: Node) -> None:
        language = node.element.get("lang")
        if language and node.parent and language != self._language_of(node.parent):
            node.language = language

    def _language_of(self, node: Node) -> str:
        above: Node | None = node
        while above is not None and not above.language:
            above = above.parent
        return above.language if above else self.language

    # ---- Notes, marks and links ----

    def _generated(self, box: Any, pseudo: str, parent: Node) -> Node:
        """What the stylesheet adds: the mark of an item, the number of a note. Other words go with the text."""
        element = box.element
        if pseudo == "marker":
            body = self.nodes.get((element, ""))
            item = body.parent if body else None
            return item.add("Lbl", at=0) if item and item.tag == "LI" else parent
        if pseudo == CALL:
            reference = self._inside(parent, "Reference").add("Reference")
            self.calls[element] = reference
            self._places[element, pseudo] = (self._page, box)
            if element.get("id"):
                self._anchors[element.get("id")] = element
            return reference.add("Link", element)
        if pseudo == MARKER and parent.tag == "Note":
            self._places[element, pseudo] = (self._page, box)
            return parent.add("Lbl", at=0).add("Link", element)
        return parent

    def _note(self, element: Any) -> Node:
        """A note follows the paragraph that calls it, or stands at the end of the cell, item or caption."""
        reference = self.calls[element]
        block = reference.ancestor(*_CALLS_NOTES) or self.document
        if block.tag in {"P", *HEADINGS} and block.parent is not None:
            siblings = block.parent.kids
            at = siblings.index(block) + 1
            while at < len(siblings) and getattr(siblings[at], "tag", "") == "Note":
                at += 1
            note = block.parent.add("Note", element, at=at)
        else:
            note = block.add("Note", element)
        note.identifier = f"note-{list(self.calls).index(element) + 1}"
        reference.target = note
        self._say_language(note)
        return note

    def _link(self, box: Any, parent: Node) -> Node:
        """The link of a box. Lines and pictures of one link are one."""
        self._held.add(box)
        around = parent.ancestor("Link")
        if around is not None:
            around.annotations.append((self._page, box))
            return parent
        node = self.nodes.get((box.element, "link"))
        if node is None:
            note = self._anchors.get(self._links[box])
            place = self._inside(parent, "Link")
            if note is not None:
                place = place.add("Reference")
                place.target = self.nodes.get((note, ""))
            node = self.nodes[box.element, "link"] = place.add("Link", box.element)
            self._say_language(node)
        node.annotations.append((self._page, box))
        return node


def without_doubles(links: Sequence[Any]) -> list[Any]:
    """Links without those that lie in another one to the same place: stressed words in a link have their own."""
    kept: list[Any] = []
    for link in links:
        if not any(link[1] == other[1] and _lies_in(link[2], other[2]) for other in kept):
            kept.append(link)
    return kept


def _lies_in(inner: Sequence[float], outer: Sequence[float]) -> bool:
    x1, y1, x2, y2 = outer
    return inner[0] >= x1 - 1 and inner[1] >= y1 - 1 and inner[2] <= x2 + 1 and inner[3] <= y2 + 1


def _describe_cell(node: Node, box: Any) -> None:
    for name, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
        if span != 1:
            node.attribute("Table", name, span)
    if node.tag == "TH" and box.element.get("scope") in _SCOPES:
        node.attribute("Table", "Scope", _SCOPES[box.element.get("scope")])
