"""The page of one position: where we stand, on whose authority, what became of it; and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import registry

from events.domain.authority import authority_of, lacks
from events.domain.errors import PositionRefused
from events.domain.positions import override, put_in_force, withdraw
from events.enums import PositionStatus
from events.models import Position
from events.permissions import CHANGE_POSITION, OVERRIDE_POSITION
from events.views import posted

VIEW_POSITION = "events.view_position"
HISTORY = ("events.position.", "events.version.", "events.vehicle.version")
SHOWN = 20


class PositionView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/admin/position.html"
    header_icon = "clipboard-list"
    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(VIEW_POSITION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def position(self) -> Position:
        rows = Position.objects.with_authority().select_related(
            "recorded_by", "put_in_force_by", "withdrawn_by", "vehicle__body"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.position)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        url = reverse("wagtailsnippets_events_position:list")
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": url, "label": _("Positions")},
            {"url": "", "label": str(self.position)},
        ]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm(CHANGE_POSITION) or self.position.is_withdrawn:
            return []
        url = reverse("wagtailsnippets_events_position:edit", args=[self.position.pk])
        return [HeaderButton(_("Edit"), url=url, icon_name="edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, position = self.request.user, self.position
        authority = authority_of(position)
        proposed = position.status == PositionStatus.PROPOSED
        own = proposed and position.recorded_by_id == user.pk
        return {
            **super().get_context_data(**kwargs),
            "position": position,
            "authority": authority,
            "lacking": lacks(position),
            "review": position.version_reviews.open().first(),
            "can_put_in_force": proposed and user.has_perm(CHANGE_POSITION),
            "can_withdraw": not position.is_withdrawn and (own or user.has_perm(CHANGE_POSITION)),
            "can_override": not authority.is_enough
            and not position.is_withdrawn
            and user.has_perm(OVERRIDE_POSITION),
            "history": self._history(),
            "vehicle_url": reverse(
                position.vehicle.snippet_viewset.get_url_name("edit"), args=[position.vehicle_id]
            )
            if user.has_perm("events.change_vehicle")
            else "",
        }

    def _history(self) -> list[Any]:
        """Of all positions on the same vehicle, and of its versions: what was, explains what is."""
        entries = registry.get_logs_for_instance(self.position.vehicle).select_related("user")
        ours = [it for it in entries.order_by("-timestamp")[:200] if it.action.startswith(HISTORY)]
        return ours[:SHOWN]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act", "")
        try:
            if act == "put_in_force":
                put_in_force(self.position, user=request.user)
                messages.success(request, _("The position is in force."))
            elif act == "withdraw":
                withdraw(self.position, user=request.user)
                messages.success(request, _("The position is withdrawn."))
            elif act == "override":
                reason = posted.words(request, "reason")
                override(self.position, user=request.user, reason=reason)
                messages.success(request, _("The exception is recorded, with your name."))
        except PositionRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.position.url)
