"""From a document to its stored file."""

from __future__ import annotations

import hashlib

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from cms.models import Issue
from cms.pdf import errors, registry, service, store, text
from cms.pdf.client import Rendered
from cms.pdf.registry import PdfDocument, PdfKind, register_kind

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


def test_characters_the_fonts_lack_are_a_warning(page):
    result = service.render_html(page("<p>Snow ☃</p>"))
    assert len(result.warnings) == 1
    assert "U+2603" in result.warnings[0]


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


class IssueKind(PdfKind):
    name = "issue"

    def document(self, obj, *, draft=False):
        return document(words=obj.name, draft=draft)

    def fingerprint(self, obj, *, draft=False):
        return obj.name


@pytest.fixture
def issue(monkeypatch, db):
    monkeypatch.setattr(registry, "_kinds", {})
    register_kind(Issue, IssueKind)
    return Issue.objects.create(name="Drinking water", slug="drinking-water")


def test_a_known_fingerprint_needs_neither_render_nor_template(issue, renders, monkeypatch):
    first = service.render_object(issue)
    monkeypatch.setattr(service, "render_to_string", lambda *args: pytest.fail("template used"))
    assert service.render_object(issue).pk == first.pk
    assert len(renders) == 1


def test_draft_and_changed_content_have_fingerprints_of_their_own(issue, renders):
    keys = {service.render_object(issue).key, service.render_object(issue, draft=True).key}
    issue.name = "Air"
    keys.add(service.render_object(issue).key)
    assert len(keys) == len(renders) == 3


def test_a_file_lost_behind_a_known_fingerprint_is_made_again(issue, renders):
    stored = service.render_object(issue)
    store.storage().delete(stored.path)
    assert service.render_object(issue).sha256 == stored.sha256
    assert len(renders) == 2


def test_without_a_fingerprint_the_template_decides(issue, renders, monkeypatch):
    monkeypatch.setattr(IssueKind, "fingerprint", PdfKind.fingerprint)
    templates: list[str] = []

    def count(name, context):
        templates.append(name)
        return render_to_string(name, context)

    monkeypatch.setattr(service, "render_to_string", count)
    assert service.render_object(issue).pk == service.render_object(issue).pk
    assert (len(renders), len(templates)) == (1, 2)


def test_an_object_that_does_not_print_is_refused_in_words(db, monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})
    with pytest.raises(errors.PdfUnavailable, match="has no PDF"):
        service.render_object(Issue(name="x"))
