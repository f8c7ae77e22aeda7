"""Viewers read a PDF in parts: byte ranges, conditions, heads."""

from __future__ import annotations

import hashlib

import pytest
from django.test import RequestFactory

from cms.models import StoredPdf
from cms.pdf import store
from cms.views.pdf import serve_stored_pdf

BODY = b"%PDF-1.7 0123456789"


@pytest.fixture
def stored(db) -> StoredPdf:
    digest = hashlib.sha256(BODY).hexdigest()
    return StoredPdf(
        sha256=digest, size=len(BODY), path=store.write(digest, BODY), filename="Testimony.pdf"
    )


def ask(stored: StoredPdf, method: str = "get", **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return serve_stored_pdf(getattr(RequestFactory(), method)("/x", headers=named), stored)


def body(response) -> bytes:
    try:
        return b"".join(response)
    finally:
        response.close()


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-3", 0, 3),
        ("bytes=9-", 9, 18),
        ("bytes=-4", 15, 18),
        ("bytes=5-999", 5, 18),
        ("bytes=-999", 0, 18),
        ("bytes=18-18", 18, 18),
    ],
)
def test_a_part_comes_with_its_place(stored, wanted, first, last):
    response = ask(stored, Range=wanted)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/19"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["ETag"] == f'"{stored.sha256}"'
    assert body(response) == BODY[first : last + 1]


@pytest.mark.parametrize(
    "wanted",
    ["", "bytes=", "bytes=-", "bytes=1-2,4-5", "lines=1-2", "bytes=a-b", f"bytes={'1' * 5000}-"],
)
def test_what_is_no_single_range_gets_the_whole(stored, wanted):
    response = ask(stored, Range=wanted)
    assert (response.status_code, response["Accept-Ranges"]) == (200, "bytes")
    assert body(response) == BODY


@pytest.mark.parametrize("wanted", ["bytes=19-", "bytes=9-5", "bytes=-0"])
def test_a_range_that_the_file_does_not_have_is_refused(stored, wanted):
    response = ask(stored, Range=wanted)
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */19")


def test_a_part_of_another_version_is_not_mixed_in(stored):
    same, other = f'"{stored.sha256}"', '"0"'
    assert ask(stored, Range="bytes=0-3", If_Range=same).status_code == 206
    assert ask(stored, Range="bytes=0-3", If_Range=other).status_code == 200


def test_who_has_it_gets_no_part_either(stored):
    response = ask(stored, Range="bytes=0-3", If_None_Match=f'"{stored.sha256}"')
    assert response.status_code == 304


def test_a_head_says_what_a_get_would(stored):
    response = ask(stored, "head")
    assert (response.status_code, response["Content-Length"]) == (200, "19")
    assert response["Content-Disposition"] == 'inline; filename="Testimony.pdf"'
    response.close()
