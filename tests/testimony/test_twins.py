"""Word documents and plain text of testimony and fact sheets: every word of them, in files that open."""

from __future__ import annotations

import io

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from cms.models import Branding
from cms.pdf import page_pictures, text
from cms.pdf.choices import PrintChoices
from cms.pdf.fidelity import squeezed
from cms.pdf.identity import drawings_folder
from cms.pdf.twins import service
from cms.pdf.twins.registry import twins_of
from testimony.domain.twins import make_twin
from testimony.models import DocumentPage
from tests.builders import make_event, make_testimony, paragraph
from tests.cms.pdf.test_fuzz_documents import EXAMPLES, block, keys, sheets
from tests.testimony.test_print import WORDS, drawn_picture, make, organization, words_of
from tests.word_checks import W, Word, assert_well_made

pytestmark = pytest.mark.django_db
__all__ = ["keys", "organization", "sheets"]  # fixtures


def word_of(page: DocumentPage, *, draft: bool = False, **choices) -> Word:
    return Word(make_twin(page, "docx", draft=draft, choices=PrintChoices(**choices)).body)


def text_of(page: DocumentPage, *, draft: bool = False) -> str:
    return make_twin(page, "txt", draft=draft).body.decode()


@pytest.mark.parametrize(
    ("kind", "language"),
    [("testimony", "en"), ("fact_sheet", "es"), ("testimony", "ar")],
)
def test_a_document_with_everything_in_it_is_whole_and_opens(kind, language):
    """And its parts are what they should be."""
    page = make(kind, language)
    word = word_of(page)
    assert_well_made(word)
    assert text.missing_words(words_of(page), word.words) == []
    assert text.missing_words(words_of(page), text_of(page)) == []
    styles = {it.style.name for it in word.document.paragraphs}
    assert styles >= {"Heading 1", "Heading 2", "Heading 3", "Body Text", "Quote", "List Paragraph"}
    assert word.document.core_properties.title == page.title
    assert word.document.core_properties.author == "County Health"
    regions = {"en": "en-US", "es": "es-US", "ar": "ar-SA"}
    assert word.document.core_properties.language == regions[language]
    (language_of_text,) = word.find("w:rPrDefault//w:lang", "styles")
    assert language_of_text.get(f"{W}val") == regions[language]
    if language == "en":
        assert_as_a_clerk_expects(word)
    if language == "ar":
        assert_runs_from_right_to_left_but_for_english_inside(word)


def assert_as_a_clerk_expects(word: Word) -> None:
    facts, chart, _table = word.document.tables
    assert [[cell.text for cell in row.cells] for row in facts.rows] == [
        ["Hearing", "Hearing"],
        ["Date", "March 4, 2026, 9:30 a.m. EST"],
        ["Bill", "HB 1147: Leave Act"],
        ["Position", "Support"],
    ]
    assert [[cell.text for cell in row.cells] for row in chart.rows] == [
        ["Group or year", "Percent"],
        [WORDS["en"]["part"], "6%"],
        [WORDS["en"]["heading"], "43%"],
    ]
    heads = [len(it.findall(f"{W}tr/{W}trPr/{W}tblHeader")) for it in word.find("w:tbl")]
    assert heads == [0, 1, 1]
    captions = [it.get(f"{W}val") for it in word.find("w:tblCaption")]
    assert captions == [WORDS["en"]["quote"], WORDS["en"]["part"]]
    pictures = [it.get("descr") for it in word.part("document").iter() if it.tag.endswith("docPr")]
    assert pictures == ["A tap that drips", "A tap that drips"]
    notes = [text for text in word.text("footnotes").split("\n") if text]
    assert notes == [f" {WORDS['en']['note']}", " Bureau. (2023). National survey."]
    again = [it.get(f"{W}instr") for it in word.find("w:fldSimple")]
    assert again == [" NOTEREF _Note2 \\f \\h "] * 3
    fields = [it.get(f"{W}instr") for it in word.find("w:fldSimple", "footer1")]
    assert (fields, word.text("footer1")) == ([" PAGE ", " NUMPAGES "], "County Health\tPage  of ")


def assert_runs_from_right_to_left_but_for_english_inside(word: Word) -> None:
    paragraphs = [it for it in word.find("w:p") if it.findall(f".//{W}t")]
    assert [it for it in paragraphs if it.find(f"{W}pPr/{W}bidi") is None] == []
    assert (len(word.find("w:sectPr/w:bidi")), len(word.find("w:bidiVisual"))) == (1, 3)
    runs = {
        "".join(it.itertext()).strip("\u200e"): it.find(f"{W}rPr/{W}rtl") is not None
        for it in word.find("w:r")
    }
    assert (runs[f"{WORDS['ar']['heading']}"], runs["Imani Calloway"]) == (True, False)


def test_a_draft_says_so_on_each_page_and_in_its_name():
    page = make_testimony(slug="leave", live=False)
    twins = {ending: make_twin(page, ending, draft=True) for ending in ("docx", "txt")}
    assert [it.filename for it in twins.values()] == ["DRAFT-leave.docx", "DRAFT-leave.txt"]
    word = Word(twins["docx"].body)
    assert word.text("header1").startswith("DRAFT")
    assert word.text("header2") == "DRAFT"
    assert twins["txt"].body.startswith(b"DRAFT\n")
    final = word_of(page)
    assert (final.text("header2"), "DRAFT" in final.text("header1")) == ("", False)


def test_the_same_words_give_the_same_bytes():
    page = make_testimony(language="es")
    first = word_of(page)
    assert first.body == word_of(type(page).objects.get(pk=page.pk)).body
    assert first.dates == {(1980, 1, 1, 0, 0, 0)}
    core = first.parts["docProps/core.xml"].decode()
    assert ("lastModifiedBy" in core, "dcterms" in core) == (False, False)


def test_without_branding_there_is_neither_logo_nor_colour():
    page = make_testimony()
    Branding.objects.update(primary_color="#123456", accent_color="#654321")
    branded, plain = word_of(page), word_of(page, branded=False, paper="a4")
    assert [len(it.find("w:drawing")) for it in (branded, plain)] == [1, 0]
    assert [b"123456" in it.parts["word/styles.xml"] for it in (branded, plain)] == [True, False]
    assert [round(it.document.sections[0].page_width.mm) for it in (branded, plain)] == [216, 210]
    assert "County Health" in plain.text()


def test_a_logo_that_is_a_drawing_stands_there_as_a_picture_made_once(monkeypatch):
    drawn = '<rect width="60" height="30" fill="#123456"/>'
    logo = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">{drawn}</svg>'
    Branding.objects.update(logo=None, logo_drawing=logo)
    for kept in drawings_folder().glob("*.png"):
        kept.unlink()
    page = make_testimony()
    word = word_of(page)
    (name,) = [it for it in word.parts if it.startswith("word/media/")]
    with Image.open(io.BytesIO(word.parts[name])) as picture:
        assert picture.getpixel((9, 9)) == (0x12, 0x34, 0x56)
        assert round(picture.width / picture.height, 1) == 2.0
    monkeypatch.setattr(page_pictures, "first_page", None)
    assert word_of(page).body == word.body


def test_numbered_paragraphs_and_lists_count_by_themselves():
    listed = "<ol><li>One<ul><li>Inner</li></ul></li><li>Two</li></ol>"
    body = [paragraph(f"<p>First.</p>{listed}<p>Second.</p>"), paragraph("<ol><li>Again</li></ol>")]
    page = make_testimony(body=body, has_numbered_paragraphs=True)
    word = word_of(page)
    numbered = {
        it.text: (it._p.pPr.numPr.numId.val, it._p.pPr.numPr.ilvl.val)
        for it in word.document.paragraphs
        if it._p.pPr.numPr is not None
    }
    assert numbered == {
        "First.": (2, 0),
        "One": (3, 0),
        "Inner": (1, 1),
        "Two": (3, 0),
        "Second.": (2, 0),
        "Again": (4, 0),
    }
    lines = "1. First.\n\n1. One\n   - Inner\n2. Two\n\n2. Second.\n\n1. Again\n"
    assert lines in text_of(page)


def test_links_lead_out_by_safe_ways_only():
    hrefs = (
        "https://example.org/a?b=1",
        "mailto:a@example.org",
        "javascript:alert(1)",
        "file:///etc",
    )
    links = " ".join(f'<a href="{href}">{number}</a>' for number, href in enumerate(hrefs))
    word = word_of(make_testimony(body=[paragraph(f"<p>{links}</p>")]))
    outside = [target for _part, target, is_outside in word.relations if is_outside]
    assert outside[:2] == list(hrefs[:2])
    assert {it for it in outside if it.startswith(("javascript", "file"))} == set()
    assert "0 1 2 3" in word.text()


def test_a_picture_that_is_gone_leaves_its_words():
    picture = drawn_picture()
    page = make_testimony(body=[("image", {"image": picture, "caption": "Dry"})])
    picture.file.storage.delete(
        picture.get_rendition("max-1000x900|bgcolor-ffffff|format-jpeg|jpegquality-75").file.name
    )
    word = word_of(page)
    assert_well_made(word)
    assert [it.text for it in word.document.paragraphs if it.style.name == "Missing Picture"] == [
        "A tap that drips"
    ]


def test_words_that_would_be_lost_are_told_and_no_file_is_made(monkeypatch):
    page = make_testimony()
    reader = service.reading.read_sheet

    def forgetful(*args, **options):
        sheet = reader(*args, **options)
        sheet.blocks = [it for it in sheet.blocks if getattr(it, "style", "") != "BodyText"]
        return sheet

    monkeypatch.setattr(service.reading, "read_sheet", forgetful)
    with pytest.raises(service.TwinTextLost) as raised:
        make_twin(page, "docx", draft=False)
    assert str(raised.value) == "Some words would be missing from the file."
    assert raised.value.detail.startswith("Thankyouforhearingme.")


def test_control_characters_of_pasted_text_do_not_break_the_file():
    page = make_testimony(body=[("preformatted", "a\x0bb\x01c\tD\n  e\ufffe")])
    word = word_of(page)
    assert_well_made(word)
    assert "abc\tD" in word.text()


def test_documents_of_our_blocks_keep_every_word(keys, sheets):
    @settings(
        max_examples=EXAMPLES // 4,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(st.data())
    def check(data) -> None:
        page = data.draw(st.sampled_from(sheets))
        page.language = data.draw(st.sampled_from(["en", "es", "ar"]))
        raw = data.draw(st.lists(block(keys), min_size=1, max_size=5))
        page.body = page._meta.get_field("body").stream_block.to_python(raw)
        document = twins_of(page).document(page, draft=True)
        made = service.make_all(document, ["docx", "txt"])
        word = Word(made["docx"].body)
        assert_well_made(word)
        written = (run.text for it in service.sheet_of(document).paragraphs() for run in it.runs)
        assert squeezed(word.text()) == squeezed("".join(written))
        assert text.missing_words(words_of(page), word.words) == []
        assert text.missing_words(words_of(page), made["txt"].body.decode()) == []

    check()


def test_files_of_a_body_are_named_and_dressed_by_its_rules():
    event = make_event()
    event.body.file_name_pattern = "{bill:04}_{position}_{name}"
    event.body.no_branding = True
    event.body.save()
    page = make_testimony(event=event, vehicle=event.vehicle, body=[paragraph("<p>So.</p>")])
    twin = make_twin(page, "docx", draft=False)
    assert twin.filename == "HB1147_Support_Imani-Calloway.docx"
    assert Word(twin.body).find("w:drawing") == []
    assert make_twin(page, "txt", draft=False).filename == "HB1147_Support_Imani-Calloway.txt"
