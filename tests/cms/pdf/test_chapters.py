"""How a long document is cut: nothing lost, counting on, jumps named, and short ones left alone."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from cms.pdf import by_chapter, chapters, service
from cms.pdf.chapters import BEGIN, CONTENTS, END, SHEET
from cms.pdf.client import Rendered

PARAGRAPH = '<div class="block block--paragraph" id="p{number}"><p>{words}</p></div>'
HEADING = '<div class="block block--heading" id="h{number}"><h2>Part &amp; {number}</h2></div>'
SEVERAL = "word " * 540  # about a page


def section(number: int, *, pages: int = 4, more: str = "") -> str:
    text = "".join(PARAGRAPH.format(number=f"{number}-{n}", words=SEVERAL) for n in range(pages))
    return f"{HEADING.format(number=number)}{text}{more}"


def document(*sections: str, words: str = "words") -> str:
    body = "".join(sections)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>'
        f'<div class="folio">1</div>{SHEET}<h1>T</h1>{CONTENTS}'
        f'<div class="{words}">{BEGIN}<p>Before.</p>{body}{END}</div><p>Signed.</p></body></html>'
    )


def long_document(**more) -> str:
    return document(*(section(number) for number in range(1, 5)), **more)


def test_chapters_begin_at_headings_of_the_second_level():
    cut = chapters.split(long_document())

    assert [piece.title for piece in cut.pieces] == [
        "",
        *(f"Part & {n}" for n in range(1, 5)),
    ]


def test_chapters_that_cannot_be_bound_are_printed_whole(monkeypatch, caplog):
    def fail(*args):
        raise by_chapter.NotBound(detail="A link leads nowhere.")

    class Engine:
        def render(self, job, css, limits) -> Rendered:
            return Rendered(job.html.encode(), 40, (), 0.0)

    monkeypatch.setattr(by_chapter, "rendered", fail)
    monkeypatch.setattr(service, "client", Engine)
    html = long_document()

    done = service._render(service.prepare_html(html, "en", "pdf/ua-1"))

    assert done.pdf.decode() == chapters.plain(html)
    assert caplog.messages == ["PDF: printed whole, not by chapters: A link leads nowhere."]


def test_a_heading_without_words_begins_no_chapter():
    empty = '<div class="block block--heading" id="h"><h2> </h2></div>'
    cut = chapters.split(document(section(1), section(2), empty, section(3), section(4)))

    assert [piece.title for piece in cut.pieces[1:]] == [f"Part & {n}" for n in range(1, 5)]


def test_nothing_is_lost_between_chapters():
    html = long_document()
    cut = chapters.split(html)
    pieces = [cut.opening(""), *(piece.html for piece in cut.pieces[1:])]
    words = [word for piece in pieces for word in words_of(piece)]

    assert words == words_of(chapters.plain(html))
    assert {(piece.count("<body>"), piece.count("</body>")) for piece in pieces} == {(1, 1)}


def words_of(html: str) -> list[str]:
    body = BeautifulSoup(html, "html.parser").body
    body.select_one(".folio").decompose()  # stands on every sheet
    return [f"{item.name}:{item.get('id')}:{item.string}" for item in body.select("h1, h2, p")]


def test_only_the_opening_has_the_first_page_of_the_document():
    cut = chapters.split(long_document())

    assert ["@page :first" in piece.html for piece in cut.pieces] == [False] + [True] * 4


@pytest.mark.parametrize(
    "html",
    [
        document(*(section(number, pages=1) for number in range(1, 5))),  # short
        document(section(1, pages=20)),  # one heading is no chapters
        document(*(section(number, pages=1) for number in range(1, 20))),  # half-empty pages
        long_document().replace(CONTENTS, ""),  # another paper
        document(PARAGRAPH.format(number=1, words=SEVERAL * 20)),
    ],
)
def test_other_documents_are_printed_whole(html):
    assert chapters.split(html) is None
    assert not chapters.is_cut(html)


def test_a_report_that_is_only_looked_for_is_not_cut(monkeypatch):
    """Counting its numbered paragraphs takes longer than all else that a stored file needs."""
    monkeypatch.setattr(chapters, "_count_paragraphs", None)

    prepared = service.prepare_html(long_document(words="words words--numbered"), "en", "pdf/ua-1")

    assert prepared.in_chapters


def test_notes_count_on():
    note = '<span class="footnote" id="note-{0}">A note.</span>'
    html = document(*(section(n, more=note.format(n) * 3) for n in range(1, 5)))
    cut = chapters.split(html)

    assert [
        f"counter-reset: footnote {n}" in piece.html
        for piece, n in zip(cut.pieces[2:], (3, 6, 9), strict=True)
    ] == [True] * 3
    assert ['data-notes-before="3"' in piece.html for piece in cut.pieces[1:]] == [
        False,
        True,
        False,
        False,
    ]


def test_numbered_paragraphs_count_on():
    cut = chapters.split(long_document(words="words words--numbered"))
    counted = [
        f'style="counter-reset: paragraph {4 * n}"' in piece.html
        for n, piece in enumerate(cut.pieces[1:])
    ]

    assert counted == [False, True, True, True]


def test_jumps_into_another_chapter_name_it():
    jump = '<p><a href="#p1-0">Above</a> <a href="#p2-0">Here</a> <a href="#nowhere">Lost</a></p>'
    cut = chapters.split(document(section(1), section(2, more=jump), section(3), section(4)))

    assert (
        f'<a href="{chapters.ANCHOR_URL}1/p1-0">Above</a> <a href="#p2-0">Here</a> <a href="#nowhere">'
        in cut.pieces[2].html
    )


def test_the_marks_of_chapters_are_not_printed():
    html = long_document()

    assert "rostrum:" not in chapters.plain(html)
    assert len(html) - len(chapters.plain(html)) == sum(map(len, (SHEET, CONTENTS, BEGIN, END)))
