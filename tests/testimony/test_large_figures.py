"""Figures that are printed large: a number is never broken, however long it is."""

from __future__ import annotations

import pytest

from cms.pdf import text
from cms.pdf.registry import kind_for
from cms.pdf.service import document_html, render_html
from testimony.enums import Scale, Unit
from testimony.templatetags.rostrum_blocks import end_held, figure_length
from tests.builders import make_fact_sheet, make_statistic, paragraph

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("figure", "name"),
    [
        ("39.7%", ""),
        ("35.2 million", ""),
        ("582,462", " figure--long"),
        ("1,234.5 million", " figure--long"),
        ("$1,234,567,890", " figure--longer"),
        ("$1,234,567,890.25", " figure--longest"),
        ("", ""),
    ],
)
def test_a_long_figure_is_set_in_smaller_type(figure, name):
    assert figure_length(figure) == name


@pytest.mark.parametrize(
    ("language", "value", "decimals", "unit", "scale", "lines"),
    [
        ("en", "582462", 0, Unit.NUMBER, Scale.NONE, ["582,462"]),
        ("en", "1234567890", 0, Unit.DOLLARS, Scale.NONE, ["$1,234,567,890"]),
        ("en", "1234.5", 1, Unit.NUMBER, Scale.MILLION, ["1,234.5 million"]),
        ("es", "4200.5", 1, Unit.DOLLARS, Scale.BILLION, ["$4 200,5 mil millones"]),
        ("ar", "1234567890", 0, Unit.DOLLARS, Scale.NONE, ["$1.234.567.890"]),
    ],
)
def test_a_figure_stands_on_one_line_on_top_and_in_the_text(
    language, value, decimals, unit, scale, lines
):
    item = make_statistic("people were counted", value, unit=unit, decimals=decimals, scale=scale)
    page = make_fact_sheet(
        body=[("statistic", {"statistic": item, "emphasis": ""}), paragraph("<p>Words.</p>")],
        key_figure=item,
        ask="<p>Adopt the ordinance with a notice of one page in plain words.</p>",
        language=language,
    )
    html = document_html(kind_for(page).document(page))
    printed = text.extract_text(render_html(html, language=language).pdf).replace("\u00a0", " ")
    found = [line for line in printed.splitlines() if lines[0] in line]
    assert len(found) == 2, printed


@pytest.mark.parametrize(
    ("line", "held"),
    [
        (
            "Testimony before the House Committee · As prepared",
            'Testimony before the House <span class="unbroken">Committee · As prepared</span>',
        ),
        (
            'شهادة أمام <bdi dir="ltr">House Committee</bdi> · كما أعدت',
            'شهادة أمام <bdi dir="ltr">House Committee</bdi>\u00a0· '
            '<span class="unbroken">كما أعدت</span>',
        ),
        ("Testimony", "Testimony"),
    ],
)
def test_the_end_of_a_line_is_not_printed_alone(line, held):
    assert end_held(line) == held
