"""CSL files as citeproc-py can read them: what it does not know is said in a way that it does."""

from __future__ import annotations

import copy
import io

from lxml import etree

from testimony.domain import citation_case as case

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
CSL = "{http://purl.org/net/xbiblio/csl}"
MARKS = {
    "title": (case.TITLED, case.TITLED_END),
    "sentence": (case.SENTENCED, case.SENTENCED_END),
}


def mended(path: str, locale: str, *, edited: bool = False) -> io.BytesIO:
    """The style at `path`, which is one of the package's own, with its meaning kept. `edited`: for what has editors
    and no author."""
    tree = etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False))
    root = tree.getroot()
    if edited:
        _named_once(root)
    _substitutes(root)
    _initials(root)
    _date_delimiters(root)
    _cases(root)
    if locale.startswith("es"):
        _day_before_month(root)
        _spanish_words(root)
        _ordinals(root)
    return io.BytesIO(etree.tostring(tree))


def _substitutes(root: etree._Element) -> None:
    """What stands in for missing names takes their form and label, however deep it is. The library knows that of
    the first level only."""
    for substitute in root.iter(f"{CSL}substitute"):
        stood_for = substitute.getparent()
        for names in substitute.iter(f"{CSL}names"):
            if len(names) == 0:
                names.extend(copy.deepcopy(part) for part in stood_for if part is not substitute)


def _named_once(root: etree._Element) -> None:
    """Editors who stand in for the author are not named again. The library would."""
    standing_in = set(root.iter(f"{CSL}substitute"))
    called = {text.get("macro") for place in standing_in for text in place.iter(f"{CSL}text")}
    standing_in |= {macro for macro in root.iterfind(f"{CSL}macro") if macro.get("name") in called}
    for names in list(root.iter(f"{CSL}names")):
        variables = names.get("variable", "").split()
        stays = names.find(f"{CSL}substitute") is not None or standing_in & set(
            names.iterancestors()
        )
        if "editor" not in variables or stays:
            continue
        others = [name for name in variables if name != "editor"]
        if others:
            names.set("variable", " ".join(others))
        else:
            names.getparent().remove(names)


def _ordinals(root: etree._Element) -> None:
    """A style with words of its own in Spanish hides that of the library for "2a ed."."""
    for words in root.iterfind(f"{CSL}locale"):
        terms = words.find(f"{CSL}terms")
        if words.get(LANG) == "es" and terms is not None:
            etree.SubElement(terms, f"{CSL}term", name="ordinal").text = "a"


def _spanish_words(root: etree._Element) -> None:
    """What the library's Spanish still says in English."""
    words = root.find(f"{CSL}locale[@{LANG}='es']")
    if words is None:
        words = etree.Element(f"{CSL}locale", {LANG: "es"})
        root.find(f"{CSL}info").addnext(words)
    terms = words.find(f"{CSL}terms")
    if terms is None:
        terms = etree.SubElement(words, f"{CSL}terms")
    if terms.find(f"{CSL}term[@name='dataset']") is None:
        etree.SubElement(terms, f"{CSL}term", name="dataset").text = "conjunto de datos"


def _initials(root: etree._Element) -> None:
    """`initialize="false"` means given names in full. The library shortens them whenever any mark for
    initials is in force, so the mark moves from the style to the names that are shortened."""
    inherited = root.attrib.pop("initialize-with", None)
    for names in root.iter(f"{CSL}names"):
        if names.find(f"{CSL}name") is None and names.getparent().tag != f"{CSL}substitute":
            names.insert(0, etree.Element(f"{CSL}name"))
    for name in root.iter(f"{CSL}name"):
        if name.attrib.pop("initialize", "true") == "false":
            name.attrib.pop("initialize-with", None)
        elif inherited is not None and "initialize-with" not in name.attrib:
            name.set("initialize-with", inherited)


def _date_delimiters(root: etree._Element) -> None:
    """The delimiter of a localized date becomes the prefix of every part but the first."""
    for date in root.iterfind(f"{CSL}locale/{CSL}date"):
        delimiter = date.attrib.pop("delimiter", "")
        for part in date.findall(f"{CSL}date-part")[1:]:
            part.set("prefix", delimiter + part.get("prefix", ""))


def _cases(root: etree._Element) -> None:
    """Title and sentence case become marks around the text. Labels are words of the locale, most of them one
    word: the library never gives "(ed.)" its capital, since it does not know that it speaks English."""
    for element in root.iter(f"{CSL}text", f"{CSL}label"):
        wanted = element.get("text-case")
        if wanted in MARKS and element.tag == f"{CSL}label":
            element.set("text-case", "capitalize-first")
        elif wanted in MARKS:
            del element.attrib["text-case"]
            before, behind = MARKS[wanted]
            element.set("prefix", element.get("prefix", "") + before)
            element.set("suffix", behind + element.get("suffix", ""))


def _day_before_month(root: etree._Element) -> None:
    """Styles that put the parts of a date together themselves do it in the order of English."""
    for date in root.iter(f"{CSL}date"):
        parts = date.findall(f"{CSL}date-part")
        if [part.get("name") for part in parts] == ["month", "day"]:
            month, day = parts
            date.remove(month)
            day.set("prefix", month.get("prefix", ""))
            day.set("suffix", " de ")
            month.attrib.pop("prefix", None)
            day.addnext(month)
