"""The last printed page never holds the code and the contact alone, however the text happens to end."""

from __future__ import annotations

import pytest

from cms.models import Branding
from cms.pdf import text
from tests.builders import make_fact_sheet, make_testimony, paragraph
from tests.testimony.printed import Printed
from tests.testimony.test_print import sheets_of, words_of

pytestmark = pytest.mark.django_db

LINE = "Workers who cannot stay home when they are sick bring illness to work with them every day. "
MAKERS = {"testimony": make_testimony, "fact_sheet": make_fact_sheet}


@pytest.fixture(autouse=True)
def contact(db) -> None:
    Branding.objects.update(contact_name="Ada Okafor", contact_phone="+1 (312) 555-0142")


# The first number fills a page of testimony to its last line, the next ones leave too little room for the end matter.
@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("lines", [9, 10, 11, 12, 13, 15])
def test_the_end_matter_is_printed_with_last_words_of_the_text(kind, lines):
    body = [paragraph(f"<p>{LINE}</p>") for _ in range(lines)]
    printed = Printed(MAKERS[kind](body=body))
    last = sheets_of(printed.bytes)[-1]
    assert "Ada Okafor" in last
    assert "Workers" in last
    assert text.extract_text(printed.bytes).count("Workers") == lines


def test_a_page_is_filled_with_the_first_lines_of_the_next_paragraph():
    """Of a paragraph of four lines two stand on either page; signature, code and contact share the last inch and a half."""
    before = [paragraph(f"<p>{LINE}</p>") for _ in range(10)]
    after = [paragraph(f"<p>{LINE}</p>") for _ in range(9)]
    page = make_testimony(body=[*before, paragraph(f"<p>{LINE * 3}</p>"), *after])
    sheets = sheets_of(Printed(page).bytes)
    assert [sheet.count("Workers") for sheet in sheets] == [12, 10]
    short = Printed(make_testimony("A short testimony", body=before[:9]))
    assert (short.pages, "Ada Okafor" in short.text) == (1, True)


def test_a_document_of_forty_pages_ends_with_words_too():
    body = [paragraph(f"<p>Part{number} {LINE * 18}</p>") for number in range(1, 73)]
    page = make_testimony(body=body)
    printed = Printed(page)
    last = sheets_of(printed.bytes)[-1]
    assert printed.pages >= 40
    assert "Ada Okafor" in last
    assert "Workers" in last
    assert text.missing_words(words_of(page), printed.text) == []
