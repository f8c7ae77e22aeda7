"""The tag layer: what of a page is which part of the document, and what is only decoration.

The one module that reaches into how WeasyPrint 70 makes tags, all of it private API: `expectations` says what it
needs, `mend` refuses an engine that is built otherwise. Used in the render process alone.

Before anything is painted, a `Plan` reads the laid-out pages and gives every piece of text and every picture its
node. While pages are painted, a piece that has none is marked as an artifact: running heads, repeated heads of
tables, pictures without words. Then the tree is written. The engine by itself would drop the language of elements,
leave headers without scope and notes without a tag, cut what runs over a page in two, and read running heads aloud.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pydyf

from cms.pdf import engine_shape
from cms.pdf.tag_plan import CALL, MARKER, Plan
from cms.pdf.tag_roles import described, words_of
from cms.pdf.tag_tree import HEADINGS, Node, Writer, tidy

PRINTED = 4  # the flag by which a link is on paper what it is on the screen
_PLACES = {"top": "/Header", "bottom": "/Footer"}
_current: list[Tagging] = []


class EngineChanged(RuntimeError):
    """WeasyPrint is no longer built as the tag layer expects."""


def expectations() -> list[str]:
    """What the tag layer needs of WeasyPrint and does not find, in words; empty when all is well."""
    from weasyprint import draw, pdf
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout.absolute import AbsolutePlaceholder
    from weasyprint.pdf.stream import Stream

    missing = engine_shape.misfits(
        [
            (pdf, "add_tags", ["pdf", "document", "pdf_version", "page_streams"]),
            (Stream, "marked", ["self", "box", "tag"]),
            (Stream, "artifact", ["self"]),
            (draw, "draw_stacking_context", ["stream", "stacking_context"]),
            (boxes.Box, "hit_area", ["self"]),
            (boxes.MarginBox, "__init__", ["self", "at_keyword", "style"]),
        ]
    )
    kinds = ("MarginBox", "FootnoteAreaBox", "LineBox", "TextBox", "ReplacedBox")
    missing += [f"boxes.{name} is gone" for name in kinds if not hasattr(boxes, name)]
    values = ("link_annotation", "is_leader", "colspan", "rowspan", "children")
    source = inspect.getsource(boxes.Box)
    missing += [f"boxes.Box.{name} is gone" for name in values if name not in source]
    if "'_box'" not in inspect.getsource(AbsolutePlaceholder):
        missing.append("AbsolutePlaceholder._box is gone")
    return missing


def mend() -> None:
    """Change the engine of this process. Call it once, before others wrap the same functions."""
    problems = expectations()
    if problems:
        raise EngineChanged(f"The tag layer does not fit this WeasyPrint: {'; '.join(problems)}")
    from weasyprint import draw, pdf
    from weasyprint.formatting_structure.boxes import MarginBox
    from weasyprint.pdf.stream import Stream

    add_tags, draw_context = pdf.add_tags, draw.draw_stacking_context
    marked, artifact = Stream.marked, Stream.artifact

    def planned_tags(file: Any, document: Any, version: Any, streams: Any) -> None:
        if _current:
            _current[-1].write(file)
        else:
            add_tags(file, document, version, streams)

    def planned_mark(stream: Any, box: Any, tag: str) -> Any:
        if _current and stream._tags is not None:
            return _current[-1].mark(stream, box, tag)
        return marked(stream, box, tag)

    def planned_artifact(stream: Any) -> Any:
        return nullcontext() if _current and _current[-1].in_margin else artifact(stream)

    def draw_margin(stream: Any, context: Any) -> None:
        if _current and stream._tags is not None and isinstance(context.box, MarginBox):
            with _current[-1].margin(stream, context.box.at_keyword):
                draw_context(stream, context)
        else:
            draw_context(stream, context)

    pdf.add_tags = planned_tags
    Stream.marked, Stream.artifact = planned_mark, planned_artifact
    draw.draw_stacking_context = draw_margin


@contextmanager
def planned(laid_out: Any, *, version_2: bool = False) -> Iterator[Tagging]:
    """What is written inside gets the tags of this layer. `laid_out` is a `weasyprint.document.Document`."""
    tagging = Tagging(laid_out.pages, version_2=version_2)
    _current.append(tagging)
    try:
        yield tagging
    finally:
        _current.remove(tagging)


class Tagging:
    """The tags of one document, from its laid-out pages to the finished tree."""

    def __init__(self, pages: Any, *, version_2: bool) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.logger import LOGGER

        self.version_2 = version_2
        self.in_margin = False
        self.plan = Plan(boxes)
        for number, page in enumerate(pages):
            self.plan.read(number, page, page._page_box)
        self.plan.link_notes(pages)
        for element in self.plan.unnamed:
            source = element.get("src", "unknown")
            LOGGER.error('Image "%s" has no required alt description', source)
        self._anchors: dict[str, Node | None] = {}
        self._marks: dict[Any, int] = {}  # pieces painted so far, by stream

    @contextmanager
    def margin(self, stream: Any, place: str) -> Iterator[None]:
        """Everything in a page margin is one artifact, whatever is in it."""
        kind = {"Type": "/Pagination"}
        for side, subtype in _PLACES.items():
            if place.startswith(f"@{side}"):
                kind["Subtype"] = subtype
        begin, end = pydyf.Stream.begin_marked_content, pydyf.Stream.end_marked_content
        begin(stream, "Artifact", pydyf.Dictionary(kind))
        self.in_margin = True
        yield
        self.in_margin = False
        end(stream)

    @contextmanager
    def mark(self, stream: Any, box: Any, tag: str) -> Iterator[None]:
        """Around the painting of one box."""
        if self.in_margin:
            yield
            return
        piece = self.plan.pieces.get(box)
        if piece is None:
            pydyf.Stream.begin_marked_content(stream, "Artifact")
        else:
            piece.mark = self._marks.get(stream, 0)
            self._marks[stream] = piece.mark + 1
            if "Subtype" in stream.extra:  # a group with transparency is painted by itself
                piece.stream = stream
            pydyf.Stream.begin_marked_content(stream, tag, pydyf.Dictionary({"MCID": piece.mark}))
        yield
        pydyf.Stream.end_marked_content(stream)

    def write(self, pdf: Any) -> None:
        """Add the tree to a file whose pages are painted."""
        plan = self.plan
        _describe_links(plan)
        tidy(plan.document)
        if plan.direction == "rtl":
            plan.document.attribute("Layout", "WritingMode", "/RlTb")
        Writer(pdf, version_2=self.version_2).write(plan.document)
        preferences = {"DisplayDocTitle": "true"}
        if plan.direction == "rtl":
            preferences["Direction"] = "/R2L"
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(preferences)
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def element_at(self, anchor: str) -> bytes:
        """Reference of the element that an anchor leads to; of the document where there is none."""
        if not self._anchors:
            for number, element in enumerate(self.plan.calls, start=1):
                self._anchors[f"note-call-{number}"] = self.plan.nodes.get((element, CALL))
                self._anchors[f"note-text-{number}"] = self.plan.nodes.get((element, MARKER))
            for node in self.plan.document.nodes():
                if node.element is not None and node.element.get("id"):
                    self._anchors.setdefault(node.element.get("id"), node)
        node = self._anchors.get(anchor) or self.plan.document
        return (node if node.written else self.plan.document).written.reference

    def headings(self) -> list[tuple[str, bytes]]:
        """Words and reference of each heading, in reading order."""
        return [
            (words_of(node.element), node.written.reference)
            for node in self.plan.document.nodes()
            if node.tag in HEADINGS and node.written
        ]


def _describe_links(plan: Plan) -> None:
    """What each link says of itself. A link that leads nowhere is mere text."""
    said = {}
    for number, element in enumerate(plan.calls, start=plan.notes_before + 1):
        said[plan.nodes.get((element, CALL))] = words_of(element)
        said[plan.nodes.get((element, MARKER))] = f"{plan.way_back} ({number})"
    for node in plan.document.nodes():
        if node.tag != "Link":
            continue
        node.annotations = [found for found in node.annotations if found[1].link_annotation]
        if not node.annotations:
            node.tag = "Span"
        for _page, box in node.annotations:
            annotation = box.link_annotation
            target = annotation["A"]["URI"] if "A" in annotation else annotation["Dest"]
            words = said.get(node) or described(node.element, target.string)
            annotation["Contents"] = pydyf.String(words)
            annotation["F"] = PRINTED
