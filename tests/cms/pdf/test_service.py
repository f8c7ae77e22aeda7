"""From a document to its stored file."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.utils import translation

from cms.pdf import errors, service, store, text
from cms.pdf.client import Rendered
from cms.pdf.registry import PdfDocument

TEMPLATE = "pdf_test.html"
SOURCE = (
    "{% load i18n %}<!doctype html><html lang='{{ language }}'><head><title>{{ title }}</title>"
    "</head><body><h1>{{ title }}</h1>{% if draft %}<p>DRAFT</p>{% endif %}"
    "<p id='block-a'>{{ words }}</p>{{ extra|safe }}<p>{% translate 'Yes' %}</p></body></html>"
)


@pytest.fixture(autouse=True)
def surroundings(settings, tmp_path):
    """A template, a cache and a store of the test's own."""
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {TEMPLATE: SOURCE})],
                "builtins": ["django.templatetags.i18n"],
            },
        }
    ]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.STORAGES = {
        **settings.STORAGES,
        "pdf": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    cache.clear()


def document(**changes) -> PdfDocument:
    words = changes.pop("words", "Clean water for all")
    extra = changes.pop("extra", "")
    values = {
        "kind": "test",
        "template": TEMPLATE,
        "context": {"words": words, "extra": extra},
        "title": "A statement",
        "language": "en",
        "filename": "a-statement.pdf",
    }
    return PdfDocument(**{**values, **changes})


@pytest.fixture
def renders(monkeypatch):
    """Counts renders."""
    seen: list[str] = []
    real = service.client

    class Counting:
        def render(self, job, *args):
            seen.append(job.html)
            return real().render(job, *args)

    monkeypatch.setattr(service, "client", Counting)
    return seen


def test_a_document_becomes_a_stored_file(db):
    stored = service.render(document())
    with stored.open() as handle:
        body = handle.read()
    assert body[:5] == b"%PDF-"
    assert stored.sha256 == hashlib.sha256(body).hexdigest()
    assert (stored.size, stored.pages, stored.warnings) == (len(body), 1, [])
    assert text.missing_words("A statement Clean water for all", text.extract_text(body)) == []


def test_the_same_document_is_rendered_once(db, renders):
    assert service.render(document()).pk == service.render(document()).pk
    assert len(renders) == 1


@pytest.mark.parametrize(
    "change", [{"words": "Other words"}, {"language": "es"}, {"draft": True}, {"title": "Other"}]
)
def test_a_changed_document_is_another_file(db, renders, change):
    assert service.render(document()).key != service.render(document(**change)).key
    assert len(renders) == 2


def test_a_changed_stylesheet_version_or_font_set_is_another_key(monkeypatch, page):
    def key() -> str:
        return service._prepare(page("x"), "en", service.RenderOptions()).key

    before = key()
    with monkeypatch.context() as patch:
        patch.setattr(service.engine, "ENGINE_REVISION", 99)
        service.engine.engine_versions.cache_clear()
        versions = key()
    service.engine.engine_versions.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(service.engine.fonts, "font_digest", lambda: "other")
        font_set = key()
    with monkeypatch.context() as patch:
        patch.setattr(service.engine, "PRINT_STYLESHEETS", ("rostrum/css/tokens.css",))
        css = key()
    assert len({before, versions, font_set, css}) == 4
    assert key() == before


def test_the_template_speaks_the_language_of_the_document():
    with translation.override("en"):
        html = service.document_html(document(language="es"))
    assert "<html lang='es'>" in html
    assert "<p>Sí</p>" in html


def test_a_draft_is_marked_by_its_template(db):
    with service.render(document(draft=True)).open() as handle:
        assert "DRAFT" in text.extract_text(handle.read())


def test_render_html_stores_nothing(db, page):
    result = service.render_html(page("<p>Text</p>"))
    assert (result.pdf[:5], result.pages, result.warnings) == (b"%PDF-", 1, ())
    assert result.cpu_seconds > 0
    assert service.StoredPdf.objects.count() == 0


def test_a_missing_picture_is_a_warning_that_stays_with_the_file(db):
    stored = service.render(document(extra='<img alt="x" src="asset://rendition/999999">'))
    assert stored.warnings[0] == "A picture is missing and was left out: asset://rendition/999999"


class Failing:
    """A client whose every render fails, and which counts them."""

    def __init__(self, error: errors.PdfError) -> None:
        self.error, self.count = error, 0

    def __call__(self) -> Failing:
        return self

    def render(self, *args) -> Rendered:
        self.count += 1
        raise self.error


@pytest.fixture
def failing(monkeypatch):
    def build(error: errors.PdfError, block: str | None = "block-a") -> Failing:
        fake = Failing(error)
        monkeypatch.setattr(service, "client", fake)
        monkeypatch.setattr(service, "locate_fault", lambda job, css, hint: block)
        return fake

    return build


def test_a_failure_names_the_block_and_is_remembered_for_a_while(db, failing):
    fake = failing(errors.PdfTimeout(detail="signal 24"))
    for _ in range(2):
        with pytest.raises(errors.PdfTimeout, match=r"took too long.*One block") as caught:
            service.render(document())
        assert caught.value.block_id == "block-a"
    assert fake.count == 1
    assert service.StoredPdf.objects.count() == 0


def test_a_failure_without_a_block_says_only_what_happened(db, failing):
    failing(errors.PdfTooLarge(), block=None)
    with pytest.raises(errors.PdfTooLarge) as caught:
        service.render(document())
    assert caught.value.block_id is None
    assert str(caught.value) == str(errors.PdfTooLarge.default_message)


def test_a_busy_machine_is_not_a_fault_of_the_document(db, failing):
    fake = failing(errors.PdfBusy())
    for _ in range(2):
        with pytest.raises(errors.PdfBusy):
            service.render(document())
    assert fake.count == 2


def test_a_changed_document_is_tried_again_at_once(db, failing):
    fake = failing(errors.PdfTimeout())
    for words in ("one", "two"):
        with pytest.raises(errors.PdfTimeout):
            service.render(document(words=words))
    assert fake.count == 2


class Search:
    """Stands for the search of the block at fault, and counts."""

    def __init__(self) -> None:
        self.hints: list[str | None] = []

    def __call__(self, job, css, hint=None) -> str:
        self.hints.append(hint)
        return "block-a"


def test_a_visitor_does_not_pay_for_the_search_of_the_fault(db, failing, monkeypatch):
    fake, search = failing(errors.PdfTimeout(block_id="block-b")), Search()
    monkeypatch.setattr(service, "locate_fault", search)
    for _ in range(2):
        with pytest.raises(errors.PdfTimeout) as caught:
            service.render(document(), find_fault=False)
        assert str(caught.value) == str(errors.PdfTimeout.default_message)
    assert (fake.count, search.hints) == (1, [])


def test_staff_hear_of_the_block_after_a_visitor_met_the_failure(db, failing, monkeypatch):
    fake, search = failing(errors.PdfTimeout(block_id="block-b")), Search()
    monkeypatch.setattr(service, "locate_fault", search)
    with pytest.raises(errors.PdfTimeout):
        service.render(document(), find_fault=False)
    for _ in range(2):
        with pytest.raises(errors.PdfTimeout, match="One block") as caught:
            service.render(document())
        assert caught.value.block_id == "block-a"
    assert (fake.count, search.hints) == (1, ["block-b"])


def test_the_search_of_the_fault_keeps_nobody_waiting(db, failing, monkeypatch):
    failing(errors.PdfTimeout())
    held: list[str] = []
    real = store.single_flight

    @contextmanager
    def watched(key, family=""):
        with real(key):
            held.append(key)
            try:
                yield
            finally:
                held.remove(key)

    monkeypatch.setattr(store, "single_flight", watched)
    monkeypatch.setattr(service, "locate_fault", lambda job, css, hint: f"{len(held)} locks")
    with pytest.raises(errors.PdfTimeout) as caught:
        service.render(document())
    assert caught.value.block_id == "0 locks"


@pytest.mark.parametrize("words", ["asset://static/nothing.css", "url(asset://font/no.ttf)"])
def test_words_that_look_like_an_address_are_printed(db, words):
    stored = service.render(document(words=f"See {words}"))
    with stored.open() as handle:
        assert text.missing_words(words, text.extract_text(handle.read())) == []
    assert stored.warnings == []


def test_a_file_that_the_content_names_in_vain_is_a_warning(db):
    stored = service.render(document(extra='<img alt="x" src="asset://static/no.png">'))
    assert stored.warnings[0] == "The PDF needs a file that is missing: asset://static/no.png"
