"""Which files a document may read is decided before it is rendered."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import FileSystemStorage
from wagtail.images import get_image_model

from cms.pdf import assets
from cms.pdf.errors import PdfAssetMissing

PRINT_CSS = "asset://static/rostrum/css/print.css"


@pytest.fixture
def static(monkeypatch, tmp_path):
    """Static files of one test, found by the ordinary finders."""
    real = finders.find

    def find(name: str):
        path = tmp_path / name
        return str(path) if path.is_file() else real(name)

    monkeypatch.setattr(finders, "find", find)

    def add(name: str, text: str) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return f"asset://static/{name}"

    return add


def test_addresses_are_found_in_attributes_and_styles_each_once():
    html = (
        '<img src="asset://rendition/7"><img src="asset://rendition/7">'
        "<p style=\"background:url('asset://static/a%20b.svg?v=1#x')\">"
        "<style>@font-face{src:url(asset://font/public-sans-400.ttf)}</style>"
        '<a href="https://example.org/">asset://other/x</a>'
    )
    assert assets.urls_in_html(html) == [
        "asset://rendition/7",
        "asset://static/a%20b.svg",
        "asset://font/public-sans-400.ttf",
    ]


def test_words_links_and_comments_name_no_file():
    html = (
        "<p>asset://static/a.css url(asset://static/b.css)</p><!-- <img src='asset://static/c.png'> -->"
        '<a href="asset://static/d.css">d</a><p title="asset://static/e.css">&lt;img src="asset://static/f.png"&gt;</p>'
        '<svg><image href="asset://static/g.svg"/></svg><p>after <style>p{}</style>url(asset://static/h.css)</p>'
    )
    assert assets.urls_in_html(html) == ["asset://static/g.svg"]


def test_what_the_content_names_in_vain_is_a_warning_and_the_rest_is_there(static):
    there = static("t/logo.svg", "<svg/>")
    manifest = assets.collect([], optional=[there, "asset://static/no.png", "asset://font/no.ttf"])
    assert list(manifest.assets) == [there]
    assert manifest.warnings == (
        "The PDF needs a file that is missing: asset://static/no.png",
        "The PDF needs a file that is missing: asset://font/no.ttf",
    )


def test_a_file_that_the_stylesheets_need_is_needed_even_if_the_content_names_it_too():
    url = "asset://static/no.css"
    with pytest.raises(PdfAssetMissing):
        assets.collect([url], optional=[url])


def test_an_address_is_canonical_as_the_engine_asks_for_it():
    assert assets.canonical("asset://static/é&.png?x#y") == "asset://static/%C3%A9&.png"


def test_relative_addresses_in_a_stylesheet_are_below_its_own_folder():
    css = (
        '@import "base.css"; @import url(../other.css);\n/* url(commented.png) */'
        "a{background:url('img/x.png')} b{background:url(#local)}"
        "c{background:url(asset://static/y.svg)} d{background:url(https://example.org/z.png)}"
    )
    assert assets.urls_in_css(css, PRINT_CSS) == [
        "asset://static/rostrum/other.css",
        "asset://static/rostrum/css/img/x.png",
        "asset://static/y.svg",
        "asset://static/rostrum/css/base.css",
    ]


def test_stylesheets_are_followed_through_their_imports_even_in_circles(static):
    first = static("t/a.css", '@import "b.css";')
    static("t/b.css", '@import "a.css"; p{background:url(dot.svg)}')
    static("t/dot.svg", "<svg/>")
    assert assets.stylesheet_urls([first]) == [
        "asset://static/t/a.css",
        "asset://static/t/b.css",
        "asset://static/t/dot.svg",
    ]


def test_a_static_file_is_fixed_by_type_path_and_hash(static, tmp_path):
    url = static("t/logo.svg", "<svg/>")
    asset = assets.collect([url]).assets[url]
    assert asset.content_type == "image/svg+xml"
    assert asset.path == str(tmp_path / "t/logo.svg")
    assert asset.sha256 == hashlib.sha256(b"<svg/>").hexdigest()


def test_a_changed_file_changes_its_hash(static):
    url = static("t/logo.svg", "<svg/>")
    before = assets.collect([url]).digests()
    static("t/logo.svg", "<svg id='b'/>")
    assert assets.collect([url]).digests() != before


@pytest.mark.parametrize(
    "name",
    [
        "../../settings/base.py",
        "rostrum/../../settings/base.py",
        "%2e%2e/settings/base.py",
        "rostrum/css/%2e%2e/css/print.css",
        "/etc/hostname",
        "//etc/hostname",
        "rostrum\\css\\print.css",
        "no/such/file.png",
        "",
        "rostrum",
    ],
)
def test_a_static_name_that_leaves_the_static_files_is_refused(name):
    with pytest.raises(PdfAssetMissing):
        assets.collect([f"asset://static/{name}"])


def test_a_missing_static_file_is_named():
    with pytest.raises(PdfAssetMissing, match=r"asset://static/no\.png") as caught:
        assets.collect(["asset://static/no.png"])
    assert caught.value.url == "asset://static/no.png"


def test_only_fonts_of_the_set_have_an_address():
    found = assets.collect(["asset://font/public-sans-400.ttf"]).assets
    assert [asset.content_type for asset in found.values()] == ["font/ttf"]
    with pytest.raises(PdfAssetMissing):
        assets.collect(["asset://font/../web/fonts.css"])


@pytest.fixture
def rendition(db):
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "#1b4965").save(buffer, "PNG")
    body = buffer.getvalue()
    image = get_image_model()(title="A picture")
    image.file = ImageFile(io.BytesIO(body), name="picture.png")
    image.save()
    return image.get_rendition_model().objects.create(
        image=image, filter_spec="width-20", focal_point_key="", width=20, height=15,
        file=ContentFile(body, name="picture.width-20.png"),
    )  # fmt: skip


def test_a_rendition_is_found_by_its_key(rendition):
    url = f"asset://rendition/{rendition.pk}"
    manifest = assets.collect([url])
    body = Path(rendition.file.path).read_bytes()
    assert manifest.warnings == ()
    assert manifest.assets[url].content_type == "image/png"
    assert manifest.assets[url].sha256 == hashlib.sha256(body).hexdigest()


def test_all_renditions_take_one_query(rendition, django_assert_num_queries):
    urls = [f"asset://rendition/{rendition.pk}", "asset://rendition/999998"]
    with django_assert_num_queries(1):
        assets.collect(urls)


def test_a_missing_rendition_is_a_warning_and_not_an_error(rendition):
    Path(rendition.file.path).unlink()
    urls = [f"asset://rendition/{rendition.pk}", "asset://rendition/999999", "asset://rendition/x"]
    manifest = assets.collect(urls)
    assert manifest.assets == {}
    assert sorted(manifest.warnings) == sorted(
        f"A picture is missing and was left out: {url}" for url in urls
    )


class PathlessStorage(FileSystemStorage):
    """Behaves like object storage: no file of it has a path."""

    def path(self, name: str) -> str:
        raise NotImplementedError


def test_a_storage_without_paths_sends_the_bytes(rendition, tmp_path):
    field = rendition.file
    real = FileSystemStorage(tmp_path)
    field.name = real.save("picture.png", ContentFile(b"bytes"))
    field.storage = PathlessStorage(tmp_path)
    field.storage._open = lambda name, mode="rb": (tmp_path / name).open(mode)
    asset = assets._stored_asset("asset://rendition/1", field)
    assert (asset.path, asset.body) == ("", b"bytes")
    assert asset.sha256 == hashlib.sha256(b"bytes").hexdigest()
