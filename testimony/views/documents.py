"""Pages of testimony and fact sheets: on the web, as PDF, as a draft for staff."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.models import Page

from cms.models import PagePdf
from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.errors import PdfError
from cms.pdf.registry import PdfKind, UnknownVersion, kind_for
from cms.pdf.twins.registry import CONTENT_TYPES, LABELS
from cms.pdf.waiting import InTheMaking, obtain
from cms.views.pdf import in_the_making, serve_public_pdf, serve_stored_pdf
from cms.views.public import cacheable
from events.domain.blocks import describe_block
from events.domain.records import records_for
from events.models import Record
from testimony.domain.citations import cite_document
from testimony.domain.figures import Figure, superseded, superseded_of
from testimony.domain.printing import note_draft, obtain_pdf, pdf_document
from testimony.domain.resolve import resolve
from testimony.models import DocumentPage

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TwinLink:
    """The same words as another kind of file; `size` in bytes where it is known."""

    url: str
    label: StrOrPromise
    size: int | None = None


@dataclass(frozen=True)
class PdfLink:
    """Where the PDF is and what is known of it; `size` in bytes is None until it was first made."""

    url: str
    size: int | None = None
    pages: int | None = None
    error: str = ""
    twins: tuple[TwinLink, ...] = ()


def document_view(
    request: HttpRequest, page: DocumentPage, *, pdf_error: str = "", status: int = 200
) -> HttpResponse:
    """The web page of a document. Public, or a preview of a draft."""
    is_preview = bool(getattr(request, "is_preview", False))
    document = resolve(page, show_gaps=is_preview)
    corrections = superseded_of(page, document.figures, document.living)
    context = {
        **page.get_context(request),
        "document": document.marked(corrections),
        "corrections": corrections,
        "pdf": _pdf_link(page, request, error=pdf_error),
        "records": [] if is_preview else _records(page, [*document.figures, *document.living]),
        "citation": cite_document(page, request),
    }
    response = render(request, page.get_template(request), context, status=status)
    if status != 200:
        patch_cache_control(response, no_store=True)
        return response
    return cacheable(request, response)


def pdf_view(request: HttpRequest, page: DocumentPage) -> HttpResponseBase:
    """The PDF of what is published. Renders once for each state of the words, then serves the bytes."""
    live = type(page).for_serving().get(pk=page.pk)
    try:
        choices = PrintChoices.from_query(request.GET)
    except ValueError as error:
        return document_view(request, live, pdf_error=str(error), status=400)
    try:
        return serve_public_pdf(request, obtain_pdf(live, choices), until=live.expire_at)
    except InTheMaking as wait:
        return in_the_making(request, wait)
    except (PdfError, OSError):
        logger.exception("No PDF of page %s", live.pk)
        message = _("The PDF cannot be made just now. The words are all on this page.")
        return document_view(request, live, pdf_error=message, status=503)


@xframe_options_sameorigin
def draft_pdf_view(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """Print the newest version for staff: watermarked unless it is exactly what is published."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    latest = page.get_latest_revision_as_object()
    draft = not page.live or page.has_unpublished_changes
    return _staff_pdf(request, latest, draft=draft)


def _staff_pdf(request: HttpRequest, page: DocumentPage, *, draft: bool) -> HttpResponseBase:
    """What the address asks for: which paper, which spoken version, and how it is printed."""
    version, paper = request.GET.get("cut", ""), request.GET.get("kind", "")
    kind = kind_for(page, paper)
    if paper and kind is None:
        raise Http404
    if kind is not None and version and version not in kind.versions_for(page):
        return refused(request, page, no_such_version(kind, page), status=404)
    try:
        choices = PrintChoices.from_query(request.GET)
    except ValueError as error:
        return refused(request, page, str(error), status=400)
    try:
        document = pdf_document(page, draft=draft, version=version, paper=paper, choices=choices)
        stored = obtain(document)
        if not (version or paper) and document.choices == USUAL:
            note_draft(page, stored)
        return serve_stored_pdf(request, stored, public=False)
    except InTheMaking as wait:
        return in_the_making(request, wait)
    except UnknownVersion as error:
        raise Http404 from error
    except PdfError as error:
        reason, block = str(error), describe_block(page, getattr(error, "block_id", None))
    except OSError:
        logger.exception("The PDF of page %s cannot be stored or read", page.pk)
        reason, block = _("The file could not be stored or read."), ""
    context = {"page": page, "reason": reason, "block": block}
    return render(request, "testimony/admin/pdf_error.html", context, status=503)


def refused(request: HttpRequest, page: DocumentPage, reason: str, *, status: int) -> HttpResponse:
    """Nothing is wrong with the document: the address asks for what there is not."""
    context = {"page": page, "reason": reason, "block": "", "refused": True}
    return render(request, "testimony/admin/pdf_error.html", context, status=status)


def no_such_version(kind: PdfKind, page: DocumentPage) -> str:
    labels = [str(kind.version_label(name)) for name in kind.versions_for(page)]
    if not labels:
        return _("This paper has one version only.")
    words = _("This version is not prepared. There are: %(versions)s.")
    return words % {"versions": ", ".join(labels)}


def _records(page: DocumentPage, shown: Iterable[Figure]) -> list[Record]:
    """Each with `corrections`: its figures that were corrected since. `shown` are those of the living page, and
    what the library says of those it pins; one query finds what it no longer shows."""
    records = list(records_for(page).annotate(figures=F("payload__figures")))
    printed = [figure for record in records for figure in record.figures or []]
    known = {
        (int(found.key), found.then): found
        for found in superseded(printed, language=page.language, shown=shown)
    }
    for record in records:
        keys = [(figure["statistic"], figure["display"]) for figure in record.figures or []]
        record.corrections = [known[key] for key in keys if key in known]
    return records


def _pdf_link(page: DocumentPage, request: HttpRequest, *, error: str) -> PdfLink | None:
    if page.pk is None or not page.live:
        return None
    url = f"{page.get_url(request)}pdf/"
    try:
        current = page.current_pdf
    except PagePdf.DoesNotExist:
        return PdfLink(url, error=error, twins=_twin_links(page, request, {}))
    # The sizes of all files are forgotten together, when shared words change.
    twins = _twin_links(page, request, dict(getattr(page, "twin_sizes", None) or ()))
    return PdfLink(url, current.stored.size, current.stored.pages, error, twins)


def _twin_links(
    page: DocumentPage, request: HttpRequest, sizes: Mapping[str, int]
) -> tuple[TwinLink, ...]:
    url = page.get_url(request)
    return tuple(
        TwinLink(f"{url}{ending}/", LABELS[ending], sizes.get(ending)) for ending in CONTENT_TYPES
    )
