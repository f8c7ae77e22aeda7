"""Every paper of a document in three languages and on both sizes of sheet, and what the print choices do to it.

Each language on one sheet, the other one than in `tests/test_every_paper.py`. `PDF_ALL_PAPERS=1` prints both here.
"""

from __future__ import annotations

import io
import os
import re
from dataclasses import dataclass

import pytest
from pypdf import PdfReader
from wagtail.rich_text import RichText

from cms.models import Person
from cms.pdf import text
from cms.pdf.choices import PrintChoices
from cms.pdf.registry import kind_for
from cms.pdf.service import document_html, render_html
from tests import pdf_checks
from tests.builders import make_fact_sheet, make_map, make_message, make_statistic, make_testimony
from tests.glyphs import Sheet, sheets_of
from tests.testimony.test_print import words_of
from tests.testimony.test_print_languages import make

pytestmark = pytest.mark.django_db
SHEETS = {"letter": (612.0, 792.0), "a4": (595.3, 841.9)}
# The sheet for each language; `test_print_languages` prints the long papers on Letter in every language but English.
ON = {"en": ["a4"], "es": ["letter"], "ar": ["a4"]}
if os.environ.get("PDF_ALL_PAPERS"):
    ON = {language: [*SHEETS] for language in ON}
CHART = (
    "chart",
    {
        "title": "Leave by year",
        "kind": "line",
        "unit": "percent",
        "rows": [{"label": "2014", "value": 13}, {"label": "2023", "value": 27}],
    },
)


@dataclass(frozen=True)
class Paper:
    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    title: str
    language: str
    filename: str

    @property
    def sheets(self) -> list[Sheet]:
        return sheets_of(self.pdf)


def printed(obj, name: str = "", *, version: str = "", draft: bool = False, **choices) -> Paper:
    document = kind_for(obj, name).document(
        obj, draft=draft, version=version, choices=PrintChoices(**choices)
    )
    html, language = document_html(document), document.language
    done = render_html(html, language=language)
    return Paper(done.pdf, done.pages, done.warnings, document.title, language, document.filename)


def missing(words: str, done: Paper, name: str) -> list[str]:
    """Words that are not on paper. What stands upside down on a card is read letter by letter."""
    if not name.endswith("card"):
        return text.missing_words(words, pdf_checks.text_of(done.pdf))
    letters = "".join(sheet.words for sheet in done.sheets)
    return [word for word in words.split() if word not in letters]


def thing(name: str, language: str):
    """What is printed on a paper of that name, and the words that must be on it."""
    if name == "fact-sheet":
        page = make("fact_sheet", language) if language != "en" else english("fact_sheet")
        return page, words_of(page)
    page = make("testimony", language) if language != "en" else english("testimony")
    if name == "testimony":
        return page, words_of(page)
    if name == "podium":
        said = kind_for(page).read_out(page, "full")["text"]
        return page, said
    proof = make_statistic("of workers", "47", unit="percent")
    make_map(None, make_message(page.title, proofs=[proof]), narrative="<p>Roof.</p>")
    return page, f"{page.title} 47% of workers"


def english(kind: str):
    body = [
        ("heading", "Why"),
        ("paragraph", RichText("<p>Thank you. HB 1147 costs $3.75.</p>")),
        CHART,
    ]
    ways = {"testimony": make_testimony, "fact_sheet": make_fact_sheet}
    return (
        ways[kind](body=body, salutation="Chair:") if kind == "testimony" else ways[kind](body=body)
    )


@pytest.mark.parametrize(("language", "paper"), [(it, on) for it in ON for on in ON[it]])
@pytest.mark.parametrize("name", ["testimony", "podium", "fact-sheet", "testimony-pocket-card"])
def test_each_paper_holds_its_words_on_both_sheets(name, language, paper):
    obj, words = thing(name, language)
    done = printed(obj, name, paper=paper)
    assert done.warnings == ()
    assert done.language == language
    assert set(pdf_checks.page_sizes(done.pdf)) == {SHEETS[paper]}
    assert missing(words, done, name) == []
    with pdf_checks.opened(done.pdf) as document:
        assert str(document.Root.Lang) == language
    assert pdf_checks.metadata_of(done.pdf)["dc:title"] == done.title
    titles = [title for depth, title in pdf_checks.bookmarks_of(done.pdf) if depth == 0]
    assert len(titles) == 1
    assert done.filename.endswith("-a4.pdf") == (paper == "a4")


@pytest.mark.parametrize("name", ["message-map", "pocket-card"])
@pytest.mark.parametrize(("language", "paper"), [(it, on) for it in ON for on in ON[it]])
def test_a_map_speaks_the_language_of_the_site_on_both_sheets(name, language, paper, settings):
    settings.LANGUAGE_CODE = language
    proof = make_statistic("of workers", "47", unit="percent")
    found = make_map(None, make_message("Leave is slow", proofs=[proof]), narrative="<p>Roof.</p>")
    upright = name == "pocket-card"
    width, height = SHEETS[paper]
    done = printed(found, name, paper=paper)
    assert (done.pages, done.warnings, done.language) == (1, (), language)
    assert pdf_checks.page_sizes(done.pdf) == [(width, height) if upright else (height, width)]
    assert missing("Leave is slow 47%", done, name) == []
    with pdf_checks.opened(done.pdf) as document:
        assert str(document.Root.Lang) == language


def test_grey_paper_has_no_colour_in_its_letters_and_charts():
    page = make_fact_sheet(body=[CHART], key_figure=make_statistic())
    coloured, grey = (printed(page, colour=colour) for colour in ("colour", "grey"))
    assert tints(coloured.sheets) != set()
    assert tints(grey.sheets) == set()
    markup = document_html(kind_for(page).document(page, choices=PrintChoices(colour="grey")))
    assert "#4d4d4d" in markup.split("<svg")[1]


def tints(sheets: list[Sheet]) -> set[tuple[int, int, int]]:
    """Colours far from grey; the ink itself leans a little to blue."""
    colors = {glyph.color for sheet in sheets for glyph in sheet.glyphs}
    return {color for color in colors if max(color) - min(color) > 24}


@pytest.mark.parametrize("kind", ["testimony", "fact_sheet"])
def test_large_print_has_no_letter_of_the_text_under_18_points(kind):
    page = make(kind, "es")
    large = printed(page, size="large")
    assert large.warnings == ()
    assert text.missing_words(words_of(page), pdf_checks.text_of(large.pdf)) == []
    small = [glyph for sheet in large.sheets for glyph in sheet.glyphs if glyph.size < 17.9]
    # Running heads, and the numbers of notes.
    heads = [it for it in small if it.top < 72 or it.bottom > 792 - 72]
    assert {it.text for it in small if it not in heads} <= set("0123456789")


def test_a_copy_without_branding_has_no_logo_and_no_colour_of_ours():
    page = make_testimony()
    document = kind_for(page).document(page, choices=PrintChoices(branded=False))
    assert document.context["logo"] is None
    assert tints(printed(page, branded=False).sheets) == set()


def test_a_print_shop_gets_bleed_around_the_sheet_and_marks():
    page = make_fact_sheet()
    done = printed(page, marks=True)
    with pdf_checks.opened(done.pdf) as document:
        (trim, media) = (
            [float(n) for n in box]
            for box in (document.pages[0].trimbox, document.pages[0].mediabox)
        )
    assert [round(trim[2] - trim[0]), round(trim[3] - trim[1])] == [612, 792]
    assert [round(media[2] - media[0]), round(media[3] - media[1])] == [612 + 18, 792 + 18]


@pytest.mark.parametrize(("live", "draft"), [(True, False), (True, True), (False, True)])
def test_only_what_is_published_carries_a_code_and_an_address(live, draft):
    page = make_testimony(slug="hush", live=live)
    markup = document_html(kind_for(page).document(page, draft=draft))
    assert (f"/d/{page.pk}/" in markup) == (live and not draft)
    assert ("/archive/hush/" in markup) == (live and not draft)


def lectern_page(language: str, length: int = 24):
    """Sentences of every length up to one that no page holds."""
    stop, first = ("؟", "كلمة") if language == "ar" else (".", "Word")
    lines = [" ".join([first, *(f"n{n}x{k}y" for k in range(n))]) + stop for n in range(1, length)]
    lines.append(f"{first} {', '.join(f'last{k}' for k in range(160))}{stop}")
    body = [("paragraph", RichText(f"<p>{' '.join(lines)}</p>"))]
    speaker = Person.objects.get_or_create(name="Imani Calloway")[0]
    return make_testimony(body=body, language=language, speaker=speaker)


@pytest.mark.parametrize(("size", "language"), [(16, "en"), (20, "ar"), (24, "en")])
def test_no_sentence_turns_the_page_and_the_lower_third_is_clear(size, language):
    page = lectern_page(language)
    name = "a4" if size == 20 else "letter"
    done = printed(page, "podium", type_size=size, paper=name)
    sheets = done.sheets
    assert done.warnings == ()
    assert all(glyph.bottom <= sheet.height * 2 / 3 for sheet in sheets for glyph in sheet.glyphs)
    read = [glyph.size for sheet in sheets[1:] for glyph in sheet.glyphs]
    assert max(set(read), key=read.count) == size
    where: dict[str, set[int]] = {}
    words = 0
    for number, said in enumerate(pages_of(done.pdf)):
        for sentence, _word in re.findall(r"n(\d+)x(\d+)y", said):
            where.setdefault(sentence, set()).add(number)
            words += 1
    assert words == sum(range(1, 24))
    assert {sentence: len(found) for sentence, found in where.items()} == {
        str(sentence): 1 for sentence in range(1, 24)
    }


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text().strip() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_the_first_page_of_the_podium_copy_names_event_bill_and_limit():
    page = make("testimony", "es")
    page.event.speaking_limit_seconds = 120
    page.event.save()
    first = pages_of(printed(page, "podium", version="60").pdf)[0]
    for words in (page.event.title, page.vehicle.identifier, "2:00", "1:00"):
        assert words in " ".join(first.split())


def test_an_empty_testimony_still_has_a_podium_copy_and_says_so():
    page = make_testimony(body=[("heading", "")], salutation="", live=False)
    done = printed(page, "podium", draft=True)
    assert (done.pages, done.warnings) == (2, ())
    assert "No text is said" in pages_of(done.pdf)[1]
