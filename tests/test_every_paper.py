"""Every kind of paper there is, on both sheets and in three languages: accessible, silent, nothing lost.

The kinds come from the register: a new one is tried without being named here, as long as its model has a sample.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wagtail.rich_text import RichText

from cms.models import Person
from cms.pdf import registry
from cms.pdf.choices import PrintChoices
from cms.pdf.registry import PdfKind, kinds_for
from cms.pdf.service import document_html, render_html
from events.domain.presentations import add_presentation
from events.models import Event
from testimony.enums import PointKind
from testimony.models import FactSheetPage, MessageMap, TestimonyPage
from tests.builders import (
    make_event,
    make_fact_sheet,
    make_map,
    make_message,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
)
from tests.pdf_checks import assert_accessible, findings, page_sizes

pytestmark = pytest.mark.django_db

CHART = {
    "title": "Rent rose faster than wages",
    "kind": "bar",
    "unit": "percent",
    "rows": [{"label": "Rent", "value": "19.5"}, {"label": "Wages", "value": "4"}],
    "alt": "Rent rose by 19.5 percent, wages by 4.",
}
SHEETS = {"letter": (612.0, 792.0), "a4": (595.3, 841.9)}
SPOKEN = {
    "en": "Thank you for hearing me. One in four nurses works when she is ill.",
    "es": "Gracias por escucharme. Una de cada cuatro enfermeras trabaja cuando está enferma.",
    "ar": "شكرا على الاستماع. ممرضة من كل أربع تعمل وهي مريضة.",
}


def words(language: str) -> list[tuple[str, object]]:
    """A body with everything a page may hold but pictures."""
    said = SPOKEN[language]
    note = '<embed embedtype="note" text="Survey of 2025."/>'
    link = '<a href="https://example.org/report">The report</a>'
    return [
        ("paragraph", RichText(f"<p>{said}{note}</p><ul><li>{said}</li></ul><p>{link}</p>")),
        ("subheading", said.partition(".")[0]),
        ("talking_point", {"point": make_point(text=f"<p>{said}</p>")}),
        ("statistic", {"statistic": make_statistic(label=said)}),
        ("chart", CHART),
        ("quote", {"text": said, "attribution": "Ada Okafor"}),
        ("ask", RichText(f"<p>{said}</p>")),
    ]


def a_testimony(language: str) -> TestimonyPage:
    a_message_map(language)  # of its issue: there is a pocket card then
    return make_testimony(body=words(language), event=make_event(), language=language)


def a_fact_sheet(language: str) -> FactSheetPage:
    return make_fact_sheet(
        body=words(language),
        headline=SPOKEN[language].partition(".")[0],
        key_figure=make_statistic(),
        ask=f"<p>{SPOKEN[language]}</p>",
        language=language,
    )


def a_message_map(language: str) -> MessageMap:
    proofs = [make_statistic(), make_source("Second survey")]
    return make_map(None, make_message(points=[make_point()], proofs=proofs), make_message("Two"))


def an_event(language: str) -> Event:
    hearing, ann = make_event(), make_user()
    page = make_testimony(event=hearing)
    speaker = Person.objects.get(name="Imani Calloway")
    Person.objects.update(bio="A nurse for twenty years.")
    add_presentation(hearing, speaker, user=ann, pages=[page])
    for name in ("Ruth Hollis", "Ada Okafor"):
        add_presentation(hearing, Person.objects.create(name=name), user=ann)
    question = make_point("What does it cost?", "<p>Little.</p>", kind=PointKind.QUESTION)
    question.issues.set(page.issues.all())
    question.save()
    return hearing


SAMPLES: dict[type, Callable[[str], object]] = {
    TestimonyPage: a_testimony,
    FactSheetPage: a_fact_sheet,
    MessageMap: a_message_map,
    Event: an_event,
}
# What is written in the language of the site, whoever reads it.
ONE_LANGUAGE = {MessageMap, Event}
CASES = [
    pytest.param(model, kind, language, sheet, id=f"{kind.name}-{language}-{sheet}")
    for model in {*registry._kinds, *registry._papers}
    for kind in kinds_for(model)
    for language, sheet in (("en", "letter"), ("es", "a4"), ("ar", "letter"))
    if language == "en" or model not in ONE_LANGUAGE
]


def test_every_printable_model_has_a_sample_here():
    assert {*registry._kinds, *registry._papers} == set(SAMPLES)


@pytest.mark.parametrize(("model", "kind", "language", "sheet"), sorted(CASES, key=lambda c: c.id))
def test_a_paper_is_accessible_and_gives_no_warning(model, kind, language, sheet, tmp_path):
    sample = SAMPLES[model](language)
    assert kind in kinds_for(sample)
    document = kind.document(sample, choices=PrintChoices(paper=sheet))
    result = render_html(document_html(document), language=document.language)
    assert result.warnings == ()
    assert_accessible(result.pdf, language=document.language, title=document.title)
    assert findings(result.pdf, tmp_path) == []
    assert sheet_of(kind, result.pdf) == SHEETS[sheet]


def sheet_of(kind: PdfKind, pdf: bytes) -> tuple[float, float]:
    """Short side and long side: some papers lie on their side."""
    (size,) = set(page_sizes(pdf))
    return min(size), max(size)
