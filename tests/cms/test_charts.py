"""Charts: what a reader must find in the drawing, for every kind of figures an editor may enter."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal
from itertools import pairwise

import pytest

from cms.charts import NARROW, WIDE, render_chart, series, written_rows
from cms.charts.lettering import text_width, wrap
from cms.templatetags.rostrum_charts import GREY

SVG = "{http://www.w3.org/2000/svg}"
WAGES = [("Lowest tenth", Decimal(6)), ("Highest tenth", Decimal(43))]
YEARS = [(str(2014 + number), Decimal(13 + number)) for number in range(10)]


def drawn(kind="bar", rows=WAGES, unit="percent", **options) -> ET.Element:
    options = {"title": "Who has leave", "alt": "Leave rises with pay.", **options}
    return ET.fromstring(render_chart(kind=kind, rows=rows, unit=unit, **options))


def words(root: ET.Element) -> list[str]:
    return [element.text for element in root.iter(f"{SVG}text")]


def bars(root: ET.Element) -> list[tuple[float, float]]:
    """Start and width of each bar."""
    return [(float(bar.get("x")), float(bar.get("width"))) for bar in root.iter(f"{SVG}rect")]


def test_the_first_child_is_a_title_with_the_alternative_text():
    assert next((child.tag, child.text) for child in drawn()) == (
        f"{SVG}title",
        "Leave rises with pay.",
    )


def test_without_an_alternative_text_the_title_names_the_drawing():
    assert drawn(alt="").find(f"{SVG}title").text == "Who has leave"


def test_every_bar_has_its_label_and_its_figure():
    assert words(drawn()) == ["Lowest tenth", "6%", "Highest tenth", "43%"]


def test_bars_are_as_long_as_their_figures_and_start_at_zero():
    (first_start, first), (second_start, second) = bars(drawn())
    assert first_start == second_start
    assert second / first == pytest.approx(43 / 6, rel=0.01)


def test_negative_bars_run_the_other_way_from_the_same_zero():
    (gain_start, _gain), (loss_start, loss) = bars(
        drawn(rows=[("Gain", Decimal(3)), ("Loss", Decimal(-2))])
    )
    assert loss_start + loss == pytest.approx(gain_start, abs=0.02)


def test_a_missing_figure_is_said_and_not_drawn():
    root = drawn(rows=[("Known", Decimal(5)), ("Unknown", None)])
    assert words(root) == ["Known", "5%", "Unknown", "no figure"]
    assert len(bars(root)) == 1


def test_zero_is_written_and_has_no_length():
    root = drawn(rows=[("Nothing", Decimal(0)), ("Some", Decimal(4))])
    assert bars(root)[0][1] == 0
    assert "0%" in words(root)


def test_only_zeros_are_drawn_without_dividing_by_zero():
    assert words(drawn(rows=[("A", Decimal(0)), ("B", Decimal(0))])) == ["A", "0%", "B", "0%"]


@pytest.mark.parametrize("kind", ["bar", "line"])
@pytest.mark.parametrize("rows", [[], [("A", None)], [("A", "not a number")]])
def test_without_any_figure_the_drawing_says_so(kind, rows):
    assert words(drawn(kind, rows)) == ["There are no figures to draw yet."]


@pytest.mark.parametrize("kind", ["bar", "line"])
def test_one_row_is_enough(kind):
    assert "5%" in words(drawn(kind, [("Alone", Decimal(5))]))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_word_of_a_long_label_is_lost_or_leaves_the_picture(width):
    label = "Private industry workers whose average wage is in the lowest ten percent of all"
    root = drawn(rows=[(label, Decimal(6)), ("B", Decimal(43))], width=width)
    lines = words(root)[:-3]
    assert " ".join(lines) == label
    assert max(text_width(line, 14) for line in lines) <= width


def test_huge_figures_are_grouped_and_the_hugest_written_with_an_exponent():
    rows = [("Big", Decimal("1234567890123")), ("Huge", Decimal("1e30"))]
    assert words(drawn(rows=rows, unit="people")) == [
        "Big",
        "1,234,567,890,123",
        "Huge",
        "1.00E+30",
    ]


def test_all_figures_of_a_chart_show_the_same_decimals_and_a_true_minus():
    rows = [("A", Decimal("3.5")), ("B", Decimal("-2.25"))]
    assert words(drawn(rows=rows, unit="")) == ["A", "3.50", "B", "−2.25"]


def test_dollars_stand_before_the_figure_with_two_decimals():
    assert words(drawn(rows=[("Wage", Decimal("7.5"))], unit="dollars an hour")) == [
        "Wage",
        "$7.50",
    ]


def test_figures_follow_the_language_of_the_document():
    rows = [("Un año", Decimal("12345.5"))]
    assert words(drawn(rows=rows, unit="", language="de")) == ["Un año", "12.345,5"]


def test_a_line_labels_every_point_where_there_is_room():
    figures = [word for word in words(drawn("line", YEARS)) if word.endswith("%")]
    assert sorted(figures) == [f"{13 + number}%" for number in range(10)]


def test_a_narrow_line_labels_its_ends_and_carries_an_axis_from_zero():
    figures = [word for word in words(drawn("line", YEARS, width=NARROW)) if word.endswith("%")]
    assert figures == ["0%", "10%", "20%", "13%", "22%"]


def test_a_line_that_never_changes_says_its_figure_at_the_ends_only():
    rows = [(str(year), Decimal("7.25")) for year in range(2010, 2021)]
    assert [word for word in words(drawn("line", rows, unit="$")) if "$" in word] == ["$7.25"] * 2


def test_a_missing_year_breaks_the_line_instead_of_being_guessed():
    rows = [(label, None if label == "2018" else value) for label, value in YEARS]
    root = drawn("line", rows)
    assert len(list(root.iter(f"{SVG}path"))) == 2
    assert len(list(root.iter(f"{SVG}circle"))) == 9


def test_the_last_year_is_always_named():
    rows = [(str(year), Decimal(year)) for year in range(1980, 2024)]
    assert "2023" in words(drawn("line", rows, width=NARROW))


def test_markup_in_labels_is_shown_and_not_executed():
    root = drawn(rows=[("<script>x</script> & “y”", Decimal(1))], title="<b>", alt="")
    assert words(root)[0] == "<script>x</script> & “y”"
    assert root.find(f"{SVG}title").text == "<b>"


def test_control_characters_and_line_breaks_become_spaces():
    assert words(drawn(rows=[("A\x00B\nC", Decimal(1))]))[0] == "A B C"


def test_there_is_no_style_and_no_script_for_the_policy_to_refuse():
    svg = render_chart(kind="line", title="T", rows=YEARS, unit="%", alt="A")
    assert [part for part in ("style=", "<style", "<script", "onload") if part in svg] == []


def test_the_same_figures_give_the_same_bytes():
    assert render_chart(kind="line", title="T", rows=YEARS) == render_chart(
        kind="line", title="T", rows=list(YEARS)
    )


@pytest.mark.parametrize("color", ["#12ab9F", "red", '"><script>', "", None])
def test_the_colour_is_a_well_formed_one_or_the_design_s_own(color):
    expected = "#12ab9F" if color == "#12ab9F" else "#a63d1a"
    assert drawn(color=color).get("color") == expected


def test_an_unknown_kind_is_drawn_as_bars():
    assert len(bars(drawn("pie"))) == 2


@pytest.mark.parametrize("kind", ["bar", "line"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(
    "rows",
    [WAGES, YEARS, [("A", Decimal(-5)), ("B", Decimal(3))], [("W" * 80, Decimal("1e14"))]],
)
def test_everything_drawn_lies_inside_the_picture(kind, width, rows):
    root = drawn(kind, rows, width=width)
    left, top, wide, high = (float(part) for part in root.get("viewBox").split())
    points = [
        (float(element.get(x)), float(element.get(y)))
        for element in root.iter()
        for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy"))
        if element.get(x) is not None
    ]
    outside = [
        (x, y)
        for x, y in points
        if not (left <= x <= left + wide + 0.01 and top <= y <= top + high + 0.01)
    ]
    assert outside == []


def test_words_of_the_table_beneath_match_the_drawing():
    rows = [*WAGES, ("Unknown", None)]
    assert written_rows(rows, unit="percent") == [
        ("Lowest tenth", "6%"),
        ("Highest tenth", "43%"),
        ("Unknown", "no figure"),
    ]


def test_wrapping_cuts_only_words_that_are_wider_than_the_room():
    lines = wrap("short " + "x" * 60, 14, 100)
    assert "".join(lines).replace(" ", "") == "short" + "x" * 60
    assert max(text_width(line, 14) for line in lines) <= 100


def luminance(grey: float) -> float:
    return grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4


def test_series_stay_apart_when_they_are_printed_in_grey():
    """By the part of the ground that each covers, in the ink of shades of grey; patterns come on top."""
    ink = luminance(int(GREY[1:3], 16) / 255)
    covers = [1.0, series.TINT, series.HATCH, series.EMPTY, series.DENSE]
    shades = sorted(part * ink + (1 - part) for part in covers)
    ratios = [(light + 0.05) / (dark + 0.05) for dark, light in pairwise(shades)]
    assert len(covers) == series.MOST_SERIES
    assert min(ratios) > 1.25
    assert (shades[-1] + 0.05) / (shades[0] + 0.05) > 7
