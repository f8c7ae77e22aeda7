""" "New public comment": what is known of the docket, and a button that starts the draft. And the text for the portal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.models import User
from events.domain.called_off import off_words
from events.domain.errors import PresentationRefused
from events.models import Event, Vehicle
from events.views.room import event_breadcrumbs
from testimony.domain.comments import agency_of, box_label, box_limit, identifiers, is_comment
from testimony.domain.new_comment import comment_period, start_comment
from testimony.domain.new_testimony import NoArchive
from testimony.domain.portal_text import characters, portal_text
from testimony.models import TestimonyPage
from testimony.permissions import may_add_documents


class NewCommentView(WagtailAdminTemplateMixin, TemplateView):
    """GET says what will be filled in; POST starts the draft. From a docket, or from its comment period."""

    template_name = "testimony/admin/new_comment.html"
    page_title = gettext_lazy("New public comment")
    header_icon = "openquote"
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_add_documents(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def event(self) -> Event | None:
        if "event_id" in self.kwargs:
            rows = Event.objects.select_related("body", "vehicle__body")
            return get_object_or_404(rows, pk=self.kwargs["event_id"])
        return comment_period(self.vehicle) if self.vehicle else None

    @cached_property
    def vehicle(self) -> Vehicle | None:
        if "vehicle_id" in self.kwargs:
            rows = Vehicle.objects.select_related("body")
            return get_object_or_404(rows, pk=self.kwargs["vehicle_id"])
        return self.event.vehicle if self.event else None

    def get_page_subtitle(self) -> str:
        return str(self.vehicle or self.event)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self._way(), {"url": "", "label": str(self.page_title)}]

    def _way(self) -> list[dict[str, str]]:
        """To where the button stands: the page of the comment period, else the bill or rule."""
        user, vehicle = self.request.user, self.vehicle
        if "event_id" in self.kwargs and self.event is not None:
            return event_breadcrumbs(self.event, user)
        crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
        if vehicle is not None and user.has_perm("events.change_vehicle"):
            names = vehicle.snippet_viewset
            listing = {
                "url": reverse(names.get_url_name("list")),
                "label": str(names.menu_label),
            }
            edit = reverse(names.get_url_name("edit"), args=[vehicle.pk])
            crumbs += [listing, {"url": edit, "label": vehicle.identifier}]
        return crumbs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vehicle, event = self.vehicle, self.event
        body = event.body if event and event.body else None
        return {
            **super().get_context_data(**kwargs),
            "vehicle": vehicle,
            "event": event,
            "agency": body or (vehicle.body if vehicle else None),
            "identifiers": identifiers(vehicle) if vehicle else "",
            "questions": vehicle.questions.all() if vehicle else [],
            "edit_url": reverse(event.snippet_viewset.get_url_name("edit"), args=[event.pk])
            if event
            else "",
            "off_words": off_words(event) if event else "",
            "back_url": self._way()[-1]["url"],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not isinstance(request.user, User):
            raise PermissionDenied
        if self.vehicle is None:
            return self.render_to_response(self.get_context_data())
        try:
            page = start_comment(self.vehicle, user=request.user, event=self.event)
        except NoArchive as error:
            messages.error(request, str(error))
            return redirect("wagtailadmin_home")
        except PresentationRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(self._way()[-1]["url"])
        words = _("Comment started on %(docket)s. What the docket knows is filled in.")
        messages.success(request, words % {"docket": self.vehicle.identifier})
        return redirect("wagtailadmin_pages:edit", page.pk)


class PortalTextView(WagtailAdminTemplateMixin, TemplateView):
    """The newest draft of a comment as plain text, to be copied whole."""

    template_name = "testimony/admin/portal_text.html"
    page_title = gettext_lazy("Text for the portal")
    header_icon = "copy"

    @cached_property
    def page(self) -> TestimonyPage:
        found = get_object_or_404(Page, pk=self.kwargs["page_id"])
        if not found.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        draft = found.get_latest_revision_as_object()
        if not isinstance(draft, TestimonyPage) or not is_comment(draft):
            raise Http404
        return draft

    def get_page_subtitle(self) -> str:
        return self.page.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": str(self.page_title)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = portal_text(self.page)
        count, limit = characters(text), box_limit(self.page)
        agency = agency_of(self.page)
        return {
            **super().get_context_data(**kwargs),
            "text": text,
            "label": box_label(count, limit),
            "is_over": count > limit,
            "page": self.page,
            "vehicle": self.page.vehicle,
            "portal_url": (agency.portal_url if agency else "")
            or (self.page.vehicle.url if self.page.vehicle else ""),
        }
