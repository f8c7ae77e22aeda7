"""Message maps for staff: the editor, the list, the map on one page, and its print."""

from __future__ import annotations

import logging
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import EditView, IndexView

from cms.models import Issue
from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.errors import PdfError, PdfRenderError
from cms.pdf.registry import PdfDocument, kind_for
from cms.pdf.waiting import InTheMaking, obtain
from cms.views.pdf import in_the_making, serve_stored_pdf
from testimony.domain.message_house import TREE, House, hollow_messages, read_house
from testimony.models import MessageMap
from testimony.views.library_items import LibraryEditView

logger = logging.getLogger(__name__)


def own_url(name: str, *args: int) -> str:
    """An address of the snippet's viewset."""
    return reverse(MessageMap.snippet_viewset.get_url_name(name), args=args)


def map_url(message_map: MessageMap) -> str:
    return own_url("map", message_map.pk)


def map_pdf_url(message_map: MessageMap) -> str:
    return own_url("pdf", message_map.pk)


def may_see_maps(user) -> bool:
    """Whoever works on maps; speakers and visitors do not: a map holds what is not released."""
    policy = policy_registry.get_by_type(MessageMap)
    return policy.user_has_any_permission(user, {"add", "change", "view"})


class MessageMapIndexView(IndexView):
    """Says of each map how many of its messages have no proof, which is worked out and stands in no column."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        hollow = hollow_messages(context["object_list"])
        for item in context["object_list"]:
            item.hollow_count = hollow[item.pk]
        return context


def hollow_words(message_map: MessageMap) -> str:
    count = message_map.hollow_count
    words = ngettext("%(count)d message without proof", "%(count)d messages without proof", count)
    return words % {"count": count} if count else ""


class MessageMapEditView(LibraryEditView):
    """Nothing shows a map but its own pages, so no box says where it is used."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return EditView.get_context_data(self, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        own = [
            Button(_("See the map"), url=map_url(self.object), icon_name="view", priority=5),
            Button(_("Print PDF"), url=map_pdf_url(self.object), icon_name="download", priority=6),
            Button(
                _("More ways to print"),
                url=own_url("print", self.object.pk),
                icon_name="download",
                priority=7,
            ),
        ]
        return [*super().header_more_buttons, *own]


class MessageMapView(WagtailAdminTemplateMixin, TemplateView):
    """The newest version of a map on one page: narrative, messages, proofs."""

    template_name = "testimony/admin/message_map.html"
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see_maps(request.user):
            raise PermissionDenied
        self.message_map = stored_map(kwargs["map_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Message map")

    def get_page_subtitle(self) -> str:
        return str(self.message_map.issue)

    @cached_property
    def house(self) -> House:
        return read_house(self.message_map.get_latest_revision_as_object())

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        stored, buttons = self.message_map, []
        if policy_registry.get_by_type(MessageMap).user_has_permission(self.request.user, "change"):
            edit = own_url("edit", stored.pk)
            buttons.append(HeaderButton(_("Edit"), url=edit, icon_name="edit"))
        pdf = HeaderButton(_("Print PDF"), url=map_pdf_url(stored), icon_name="download")
        ways = HeaderButton(
            _("More ways to print"), url=own_url("print", stored.pk), icon_name="download"
        )
        return [*buttons, pdf, ways]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": own_url("list"), "label": _("Message maps")}
        return [
            *super().get_breadcrumbs_items(),
            listing,
            {"url": "", "label": str(self.message_map.issue)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(house=self.house, **kwargs)


def stored_map(map_id: int) -> MessageMap:
    return get_object_or_404(MessageMap.objects.prefetch_related(*TREE), pk=map_id)


def message_map_pdf(request: HttpRequest, map_id: int) -> HttpResponseBase:
    """Print the newest version for staff; marked as a draft unless everything on it is published."""
    if not may_see_maps(request.user):
        raise PermissionDenied
    latest = stored_map(map_id).get_latest_revision_as_object()
    try:
        choices = PrintChoices.from_query(request.GET)
        stored = obtain(map_document(latest, request.GET.get("kind", ""), choices))
        return serve_stored_pdf(request, stored, public=False)
    except InTheMaking as wait:
        return in_the_making(request, wait)
    except ValueError as error:  # a choice that nobody offers
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    except (PdfError, OSError):
        logger.exception("No PDF of message map %s", map_id)
    messages.error(
        request, _("The PDF cannot be made just now. The whole map stands on this page.")
    )
    return redirect(map_url(latest))


def map_document(
    message_map: MessageMap, paper: str = "", choices: PrintChoices = USUAL
) -> PdfDocument:
    kind = kind_for(message_map, paper)
    if kind is None:
        raise PdfRenderError(_("This kind of page has no printed form."))
    return kind.document(message_map, choices=choices)


def issue_map(request: HttpRequest, issue_id: int) -> HttpResponseBase:
    """From an issue to its map, or to the form that begins one."""
    if not may_see_maps(request.user):
        raise PermissionDenied
    issue = get_object_or_404(Issue, pk=issue_id)
    found = MessageMap.objects.filter(issue=issue).first()
    if found is not None:
        return redirect(map_url(found))
    return redirect(f"{own_url('add')}?issue={issue.pk}")


def map_button(snippet: Any, user, next_url: str | None = None) -> list[Button]:
    """From the list of issues to what is said of one."""
    if not isinstance(snippet, Issue) or snippet.merged_into_id or not may_see_maps(user):
        return []
    url = own_url("of_issue", snippet.pk)
    return [Button(_("Message map"), url=url, icon_name="list-ul", priority=20)]
