"""CSL files as citeproc-py can read them: three things it does not know are said in a way that it does."""

from __future__ import annotations

import io

from lxml import etree

CSL = "{http://purl.org/net/xbiblio/csl}"


def mended(path: str) -> io.BytesIO:
    """The style at `path`, which is one of the package's own, with its meaning kept."""
    tree = etree.parse(path, etree.XMLParser(no_network=True, resolve_entities=False))
    root = tree.getroot()
    _initials(root)
    _date_delimiters(root)
    return io.BytesIO(etree.tostring(tree))


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
