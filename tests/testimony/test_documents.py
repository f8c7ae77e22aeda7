"""Web pages and PDFs of documents, for the public and for staff."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from cms.models import HomePage, PagePdf
from cms.pdf.errors import PdfAssetMissing, PdfRenderError, PdfUnavailable
from testimony.domain import printing
from testimony.models import TestimonyPage
from tests.builders import (
    GroupName,
    make_event,
    make_fact_sheet,
    make_point,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)

pytestmark = pytest.mark.django_db


def pdf_words(response) -> str:
    reader = PdfReader(io.BytesIO(b"".join(response.streaming_content)))
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture
def broken_printer(monkeypatch):
    def fail(document, **options):
        raise PdfRenderError("The table is too long.", block_id="block-1")

    monkeypatch.setattr(printing, "render", fail)
    monkeypatch.setattr("cms.pdf.service.render", fail)


def test_testimony_page_says_who_where_and_on_what(client):
    page = make_testimony(event=make_event(), vehicle=make_event().vehicle)
    text = client.get(page.url).content.decode()
    for words in ("Imani Calloway", "House Committee on Labor", "HB 1147", "Support", "Cite this"):
        assert words in text


def test_public_pages_are_cacheable_and_set_no_cookie(client):
    response = client.get(make_testimony().url)
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Cookie" not in response.get("Vary", "")
    assert response.cookies == {}


def test_an_unchanged_page_is_not_sent_again(client):
    url = make_testimony().url
    etag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_no_cache_keeps_what_a_member_was_shown(client):
    client.force_login(make_user())
    response = client.get(make_testimony().url)
    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response


def test_document_with_nothing_but_a_word_still_shows(client):
    for page in (
        make_testimony(speaker=None, position="", summary="", body=[paragraph("<p>Yes.</p>")]),
        make_fact_sheet(headline="", ask="<p>Yes.</p>", date=None),
    ):
        assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("references", [1, 3])
def test_testimony_page_costs_the_same_queries_however_much_it_refers_to(
    client, references, django_assert_num_queries
):
    points = [
        make_point(
            f"Point {n}",
            f'<p><embed embedtype="statistic" id="{make_statistic(f"s{n}").pk}"/></p>',
        )
        for n in range(references)
    ]
    event = make_event()
    page = make_testimony(
        body=[
            *(("talking_point", point) for point in points),
            ("statistic", {"statistic": make_statistic("placed"), "emphasis": ""}),
        ],
        event=event,
        vehicle=event.vehicle,
    )
    client.get(page.url)
    with django_assert_num_queries(12):
        client.get(page.url)


def test_pdf_is_made_once_and_then_served_from_the_store(client, monkeypatch):
    page = make_testimony(body=[paragraph("<p>Thank you, Chair Brandvold.</p>")])
    first = client.get(f"{page.url}pdf/")
    assert first["Content-Type"] == "application/pdf"
    words = pdf_words(first)
    assert "Thank you, Chair Brandvold." in words

    def refuse(*args, **kwargs):
        raise AssertionError("rendered again")

    monkeypatch.setattr("cms.pdf.service._render_once", refuse)
    second = client.get(f"{page.url}pdf/")
    assert pdf_words(second) == words
    assert second["ETag"] == first["ETag"]
    assert (
        client.get(f"{page.url}pdf/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    )


def test_page_states_size_and_length_of_its_pdf(client):
    page = make_testimony()
    pdf_words(client.get(f"{page.url}pdf/"))
    stored = PagePdf.objects.get(page=page).stored
    text = " ".join(client.get(page.url).content.decode().split())
    assert stored.pages == 1
    assert "1 page" in text


def test_newer_draft_is_neither_on_the_page_nor_in_its_pdf(client):
    page = make_testimony(body=[paragraph("<p>Published words</p>")])
    page.body = [paragraph("<p>Drafted words</p>")]
    page.title = "Drafted title"
    page.save_revision()
    assert "Drafted" not in client.get(page.url).content.decode()
    assert "Drafted" not in pdf_words(client.get(f"{page.url}pdf/"))


def test_failing_pdf_leaves_the_public_the_page_and_a_plain_message(client, broken_printer):
    response = client.get(f"{make_testimony().url}pdf/")
    assert response.status_code == 503
    text = response.content.decode()
    assert "The PDF cannot be made just now." in text
    assert "Thank you for hearing me." in text
    assert "too long" not in text
    assert response["Cache-Control"] == "no-store"


FAILURES = [
    PdfUnavailable("A library is missing."),
    PdfAssetMissing("asset://static/print.css"),
    OSError("disk full"),
]


@pytest.fixture(params=FAILURES, ids=lambda error: type(error).__name__)
def failure(request, monkeypatch):
    """Whatever may go wrong besides the document itself."""

    def fail(document, **options):
        raise request.param

    monkeypatch.setattr(printing, "render", fail)
    monkeypatch.setattr("cms.pdf.service.render", fail)
    return request.param


def test_no_failure_of_the_printing_is_an_error_page(client, failure):
    page = make_testimony()
    response = client.get(f"{page.url}pdf/")
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")
    assert "The PDF cannot be made just now." in response.content.decode()
    client.force_login(make_user())
    response = client.get(f"/admin/testimony/pdf/{page.pk}/")
    assert response.status_code == 503
    assert "disk full" not in response.content.decode()


def test_no_failure_of_the_printing_stops_a_publication(
    failure, django_capture_on_commit_callbacks
):
    page = make_testimony(live=False)
    with django_capture_on_commit_callbacks(execute=True):
        page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert PagePdf.objects.count() == 0
    printing.make_page_pdf.call(page.pk)


def test_bytes_that_are_lost_while_they_are_served_are_no_error_page(client, monkeypatch):
    page = make_testimony()

    def lost(*args, **kwargs):
        raise FileNotFoundError

    monkeypatch.setattr("testimony.views.documents.serve_public_pdf", lost)
    assert client.get(f"{page.url}pdf/").status_code == 503


def test_a_visitor_does_not_pay_for_the_search_of_the_fault(client, monkeypatch):
    asked = []

    def fail(document, *, find_fault=True):
        asked.append(find_fault)
        raise PdfRenderError("The table is too long.")

    monkeypatch.setattr(printing, "render", fail)
    monkeypatch.setattr("cms.pdf.service.render", fail)
    page = make_testimony()
    client.get(f"{page.url}pdf/")
    client.force_login(make_user())
    client.get(f"/admin/testimony/pdf/{page.pk}/")
    assert asked == [False, True]


def test_author_prints_a_draft_with_its_watermark(client):
    user = make_user()
    page = make_testimony(live=False, user=user)
    client.force_login(user)
    response = client.get(f"/admin/testimony/pdf/{page.pk}/")
    assert "DRAFT" in pdf_words(response)
    assert 'filename="DRAFT-testimony-on-hb-1147.pdf"' in response["Content-Disposition"]
    assert "private" in response["Cache-Control"]


def test_published_testimony_prints_without_the_watermark(client):
    page = make_testimony()
    client.force_login(make_user())
    response = client.get(f"/admin/testimony/pdf/{page.pk}/")
    assert "DRAFT" not in pdf_words(response)


def test_visitor_and_speaker_cannot_print_a_draft(client):
    page = make_testimony(live=False)
    assert client.get(f"/admin/testimony/pdf/{page.pk}/").status_code == 302
    client.force_login(make_user("sam", GroupName.SPEAKERS))
    assert client.get(f"/admin/testimony/pdf/{page.pk}/").status_code == 302


def test_editor_reads_which_block_failed(client, monkeypatch):
    user = make_user()
    page = make_testimony(live=False, user=user, body=[paragraph("<p>One</p>"), ("heading", "Two")])

    def fail(document, **options):
        raise PdfRenderError("The table is too long.", block_id=f"block-{page.body[1].id}")

    monkeypatch.setattr("cms.pdf.service.render", fail)
    client.force_login(user)
    response = client.get(f"/admin/testimony/pdf/{page.pk}/")
    assert response.status_code == 503
    assert "The table is too long." in response.content.decode()
    assert "Look at block number 2 (Heading)." in response.content.decode()


def test_a_page_without_a_printed_form_says_so(client):
    client.force_login(make_user())
    home = HomePage.objects.get()
    response = client.get(f"/admin/testimony/pdf/{home.pk}/")
    assert response.status_code == 503
    assert "This kind of page has no printed form." in response.content.decode()


@pytest.mark.parametrize("live", [True, False])
def test_an_imported_testimony_can_be_copied_and_the_copy_published(live):
    page = make_testimony(live=live, source_key="lib:1", source_digest="d" * 64)
    page.save_revision()
    page = TestimonyPage.objects.get(pk=page.pk)  # as the editor opens it
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=live)
    copy.get_latest_revision().publish()
    copy = TestimonyPage.objects.get(pk=copy.pk)
    assert (copy.source_key, copy.source_digest) == (None, "")
    page.refresh_from_db()
    assert page.source_key == "lib:1"


def test_publishing_makes_the_pdf_in_the_background(django_capture_on_commit_callbacks):
    page = make_testimony(live=False)
    with django_capture_on_commit_callbacks(execute=True):
        page.get_latest_revision().publish()
    assert PagePdf.objects.filter(page=page).count() == 1


def test_import_can_hold_the_printing_back(django_capture_on_commit_callbacks):
    page = make_testimony(live=False)
    with django_capture_on_commit_callbacks(execute=True), printing.hold_pdfs():
        page.get_latest_revision().publish()
    assert PagePdf.objects.filter(page=page).count() == 0
