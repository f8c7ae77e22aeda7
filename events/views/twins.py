"""Word documents and plain text of what a presentation brings."""

from __future__ import annotations

import logging
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.pdf.choices import PrintChoices
from cms.pdf.errors import PdfError
from cms.pdf.twins.registry import CONTENT_TYPES, twins_of
from cms.pdf.twins.service import make
from cms.views.twins import serve_twin
from events.domain.access import visible_presentations
from events.domain.records import revision_to_freeze
from events.models import PresentationMaterial
from events.views import posted

logger = logging.getLogger(__name__)


def document_twin(request: HttpRequest, pk: int, page_pk: int, ending: str) -> HttpResponse:
    """A document of a presentation as it stands now: final when it is published, else marked DRAFT."""
    presentation = get_object_or_404(visible_presentations(request.user).with_event(), pk=pk)
    material = get_object_or_404(
        PresentationMaterial.objects.select_related("page"),
        presentation=presentation,
        page_id=posted.key(str(page_pk)),
    )
    document = revision_to_freeze(material.page).as_object()
    twins = twins_of(document)
    if twins is None or ending not in CONTENT_TYPES:
        raise Http404
    try:
        choices = PrintChoices.from_query(request.GET)
    except ValueError as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    body = presentation.event.body
    if twins.receiver(document) is None and body is not None and body.no_branding:
        choices = replace(choices, branded=False)  # made for no body, but handed to this one
    try:
        twin = make(twins.document(document, draft=not material.page.live, choices=choices), ending)
    except (PdfError, OSError) as error:
        logger.warning("No %s of page %s: %s", ending, page_pk, error)
        gone = _("A picture of “%(title)s” could not be read.") % {"title": material.page.title}
        messages.error(request, str(error) if isinstance(error, PdfError) else gone)
        return redirect("events:room", presentation.event_id)
    return serve_twin(twin)
