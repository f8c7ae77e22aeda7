"""A fact sheet says how far it runs over, and where; publishing goes on, "ready to file" does not."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from cms.models import DraftPdf, PagePdf, StoredPdf
from cms.pdf.service import prepare
from cms.views.paper import PAGES_MODE
from testimony.domain.printing import pdf_document
from testimony.domain.readiness import judge, judge_pages
from testimony.views.pdf_preview import preview_paper
from tests.builders import make_fact_sheet, make_user

pytestmark = pytest.mark.django_db
BODY = [("heading", "Why"), ("paragraph", "<p>So.</p>")]


def paper(page, layout, *, key: str = "", model=DraftPdf, pages: int = 3) -> None:
    """Of exactly the present words, unless a key is given."""
    key = key * 64 or prepare(pdf_document(page, draft=True))[0].key
    stored = StoredPdf.objects.create(
        key=key, sha256="0" * 64, size=1, pages=pages, kind="k", report={"layout": layout}
    )
    model.objects.update_or_create(page=page, defaults={"stored": stored})


def length(judgement) -> tuple[str, str, str]:
    (result,) = [it for it in judgement.results if it.name == "length"]
    return result.state, result.words, result.field


def test_before_it_was_printed_nothing_is_said_of_its_length():
    assert length(judge(make_fact_sheet(body=BODY))) == ("ok", "", "")


def test_the_first_block_that_does_not_fit_is_named_with_the_lines():
    page = make_fact_sheet(body=BODY)
    block = page.body[1].id
    layout = [["", 40], ["", 40], [f"block-{block}", 5]]
    paper(page, layout)
    words = "5 lines too long for 2 pages: what does not fit begins in block number 2 (Paragraph)."
    assert length(judge(page)) == ("missing", words, block)
    assert page.live  # what is missing for filing stops no publication


def test_what_was_printed_of_other_words_is_told_as_such_until_these_are_printed():
    page = make_fact_sheet(body=BODY)
    paper(page, [["", 40]] * 3, key="a")
    state, words, _field = length(judge(page))
    assert state == "advice"
    assert words == (
        "When it was last printed: The end of the sheet is 40 lines too long for 2 pages. "
        "Open the preview “PDF” to measure it now."
    )
    paper(page, [["", 40]] * 2, pages=2)
    assert length(judge(page))[0] == "ok"
    page.headline = "Another main message"
    assert length(judge(page))[0] == "ok"  # what was there before fitted, and nothing else is known


def test_words_that_cannot_be_printed_yet_stop_no_check(monkeypatch):
    def half_written(*args, **kwargs):
        raise TypeError("a row without a number")

    monkeypatch.setattr("testimony.domain.printing.pdf_document", half_written)
    assert length(judge(make_fact_sheet(body=BODY))) == ("ok", "", "")


def test_the_preview_of_what_is_being_written_tells_the_checks(rf, monkeypatch):
    page = make_fact_sheet(body=BODY, live=False)
    page.title = "Not saved"
    stored = StoredPdf.objects.create(
        key="c" * 64, sha256="0" * 64, size=1, pages=2, kind="k", report={}
    )
    monkeypatch.setattr("testimony.views.pdf_preview.obtain", lambda document: stored)
    monkeypatch.setattr("cms.pdf.page_pictures.pictures", lambda stored: [])
    assert remarks(rf, make_user(), page) == []
    assert page.draft_pdf.stored == stored


def test_the_budget_of_the_sheet_decides():
    page = make_fact_sheet(body=BODY)
    paper(page, [["", 40], ["", 1]], pages=2)
    assert length(judge(page))[0] == "ok"
    page.page_budget = 1
    words = "The end of the sheet is 1 line too long for one page."
    assert length(judge(page)) == ("missing", words, "body")


def test_what_is_filed_is_judged_by_what_was_published():
    page = make_fact_sheet(body=BODY)
    paper(page, [["", 40]] * 3, key="a")
    paper(page, [["", 40]] * 2, key="b", model=PagePdf, pages=2)
    assert length(judge_pages([page], filed=True)[page.pk])[0] == "ok"


def test_in_a_list_a_sheet_that_changed_since_is_not_judged_by_its_last_paper():
    page = make_fact_sheet(body=BODY)
    paper(page, [["", 40]] * 2, key="b", model=PagePdf, pages=2)
    before = length(judge_pages([page])[page.pk])
    page.save_revision()
    after = length(judge_pages([page])[page.pk])

    assert before == ("ok", "", "")
    assert after == (
        "advice",
        "Changed since it was last printed. Open the preview “PDF” to measure it.",
        "body",
    )


def test_a_preview_of_the_draft_tells_the_checks_and_the_panel_beside_the_text(client, rf):
    body = [("paragraph", "<p>Words that fill a line or two of the sheet. </p>" * 90)]
    page = make_fact_sheet(body=body, live=False, page_budget=1)
    author = make_user()
    client.force_login(author)
    assert client.get(f"/admin/testimony/pdf/{page.pk}/").status_code == 200
    state, words, field = length(judge(page))
    assert (state, field) == ("missing", page.body[0].id)
    assert words.endswith("what does not fit begins in block number 1 (Paragraph).")
    assert remarks(rf, author, page) == [words]
    page.page_budget = 24
    assert remarks(rf, author, page) == []


def remarks(rf, user, page) -> list[str]:
    request = rf.get("/")
    request.user = user
    response = preview_paper(request, page, PAGES_MODE)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return [found.get_text() for found in soup.select(".paper__remark")]
