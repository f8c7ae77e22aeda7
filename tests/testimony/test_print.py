"""Documents on paper, from the real templates: every word, no warning, and tags for those who listen."""

from __future__ import annotations

import io
import itertools

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader

from cms.models import Branding, CreditedImage
from cms.pdf import text
from testimony.domain.resolve import plain_text, resolve
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage
from tests.builders import (
    make_event,
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    paragraph,
)
from tests.testimony.printed import Printed

pytestmark = pytest.mark.django_db

WORDS = {
    "en": {
        "title": "Testimony on paid leave",
        "heading": "What we found",
        "part": "In the clinic",
        "sentence": "Workers who cannot stay home when they are sick bring illness to work",
        "note": "Counted in every county of the state",
        "quote": "My shift starts before the clinic opens",
    },
    "es": {
        "title": "Testimonio sobre la licencia pagada",
        "heading": "Qué encontramos",
        "part": "En la clínica",
        "sentence": "Quienes no pueden quedarse en casa llevan la enfermedad al trabajo mañana",
        "note": "Contado en todos los condados del estado",
        "quote": "Mi turno empieza antes de que abra la clínica",
    },
    "ar": {
        "title": "شهادة عن الإجازة المدفوعة",
        "heading": "ما وجدناه في الولاية",
        "part": "في العيادة",
        "sentence": "السيدة الرئيسة وأعضاء اللجنة شكرا لكم على الاستماع إلى الأطباء والعمال",
        "note": "حسب الإحصاء الذي أجري في كل مقاطعة من الولاية",
        "quote": "تبدأ نوبتي قبل أن تفتح العيادة أبوابها ولا أستطيع الحضور",
    },
}
DRAWN = "County      Taps  ─────\n───────────────────────\nAdams         12  ██\nBenton       340  ██████"


def drawn_picture() -> CreditedImage:
    buffer = io.BytesIO()
    Image.new("RGB", (400, 200), "teal").save(buffer, "PNG")
    file = ContentFile(buffer.getvalue(), name="tap.png")
    return CreditedImage.objects.create(title="Tap", description="A tap that drips", file=file)


def table(heading: str) -> object:
    block = TestimonyPage(title="T").body.stream_block.child_blocks["table"]
    columns = [{"type": "text", "heading": heading}, {"type": "number", "heading": "2026"}]
    rows = [{"values": ["Adams", "4.5"]}, {"values": ["Benton", "12"]}]
    return block.to_python({"columns": columns, "rows": rows, "caption": heading})


def everything(language: str) -> list[tuple[str, object]]:
    """A body with each kind of block and each kind of note."""
    words, source = WORDS[language], make_source()
    statistic = make_statistic("of workers", "27", source=source)
    notes = (
        f'<embed embedtype="note" text="{words["note"]}"/><embed embedtype="source" id="{source.pk}"/>'
        f' <embed embedtype="statistic" id="{statistic.pk}"/>'
    )
    rows = [{"label": words["part"], "value": 6}, {"label": words["heading"], "value": 43}]
    chart = {
        **{"title": words["quote"], "kind": "bar", "unit": "percent", "rows": rows},
        **{"source": source, "alt": words["sentence"]},
    }
    return [
        ("heading", words["heading"]),
        paragraph(f"<p>{words['sentence']}.{notes}</p><ul><li>{words['part']}</li></ul>"),
        ("subheading", words["part"]),
        ("quote", {"text": words["quote"], "attribution": "Imani Calloway"}),
        ("statistic", {"statistic": statistic, "emphasis": ""}),
        ("talking_point", make_point(text=f"<p>{words['sentence']}.</p>")),
        ("chart", chart),
        ("table", table(words["part"])),
        ("image", {"image": drawn_picture(), "caption": words["part"]}),
        ("ask", paragraph(f"<p>{words['quote']}</p>")[1]),
        ("preformatted", DRAWN),
    ]


def make(kind: str, language: str) -> DocumentPage:
    words = WORDS[language]
    fields = {"language": language, "body": everything(language)}
    if kind == "testimony":
        event = make_event()
        return make_testimony(words["title"], event=event, vehicle=event.vehicle, **fields)
    return make_fact_sheet(
        words["title"], headline=words["heading"], ask=f"<p>{words['sentence']}</p>", **fields
    )


@pytest.fixture(autouse=True)
def organization(db) -> None:
    Branding.objects.update(organization_name="County Health", logo=drawn_picture())


def words_of(page: DocumentPage) -> str:
    """What a reader on the web reads. A chart on paper has its figures in the drawing, not in a table."""
    web = BeautifulSoup(resolve(page).html, "html.parser")
    for figures in web.select("details.chart__figures"):
        labels = " ".join(cell.get_text() for cell in figures.select("tbody th, tbody td"))
        figures.replace_with(labels)
    notes = [note.html for note in resolve(page).notes]
    parts = resolve(page).parts.values()
    return "\n".join(
        plain_text(part, without="svg, .note-ref") for part in (*parts, str(web), *notes)
    )


def assert_fit_for_all_readers(printed: Printed, page: DocumentPage) -> None:
    """What PDF/UA asks for, as far as it can be read off the file."""
    root = printed.file.Root
    assert printed.metadata == {"dc:title": page.title or "Untitled", "pdfuaid:part": "1"}
    assert str(root.Lang) == page.language
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert [str(sheet.obj.get("/Tabs")) for sheet in printed.file.pages] == ["/S"] * printed.pages
    levels = printed.heading_levels
    assert levels[:1] == [1]
    assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == []
    assert [f for f in printed.tagged("Figure") if not str(f.item.get("/Alt", "")).strip()] == []
    assert [scope for scope in printed.header_scopes if scope not in {"/Row", "/Column"}] == []
    for font in printed.fonts:
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font


@pytest.mark.parametrize("language", ["en", "es", "ar"])
@pytest.mark.parametrize("kind", ["testimony", "fact_sheet"])
def test_a_document_with_everything_in_it_is_printed_whole(kind, language):
    page = make(kind, language)
    printed = Printed(page)
    assert printed.warnings == ()
    assert text.missing_words(words_of(page), printed.text) == []
    assert_fit_for_all_readers(printed, page)
    words = WORDS[language]
    for mark in (words["heading"], words["part"]):
        assert mark in printed.bookmarks
    assert len(printed.bookmarks) == len(printed.heading_levels)
    assert len(printed.tagged("Figure")) == 4  # the logo, the chart, the picture, the code
    assert set(printed.header_scopes) == {"/Column", "/Row"}
    assert "DRAFT" not in printed.text


def sheets_of(pdf: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


@pytest.mark.parametrize("kind", ["testimony", "fact_sheet"])
def test_the_draft_of_a_document_says_so_on_every_page(kind):
    page = make(kind, "en")
    printed = Printed(page, draft=True)
    sheets = sheets_of(printed.bytes)
    assert len(sheets) == printed.pages > 1
    assert [sheet.count("DRAFT") for sheet in sheets] == [1] * printed.pages
    assert printed.warnings == ()
    assert_fit_for_all_readers(printed, page)


@pytest.mark.parametrize("model", [TestimonyPage, FactSheetPage])
def test_an_empty_document_is_printed(model):
    page = model(title="", slug="", language="en")
    printed = Printed(page)
    assert printed.warnings == ()
    assert printed.pages == 1
    assert printed.bookmarks == ["Untitled"]
    assert_fit_for_all_readers(printed, page)


def test_a_document_of_forty_pages_is_printed_whole():
    sentence = f"{WORDS['en']['sentence']}. "
    body = []
    for number in range(1, 61):
        note = f'<embed embedtype="note" text="Observation{number}"/>'
        body.append(("heading", f"Part {number}"))
        body.append(paragraph(f"<p>Paragraph{number} {sentence * 9}{note}</p>"))
        body.append(paragraph(f"<p>{sentence * 12}</p>"))
    page = make_testimony(body=body)
    printed = Printed(page)
    assert printed.pages >= 40
    assert printed.warnings == ()
    assert text.missing_words(words_of(page), printed.text) == []
    assert printed.bookmarks[1:] == [f"Part {number}" for number in range(1, 61)]
    assert_fit_for_all_readers(printed, page)


def test_drawn_lines_and_columns_keep_their_places():
    printed = Printed(make_testimony(body=[("preformatted", DRAWN)]))
    assert [line for line in DRAWN.splitlines() if line not in printed.text] == []
    names = {str(font.BaseFont).partition("+")[2] for font in printed.fonts}
    assert "Source-Code-Pro" in names
    assert printed.warnings == ()
