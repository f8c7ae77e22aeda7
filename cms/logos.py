"""Logos as drawings: what is kept of an uploaded SVG file. A leaf module: imports nothing of the project.

An SVG file is a document that may carry script, foreign pages and addresses. `py_svg_hush` rewrites it by a list
of what is allowed; before it, what only an attack needs is refused, and after it, what a logo does not need.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import py_svg_hush
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 200 * 2**10
MAX_ELEMENTS = 5000
MAX_DEPTH = 40
MAX_SHOWN = 20_000  # elements that are drawn when every reference is followed
SVG = "{http://www.w3.org/2000/svg}"
# A logo stands still, shows no other file and leads nowhere.
NOT_FOR_LOGOS = frozenset(
    {
        *("a", "animate", "animateColor", "animateMotion", "animateTransform", "set", "mpath"),
        *("audio", "cursor", "discard", "feImage", "foreignObject", "handler", "iframe", "image"),
        *("listener", "script", "video"),
    }
)
DRAWN = frozenset(
    {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use"}
)
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ATTLIST|ELEMENT|NOTATION)", re.IGNORECASE)
INSTRUCTION = re.compile(rb"<\?(?!xml\s)", re.IGNORECASE)
CSS_ADDRESS = re.compile(
    r"url\(\s*[\"']?\s*(?!#)|@import|@font-face|expression\(|\\|//|<", re.IGNORECASE
)
REFERENCE = re.compile(r"url\(\s*[\"']?\s*#([^\"')\s]+)")
SIZE = re.compile(r"\s*([0-9.]+)\s*(?:px|pt|mm|cm|in)?\s*\Z")


def clean_svg(data: bytes | str) -> str:
    """The drawing without anything that acts or reaches out. ValidationError for what is no drawing of a logo.

    Cleaning what is clean changes nothing.
    """
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    _refuse_attacks(raw)
    try:
        kept = py_svg_hush.filter_svg(raw)
    except (ValueError, TypeError) as error:
        raise _refused(_("It is not a valid SVG file.")) from error
    root = _parsed(kept)
    _strip(root)
    return _written(root)


def digest(drawing: str) -> str:
    """Names a drawing by its content."""
    return hashlib.sha256(drawing.encode()).hexdigest()[:32]


def _refused(reason: str) -> ValidationError:
    words = _("This drawing cannot be used as a logo: %(reason)s")
    return ValidationError(words, params={"reason": reason}, code="svg")


def _refuse_attacks(raw: bytes) -> None:
    if len(raw) > MAX_BYTES:
        raise _refused(_("the file is larger than 200 kB."))
    # In any other encoding the checks below would look for the wrong bytes.
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(_("its text is not UTF-8.")) from error
    if b"\x00" in raw or DOCTYPE.search(raw):
        raise _refused(_("it declares entities or a document type.")) from None
    if INSTRUCTION.search(raw):
        raise _refused(_("it names a stylesheet or a program."))


def _parsed(kept: bytes) -> _Element:
    from lxml import etree  # lazy: only uploads need it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(kept, parser)
    except etree.XMLSyntaxError as error:
        raise _refused(_("It is not a valid SVG file.")) from error
    if root.tag not in {f"{SVG}svg", "svg"}:
        raise _refused(_("It is not a valid SVG file."))
    if root.tag == "svg":  # without its namespace a browser shows nothing
        raise _refused(_("the SVG namespace is missing; save it again in your drawing program."))
    return root


def _strip(root: _Element) -> None:
    count = 0
    for element in list(root.iter()):
        count += 1
        depth = sum(1 for _ancestor in element.iterancestors())
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            raise _refused(_("it has too many parts; simplify it in your drawing program."))
        if not isinstance(element.tag, str) or _name(element.tag) in NOT_FOR_LOGOS:
            _drop(element)
            continue
        if _name(element.tag) == "style" and CSS_ADDRESS.search(element.text or ""):
            _drop(element)
            continue
        for attribute, value in list(element.attrib.items()):
            if not _may_stay(_name(attribute), value):
                del element.attrib[attribute]
    if not any(_name(element.tag) in DRAWN for element in root.iter()):
        raise _refused(_("nothing is drawn in it."))
    _count_references(root)
    _give_size(root)


def _count_references(root: _Element) -> None:
    """Refuse parts that show one another again and again: ten lines can ask for a billion shapes."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[str, int] = {}

    def cost(element: _Element, above: tuple[str, ...]) -> int:
        total = 0
        for part in element.iter():
            total += 1
            for name in _references(part):
                if name not in named:
                    continue
                if name in above:
                    raise _refused(_("its parts show one another in a circle."))
                if name not in known:
                    known[name] = cost(named[name], (*above, name))
                total += known[name]
            if total > MAX_SHOWN:
                raise _refused(_("it has too many parts; simplify it in your drawing program."))
        return total

    cost(root, ())


def _references(element: _Element) -> list[str]:
    found: list[str] = []
    for attribute, value in element.attrib.items():
        if _name(attribute) == "href":
            found.append(value.strip().removeprefix("#"))
        else:
            found += REFERENCE.findall(value)
    return found


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _drop(element: _Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _may_stay(name: str, value: str) -> bool:
    lowered = name.lower()
    if lowered.startswith("on") or lowered in {"base", "src", "ping", "formaction"}:
        return False
    if lowered == "href":
        return value.strip().startswith("#")
    return not CSS_ADDRESS.search(value)


def _give_size(root: _Element) -> None:
    """Paper and screen scale by the view box; a drawing that has only a size gets one."""
    if root.get("viewBox"):
        return
    sizes = [SIZE.match(root.get(name, "")) for name in ("width", "height")]
    if not all(sizes):
        raise _refused(_("it says neither its view box nor its size."))
    width, height = (match[1] for match in sizes if match)
    root.set("viewBox", f"0 0 {width} {height}")


def _written(root: _Element) -> str:
    from lxml import etree  # lazy: as above

    for name in ("width", "height"):
        root.attrib.pop(name, None)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode").strip()
