"""Reads the HTML that is printed into a sheet. What stylesheets do to a class of elements, a style does here."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

from cms.pdf.twins.inline import Inline, classes, tidied
from cms.pdf.twins.sheet import CONTROLS, Block, Cell, Item, Paragraph, Picture, Run, Sheet, Table

# Neither letters nor pictures of the text: drawings stand beside the words that say the same.
SILENT_TAGS = frozenset({"head", "style", "script", "svg", "template", "title", "meta", "link"})
SILENT_CLASSES = frozenset({"colophon__code", "visually-hidden"})
MARGINS = frozenset({"watermark", "running-head", "running-foot", "folio"})
BLOCK_TAGS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "div", "figure", "footer", "header", "main"),
        *("caption", "dd", "details", "dl", "dt", "figcaption", "hr", "img", "p", "pre", "section"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "table", "ul"),
    }
)
HEADINGS = {"h1": "Heading1", "h2": "Heading2", "h3": "Heading3"}
# Of a paragraph with this class, and of those inside an element with it that say nothing themselves.
STYLES = {
    "letterhead__name": "LetterheadName",
    "flag__name": "LetterheadName",
    **dict.fromkeys(
        ("letterhead__lines", "letterhead__address", "flag__kind", "archive-line"), "Letterhead"
    ),
    **dict.fromkeys(("statement", "topic", "about"), "Statement"),
    "addressee": "Addressee",
    "salutation": "Salutation",
    "quote": "Quote",
    "quote__by": "QuoteSource",
    **dict.fromkeys(("stat", "key-figure"), "KeyFigure"),
    **dict.fromkeys(("ask", "top__ask"), "Ask"),
    "signature__closing": "Closing",
    "signature": "Signature",
    "gap": "Gap",
    **dict.fromkeys(("origin", "colophon"), "SmallPrint"),
}
BODY = "BodyText"


def parsed(html: str) -> HtmlElement:
    """The document without characters that no XML can hold."""
    parser = lxml_html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    return lxml_html.document_fromstring(CONTROLS.sub("", html), parser=parser)


def is_silent(element: HtmlElement) -> bool:
    return (
        element.tag in SILENT_TAGS
        or element.get("hidden") is not None
        or bool(classes(element) & SILENT_CLASSES)
    )


def read_sheet(root: HtmlElement, *, title: str, author: str) -> Sheet:
    return _Reader(root).sheet(title, author)


class _Reader:
    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.direction = root.get("dir") or "ltr"
        self.inline = Inline(self.direction)
        self.lists = 0
        self.numbered = 0

    def sheet(self, title: str, author: str) -> Sheet:
        margins = {
            name: tidied(self.inline.inside(found[0], Run()))
            for name in MARGINS
            if (found := self.root.find_class(name))
        }
        language = self.root.get("lang") or "en"
        blocks = list(self._flow(self.root.find("body"), BODY))
        return Sheet(
            CONTROLS.sub(" ", title),
            CONTROLS.sub(" ", author),
            language,
            self.direction,
            blocks,
            self.inline.notes,
            margins.get("running-head", []),
            margins.get("running-foot", []),
            margins.get("folio", []),
            "".join(run.text for run in margins.get("watermark", [])),
        )

    def _flow(self, element: HtmlElement, style: str, item: Item | None = None) -> Iterator[Block]:
        """Everything inside `element`. Text between blocks becomes paragraphs; the first one takes the `item`."""
        loose = [Run(element.text)] if element.text else []
        for child in element:
            if not is_silent(child) and not classes(child) & MARGINS:
                if child.tag in BLOCK_TAGS:
                    for block in (*_paragraph(loose, style, item), *self._block(child, style)):
                        item = _take(block, item)
                        yield block
                    loose = []
                else:
                    loose += self.inline.of(child, Run())
            if child.tail:
                loose.append(Run(child.tail))
        yield from _paragraph(loose, style, item)

    def _block(self, element: HtmlElement, style: str) -> Iterator[Block]:
        usual = "Quote" if element.tag == "blockquote" else style
        style = next((STYLES[it] for it in STYLES if it in classes(element)), usual)
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                yield from self._leaf(element, HEADINGS.get(element.tag, "Heading3"))
            case "ul" | "ol":
                yield from self._list(element, style)
            case "table":
                yield from self._table(element)
            case "pre":
                yield _preformatted(element)
            case "img":
                yield _picture(element)
            case "figcaption":
                yield from self._kept(element)
            case "p":
                yield from self._numbered(self._flow(element, style), element)
            case _:
                yield from self._flow(element, style)

    def _leaf(self, element: HtmlElement, style: str) -> Iterator[Block]:
        for block in self._flow(element, style):
            if isinstance(block, Paragraph):
                block.style = style
            yield block

    def _kept(self, element: HtmlElement) -> Iterator[Block]:
        """A caption stays with what follows it: a chart's figures, or beneath its picture the text."""
        above = element.getnext() is not None
        for block in self._leaf(element, "Caption"):
            if isinstance(block, Paragraph):
                block.keeps_next = above
            yield block

    def _list(self, element: HtmlElement, style: str, level: int = 0) -> Iterator[Block]:
        self.lists += 1
        list_id, number = self.lists, 0
        for child in element.iterchildren("li"):
            number += element.tag == "ol"
            own = style if style in {"Ask", "SmallPrint"} else "ListParagraph"
            item = Item(list_id, min(level, 8), number)
            nested = [it for it in child if it.tag in {"ul", "ol"}]
            tails = [it.tail for it in nested]
            for inner in nested:
                child.remove(inner)
            yield from self._flow(child, own, item)
            for inner, tail in zip(nested, tails, strict=True):
                yield from self._list(inner, style, level + 1)
                if tail and tail.strip():
                    yield from _paragraph([Run(tail)], own, None)

    def _table(self, element: HtmlElement) -> Iterator[Block]:
        caption = element.find("caption")
        title = "" if caption is None else " ".join(caption.text_content().split())
        if caption is not None and not is_silent(caption):
            for block in self._leaf(caption, "Caption"):
                if isinstance(block, Paragraph):
                    block.keeps_next = True
                yield block
        is_plain = "particulars" in classes(element)
        rows = [
            [self._cell(it, is_plain) for it in row.iterchildren("td", "th")]
            for row in element.iter("tr")
        ]
        heads = len(element.findall("thead/tr"))
        if any(rows):
            yield Table([row for row in rows if row], title, heads, is_plain)

    def _cell(self, element: HtmlElement, is_plain: bool) -> Cell:
        row = element.getparent()
        is_top = row is not None and row.getparent().tag == "thead"
        style = "Particulars" if is_plain else "TableHead" if is_top else "TableText"
        found = [it for it in self._flow(element, style) if isinstance(it, Paragraph)]
        is_number = "number" in classes(element)
        return Cell(found or [Paragraph([], style)], element.tag == "th", is_number)

    def _numbered(self, blocks: Iterator[Block], element: HtmlElement) -> Iterator[Block]:
        """Numbers a paragraph where the printed copy does, see `.words--numbered` in its stylesheet."""
        counts = _is_counted(element)
        for block in blocks:
            if counts and isinstance(block, Paragraph):
                self.numbered += 1
                block.item = Item(0, 0, self.numbered, is_paragraph=True)
                counts = False
            yield block


def _is_counted(element: HtmlElement) -> bool:
    parent = element.getparent()
    if parent is None:
        return False
    if "ask" in classes(parent):
        return any("words--numbered" in classes(it) for it in parent.iterancestors())
    above = parent.getparent()
    return (
        bool(classes(parent) & {"block--paragraph", "block--talking_point"})
        and above is not None
        and "words--numbered" in classes(above)
    )


def _paragraph(loose: list[Run], style: str, item: Item | None) -> list[Paragraph]:
    runs = tidied(loose)
    return [Paragraph(runs, style, item)] if runs else []


def _take(block: Block, item: Item | None) -> Item | None:
    """Gives the first paragraph of a list item its mark; None once it has one."""
    if item is None or not isinstance(block, Paragraph):
        return item
    block.item = block.item or item
    return None


def _preformatted(element: HtmlElement) -> Paragraph:
    """Line by line, every space as it was typed."""
    runs: list[Run] = []
    for number, line in enumerate(element.text_content().strip("\n").split("\n")):
        if number:
            runs.append(Run(is_break=True))
        if line:
            runs.append(Run(line))
    return Paragraph(runs, "Preformatted")


def _picture(element: HtmlElement) -> Picture:
    around = element.getparent()
    is_logo = around is not None and bool(classes(around) & {"letterhead__mark", "flag__mark"})
    return Picture(element.get("src") or "", element.get("alt") or "", is_logo)
