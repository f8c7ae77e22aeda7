"""What is inside the PDF: tags, fonts, words."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from cms.directions import on_paper, unbroken
from cms.pdf import text

BODY = """<h1>Lead in drinking water</h1>
<p>The county tested <strong>every tap</strong>, <em>twice</em>, and published the results. A second
sentence is long enough to fill the line and make the administration hyphenate responsibilities.</p>
<h2>What we found</h2>
<table><caption>Samples</caption><thead><tr><th scope="col">Year</th><th scope="col">Taps</th></tr>
</thead><tbody><tr><th scope="row">2023</th><td>412</td></tr></tbody></table>
<figure><svg viewBox="0 0 20 10" width="200" height="100"><title>Two bars</title>
<rect width="8" height="10"/><rect x="10" width="8" height="5"/></svg>
<figcaption>Two bars</figcaption></figure>
<ul><li>First</li><li><a href="https://example.org/report">The report</a></li></ul>"""
VIETNAMESE = "Nguyễn tiền bạc trường học được nước uống sức khoẻ cộng đồng"


@pytest.fixture
def opened(pdf):
    def build(body: str = BODY, **values: str) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(pdf(body, **values).pdf))

    return build


def test_the_document_declares_pdf_ua_1(opened):
    with opened(title="Lead in drinking water") as document:
        root = document.Root
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == "Lead in drinking water"
        assert str(root.Lang) == "en"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(root.StructTreeRoot.Type) == "/StructTreeRoot"
        assert [str(page.obj.Tabs) for page in document.pages] == ["/S"] * len(document.pages)


@pytest.mark.parametrize("language", ["en", "es", "vi"])
def test_the_language_of_the_document_is_that_of_its_html(opened, language):
    with opened(language=language) as document:
        assert str(document.Root.Lang) == language


def test_html_without_a_language_gets_the_one_of_the_document():
    from cms.pdf import service

    result = service.render_html("<title>T</title><p>Hola</p>", language="es")
    with pikepdf.open(io.BytesIO(result.pdf)) as document:
        assert str(document.Root.Lang) == "es"


def test_every_font_is_embedded_and_maps_back_to_text(opened):
    with opened() as document:
        fonts = {}
        for page in document.pages:
            for name, font in page.obj.Resources.Font.items():
                fonts[name] = font
        assert fonts
        for font in fonts.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert "/ToUnicode" in font
            assert str(font.BaseFont).split("+")[1].startswith(("Public-Sans", "Source-Serif-4"))


def test_every_figure_has_an_alternative_and_every_link_a_description(opened):
    with opened() as document:
        figures, annotations = [], []
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
                figures.append(item)
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Link":
                annotations.append(item)
        assert [str(figure.Alt) for figure in figures] == ["Two bars"]
        assert len(annotations) == 1
        assert all("/StructParent" in item and "/Contents" in item for item in annotations)


def test_every_header_cell_says_what_it_heads(opened):
    headless = "<table><tr><th>A</th><th>B</th></tr><tr><th>1</th><td>2</td></tr></table>"
    with opened(BODY + headless) as document:
        cells = [
            item
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"
        ]
        scopes = [str(cell.A.get("/Scope")) for cell in cells]
        assert scopes == ["/Column", "/Column", "/Row", "/Column", "/Column", "/Row"]


@pytest.mark.parametrize("attributes", ["", ' font-family="Public Sans" text-anchor="end"'])
def test_an_arabic_label_of_a_drawing_is_written_from_right_to_left_and_joined(pdf, attributes):
    drawing = (
        '<svg viewBox="0 0 200 20" width="200" height="20"><title>T</title>'
        f'<text x="100" y="15" font-size="12"{attributes}>{{}}</text></svg>'
    )
    label = pdf(drawing.format("في العيادة"))
    assert label.warnings == ()
    assert text.missing_words("في العيادة", text.extract_text(label.pdf)) == []


def test_a_plain_document_with_the_print_stylesheets_gives_no_warning(pdf):
    assert pdf(BODY).warnings == ()


def test_every_word_comes_back(pdf):
    printed = text.extract_text(pdf(BODY).pdf)
    assert text.missing_words(re.sub(r"<[^>]+>", " ", BODY), printed) == []


@pytest.mark.parametrize("family", ["Public Sans", "Source Serif 4", "Source Code Pro"])
def test_vietnamese_comes_back_letter_by_letter(pdf, family):
    words = f"{VIETNAMESE} {VIETNAMESE.upper()}"
    printed = pdf(f"<p style=\"font-family:'{family}'\">{words}</p>", language="vi").pdf
    assert text.missing_words(words, text.extract_text(printed)) == []


def test_no_character_falls_back_to_the_empty_box(pdf):
    printed = pdf(f"<p>{VIETNAMESE} — “quoted” … † ‡ ‐ ‑ ′ ″ § € ñ é ß Ł</p>").pdf
    with pikepdf.open(io.BytesIO(printed)) as document:
        for page in document.pages:
            for font in page.obj.Resources.Font.values():
                mapping = bytes(font.ToUnicode.read_bytes()).decode()
                assert "<0000>" not in mapping.split("beginbfchar")[-1].split("endbfchar")[0]


@pytest.mark.parametrize("stack", ["serif", "sans", "mono"])
def test_arabic_letters_and_drawn_lines_are_printed_in_every_stack(pdf, stack):
    words = "شهادة أمام لجنة الصحة العامة، ٢٠٢٦"
    body = f'<p style="font-family: var(--{stack})"><span lang="ar" dir="rtl">{words}</span> ─│█ and Latin</p>'
    result = pdf(body)
    printed = text.extract_text(result.pdf)
    assert result.warnings == ()
    assert text.missing_words(f"{words} and Latin", printed) == []
    assert [sign for sign in "─│█" if sign not in printed] == []


def test_columns_of_preformatted_text_align(opened):
    with opened('<pre class="preformatted">1  ─  iii\n22 ─  WWW</pre>') as document:
        (font,) = document.pages[0].obj.Resources.Font.values()
        assert str(font.BaseFont).split("+")[1] == "Source-Code-Pro"
        widths = {
            float(width)
            for run in font.DescendantFonts[0].W
            if isinstance(run, pikepdf.Array)
            for width in run
        }
        assert widths == {600.0}


def test_a_link_within_the_site_leads_to_its_public_address(opened, settings):
    settings.ROSTRUM_BASE_URL = "https://health.example.org"
    with opened('<p><a href="/archive/?q=a">Archive</a></p>') as document:
        (annotation,) = document.pages[0].obj.Annots
        assert str(annotation.A.URI) == "https://health.example.org/archive/?q=a"


@pytest.mark.parametrize(
    ("printed", "missing"),
    [
        ("the admin-\nistration is well-\nknown", []),
        ("the administration is well-known", []),
        ("2the administration is well-known", []),
        ("the admin istration is well-known", ["administration"]),
        ("", ["the", "administration", "is", "well", "known"]),
    ],
)
def test_a_word_broken_over_two_lines_is_not_missing(printed, missing):
    assert text.missing_words("the administration is well-known", printed) == missing


def test_pages_are_counted(pdf):
    printed = pdf('<p>One</p><p style="break-before:page">Two</p>')
    assert (printed.pages, text.count_pages(printed.pdf)) == (2, 2)


def test_a_bill_is_found_by_who_types_it_and_stands_on_one_line(pdf):
    with on_paper():
        title = unbroken("Testimony on HB 1147")
    printed = pdf(f'<p style="width: 9em; font: 12px monospace">{title}</p>').pdf
    lines = [line.strip() for line in text.extract_text(printed).splitlines() if line.strip()]
    assert lines == ["Testimony on", "HB 1147"]
