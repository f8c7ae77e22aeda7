"""The paper beside the text: pages as pictures for the one who edits, and for nobody else."""

from __future__ import annotations

import datetime as dt
import io
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter

from cms.enums import GroupName
from cms.models import StoredPdf
from cms.pdf import page_pictures, store
from cms.pdf.client import Rendered
from cms.pdf.errors import PdfRenderError
from cms.pdf.waiting import InTheMaking
from cms.views.paper import paper_pages, token
from tests.builders import make_user

pytestmark = pytest.mark.django_db
LABELS = {"kind": "testimony", "title": "Draft", "filename": "draft.pdf", "language": "en"}


@pytest.fixture(autouse=True)
def own_data(settings, tmp_path):
    settings.ROSTRUM_DATA = tmp_path


def blank_pdf(pages: int) -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    for _number in range(pages):
        writer.add_blank_page(612, 792)
    writer.write(target)
    return target.getvalue()


def stored_pdf(pages: int = 2, key: str = "a" * 64) -> StoredPdf:
    return store.save(key, LABELS, Rendered(blank_pdf(pages), pages, (), 0.1))


def asking(user) -> SimpleNamespace:
    return SimpleNamespace(user=user, META={}, headers={})


def picture_url(user, stored: StoredPdf, number: int = 1) -> str:
    return reverse("cms_paper_page", args=[token(asking(user), stored), number])


def pdf_url(user, stored: StoredPdf) -> str:
    return reverse("cms_paper_pdf", args=[token(asking(user), stored)])


def answer(client: Client, url: str) -> tuple[int, bytes]:
    response = client.get(url)
    return response.status_code, response.getvalue()


def test_each_page_is_one_picture_in_the_shape_of_the_paper():
    stored = stored_pdf(pages=3)
    made = page_pictures.pictures(stored)
    assert [picture.number for picture in made] == [1, 2, 3]
    assert made[0].height / made[0].width == pytest.approx(11 / 8.5, abs=0.01)
    with Image.open(page_pictures.picture_file(stored, 3)) as picture:
        assert picture.size == (made[2].width, made[2].height)


def test_pictures_are_made_once_and_kept_by_the_hash_of_the_file(monkeypatch):
    stored = stored_pdf()
    page_pictures.pictures(stored)
    monkeypatch.setattr(page_pictures, "_draw", pytest.fail)
    assert len(page_pictures.pictures(stored)) == 2


def test_several_that_ask_at_once_have_the_pictures_drawn_once(monkeypatch):
    stored, drawn, seen = stored_pdf(), [], []

    def draw(pdf: bytes, folder: Path) -> None:
        drawn.append(folder)
        time.sleep(0.1)
        (folder / page_pictures.SIZES).write_text("[[1, 2]]")

    monkeypatch.setattr(page_pictures, "_draw", draw)
    threads = [
        threading.Thread(target=lambda: seen.append(page_pictures.pictures(stored)))
        for _asker in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(drawn), len(seen)) == (1, 4)


def test_old_pictures_make_room_for_new_ones(monkeypatch, tmp_path):
    monkeypatch.setattr(page_pictures, "KEPT", 1)
    for pages, letter in ((1, "a"), (2, "b")):
        page_pictures.pictures(stored_pdf(pages, letter * 64))
    assert len(list((tmp_path / "page-pictures").iterdir())) == 1


def test_a_file_that_is_no_pdf_is_an_error_and_leaves_nothing_behind(tmp_path):
    stored = store.save("b" * 64, LABELS, Rendered(b"%PDF-1.7 broken", 1, (), 0.1))
    with pytest.raises(PdfRenderError, match="could not be drawn"):
        page_pictures.pictures(stored)
    assert list((tmp_path / "page-pictures").iterdir()) == []


def test_the_one_it_was_shown_to_gets_the_picture_and_the_file(client):
    author, stored = make_user(), stored_pdf()
    client.force_login(author)
    status, body = answer(client, picture_url(author, stored))
    assert (status, body[:4]) == (200, b"\x89PNG")
    status, body = answer(client, pdf_url(author, stored))
    assert (status, len(PdfReader(io.BytesIO(body)).pages)) == (200, 2)


def test_a_file_that_was_swept_is_said_to_be_gone(client):
    author, stored = make_user(), stored_pdf()
    client.force_login(author)
    store.storage().delete(stored.path)
    status, body = answer(client, pdf_url(author, stored))
    assert (status, body.decode()) == (
        404,
        "This file was removed meanwhile. Load the preview again, and it is made anew.",
    )
    assert answer(client, picture_url(author, stored))[0] == 404


def test_nobody_else_gets_it_whatever_their_rights(client):
    author, stored = make_user(), stored_pdf()
    urls = [picture_url(author, stored), pdf_url(author, stored)]
    assert [client.get(url).status_code for url in urls] == [302, 302]  # to the sign-in page
    for name, group in (("bob", GroupName.AUTHORS), ("eve", GroupName.ADMINISTRATORS)):
        client.force_login(make_user(name, group))
        assert [client.get(url).status_code for url in urls] == [404, 404]


@pytest.mark.parametrize("forged", ["x", "e30:abc", "a" * 64])
def test_an_address_that_was_not_given_out_is_nothing(client, forged):
    client.force_login(make_user())
    assert client.get(reverse("cms_paper_page", args=[forged, 1])).status_code == 404
    assert client.get(reverse("cms_paper_pdf", args=[forged])).status_code == 404


def test_a_page_that_the_paper_does_not_have_is_nothing(client):
    author, stored = make_user(), stored_pdf()
    client.force_login(author)
    assert client.get(picture_url(author, stored, 9)).status_code == 404


def test_an_address_lasts_until_the_end_of_the_next_day(client):
    author, stored = make_user(), stored_pdf()
    url = picture_url(author, stored)
    later = {}
    for days in (1, 2):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=days), tick=False):
            client.force_login(author)
            later[days] = answer(client, url)[0]
    assert later == {1: 200, 2: 404}


def test_pictures_are_kept_by_the_browser_of_the_editor_alone(client):
    author, stored = make_user(), stored_pdf()
    client.force_login(author)
    response = client.get(picture_url(author, stored))
    response.getvalue()
    assert "private" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def fragment(rf, make, explain=lambda error: {}):
    request = rf.get("/")
    request.user = make_user()
    return paper_pages(request, make, explain)


def test_the_fragment_holds_the_page_count_of_the_file(rf):
    stored = stored_pdf(pages=3)
    response = fragment(rf, lambda: stored)
    text = response.content.decode()
    assert f'data-page-count="3" data-sha256="{stored.sha256}"' in text
    assert "3 pages, as they print now" in text
    assert "no-store" in response["Cache-Control"]


def test_more_pages_than_are_drawn_are_counted(rf, monkeypatch):
    monkeypatch.setattr(page_pictures, "MOST_PAGES", 2)
    stored = stored_pdf(pages=5)
    assert "3 more pages are in the PDF." in fragment(rf, lambda: stored).content.decode()


def test_a_failure_names_the_block(rf):
    def fail() -> StoredPdf:
        raise PdfRenderError("It does not end.", block_id="block-1")

    response = fragment(rf, fail, lambda error: {"block": f"number 3 ({error.block_id})"})
    assert response.status_code == 503
    assert "Look at block number 3 (block-1)." in response.content.decode()


def test_a_long_paper_is_asked_for_again(rf):
    def wait() -> StoredPdf:
        raise InTheMaking

    response = fragment(rf, wait)
    assert (response.status_code, b'data-paper-again="3"' in response.content) == (202, True)
