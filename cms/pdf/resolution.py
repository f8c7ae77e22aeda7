"""How sharp pictures print: pixels for each inch of paper they really take.

`printed_pictures` and `mark_missing` run in the render process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from cms.pdf.drawn import Picture

SHARP_DPI = 150
MISSING = "missing-picture"  # the stylesheet draws a box around its alternative text


def printed_pictures(root: Any, pictures: Iterable[Picture]) -> list[dict[str, Any]]:
    """Each raster picture: its block, its address, dots per inch, and its size on paper in inches."""
    found = list(pictures)
    blocks = _blocks_of(root, {picture.element for picture in found}) if found else {}
    done = []
    for picture in found:
        width, height = picture.inches
        dpi = min(
            pixels / inches
            for pixels, inches in zip(picture.pixels, picture.inches, strict=True)
            if inches
        )
        done.append(
            {
                "block": blocks.get(picture.element, ""),
                "address": (picture.element.get("src") or "")[:200],
                "dpi": int(dpi + 0.5),
                "inches": [round(width, 2), round(height, 2)],
            }
        )
    return done


def mark_missing(root: Any, known: Collection[str]) -> list[dict[str, str]]:
    """Pictures of the site whose file is gone: marked for the stylesheet, and listed with their block."""
    missing = [
        image
        for image in root.iter("img")
        if (image.get("src") or "").startswith("asset://") and image.get("src") not in known
    ]
    for image in missing:
        image.set("class", f"{image.get('class', '')} {MISSING}".strip())
    blocks = _blocks_of(root, set(missing)) if missing else {}
    return [
        {"block": blocks.get(image, ""), "alt": (image.get("alt") or "")[:200]} for image in missing
    ]


def _blocks_of(root: Any, wanted: set[Any]) -> dict[Any, str]:
    """The block that each of these elements stands in."""
    found: dict[Any, str] = {}
    for block in root.iter():
        name = block.get("id", "")
        if name.startswith("block-"):
            for element in block.iter():
                if element in wanted:
                    found.setdefault(element, name)
    return found
