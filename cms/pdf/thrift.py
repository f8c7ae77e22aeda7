"""Spares WeasyPrint 70 work that it does over and over with the same result. Used in the render process alone.

Private API, all of it: `expectations` says what is needed, `mend` refuses an engine that is built otherwise. Nothing is
to be left out: what is laid out and painted stays the same, which a test holds to for documents of ours, byte by byte.
Where that is not sure, as beside floats with negative margins, the engine goes its own way.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterator
from typing import Any

from cms.pdf import engine_shape

# Of a document as HTML: in longer ones, lines that are shaped already would take too much room until they are painted.
SHORT = 80_000
DRAWING = "{http://www.w3.org/2000/svg}svg"
_COMPUTED_APART = frozenset({"position", "float", "display", "page"})
_BARS = re.compile(r"M\d+ \d+(?:\.\d+)?h\d+(?:m-?\d+ \d+h\d+)*")
_STEP = re.compile(r"([Mmh])(-?\d+)(?: (\d+(?:\.\d+)?))?")
_keeps: list[bool] = [False]


class EngineChanged(RuntimeError):
    """WeasyPrint is no longer built as this module expects."""


def expectations() -> list[str]:
    """What this module needs of WeasyPrint and does not find, in words; empty when all is well."""
    needed = [*_needed_of_styles(), *_needed_of_lines(), *_needed_of_drawings()]
    found = engine_shape.misfits((owner, name, said.split()) for owner, name, said in needed)
    return [*found, *_missing_tables()]


def _needed_of_styles() -> list[tuple[Any, str, str]]:
    from cssselect2 import ElementWrapper  # lazy: the render process alone has it
    from weasyprint.css import ComputedStyle, functions
    from weasyprint.css.tokens import Pending

    return [
        (ComputedStyle, "__missing__", "self key"),
        (Pending, "solve", "self tokens wanted_key base_url"),
        (ElementWrapper, "iter_subtree", "self"),
        (ElementWrapper, "iter_children", "self"),
        (functions, "check_math", "token"),
    ]


def _needed_of_lines() -> list[tuple[Any, str, str]]:
    from weasyprint.formatting_structure import build
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    tree = "element style_for get_image_from_uri base_url target_collector counter_style footnotes state"
    line = (
        "context linebox position_y bottom_space skip_stack containing_block absolute_boxes "
        "fixed_boxes first_letter_style first_line_style"
    )
    kinds = ["ligatures", "position", "caps", "numeric", "alternates", "east_asian"]
    variants = " ".join(f"font_variant_{kind}" for kind in kinds)
    return [
        (line_break.Layout, "setup", "self style"),
        (line_break.Layout, "deactivate", "self"),
        (line_break.Layout, "reactivate", "self style"),
        (line_break, "get_font_description", "style"),
        (line_break, "font_features", f"font_kerning {variants} font_feature_settings"),
        (inline, "get_next_linebox", line),
        (build, "element_to_box", tree),
    ]


def _needed_of_drawings() -> list[tuple[Any, str, str]]:
    """What `svg_text` needs as well."""
    from weasyprint import svg
    from weasyprint.pdf.stream import Stream
    from weasyprint.svg import utils
    from weasyprint.text import line_break

    split = "text style context max_width justification_spacing is_line_start minimum"
    return [
        (utils, "size", "string font_size percentage_reference"),
        (svg, "path", "svg node font_size"),
        (svg, "text", "svg node font_size"),
        (svg.SVG, "draw_node", "self node font_size fill_stroke context"),
        (Stream, "stacked", "self"),
        (line_break, "split_first_line", split),
    ]


def _missing_tables() -> list[str]:
    """Tables that are read or changed: of tags, and of properties that are set by the side where lines begin."""
    from weasyprint import svg
    from weasyprint.css import computed_values

    tags, sides = getattr(svg, "TAGS", {}), getattr(computed_values, "PHYSICAL_FUNCTIONS", {})
    found = [f"weasyprint.svg.TAGS has no {tag}" for tag in ("path", "text") if tag not in tags]
    side = sides.get("margin_left")
    if side is None or side(block="ttb", inline="ltr") != "margin_inline_start":
        found.append("PHYSICAL_FUNCTIONS gives other names")
    return found


def mend() -> None:
    """Change the engine of this process. Call it once, before it reads anything."""
    problems = expectations()
    if problems:
        raise EngineChanged(f"Thrift does not fit this WeasyPrint: {'; '.join(problems)}")
    _know_plain_values()
    _take_usual_values_straight()
    _solve_variables_once()
    _make_no_boxes_in_drawings()
    _measure_once()
    _draw_codes_straight()
    _set_up_lettering_once()
    _forget_floats_above()
    _keep_shaped_lines()


# ---- Styles ----


def _usual_values() -> dict[str, tuple[bool, tuple[str, ...]]]:
    """Of each property that is plain where no rule sets it: whether it is inherited, and the names it may be set by."""
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    usual: dict[str, tuple[bool, tuple[str, ...]]] = {}
    for key in INITIAL_VALUES:
        is_apart = key in _COMPUTED_APART or key.startswith("text_decoration_")
        if is_apart or (key in INITIAL_NOT_COMPUTED and key not in INHERITED):
            continue
        logical = PHYSICAL_FUNCTIONS.get(key)
        ways = ("ltr", "rtl") if logical else ()
        usual[key] = (key in INHERITED, (key, *(logical(block="ttb", inline=it) for it in ways)))
    return usual


def _take_usual_values_straight() -> None:
    """A property that no rule sets has its parent's value or the initial one: that needs no computing."""
    from weasyprint.css import ComputedStyle
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INITIAL_VALUES

    compute, usual = ComputedStyle.__missing__, _usual_values()

    def missing(style: Any, key: str) -> Any:
        known = usual.get(key)
        if known is None:
            return compute(style, key)
        inherits, names = known
        cascaded = style.cascaded
        for name in names:
            if name in cascaded:
                return compute(style, key)
        if inherits:
            parent = style.parent_style
            if parent is None:
                return compute(style, key)
            value = parent[key]
            if check_math(value):
                return compute(style, key)
        else:
            value = INITIAL_VALUES[key]
        style[key] = value
        return value

    ComputedStyle.__missing__ = missing


def _know_plain_values() -> None:
    """Asked of every value, again and again: whether it is still to be calculated. Most can be told by their kind."""
    from weasyprint.css import functions
    from weasyprint.css.properties import Dimension

    ask, plain = functions.check_math, frozenset({str, int, float, Dimension, type(None)})

    def check_math(value: Any) -> Any:
        kind = type(value)
        if kind in plain:
            return None
        if kind is tuple:
            return any(map(check_math, value))
        return ask(value)

    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and getattr(module, "check_math", None) is ask:
            module.check_math = check_math  # type: ignore[attr-defined]


def _solve_variables_once() -> None:
    """A rule with variables means the same for each element on which they have the same values."""
    from weasyprint.css.tokens import Pending

    solve = Pending.solve

    def solved(pending: Any, tokens: Any, wanted: str, base_url: Any) -> Any:
        known = pending.__dict__.setdefault("rostrum_solved", {})
        key = (wanted, base_url, tuple(map(id, tokens)))
        if key not in known:
            # The tokens are kept too: others could have their places in memory.
            known[key] = (solve(pending, tokens, wanted, base_url), tuple(tokens))
        return known[key][0]

    Pending.solve = solved


def without_drawings(document: Any) -> None:
    """What is in drawings has styles of its own: do not match the rules of the page with it."""
    root = document.wrapper_element

    def on_the_page() -> Iterator[Any]:
        open_elements = [iter([root])]
        while open_elements:
            element = next(open_elements[-1], None)
            if element is None:
                open_elements.pop()
                continue
            yield element
            if element.etree_element.tag != DRAWING:
                open_elements.append(element.iter_children())

    root.iter_subtree = on_the_page


def _make_no_boxes_in_drawings() -> None:
    """The engine makes boxes of whatever is in a drawing, and then throws them away."""
    from weasyprint.formatting_structure import build

    make = build.element_to_box

    def made(element: Any, style_for: Any, *more: Any) -> Any:
        inside = isinstance(element.tag, str) and style_for(element) is None
        return [] if inside else make(element, style_for, *more)

    build.element_to_box = made


# ---- Drawings ----


def _measure_once() -> None:
    """Lengths in drawings are read from their letters, the same few hundreds of times."""
    from weasyprint.svg import utils

    size = utils.size
    known = functools.lru_cache(maxsize=5_000)(size)
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.svg") and getattr(module, "size", None) is size:
            module.size = known  # type: ignore[attr-defined]


def _draw_codes_straight() -> None:
    """A code of hundreds of bars is one path, which the engine takes apart with the means for curves and markers."""
    from weasyprint import svg

    draw = svg.TAGS["path"]

    def path(drawing: Any, node: Any, font_size: float) -> None:
        written = node.get("d", "")
        is_plain = _BARS.fullmatch(written) and not any("marker" in name for name in node.attrib)
        if not is_plain:
            draw(drawing, node, font_size)
            return
        x = y = 0.0
        drawing.stream.move_to(x, y)
        for letter, across, down in _STEP.findall(written):
            if letter == "h":
                x += float(across)
                drawing.stream.line_to(x, y)
                continue
            x, y = (0.0, 0.0) if letter == "M" else (x, y)
            x, y = x + float(across), y + float(down)
            drawing.stream.move_to(x, y)

    svg.TAGS["path"] = path


# ---- Lettering ----


def keep_lines(html: str) -> None:
    """Whether lines stay shaped until they are painted: in a document that is short enough."""
    _keeps[0] = len(html) < SHORT


def _set_up_lettering_once() -> None:
    """The font that a style asks for. The engine describes it anew for each piece of text, several times."""
    from weasyprint.text import line_break

    describe = line_break.get_font_description

    def described(style: Any) -> Any:
        known = getattr(style, "rostrum_font", None)
        if known is None or known[0] != style["font_size"]:
            known = style.rostrum_font = (style["font_size"], describe(style))
        return known[1]

    line_break.get_font_description = described
    line_break.font_features = functools.lru_cache(maxsize=1_000)(line_break.font_features)


def _forget_floats_above() -> None:
    """What floats above a line is not in its way. The engine sets each line twice as soon as anything floats."""
    from weasyprint.layout import inline

    set_line = inline.get_next_linebox

    def next_line(context: Any, box: Any, top: float, *more: Any) -> Any:
        floats = context.excluded_shapes
        above = type(floats) is list and all(_is_above(it, top) for it in floats)
        if not floats or not above:
            return set_line(context, box, top, *more)
        context.excluded_shapes = []
        try:
            return set_line(context, box, top, *more)
        finally:
            context.excluded_shapes = [*floats, *context.excluded_shapes]

    inline.get_next_linebox = next_line


def _is_above(it: Any, top: float) -> bool:
    """Whether all of a float stands above. With a negative margin it may stand where its place does not say."""
    margins = (it.margin_top, it.margin_right, it.margin_bottom, it.margin_left)
    return min(margins) >= 0 and it.position_y < top and it.position_y + it.margin_height() <= top


def _keep_shaped_lines() -> None:
    """A line is shaped to see where it ends, and again to be painted. Without justification both are the same."""
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.line_break import Layout

    put_away, take_up = Layout.deactivate, Layout.reactivate

    def deactivate(layout: Any) -> None:
        if not _keeps[0] or layout.justification_spacing:
            put_away(layout)

    def reactivate(layout: Any, style: Any) -> None:
        shaped = getattr(layout, "layout", None)
        is_line = shaped is not None and layout.style is style
        if not is_line or pango.pango_layout_get_line_readonly(shaped, 1) != ffi.NULL:
            take_up(layout, style)

    Layout.deactivate, Layout.reactivate = deactivate, reactivate
