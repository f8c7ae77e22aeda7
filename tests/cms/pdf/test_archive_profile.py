"""Records for the archive, what a file says of itself, and the same bytes every time."""

from __future__ import annotations

import functools
from hashlib import sha256

import pytest

from cms.pdf import client as module
from cms.pdf import service
from cms.pdf.engine import RenderOptions
from cms.pdf.registry import PdfAttachment
from tests.pdf_checks import assert_accessible, attachments_of, metadata_of, opened

PICTURE = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
HTML = f"""<!doctype html><html lang="en"><head><title>Water</title>
<meta name="author" content="Larkmoor Health"><meta name="description" content="Wells">
<meta name="keywords" content="water, wells"><meta name="generator" content="Somebody’s machine">
<meta name="dcterms.created" content="2024-02-03"><meta name="x-user" content="imani">
<link rel="attachment" href="{PICTURE}"></head><body><h1>Water</h1>
<p>Words<span class="footnote">Note</span></p><img alt="Dot" src="{PICTURE}" style="image-rendering:auto"></body></html>"""
FILES = (
    PdfAttachment("record.json", b'{"a": 1}', "application/json", "The record"),
    PdfAttachment("chart-1.csv", b"a,b\r\n", "text/csv", "The figures"),
)
VARIANTS = ("pdf/ua-1", "archive", "pdf/ua-2")


@functools.cache
def printed(variant: str, files: tuple[PdfAttachment, ...] = ()) -> bytes:
    prepared = service._prepare(HTML, "en", RenderOptions(variant=variant), files)
    return service._render(prepared).pdf


@pytest.fixture(scope="module")
def archived() -> bytes:
    return printed("archive", FILES)


def test_an_archived_file_claims_pdf_a_and_pdf_ua(archived):
    claims = {k: v for k, v in metadata_of(archived).items() if k.startswith(("pdfaid", "pdfuaid"))}
    assert claims == {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    assert_accessible(archived, language="en", title="Water")
    with opened(archived) as document:
        xmp = bytes(document.Root.Metadata.read_raw_bytes()).decode()
        assert xmp.count("<rdf:RDF") == xmp.count("</rdf:RDF>") == 1
        assert "pdfaExtension:schemas" in xmp
        (intent,) = document.Root.OutputIntents
        assert (str(intent.S), int(intent.DestOutputProfile.N)) == ("/GTS_PDFA1", 3)
        assert len(document.trailer.ID) == 2


def test_no_picture_of_an_archived_file_is_smoothed(archived):
    with opened(archived) as document:
        images = [o for o in document.objects if getattr(o, "get", {}.get)("/Subtype") == "/Image"]
        assert [bool(image.Interpolate) for image in images] == [False] * len(images) != []


def test_data_is_attached_once_each_with_what_it_is(archived):
    assert attachments_of(archived) == {"record.json": b'{"a": 1}', "chart-1.csv": b"a,b\r\n"}
    with opened(archived) as document:
        listed = [
            (str(f.UF), str(f.AFRelationship), str(f.EF.F.Subtype), str(f.Desc))
            for f in document.Root.AF
        ]
        dates = {
            str(f.EF.F.Params[name])
            for f in document.Root.AF
            for name in ("/ModDate", "/CreationDate")
        }
    assert listed == [
        ("chart-1.csv", "/Data", "/text/csv", "The figures"),
        ("record.json", "/Data", "/application/json", "The record"),
    ]
    assert dates == {"D:20200101000000Z"}


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_file_says_of_itself_only_what_it_may(variant):
    with opened(printed(variant)) as document:
        information = {name: str(value) for name, value in document.docinfo.items()}
        embedded = dict(document.attachments)
    assert information == {
        "/Title": "Water",
        "/Author": "Larkmoor Health",
        "/Subject": "Wells",
        "/Keywords": "water, wells",
        "/Producer": "WeasyPrint 70.0",
    }
    assert embedded == {}


def test_attachments_are_part_of_the_key():
    options = RenderOptions(variant="archive")
    keys = {service._prepare(HTML, "en", options, files).key for files in ((), FILES, FILES[:1])}
    assert len(keys) == 3


def test_every_variant_has_the_same_bytes_in_another_process_order_and_hash_seed(monkeypatch):
    files = {"archive": FILES}
    prepared = {
        v: service._prepare(HTML, "en", RenderOptions(variant=v), files.get(v, ()))
        for v in VARIANTS
    }
    environment = module.Server._environment
    monkeypatch.setattr(
        module.Server, "_environment", lambda self: {**environment(self), "PYTHONHASHSEED": "7"}
    )
    other = module.RenderClient()
    try:
        second = {v: other.render(prepared[v].job, prepared[v].css).pdf for v in VARIANTS[::-1]}
    finally:
        other.close()
    first = {v: printed(v, files.get(v, ())) for v in VARIANTS}
    assert [sha256(first[v]).hexdigest() for v in VARIANTS] == [
        sha256(second[v]).hexdigest() for v in VARIANTS
    ]
