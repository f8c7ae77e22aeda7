"""A report of forty pages, printed by chapters: as one document to whoever reads it, in pieces to whoever edits it."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup

from cms.models import StoredPdf
from cms.pdf import by_chapter, chapters, service
from cms.pdf.registry import PdfAttachment
from testimony.domain.printing import pdf_document
from tests import pdf_checks
from tests.testimony.long_report import CHAPTERS, TITLE, edit, make_report

EDITED = 3


@dataclass(frozen=True)
class Story:
    """A report, and the same with one sentence more in its third chapter."""

    html: str
    pdf: bytes
    again: bytes  # bound once more from the same pieces
    edited: bytes
    pieces: list[str]
    new_pieces: list[str]
    warnings: list[str]
    layout: list[list]


_told: list[Story] = []


@pytest.fixture
def story(db) -> Story:
    """Printed once for the whole run."""
    if not _told:
        page = make_report()
        document = pdf_document(page, draft=False)
        stored = service.render(document)
        pieces = _pieces()
        pdf = _bytes(stored)
        stored.delete()
        again = _bytes(service.render(document))
        edit(page, EDITED)
        edited = _bytes(service.render(pdf_document(page, draft=False)))
        html = service.document_html(document)
        new = _pieces()[len(pieces) :]
        layout = stored.report["layout"]
        _told.append(Story(html, pdf, again, edited, pieces, new, stored.warnings, layout))
    return _told[0]


def _pieces() -> list[str]:
    rows = StoredPdf.objects.filter(kind=by_chapter.KIND).order_by("pk")
    return list(rows.values_list("title", flat=True))


def _bytes(stored: StoredPdf) -> bytes:
    with stored.open() as file:
        return file.read()


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def page_texts(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def headings() -> list[str]:
    return [f"Chapter {number}: the county of number {number}" for number in range(1, CHAPTERS + 1)]


def test_it_is_one_accessible_document(story, tmp_path):
    pdf_checks.assert_accessible(story.pdf, language="en", title=TITLE)
    assert pdf_checks.findings(story.pdf, tmp_path) == []
    assert story.warnings == []


def test_every_word_is_on_paper_in_its_order(story):
    body = BeautifulSoup(story.html, "html.parser").select_one(".words")
    for note in body.select(".footnote, .note-again"):
        note.extract()  # these stand at the foot of their page
    words = "".join(body.get_text().split())
    heads = re.compile(r"Imani Calloway|Rostrum|Page \d+ of \d+")
    with opened(story.pdf) as document:
        count = len(document.pages)
    found = pdf_checks.heard(story.pdf)
    heard = "".join(re.sub(r"\[\d+\]", "", heads.sub("", found)).split())

    assert count > 40
    missing = [sentence for sentence in re.findall(r"[^.]+\.", words) if sentence not in heard]
    assert missing == []


def test_pages_are_numbered_as_one(story):
    pages = page_texts(story.pdf)
    numbers = [re.findall(r"Page (\d+) of (\d+)", page) for page in pages]

    assert numbers == [[(str(n), str(len(pages)))] for n in range(1, len(pages) + 1)]


def test_notes_are_numbered_as_one(story):
    with opened(story.pdf) as document:
        notes = sum(element.tag == "Note" for element in pdf_checks.structure_of(document))
        backs = [
            str(annotation.Contents)
            for page in document.pages
            for annotation in page.obj.get("/Annots", [])
            if str(annotation.Contents).startswith("Back to the text")
        ]

    assert notes == story.html.count('class="footnote"')
    assert backs == [f"Back to the text ({number})" for number in range(1, notes + 1)]


def test_a_source_named_again_leads_into_the_chapter_of_its_note(story):
    with opened(story.pdf) as document:
        names = dict(pikepdf.NameTree(document.Root.Names.Dests))
        links = [
            names[str(annotation.Dest)][0]
            for page in document.pages
            for annotation in page.obj.get("/Annots", [])
            if str(annotation.get("/Dest", "")).endswith("-note-2")
        ]
        pages = [document.pages.index(pikepdf.Page(target)) for target in links]
        addresses = [
            str(annotation.A.URI)
            for page in document.pages
            for annotation in page.obj.get("/Annots", [])
            if "/A" in annotation and "packet.invalid" in str(annotation.A.get("/URI", ""))
        ]

    assert len(pages) == CHAPTERS - 1
    assert len(set(pages)) == 1
    assert addresses == []


def test_contents_name_the_pages_where_chapters_begin(story):
    with opened(story.pdf) as document:
        names = dict(pikepdf.NameTree(document.Root.Names.Dests))
        links = [a for a in document.pages[0].Annots if str(a.get("/Dest", "")).startswith("part-")]
        reached = [document.pages.index(pikepdf.Page(names[str(a.Dest)][0])) + 1 for a in links]
        said = [str(annotation.Contents) for annotation in links]

    assert said == [
        f"{title}, page {page}" for title, page in zip(headings(), reached, strict=True)
    ]
    first_page = " ".join(page_texts(story.pdf)[0].split())
    assert [int(page) for page in re.findall(r"number \d[ .]+(\d+)", first_page)] == reached


def test_headings_and_bookmarks_are_those_of_one_document(story):
    below = [
        row
        for number, title in enumerate(headings(), start=1)
        for row in ((1, title), (2, f"What the inspectors of county {number} saw"))
    ]
    tags = [tag for tag in pdf_checks.tags_of(story.pdf) if re.fullmatch(r"H\d", tag)]

    assert pdf_checks.bookmarks_of(story.pdf) == [(0, TITLE), (1, "Contents"), *below]
    assert tags == ["H1", "H2", *["H2", "H3"] * CHAPTERS]


def test_only_the_chapter_that_changed_is_printed_again(story):
    assert story.pieces == [*headings(), "", ""]
    assert story.new_pieces == [headings()[EDITED - 1]]
    assert "This sentence is new." in " ".join(pdf_checks.heard(story.edited).split())


def test_the_same_pieces_are_bound_to_the_same_bytes(story):
    assert story.again == story.pdf


def test_what_stands_on_each_page_is_known(story):
    assert len(story.layout) == 24
    assert [block for block, _lines in story.layout[:2]] == [
        re.findall(r'id="(block-[^"]+)"', story.html)[number] for number in (0, 1)
    ]


def test_the_record_of_a_long_report_is_bound_too(db):
    """PDF/A and PDF/UA in one file, with what is attached to it."""
    attached = PdfAttachment("data.json", b"{}", "application/json", "Figures")
    page = make_report(paragraphs=6)
    document = replace(pdf_document(page, draft=False), variant="archive", attachments=(attached,))
    pdf = _bytes(service.render(document))

    pdf_checks.assert_accessible(pdf, language="en", title=TITLE)
    assert pdf_checks.attachments_of(pdf) == {"data.json": b"{}"}
    with opened(pdf) as made, made.open_metadata() as metadata:
        claims = [
            metadata.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
        ]
        assert claims == ["3", "A", "1"]
        assert len(made.Root.OutputIntents) == 1
        assert len(made.Root.AF) == 1


@pytest.mark.parametrize("paragraphs", [1, 4])
def test_a_short_document_is_printed_whole(db, paragraphs):
    html = service._marked_html(pdf_document(make_report(paragraphs=paragraphs), draft=False))

    assert chapters.split(html) is None
    assert "rostrum:" not in chapters.plain(html)
