"""Word documents and plain text of documents: of what is published, and of drafts for staff."""

from __future__ import annotations

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.errors import PdfError
from cms.pdf.twins.registry import CONTENT_TYPES, twins_of
from cms.views.twins import serve_public_twin, serve_twin
from testimony.domain.twins import make_twin, note_size
from testimony.models import DocumentPage
from testimony.views.documents import document_view, refused

logger = logging.getLogger(__name__)


def public_twin(request: HttpRequest, page: DocumentPage, ending: str) -> HttpResponse:
    """Of what is published. Reached through the page, so whoever may not read it never comes here."""
    live = type(page).for_serving().get(pk=page.pk)
    try:
        twin = make_twin(live, ending, draft=False)
    except (PdfError, OSError):
        logger.exception("No %s of page %s", ending, live.pk)
        message = _("The file cannot be made just now. The words are all on this page.")
        return document_view(request, live, pdf_error=message, status=503)
    return serve_public_twin(request, twin, page_url=live.get_full_url(request))


def draft_twin(request: HttpRequest, page_id: int, ending: str) -> HttpResponse:
    """The newest version for staff: marked as a draft unless it is exactly what is published."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    latest = page.get_latest_revision_as_object()
    if ending not in CONTENT_TYPES or twins_of(latest) is None:
        raise Http404
    try:
        choices = PrintChoices.from_query(request.GET)
    except ValueError as error:
        return refused(request, latest, str(error), status=400)
    draft = not page.live or page.has_unpublished_changes
    try:
        twin = make_twin(latest, ending, draft=draft, choices=choices)
    except (PdfError, OSError) as error:
        logger.exception("No %s of page %s", ending, page.pk)
        reason = str(error) if isinstance(error, PdfError) else _("A picture cannot be read.")
        return refused(request, latest, reason, status=503)
    if choices == USUAL:
        note_size(latest, ending, len(twin.body), is_draft=draft)
    return serve_twin(twin)
