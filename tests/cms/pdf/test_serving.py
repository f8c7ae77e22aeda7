"""Answers that carry a stored PDF."""

from __future__ import annotations

import hashlib

import pytest
from django.test import RequestFactory

from cms.models import StoredPdf
from cms.pdf import store
from cms.views.pdf import serve_stored_pdf

BODY = b"%PDF-1.7 body"


@pytest.fixture
def stored(db) -> StoredPdf:
    digest = hashlib.sha256(BODY).hexdigest()
    return StoredPdf(
        sha256=digest, size=len(BODY), path=store.write(digest, BODY), filename="Testimony é.pdf"
    )


def ask(stored: StoredPdf, tag: str = "", **options):
    headers = {"If-None-Match": tag} if tag else {}
    return serve_stored_pdf(RequestFactory().get("/x", headers=headers), stored, **options)


def test_the_bytes_come_with_their_length_and_hash(stored):
    response = ask(stored)
    assert b"".join(response.streaming_content) == BODY
    response.close()
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(BODY))
    assert response["ETag"] == f'"{stored.sha256}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, no-cache"


def test_the_file_name_survives_beyond_ascii(stored):
    response = ask(stored)
    assert response["Content-Disposition"] == "inline; filename*=utf-8''Testimony%20%C3%A9.pdf"
    response.close()
    response = ask(stored, inline=False, filename="plain.pdf")
    assert response["Content-Disposition"] == 'attachment; filename="plain.pdf"'
    response.close()


@pytest.mark.parametrize("form", ['"{}"', 'W/"{}"', '"other", "{}"', "*"])
def test_a_reader_that_has_the_file_gets_no_body(stored, form):
    response = ask(stored, form.format(stored.sha256))
    assert response.status_code == 304
    assert response["ETag"] == f'"{stored.sha256}"'
    assert response.content == b""


@pytest.mark.parametrize("tag", ['"other"', "garbage"])
def test_a_reader_with_another_file_gets_this_one(stored, tag):
    response = ask(stored, tag)
    assert response.status_code == 200
    response.close()


def test_a_private_file_is_not_for_shared_caches(stored):
    response = ask(stored, public=False)
    assert response["Cache-Control"] == "private, no-cache"
    response.close()
