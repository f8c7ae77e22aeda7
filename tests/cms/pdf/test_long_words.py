"""Words that would push a table over the edge of the paper."""

from __future__ import annotations

import pytest

from cms.pdf import text

SOFT = "one two three four five six seven eight nine a\u00adb < c"
LONG = f"word {'W' * 140} 95 °F"


@pytest.mark.parametrize("cell", [SOFT, LONG, f"{SOFT} {LONG}"])
def test_a_table_of_four_columns_stays_on_the_paper(cell, pdf):
    heads = "".join(f"<th>Heading number {n}</th>" for n in range(4))
    cells = "".join(f"<td>{cell.replace('<', '&lt;')}</td>" for _ in range(4))
    table = f"<table class='data'><thead><tr>{heads}</tr></thead><tr>{cells}</tr></table>"
    body = f"<div class='sheet--fact-sheet'><div class='words'>{table}</div></div>"
    done = pdf(body, language="es")
    assert text.missing_words("Heading number 3", text.extract_text(done.pdf)) == []
    assert done.pages == 1


def test_a_paragraph_is_broken_at_its_soft_hyphens_and_shows_the_hyphen(pdf):
    body = '<p style="width:7em">Steuer\u00adberatungs\u00adamt</p>'
    assert text.extract_text(pdf(body).pdf).split() == ["Steuer‐", "beratungsamt"]
