"""What the reader inside the render process gives out."""

from __future__ import annotations

import base64
import hashlib

import pytest

from cms.pdf import fetcher
from cms.pdf.fetcher import AssetLimit, AssetReader, AssetRefused, Resource

URL = "asset://static/a.png"


def resource(body: bytes) -> Resource:
    return Resource("image/png", hashlib.sha256(body).hexdigest(), body=body)


def data_url(content_type: str, body: bytes) -> str:
    return f"data:{content_type};base64,{base64.b64encode(body).decode()}"


def test_a_listed_file_is_read_from_memory_or_from_its_path(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(b"on disk")
    on_disk = Resource("image/png", hashlib.sha256(b"on disk").hexdigest(), path=str(path))
    reader = AssetReader({URL: resource(b"in memory"), "asset://static/b.png": on_disk})
    assert reader.read(URL) == ("image/png", b"in memory")
    assert reader.read("asset://static/b.png") == ("image/png", b"on disk")


def test_a_file_that_changed_since_the_key_was_made_is_refused():
    changed = Resource("image/png", hashlib.sha256(b"before").hexdigest(), body=b"after")
    with pytest.raises(AssetRefused, match="changed during the render"):
        AssetReader({URL: changed}).read(URL)


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg"])
def test_short_inline_pictures_are_read(kind):
    assert AssetReader({}).read(data_url(kind, b"picture")) == (kind, b"picture")


@pytest.mark.parametrize(
    "url",
    [
        "asset://static/other.png",
        "http://127.0.0.1/a.png",
        "https://example.org/a.png",
        "file:///etc/hostname",
        "ftp://example.org/a",
        "",
        "a.png",
        data_url("image/svg+xml", b"<svg/>"),
        data_url("text/css", b"p{}"),
        data_url("font/ttf", b"font"),
        "data:image/png,plain",
        "data:image/png;base64,a",
        "data:image/png;base64," + "A" * (fetcher.MAX_DATA_URL + 1),
    ],
)
def test_everything_else_is_refused(url):
    with pytest.raises(AssetRefused):
        AssetReader({URL: resource(b"x")}).read(url)


@pytest.mark.parametrize(
    ("name", "limit"), [("MAX_COUNT", 2), ("MAX_TOTAL", 8), ("MAX_RESOURCE", 3)]
)
def test_reading_too_much_stops_the_document(monkeypatch, name, limit):
    monkeypatch.setattr(fetcher, name, limit)
    reader = AssetReader({URL: resource(b"1234")})
    with pytest.raises(AssetLimit):
        [reader.read(URL) for _ in range(3)]
