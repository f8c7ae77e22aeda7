"""Who joins a testimony, and numbered paragraphs: on paper, on the web, in records."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from cms.pdf.registry import kind_for
from cms.pdf.service import document_html
from testimony.models.sign_ons import SignOn, sign_ons_of, validate_sign_ons
from tests.builders import make_testimony

LIST = """Larkmoor Nurses | Ada Okafor | President

Tenants' Table\tGus Pellerin\tOrganizer
larkmoor  nurses|ada okafor|president
Larkmoor Nurses; Ben Ito; Treasurer
Food Bank
"""


def test_each_signature_is_listed_once_in_the_order_of_the_lines():
    assert sign_ons_of(LIST) == [
        SignOn("Larkmoor Nurses", "Ada Okafor", "President"),
        SignOn("Tenants' Table", "Gus Pellerin", "Organizer"),
        SignOn("Larkmoor Nurses", "Ben Ito", "Treasurer"),
        SignOn("Food Bank"),
    ]
    assert sign_ons_of("") == sign_ons_of(" | ; ") == []


def test_a_line_with_a_part_too_many_is_named():
    validate_sign_ons(LIST)
    with pytest.raises(ValidationError, match="Line 2 "):
        validate_sign_ons("A|B|C\nA|B|C|D")


@pytest.mark.django_db
def test_the_list_and_the_numbers_are_on_paper_on_the_web_and_in_records(client):
    page = make_testimony(sign_ons=LIST, has_numbered_paragraphs=True)
    kind = kind_for(page)
    paper = BeautifulSoup(document_html(kind.document(page)), "html.parser")
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in paper.select(".signon tr")
    ]
    assert rows[1:] == [
        ["Larkmoor Nurses", "Ada Okafor", "President"],
        ["Tenants' Table", "Gus Pellerin", "Organizer"],
        ["Larkmoor Nurses", "Ben Ito", "Treasurer"],
        ["Food Bank", "", ""],
    ]
    web = BeautifulSoup(client.get(page.get_url()).content, "html.parser")
    assert [it.get_text() for it in web.select("section[aria-labelledby=joined-by] li")] == [
        ", ".join(filter(None, row)) for row in rows[1:]
    ]
    assert len(paper.select(".words--numbered p")) == len(web.select(".numbered p")) == 1
    assert kind.payload(page)["sign_ons"][3] == {
        "organization": "Food Bank",
        "person": "",
        "title": "",
    }
    assert kind.text(page).splitlines()[-1] == "Food Bank"
