"""How a speaker prints a document of a presentation."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.views.print_menu import PrintMenuView
from events.domain.access import visible_presentations
from events.domain.readiness import readiness_of
from events.domain.records import revision_to_freeze
from events.models import PresentationMaterial
from events.views import posted
from events.views.room import event_breadcrumbs


class MaterialPrintView(PrintMenuView):
    def printed(self) -> Page:
        presentation = get_object_or_404(
            visible_presentations(self.request.user).select_related("event"), pk=self.kwargs["pk"]
        )
        self.event = presentation.event
        material = get_object_or_404(
            PresentationMaterial.objects.select_related("page"),
            presentation=presentation,
            page_id=posted.key(str(self.kwargs["page_pk"])),
        )
        self.material = material
        return revision_to_freeze(material.page).as_object()

    def pdf_url(self) -> str:
        return reverse("events:document_pdf", args=[self.kwargs["pk"], self.kwargs["page_pk"]])

    def file_url(self, ending: str) -> str:
        return reverse(
            "events:document_twin", args=[self.kwargs["pk"], self.kwargs["page_pk"], ending]
        )

    def is_draft(self) -> bool:
        return not self.material.page.live

    def draft_words(self) -> str:
        judged = readiness_of([self.material.page]).get(self.material.page_id)
        if judged is None or judged.awaits_approval:
            return super().draft_words()
        return _("Draft: not published yet")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = {"url": "", "label": str(self.page_title)}
        return [*event_breadcrumbs(self.event, self.request.user), here]
