"""Charts of several series: each told apart by name, by mark and in grey, in either direction."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from cms.charts import NARROW, WIDE, render_chart, written_rows
from cms.charts.lettering import text_width
from cms.charts.series import MOST_SERIES, area, clean_table, mark, stroke_of

SVG = "{http://www.w3.org/2000/svg}"
TOWNS = [("Larkmoor", [54, 27, 19]), ("Benton", [61, 25, 14])]
NAMES = ["Own", "Rent", "Overpay"]
KINDS = ["bar", "stacked", "dot", "line"]
GREYEST = 14  # levels of 255 that a fair office printer keeps apart side by side


def drawn(kind, rows=TOWNS, series=NAMES, unit="percent", **options) -> ET.Element:
    options = {"title": "Homes", "alt": "Most own.", **options}
    return ET.fromstring(render_chart(kind=kind, rows=rows, series=series, unit=unit, **options))


def words(root: ET.Element) -> list[str]:
    return [element.text for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_series_is_named_and_the_alternative_text_stands_first(kind, width, language):
    root = drawn(kind, width=width, language=language)
    said = " ".join(words(root))
    assert [name for name in NAMES if name not in said] == []
    assert (root[0].tag, root[0].text) == (f"{SVG}title", "Most own.")
    assert [element for element in root.iter() if element.get("style") or element.get("id")] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_drawn_outside_the_picture(kind, width):
    root = drawn(kind, width=width)
    marks = [*root.iter(f"{SVG}rect"), *root.iter(f"{SVG}circle")]
    xs = [float(m.get("x") or m.get("cx")) + float(m.get("width") or 0) for m in marks]
    assert min(xs) >= 0
    assert max(xs) <= width


@pytest.mark.parametrize("kind", ["bar", "stacked", "dot"])
def test_a_document_that_runs_from_right_to_left_mirrors_the_rows(kind):
    def label_at(language: str) -> tuple[str, str]:
        root = drawn(kind, language=language)
        label = next(text for text in root.iter(f"{SVG}text") if text.text == "Larkmoor")
        return label.get("x"), label.get("text-anchor")

    assert label_at("en") == ("0", "start")
    assert label_at("ar") == (str(WIDE), "end")


def test_parts_of_a_stack_are_as_long_as_their_figures():
    root = drawn("stacked", rows=[("A", [60, 30, 10]), ("B", [60, 30, 10])], width=WIDE)
    solid = [float(r.get("width")) for r in root.iter(f"{SVG}rect") if float(r.get("height")) == 28]
    tinted = [
        float(r.get("width")) + 1.5
        for r in root.iter(f"{SVG}rect")
        if r.get("fill-opacity") and float(r.get("height")) > 20
    ]
    assert solid[0] + 1.5 == pytest.approx(2 * (tinted[0] + 1.5), rel=0.01)


def test_figures_below_zero_have_no_length_in_a_stack():
    root = drawn("stacked", rows=[("A", [5, -3]), ("B", [4, 4])], series=["x", "y"])
    assert "−3%" not in words(root)


def test_a_missing_figure_breaks_its_own_line_only():
    rows = [(str(year), [year - 2000, None if year == 2012 else 9]) for year in range(2010, 2015)]
    root = drawn("line", rows=rows, series=["a", "b"])
    paths = [path.get("d") for path in root.iter(f"{SVG}path") if path.get("fill") == "none"]
    assert len(paths) == 3


def test_a_single_series_of_dots_needs_no_name():
    assert words(drawn("dot", rows=[("A", 5), ("B", 9)], series=[])) == ["A", "5%", "B", "9%"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_line_of_a_row_strikes_no_figure(language):
    rows = [("Alaska", [5, 1]), ("Kentucky", [3, None]), ("The country", [4, 2])]
    root = drawn("dot", rows=rows, series=["Now", "Then"], language=language)
    lines = [
        (float(line.get("y1")), *sorted([float(line.get("x1")), float(line.get("x2"))]))
        for line in root.iter(f"{SVG}line")
    ]
    for label in root.iter(f"{SVG}text"):
        if "%" not in label.text:
            continue
        x, y, width = float(label.get("x")), float(label.get("y")), text_width(label.text, 14)
        left = {"start": x, "end": x - width}[label.get("text-anchor")]
        beneath = [line for line in lines if 0 < y - line[0] < 14]
        assert beneath
        assert [line for line in beneath if line[1] < left + width and line[2] > left] == []


def test_an_unknown_figure_is_said_in_each_kind():
    for kind in ("bar", "dot"):
        assert "no figure" in words(drawn(kind, rows=[("A", [None]), ("B", [3])], series=[]))


def test_rows_of_unequal_length_are_filled_up_with_what_is_not_known():
    table = clean_table([("A", [1, 2, 3]), ("B", [4])], ["x"])
    assert table.names == ["x", "", ""]
    assert table.values[1] == [Decimal(4), None, None]


def test_more_series_than_can_be_told_apart_are_left_to_the_table():
    table = clean_table([("A", list(range(9)))], [])
    assert len(table.names) == MOST_SERIES


def test_the_table_beneath_says_every_figure():
    assert written_rows(TOWNS, unit="percent")[0] == ("Larkmoor", "54%", "27%", "19%")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_figures_give_the_same_bytes(kind):
    first = render_chart(kind=kind, title="T", rows=TOWNS, series=NAMES)
    assert first == render_chart(kind=kind, title="T", rows=list(TOWNS), series=tuple(NAMES))


def test_no_two_series_share_mark_or_line():
    marks = {str(mark(number, 0, 0)) for number in range(MOST_SERIES)}
    lines = {str(stroke_of(number)) for number in range(MOST_SERIES)}
    assert (len(marks), len(lines)) == (MOST_SERIES, MOST_SERIES)


@pytest.mark.parametrize("accent", ["#a63d1a", "#006d6f", "#111111", "#8a1c7c"])
def test_areas_are_told_apart_on_a_grey_printer(accent, grey_levels):
    """Measured on the drawn pixels: mean grey of each area, as a printer without colours lays it down."""
    levels = grey_levels(accent)
    apart = [abs(first - second) for first, second in itertools.combinations(levels, 2)]
    assert len(levels) == MOST_SERIES
    assert min(apart) >= GREYEST
    neighbours = [abs(first - second) for first, second in itertools.pairwise(levels)]
    assert min(neighbours) >= 2 * GREYEST


@pytest.fixture(scope="module")
def grey_levels():
    """Mean grey of a patch of each series, from one PDF for all accents."""
    import pypdfium2
    from PIL import ImageStat

    from cms.pdf.service import render_html

    accents = ["#a63d1a", "#006d6f", "#111111", "#8a1c7c"]
    side = 96

    def patches(accent: str) -> str:
        parts = "".join(
            str(part)
            for number in range(MOST_SERIES)
            for part in area(number, number * side, 0, 90, 90)
        )
        return (
            f'<svg viewBox="0 0 480 96" width="480" height="96" color="{accent}"'
            f' xmlns="http://www.w3.org/2000/svg"><title>p</title>{parts}</svg>'
        )

    style = "@page{size:480px 500px;margin:0}body{margin:0}svg{display:block}"
    html = (
        f'<!doctype html><html lang="en"><head><title>p</title><style>{style}</style></head>'
        f"<body>{''.join(patches(accent) for accent in accents)}</body></html>"
    )
    page = pypdfium2.PdfDocument(render_html(html).pdf)[0]
    picture = page.render(scale=2 * 96 / 72).to_pil().convert("L")

    def levels(accent: str) -> list[float]:
        top = accents.index(accent) * side * 2
        found = []
        for number in range(MOST_SERIES):
            left = number * side * 2
            box = (left + 12, top + 12, left + 168, top + 168)
            found.append(ImageStat.Stat(picture.crop(box)).mean[0])
        return found

    return levels
