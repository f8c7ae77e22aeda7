"""Documents in each language on paper: every word as it was written, in fonts of ours, each run the right way."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from cms.models import Branding, Person
from cms.pdf import text
from cms.pdf.registry import kind_for
from cms.pdf.service import document_html
from testimony.models import DocumentPage
from tests.builders import (
    make_event,
    make_fact_sheet,
    make_source,
    make_statistic,
    make_testimony,
    paragraph,
)
from tests.testimony.languages import SPECIMENS, Specimen
from tests.testimony.printed import Printed
from tests.testimony.test_print import table, words_of

pytestmark = pytest.mark.django_db

OURS = {
    "Public-Sans",
    "Source-Serif-4",
    "Source-Code-Pro",
    "Amiri",
    "Noto-Serif-SC",
    "Noto-Sans-SC",
}


def body(words: Specimen) -> list[tuple[str, object]]:
    source = make_source(
        "Employee benefits in the United States",
        url="https://www.bls.gov/ebs/",
        note="table 31",
    )
    statistic = make_statistic(words.label, "27", unit="percent", source=source)
    rows = [{"label": words.groups[i], "value": v} for i, v in enumerate((6, 24, 43))]
    note = f'<embed embedtype="note" text="{words.note}"/>'
    figure = f'<embed embedtype="statistic" id="{statistic.pk}"/>'
    listed = "".join(f"<li>{point}</li>" for point in words.points)
    return [
        paragraph(f"<p>{words.opening}{note}</p>"),
        ("heading", words.heading),
        paragraph(f"<p>{words.mixed} {figure} {words.label}.</p><ul>{listed}</ul>"),
        ("quote", {"text": words.quote, "attribution": "Imani Calloway"}),
        ("statistic", {"statistic": statistic, "emphasis": ""}),
        (
            "chart",
            {
                **{"title": words.chart, "kind": "bar", "unit": words.unit, "rows": rows},
                **{"source": source, "alt": words.headline},
            },
        ),
        ("table", table(words.groups[0])),
        ("ask", paragraph(f"<p>{words.ask}</p>")[1]),
    ]


def make(kind: str, language: str) -> DocumentPage:
    words = SPECIMENS[language]
    contact = Person.objects.create(
        name="Ada Okafor",
        role_title="Policy director",
        email="ada@health.example",
        phone="+1 (312) 555-0142",
    )
    fields = {
        "language": language,
        "body": body(words),
        "contact": contact,
        "slug": words.slug,
        "summary": words.headline,
    }
    event = make_event(place="State House, Room 204", timezone="America/Chicago")
    if kind == "testimony":
        event.body.address = "201 Capitol Avenue\nRoom 204"
        event.body.chair_name = "M. Alvarez"
        event.body.save()
        return make_testimony(
            words.title, event=event, vehicle=event.vehicle, salutation=words.salutation, **fields
        )
    return make_fact_sheet(
        words.title,
        headline=words.headline,
        vehicle=event.vehicle,
        key_figure=make_statistic(words.label, "27", unit="percent"),
        ask=f"<p>{words.ask}</p>",
        **fields,
    )


@pytest.fixture(autouse=True)
def organization(db) -> None:
    Branding.objects.update(
        organization_name="County Health",
        letterhead_lines="Office of Policy\nDr. R. Lindqvist, Director",
        address="40 Water Street, Suite 5\nLarkmoor 00000",
    )


@pytest.mark.parametrize("language", SPECIMENS)
@pytest.mark.parametrize("kind", ["testimony", "fact_sheet"])
def test_every_word_of_a_language_is_on_paper(kind, language):
    page = make(kind, language)
    printed = Printed(page)
    assert printed.warnings == ()
    assert text.missing_words(words_of(page), printed.text) == []


@pytest.mark.parametrize("language", SPECIMENS)
def test_letters_of_a_language_come_from_our_fonts(language):
    printed = Printed(make("testimony", language))
    for font in printed.fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font
    names = {str(font.BaseFont).partition("+")[2] for font in printed.fonts}
    families = {family for family in OURS if any(name.startswith(family) for name in names)}
    assert [name for name in names if not name.startswith(tuple(OURS))] == []
    assert ("Amiri" in families) == (language == "ar")
    assert ("Noto-Serif-SC" in families) == (language == "zh-Hans")


def test_what_runs_against_an_arabic_document_keeps_its_order():
    markup = document_html(kind_for(page := make("testimony", "ar")).document(page))
    soup = BeautifulSoup(markup, "html.parser")
    apart = {run.get_text() for run in soup.select('bdi[dir="ltr"]')}
    assert {
        "40 Water Street, Suite 5",
        "Ada Okafor, Policy director",
        "ada@health.example",
        "+1 (312) 555-0142",
        "HB 1147: Leave Act",
        "State House, Room 204",
        f"127.0.0.1:8000/d/{page.pk}/",
    } <= apart


def test_an_address_is_typed_short_and_followed_to_the_page():
    markup = document_html(kind_for(page := make("fact_sheet", "ar")).document(page))
    soup = BeautifulSoup(markup, "html.parser")
    link = next(a for a in soup.select(".colophon a") if "/d/" in a.get_text())
    assert link.get_text() == f"127.0.0.1:8000/d/{page.pk}/"
    assert link["href"] == page.get_full_url()
    assert link["href"].isascii()


@pytest.mark.parametrize("language", SPECIMENS)
@pytest.mark.parametrize("kind", ["testimony", "fact_sheet"])
def test_a_document_says_in_its_language_which_truth_it_shows(kind, language, client):
    page = make(kind, language)
    with translation.override(language):
        prepared = translation.gettext("As prepared")
        follows = translation.gettext("The text on this page follows the latest figures.")
        on_paper = translation.gettext("This page follows the latest figures.")
    assert prepared != "As prepared"
    web = BeautifulSoup(client.get(page.get_url()).content, "html.parser").find("main").get_text()
    paper = document_html(kind_for(page).document(page))
    assert [prepared in web, follows in web] == [True, True]
    assert [prepared in paper, on_paper in paper] == [True, True]
