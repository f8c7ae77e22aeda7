"""What a speaker sees: their own appearances and the PDFs they carry."""

from __future__ import annotations

import logging
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.pdf.choices import PrintChoices
from cms.pdf.errors import PdfError
from cms.pdf.registry import UnknownVersion
from cms.pdf.waiting import InTheMaking, obtain
from cms.views.pdf import in_the_making
from events.domain.access import visible_presentations
from events.domain.reading import document_of
from events.models import Presentation, PresentationMaterial
from events.views import posted
from events.views.rows import documents_of, with_documents

logger = logging.getLogger(__name__)
SHOWN = 100  # the latest; a speaker with more looks them up by event


class AppearancesView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/admin/appearances.html"
    page_title = gettext_lazy("My appearances")
    header_icon = "user"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
        return [home, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = Presentation.objects.filter(speaker__user_id=self.request.user.pk)
        latest = with_documents(own.select_related("event__body", "event__vehicle"))
        appearances = list(latest.order_by("-event__starts_at", "-pk")[:SHOWN])
        for item in appearances:
            item.documents = documents_of(item, {})
        coming = [item for item in appearances if item.event.is_to_come]
        return {
            **super().get_context_data(**kwargs),
            "coming": coming[::-1],
            "earlier": [item for item in appearances if item not in coming],
        }


def document_pdf(request: HttpRequest, pk: int, page_pk: int) -> HttpResponseBase:
    """A document of a presentation as it stands now: final when it is published, else marked DRAFT."""
    presentation = get_object_or_404(visible_presentations(request.user).with_event(), pk=pk)
    material = get_object_or_404(
        PresentationMaterial.objects.select_related("page"),
        presentation=presentation,
        page_id=posted.key(str(page_pk)),
    )
    try:
        choices = PrintChoices.from_query(request.GET)
    except ValueError as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    asked = {"paper": request.GET.get("kind", ""), "version": request.GET.get("cut", "")}
    try:
        document = document_of(presentation, material, choices=choices, **asked)
        if document is None:
            raise Http404
        stored = obtain(document)
        file = stored.open()
    except InTheMaking as wait:
        return in_the_making(request, wait)
    except UnknownVersion as error:
        raise Http404 from error
    except (PdfError, OSError) as error:
        logger.warning("No PDF of page %s: %s", page_pk, error)
        # What the system says of a file names a path, which helps nobody here.
        gone = _("The PDF of “%(title)s” could not be read. Try again.") % {
            "title": material.page.title
        }
        messages.error(request, str(error) if isinstance(error, PdfError) else gone)
        return redirect("events:room", presentation.event_id)
    response = FileResponse(file, content_type="application/pdf", filename=stored.filename)
    response["Cache-Control"] = "private, no-store"
    return response
