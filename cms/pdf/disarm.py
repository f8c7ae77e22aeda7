"""Takes out of a document what makes WeasyPrint do more than print it. Used in the render process alone."""

from __future__ import annotations

from typing import Any


def disarm(root: Any) -> None:
    """Files are attached by code, never by a link in the text; nothing moves the base of relative addresses."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        kinds = (element.get("rel") or "").split()
        if any(kind.lower() == "attachment" for kind in kinds):
            del element.attrib["rel"]
        if element.tag == "base":
            element.attrib.pop("href", None)
