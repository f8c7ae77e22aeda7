"""How documents and message maps are printed."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.pdf.registry import kind_for
from cms.pdf.twins.registry import DOCX, PDF, twins_of
from cms.views.print_menu import PrintMenuView
from testimony.domain.approvals import approvals_of
from testimony.enums import CheckState
from testimony.models import DocumentPage, FactSheetPage, MessageMap, TestimonyPage
from testimony.views.message_maps import map_pdf_url, may_see_maps, stored_map


class DocumentPrintView(PrintMenuView):
    obj: DocumentPage

    def printed(self) -> DocumentPage:
        page = get_object_or_404(Page, pk=self.kwargs["page_id"]).specific
        if kind_for(page) is None:
            raise Http404
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        self.stored = page
        return page.get_latest_revision_as_object()

    def pdf_url(self) -> str:
        return reverse("testimony:draft_pdf", args=[self.obj.pk])

    def file_url(self, ending: str) -> str:
        return reverse("testimony:draft_twin", args=[self.obj.pk, ending])

    def is_draft(self) -> bool:
        return not self.stored.live or self.stored.has_unpublished_changes

    def draft_words(self) -> str:
        """What is approved waits for its day only."""
        approval = approvals_of([self.stored.pk])[self.stored.pk]
        waits = approval.state != CheckState.MISSING
        return _("Draft: not published yet") if waits else super().draft_words()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.obj.pk])
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": edit, "label": self.obj.get_admin_display_title()},
            {"url": "", "label": str(self.page_title)},
        ]


class MapPrintView(PrintMenuView):
    obj: MessageMap

    def printed(self) -> MessageMap:
        if not may_see_maps(self.request.user):
            raise PermissionDenied
        return stored_map(self.kwargs["map_id"])

    def pdf_url(self) -> str:
        return map_pdf_url(self.obj)


def print_buttons(page: Page, user: Any, *_place: Any, **_more: Any) -> list[Button]:
    """For the editor's header and for lists of pages."""
    is_document = isinstance(page, (TestimonyPage, FactSheetPage))
    if not is_document or not page.permissions_for_user(user).can_edit():
        return []
    pdf = reverse("testimony:draft_pdf", args=[page.pk])
    ways = reverse("testimony:print", args=[page.pk])
    return [
        Button(_("Print PDF"), url=pdf, icon_name="download", priority=5),
        Button(_("More ways to print"), url=ways, icon_name="download", priority=7),
    ]


def header_buttons(page: Page, user: Any, *place: Any, **more: Any) -> list[Button]:
    """As `print_buttons`, with the Word document; it stands first where the body takes no PDF.

    Not for lists: there the body would be asked for in each row.
    """
    buttons = print_buttons(page, user, *place, **more)
    twins = twins_of(page)
    if not buttons or twins is None:
        return buttons
    receiver = twins.receiver(page)
    only_word = bool(receiver and receiver.refuses(PDF) and not receiver.refuses(DOCX))
    words = _("Word, as %(body)s takes it") if receiver and only_word else _("Word document")
    url = reverse("testimony:draft_twin", args=[page.pk, DOCX])
    return [
        *buttons,
        Button(
            words % {"body": receiver.name} if receiver and only_word else words,
            url=url,
            icon_name="download",
            priority=4 if only_word else 6,
        ),
    ]
