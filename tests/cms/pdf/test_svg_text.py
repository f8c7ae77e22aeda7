"""Labels of drawings that end at their place or stand over it."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace

import pypdfium2
import pytest
from PIL import ImageChops

from cms.pdf import svg_text

DRAWING = (
    '<svg viewBox="0 0 200 100" width="200" height="100" style="display: block"><title>T</title>'
    '<defs><clipPath id="left"><rect x="0" y="0" width="90" height="100"/></clipPath></defs>{}</svg>'
)
LABEL = '<text x="90" y="30" font-size="16" text-anchor="{}"{}>Label</text>'


@pytest.mark.parametrize("anchor", ["middle", "end"])
@pytest.mark.parametrize(
    "said", ['transform="translate(20 60) rotate(-20)"', 'clip-path="url(#left)"']
)
def test_a_label_that_is_placed_itself_stands_where_it_does_inside_a_group(pdf, anchor, said):
    itself, grouped = LABEL.format(anchor, f" {said}"), f"<g {said}>{LABEL.format(anchor, '')}</g>"
    printed = pdf(DRAWING.format(itself) + DRAWING.format(grouped)).pdf
    picture = pypdfium2.PdfDocument(printed)[0].render(scale=2).to_pil().convert("L")
    blank = ImageChops.invert(picture)
    top = blank.getbbox()[1]
    # Two drawings of 100 pixels, one below the other, at 1.5 dots to each.
    parts = [blank.crop((0, at, picture.width, at + 150)).getbbox() for at in (top, top + 150)]
    assert parts[0] is not None
    assert all(abs(a - b) <= 1 for a, b in zip(*parts, strict=True)), parts


class Drawings:
    """Of an engine that keeps its nodes."""

    def __init__(self) -> None:
        self.stream = SimpleNamespace(stream=[], stacked=nullcontext)
        self.seen: list[tuple[str, str]] = []

    def draw_node(self, node, font_size, fill_stroke=True, context=None):
        self.seen.append((node.get(svg_text.ANCHOR), node.get("text-anchor")))
        node.text_bounding_box = (0, 0, 40, 10)


def label(**more: str) -> SimpleNamespace:
    node = SimpleNamespace(tag="text", _etree_node=[], attrib={"text-anchor": "end"} | more)
    node.get = lambda name, default=None: node.attrib.get(name, default)
    return node


def test_a_drawing_that_is_shown_twice_is_drawn_the_same_twice():
    class Engine(Drawings):
        pass

    svg_text._move_anchored(Engine)
    drawing, node = Engine(), label()
    for _time in range(2):
        drawing.draw_node(node, 16)
    assert drawing.seen == [("end", "start")] * 2  # whoever watches is told while it is drawn
    assert drawing.stream.stream == [b"1 0 0 1 -40.000000 0 cm"] * 2
    assert node.attrib == {"text-anchor": "end"}


@pytest.mark.parametrize("name", ["transform", "clip-path", "mask", "filter", "fill"])
def test_what_counts_from_the_place_of_a_label_is_left_to_the_engine(name):
    class Engine(Drawings):
        pass

    svg_text._move_anchored(Engine)
    drawing = Engine()
    drawing.draw_node(label(**{name: "url(#it)"}), 16)
    assert (drawing.seen, drawing.stream.stream) == ([(None, "end")], [])
