"""Watches what WeasyPrint really paints: every word and picture, and whether it can be seen on the paper.

Used in the render process alone. Laid-out boxes are no proof: what lies outside the page, under a clip or in no
colour is in them too. A PDF parser is none either: it reads words that nobody can see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cms.pdf.svg_text import ANCHOR

INCH = 96  # CSS pixels
SIDE_SLACK = 2.0  # pixels: letters hang over a little, and rounding adds up
LINE_SLACK = 0.3  # of a line's height: most of it above and below is empty
SMALLEST_TYPE = 1.0  # pixels
FAINTEST = 0.05  # watermarks are fainter than text may be, see the print stylesheet


class Rect(NamedTuple):
    """Left, top, right and bottom in pixels of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def shows(self, other: Rect) -> bool:
        """Whether `other`, a piece of a line, can be read inside this one."""
        slack = (other.bottom - other.top) * LINE_SLACK
        return (
            other.left >= self.left - SIDE_SLACK
            and other.right <= self.right + SIDE_SLACK
            and other.top + slack >= self.top
            and other.bottom - slack <= self.bottom
        )


@dataclass(frozen=True)
class Picture:
    """A raster picture as printed: its pixels and its size on paper in inches."""

    element: Any
    pixels: tuple[int, int]
    inches: tuple[float, float]


@dataclass
class Drawn:
    """What one document painted. Keys are elements of its HTML."""

    texts: dict[Any, list[str]] = field(default_factory=dict)
    labels: dict[Any, list[str]] = field(default_factory=dict)  # by the root of the drawing
    pictures: list[Picture] = field(default_factory=list)
    running: set[Any] = field(default_factory=set)  # repeated in page margins, or not at all


class Watch:
    """Follows the engine over one document: where it is on the paper, and what covers that place."""

    def __init__(self) -> None:
        self.seen = Drawn()
        self.base: Any = None  # the matrix of the page in CSS pixels
        self.clips: list[Rect | None] = []  # None lets nothing be seen

    def start_page(self, page: Any, stream: Any) -> None:
        self.base = stream.ctm
        self.clips = [Rect(0, 0, page.margin_width(), page.margin_height())]

    def place(self, stream: Any, x: float, y: float, width: float, height: float) -> Rect:
        """A box of the current stream in pixels of the page."""
        if stream.ctm is self.base:
            return Rect(x, y, x + width, y + height)
        matrix = _whole_matrix(stream) @ self.base.invert
        corners = [
            matrix.transform_point(*corner)
            for corner in ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        ]
        across, down = [corner[0] for corner in corners], [corner[1] for corner in corners]
        return Rect(min(across), min(down), max(across), max(down))

    def is_seen(self, rect: Rect) -> bool:
        return all(clip is not None and clip.shows(rect) for clip in self.clips)

    def text(self, stream: Any, box: Any) -> None:
        style = box.style
        if "::" in box.element_tag and not box.element_tag.endswith("::first-letter"):
            return  # generated: a number, a mark, a bullet
        if style["visibility"] != "visible" or style["font_size"] < SMALLEST_TYPE:
            return
        if style["color"].alpha < FAINTEST:
            return
        width = box.width if not box.text[-1:].isspace() else 0.0  # spaces may hang over
        if self.is_seen(self.place(stream, box.position_x, box.position_y, width, _height_of(box))):
            self.seen.texts.setdefault(box.element, []).append(box.text)

    def label(self, drawing: Any, node: Any) -> None:
        x, y, width, height = node.text_bounding_box
        anchor = node.get(ANCHOR) or node.get("text-anchor", "start")
        direction = node.get("direction", "ltr")
        if anchor == "middle":
            x -= width / 2
        elif (anchor == "end") == (direction == "ltr"):
            x -= width
        # A part of a label moves with the whole, whose width is not known yet.
        whole = node.tag == "text"
        if not whole or self.is_seen(self.place(drawing.stream, x, y, width, height)):
            self.seen.labels.setdefault(drawing.tree._etree_node, []).append(node.text)

    @contextmanager
    def inside(self, stream: Any, context: Any) -> Iterator[None]:
        """While a stacking context is painted: whatever clips is one."""
        before = len(self.clips)
        clips = _clips_of(context)
        if clips:
            self._clip(stream, context.box, clips)
        if context.box.style["opacity"] < FAINTEST:
            self.clips.append(None)
        yield
        del self.clips[before:]

    def _clip(self, stream: Any, box: Any, clips: list[tuple[float, float, float, float]]) -> None:
        own = box.transformation_matrix
        with stream.stacked():
            if own and own.determinant:
                stream.transform(*own.values)
            self.clips += [self.place(stream, *clip) for clip in clips]

    @contextmanager
    def picture(self, stream: Any, box: Any) -> Iterator[None]:
        """While a picture or a drawing is painted: nothing of it shows outside its frame."""
        from weasyprint.layout.replaced import replacedbox_layout

        image = box.replacement
        is_drawing = hasattr(image, "_svg")
        if not box.width or not box.height:
            yield
            return
        width, height, x, y = replacedbox_layout(box)
        if not is_drawing:
            pixels = (image.width, image.height)
            self.seen.pictures.append(Picture(box.element, pixels, (width / INCH, height / INCH)))
            yield
            return
        self.clips.append(self.place(stream, x, y, width, height))
        yield
        self.clips.pop()


def _whole_matrix(stream: Any) -> Any:
    """Of the current place in a stream: a group's own matrix starts anew, it was noted where it belongs."""
    outer = getattr(stream, "rostrum_outer", None)
    return stream.ctm if outer is None else stream.ctm @ outer


def _height_of(box: Any) -> float:
    return box.height if isinstance(box.height, int | float) else 0.0


def _clips_of(context: Any) -> list[tuple[float, float, float, float]]:
    """Frames outside of which this box and what is in it are cut off."""
    box, clips = context.box, []
    if box.is_for_root_element and context.page.style["overflow"] != "visible":
        clips.append(tuple(context.page.rounded_padding_box()[:4]))
    if box.is_absolutely_positioned() and box.style["clip"]:
        clips.append((0.0, 0.0, 0.0, 0.0))  # an outdated way of hiding: nothing counts as seen
    if box.style["overflow"] != "visible" and hasattr(box, "rounded_padding_box"):
        clips.append(tuple(box.rounded_padding_box()[:4]))
    return clips


_current: list[Watch] = []


@contextmanager
def watched() -> Iterator[Drawn]:
    """Everything painted inside is noted in what this gives."""
    watch = Watch()
    _current.append(watch)
    try:
        yield watch.seen
    finally:
        _current.remove(watch)


def mend() -> None:
    """Change the engine of this process so that it can be watched. Call it once, after the other changes."""
    from weasyprint import document, draw, svg
    from weasyprint.layout import LayoutContext
    from weasyprint.pdf.stream import Stream

    _tell(document, "draw_page", lambda watch, page, stream: watch.start_page(page, stream))
    _tell(draw, "draw_text", lambda watch, stream, box, *_rest: watch.text(stream, box))
    _surround(draw, "draw_stacking_context", lambda watch, *args: watch.inside(*args))
    _surround(draw, "draw_replacedbox", lambda watch, *args: watch.picture(*args))

    note_running = LayoutContext.add_running_element

    def add_running_element(context: Any, box: Any) -> None:
        if _current and box.is_running():
            _current[-1].seen.running.add(box.element)
        note_running(context, box)

    LayoutContext.add_running_element = add_running_element

    make_group = Stream.add_group

    def add_group(stream: Any, *args: Any) -> Any:
        group = make_group(stream, *args)
        group.rostrum_outer = _whole_matrix(stream)
        return group

    Stream.add_group = add_group

    write = svg.text

    def label(drawing: Any, node: Any, font_size: float) -> None:
        write(drawing, node, font_size)
        if _current and node.text:
            _current[-1].label(drawing, node)

    # The engine knows labels by comparing with this name.
    svg.text = label
    svg.TAGS.update({tag: label for tag, paint in svg.TAGS.items() if paint is write})


def _tell(module: Any, name: str, note: Callable[..., None]) -> None:
    """Have `note` called before each call of a function."""
    paint = getattr(module, name)

    def told(*args: Any, **named: Any) -> Any:
        if _current:
            note(_current[-1], *args)
        return paint(*args, **named)

    setattr(module, name, told)


def _surround(module: Any, name: str, around: Callable[..., Any]) -> None:
    """Have each call of a function happen inside a context."""
    paint = getattr(module, name)

    def surrounded(*args: Any, **named: Any) -> Any:
        if not _current:
            return paint(*args, **named)
        with around(_current[-1], *args):
            return paint(*args, **named)

    setattr(module, name, surrounded)
