"""Elements of WordprocessingML. Their order inside one another is fixed by its schema; readers refuse others."""

from __future__ import annotations

from typing import Any

from lxml import etree

from cms.pdf.twins.sheet import CONTROLS

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
NAMESPACES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
TWIPS, EMUS = 1440, 914_400  # to an inch


def name(short: str) -> str:
    prefix, _colon, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def make(short: str, *children: Any, **attributes: object) -> Any:
    """`make("w:jc", val="end")`: attributes are of the element's own namespace where that is `w`."""
    prefix = "w:" if short.startswith("w:") else ""
    named = {name(f"{prefix}{key}") if prefix else key: str(it) for key, it in attributes.items()}
    element = etree.Element(name(short), named, nsmap=NAMESPACES)
    element.extend(child for child in children if child is not None)
    return element


def linked(short: str, relation: str, *children: Any, attribute: str = "id") -> Any:
    """An element that names a relationship."""
    element = make(short, *children)
    element.set(name(f"r:{attribute}"), relation)
    return element


def root(short: str, *children: Any) -> Any:
    return make(short, *children)


def flag(short: str, holds: object) -> Any:
    """`<w:bidi/>`, or nothing."""
    return make(short) if holds else None


def letters(text: str) -> list[Any]:
    """Text elements; a tab is an element of its own."""
    found: list[Any] = []
    for number, piece in enumerate(text.split("\t")):
        if number:
            found.append(make("w:tab"))
        if piece:
            element = make("w:t")
            element.text = CONTROLS.sub("", piece)
            element.set(SPACE, "preserve")
            found.append(element)
    return found


def run_look(
    *, style: str = "", marks: frozenset[str] = frozenset(), is_rtl: bool = False
) -> Any | None:
    bold, italic = "bold" in marks, "italic" in marks
    raised = next((it for it in ("super", "sub") if it in marks), "")
    parts = [
        make("w:rStyle", val=style) if style else None,
        flag("w:b", bold),
        flag("w:bCs", bold),
        flag("w:i", italic),
        flag("w:iCs", italic),
        make("w:vertAlign", val=f"{raised}script") if raised else None,
        flag("w:rtl", is_rtl),
    ]
    return make("w:rPr", *parts) if any(part is not None for part in parts) else None


def paragraph_look(
    style: str,
    *,
    keeps_next: bool = False,
    numbering: tuple[int, int] | None = None,
    is_rtl: bool = False,
    before: int = 0,
    align: str = "",
    rule: str = "",
) -> Any:
    """`numbering` is the list and the level in it; `before` the space above, in twentieths of a point; `rule` the
    color of a line beneath."""
    line = rule and make("w:bottom", val="single", sz=12, space=6, color=rule)
    listed = numbering and make(
        "w:numPr", make("w:ilvl", val=numbering[1]), make("w:numId", val=numbering[0])
    )
    return make(
        "w:pPr",
        make("w:pStyle", val=style),
        flag("w:keepNext", keeps_next),
        listed,
        make("w:pBdr", line) if rule else None,
        flag("w:bidi", is_rtl),
        make("w:spacing", before=before) if before else None,
        make("w:jc", val=align) if align else None,
    )


def field_of(code: str, shown: Any) -> Any:
    """What the word processor counts; `shown` stands there until it has."""
    return make("w:fldSimple", shown, instr=f" {code} ")


def drawing(relation: str, number: int, size: tuple[int, int], alt: str) -> Any:
    """A picture in the line; `size` in EMUs."""
    across, down = size
    extent = {"cx": across, "cy": down}
    about = {"id": number, "name": f"Picture {number}", "descr": alt}
    blip = linked("a:blip", relation, attribute="embed")
    picture = make(
        "pic:pic",
        make("pic:nvPicPr", make("pic:cNvPr", **about), make("pic:cNvPicPr")),
        make("pic:blipFill", blip, make("a:stretch", make("a:fillRect"))),
        make(
            "pic:spPr",
            make("a:xfrm", make("a:off", x=0, y=0), make("a:ext", **extent)),
            make("a:prstGeom", make("a:avLst"), prst="rect"),
        ),
    )
    locks = make("a:graphicFrameLocks", noChangeAspect=1)
    return make(
        "w:drawing",
        make(
            "wp:inline",
            make("wp:extent", **extent),
            make("wp:docPr", **about),
            make("wp:cNvGraphicFramePr", locks),
            make("a:graphic", make("a:graphicData", picture, uri=PIC)),
            **dict.fromkeys(("distT", "distB", "distL", "distR"), 0),
        ),
    )


def serialized(element: Any) -> bytes:
    etree.cleanup_namespaces(element, top_nsmap=NAMESPACES)
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
