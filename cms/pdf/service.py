"""The PDF service: documents in, stored files out. Everything else in this package is its means."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cms.models import StoredPdf
from cms.pdf import assets, engine, errors, store
from cms.pdf.client import Job, Rendered, client
from cms.pdf.engine import RenderOptions
from cms.pdf.faults import locate_fault
from cms.pdf.registry import PdfDocument, kind_for

logger = logging.getLogger(__name__)

# A document that failed is not tried again at once: previews and readers ask again and again.
FAILURE_SECONDS = 300
_FAILURES = {
    kind.__name__: kind for kind in (errors.PdfRenderError, errors.PdfTimeout, errors.PdfTooLarge)
}


@dataclass(frozen=True)
class RenderResult:
    """A render that was not stored."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    cpu_seconds: float


@dataclass(frozen=True)
class _Prepared:
    """A job with its stylesheets and its key."""

    job: Job
    css: assets.Manifest
    key: str


def render(document: PdfDocument) -> StoredPdf:
    """The stored PDF of a document; rendered at most once for the same content."""
    prepared = _prepare(document_html(document), document.language, RenderOptions())
    labels = {
        "kind": document.kind,
        "title": document.title,
        "filename": document.filename,
        "language": document.language,
    }
    stored, _new = store.get_or_render(prepared.key, labels, lambda: _render_or_blame(prepared))
    return stored


def render_object(obj: Model, *, draft: bool = False) -> StoredPdf:
    """The stored PDF of a registered object.

    Skips even the template when the object's kind can name its content by a fingerprint.
    """
    kind = kind_for(obj)
    if kind is None:
        raise errors.PdfUnavailable(_("This kind of page has no PDF."))
    memo = _memo_name(obj, kind.name, kind.fingerprint(obj, draft=draft), draft)
    key = cache.get(memo) if memo else None
    stored = store.find(key) if key else None
    if stored is None:
        stored = render(kind.document(obj, draft=draft))
        if memo:
            cache.set(memo, stored.key, None)
    return stored


def render_html(
    html: str, *, language: str = "en", options: RenderOptions | None = None
) -> RenderResult:
    """Print HTML without storing the result."""
    prepared = _prepare(html, language, options or RenderOptions())
    done = _render(prepared)
    return RenderResult(done.pdf, done.pages, done.warnings, done.cpu_seconds)


def document_html(document: PdfDocument) -> str:
    """The document's template, in the document's own language."""
    with translation.override(document.language):
        context = {"language": document.language, "title": document.title}
        return render_to_string(
            document.template, {**context, **document.context, "draft": document.draft}
        )


def _prepare(html: str, language: str, options: RenderOptions) -> _Prepared:
    css = engine.stylesheet_manifest()
    wanted = assets.collect([*css.assets, *assets.urls_in_html(html)])
    parts: dict[str, Any] = {
        "html": hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest(),
        "language": language,
        "base_url": settings.ROSTRUM_BASE_URL,
        "assets": wanted.digests(),
        **engine.identity(options, css),
    }
    job = Job(html, language, wanted, options, base_url=settings.ROSTRUM_BASE_URL)
    return _Prepared(job, css, store.content_key(parts))


def _render(prepared: _Prepared) -> Rendered:
    done = client().render(prepared.job, prepared.css)
    warnings = (*prepared.job.manifest.warnings, *done.warnings)
    for line in warnings:
        logger.warning("PDF: %s", line)
    return Rendered(done.pdf, done.pages, warnings, done.cpu_seconds)


def _render_or_blame(prepared: _Prepared) -> Rendered:
    """Render; on failure find the block at fault and remember both for a while."""
    memo = f"pdf-failure:{prepared.key}"
    remembered = cache.get(memo)
    if remembered:
        name, message, block_id = remembered
        raise _FAILURES[name](message, block_id=block_id)
    try:
        return _render(prepared)
    except errors.PdfBusy:
        raise
    except errors.PdfRenderError as error:
        block_id = locate_fault(prepared.job, prepared.css, hint=error.block_id)
        logger.error("PDF failed, block %s: %s", block_id, error.detail)
        message = _blame(str(error), block_id)
        cache.set(memo, (type(error).__name__, message, block_id), FAILURE_SECONDS)
        raise type(error)(message, block_id=block_id, detail=error.detail) from error


def _blame(message: str, block_id: str | None) -> str:
    if block_id is None:
        return message
    return f"{message} {_('One block of the page is the cause. Your text is safe.')}"


def _memo_name(obj: Model, kind: str, fingerprint: str | None, draft: bool) -> str | None:
    if fingerprint is None:
        return None
    css = engine.stylesheet_manifest()
    parts = {"fingerprint": fingerprint, "draft": draft, **engine.identity(RenderOptions(), css)}
    return f"pdf-key:{kind}:{obj.pk}:{store.content_key(parts)}"
