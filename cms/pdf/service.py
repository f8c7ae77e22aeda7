"""The PDF service: documents in, stored files out. Everything else in this package is its means."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from cms.directions import document_direction, on_paper
from cms.models import StoredPdf
from cms.pdf import assets, by_chapter, caps, chapters, engine, errors, store
from cms.pdf.client import Job, Rendered, client
from cms.pdf.engine import RenderOptions
from cms.pdf.faults import locate_fault
from cms.pdf.registry import PdfAttachment, PdfDocument

logger = logging.getLogger(__name__)

# A document that failed is not tried again at once: previews and readers ask again and again.
FAILURE_SECONDS = 300


@dataclass(frozen=True)
class RenderResult:
    """A render that was not stored."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    cpu_seconds: float


@dataclass(frozen=True)
class Prepared:
    """A job with its stylesheets and its key."""

    job: Job
    css: assets.Manifest
    key: str
    marked: str = ""  # what `prepare_html` was given
    in_chapters: bool = False  # long enough to be cut at its marks


def render(document: PdfDocument, *, find_fault: bool = True) -> StoredPdf:
    """The stored PDF of a document; rendered at most once for the same content.

    `find_fault` names the block that makes a document fail. It costs several renders: for staff only.
    """
    prepared, labels = prepare(document)
    return render_prepared(prepared, labels, find_fault=find_fault)


def prepare(document: PdfDocument) -> tuple[Prepared, dict[str, str]]:
    """A document ready to be found or rendered, and the labels of its stored file."""
    labels = {
        "kind": document.kind,
        "title": document.title,
        "filename": document.filename,
        "language": document.language,
    }
    html, files = _marked_html(document), document.attachments
    return prepare_html(html, document.language, document.variant, files), labels


def prepare_html(
    marked: str, language: str, variant: str, attachments: tuple[PdfAttachment, ...] = ()
) -> Prepared:
    """As `prepare`, of HTML that holds the marks by which it is cut into chapters."""
    # PDF/UA-2 leads to elements instead of pages, which binding does not do.
    cut = variant != "pdf/ua-2" and chapters.is_cut(marked)
    options = RenderOptions(variant=variant)
    prepared = _prepare(chapters.plain(marked), language, options, attachments, cut=cut)
    return replace(prepared, marked=marked, in_chapters=cut)


def render_prepared(
    prepared: Prepared, labels: dict[str, str], *, find_fault: bool = True
) -> StoredPdf:
    """As `render`."""
    try:
        return store.get_or_render(prepared.key, labels, lambda: _render_once(prepared))[0]
    except (errors.PdfBusy, errors.PdfTextLost, errors.PdfMissingGlyph):
        raise
    except errors.PdfRenderError as error:
        if not find_fault:
            raise
        # Outside the lock on the key, so that nobody waits for the search.
        raise _blamed(prepared, error) from error


def render_html(
    html: str, *, language: str = "en", options: RenderOptions | None = None
) -> RenderResult:
    """Print HTML without storing the result."""
    prepared = _prepare(html, language, options or RenderOptions())
    done = _render(prepared)
    return RenderResult(done.pdf, done.pages, done.warnings, done.cpu_seconds)


def document_html(document: PdfDocument) -> str:
    """The whole document as it is printed, in its own language."""
    return chapters.plain(_marked_html(document))


def _marked_html(document: PdfDocument) -> str:
    """The document's template, with the marks by which it is cut into chapters."""
    with translation.override(document.language), on_paper():
        context = {
            "language": document.language,
            "title": document.title,
            "choices": document.choices,
            "direction": document_direction(),
        }
        return render_to_string(
            document.template, {**context, **document.context, "draft": document.draft}
        )


def _prepare(
    html: str,
    language: str,
    options: RenderOptions,
    attachments: tuple[PdfAttachment, ...] = (),
    *,
    cut: bool = False,
) -> Prepared:
    css = engine.stylesheet_manifest()
    wanted = assets.collect((), optional=assets.urls_in_html(html), known=css)
    parts: dict[str, Any] = {
        "html": hashlib.sha256(html.encode("utf-8", "surrogatepass")).hexdigest(),
        "language": language,
        "base_url": settings.ROSTRUM_BASE_URL,
        "assets": wanted.digests(),
        **engine.identity(options, css),
    }
    if attachments:
        parts["attachments"] = [
            (a.name, a.mime, a.description, a.relationship, hashlib.sha256(a.body).hexdigest())
            for a in attachments
        ]
    if cut:
        parts["chapters"] = [by_chapter.REVISION, version("pikepdf")]
    job = Job(
        html,
        language,
        wanted,
        options,
        base_url=settings.ROSTRUM_BASE_URL,
        attachments=attachments,
    )
    return Prepared(job, css, store.content_key(parts))


def _render(prepared: Prepared) -> Rendered:
    pieces = chapters.split(prepared.marked) if prepared.in_chapters else None
    if pieces is not None:
        try:
            return _render_chapters(prepared, pieces)
        except by_chapter.NotBound as error:
            logger.warning("PDF: printed whole, not by chapters: %s", error.detail)
    limits = caps.limits_for(prepared.job.html)
    done = client().render(prepared.job, prepared.css, limits)
    warnings = (*prepared.job.manifest.warnings, *done.warnings)
    for line in warnings:
        logger.warning("PDF: %s", line)
    return replace(done, warnings=warnings)


def _render_chapters(prepared: Prepared, cut: chapters.Chapters) -> Rendered:
    """Each chapter by a key of its own: those that did not change are in the store."""
    job = prepared.job

    def stored(html: str, title: str, *, is_first: bool = False) -> StoredPdf:
        files = tuple(job.attachments) if is_first else ()
        piece = _prepare(html, job.language, job.options, files)
        labels = {"kind": by_chapter.KIND, "title": title, "language": job.language}
        labels["filename"] = f"{piece.key[:12]}.pdf"
        return store.get_or_render(
            piece.key, labels, lambda: _render(piece), family=by_chapter.KIND
        )[0]

    return by_chapter.rendered(cut, job.language, stored)


def _render_once(prepared: Prepared) -> Rendered:
    """Render, unless the same failed a short while ago."""
    memo = f"pdf-failure:{prepared.key}"
    remembered = cache.get(memo)
    if remembered:
        raise errors.recalled(remembered)
    try:
        return _render(prepared)
    except errors.PdfBusy:
        raise
    except errors.PdfRenderError as error:
        logger.error("PDF failed at block %s: %s", error.block_id, error.detail)
        cache.set(memo, errors.facts_of(error), FAILURE_SECONDS)
        raise


def _blamed(prepared: Prepared, error: errors.PdfRenderError) -> errors.PdfRenderError:
    """The same failure with the block at fault; what the search found is remembered for a while."""
    memo = f"pdf-fault:{prepared.key}"
    found = cache.get(memo)
    if found is None:
        found = (locate_fault(prepared.job, prepared.css, hint=error.block_id),)
        cache.set(memo, found, FAILURE_SECONDS)
    (block_id,) = found
    return type(error)(
        error.message,
        block_id=block_id,
        detail=error.detail,
        words=error.words,
        in_block=block_id is not None,
    )
