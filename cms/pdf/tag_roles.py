"""What an element of our HTML is in a PDF, and the words readers hear in place of pictures and links."""

from __future__ import annotations

import re
from typing import Any

from cms.pdf.tag_tree import Node

SVG = "{http://www.w3.org/2000/svg}"
# Only ever part of a line: a group cannot hold them by themselves.
INLINE = frozenset({"Link", "Reference", "Span"})
_SILENT_ROLES = frozenset({"presentation", "none"})
_ROLES = {
    "section": "Sect",
    "article": "Art",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "pre": "P",
    "address": "P",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "LI",
    "dd": "LBody",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "table": "Table",
    **{name: name.upper() for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "th", "td")},
}
_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|www\.)|^\S+@\S+$|^\S+\.[a-z]{2,}(?:/\S*)?$", re.I)
_LETTER = re.compile(r"[^\W\d_]")
_LIST_MARKS = {
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
}
MOST_LETTERS = 300


def role_of(name: str, element: Any, parent: Node) -> str | None:
    """The structure type of an element; None for one that only styles or wraps what is in it."""
    if name == "figure":
        return "Sect" if caption_of(element) is not None else None
    if name == "figcaption":
        # A caption is the first or the last thing in what it belongs to.
        is_one = parent.element is not None and is_figure_caption(parent.element, element)
        return "Caption" if is_one else None
    return _ROLES.get(name)


def caption_of(figure: Any) -> Any:
    """The caption of a figure, where it stands first or last in it."""
    children = list(figure)
    for child in (children[:1] + children[-1:]) if children else []:
        if child.tag == "figcaption":
            return child
    return None


def is_figure_caption(figure: Any, element: Any) -> bool:
    return figure.tag == "figure" and caption_of(figure) is element


def list_numbering(style_type: Any) -> str:
    """How the items of a list are marked, in the words of PDF."""
    return _LIST_MARKS.get(style_type if isinstance(style_type, str) else "", "None")


def is_decoration(picture: Any) -> bool:
    """A picture that says nothing: empty alternative text, or hidden from screen readers on the web as well."""
    hidden = picture.get("aria-hidden") == "true" or picture.get("role") in _SILENT_ROLES
    return hidden or (picture.get("alt") == "" and not picture.tag.startswith(SVG))


def alternative_of(element: Any) -> str:
    """The words that stand for a picture: the title of a drawing, the alternative text of a photograph."""
    if element.tag == f"{SVG}svg":
        title = element.find(f"{SVG}title")
        return _squeezed(title.text) if title is not None else ""
    return _squeezed(element.get("alt"))


def described(element: Any, target: str) -> str:
    """What a link says of itself: its own words, unless they are only an address or a number."""
    pictures = [item for item in element.iter() if item.tag in {"img", f"{SVG}svg"}]
    pieces = [*element.itertext(), *map(alternative_of, pictures)]
    for words in (_squeezed(" ".join(pieces)), _squeezed(element.get("title"))):
        if _LETTER.search(words) and not _ADDRESS.match(words):
            return words[:MOST_LETTERS]
    return target.removeprefix("mailto:").removeprefix("tel:")


def words_of(element: Any) -> str:
    """The beginning of what an element says, without translation a good name for it."""
    return _squeezed("".join(element.itertext()))[:MOST_LETTERS]


def _squeezed(text: str | None) -> str:
    return " ".join((text or "").split())
