"""The panels of the admin's home page that say what is due next: events, and their deadlines."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from events.domain.access import sees_everything, visible_events, visible_presentations
from events.domain.board import due_soon, entries
from events.domain.times import days_left
from events.models import Event

SHOWN = 8


@dataclass(frozen=True)
class Due:
    event: Event
    left: str


class DueNextPanel(Component):
    """Events still to come, soonest first. Speakers see those at which they speak."""

    name = "due_next"
    template_name = "events/admin/due_next.html"
    order = 50  # before what waits for review: hearings do not wait

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        presentations = visible_presentations(user).select_related("speaker")
        events = (
            visible_events(user)
            .upcoming()
            .with_place()
            .prefetch_related(Prefetch("presentations", queryset=presentations))[:SHOWN]
        )
        return {
            "heading": _("Due next"),
            "due": [Due(event, _left(event)) for event in events],
            "add_url": reverse(Event.snippet_viewset.get_url_name("add"))
            if user.has_perm("events.add_event")
            else "",
        }


class DeadlinesPanel(Component):
    """What is overdue or closes within a week, the soonest first. For staff: speakers see their events."""

    name = "deadlines_due"
    template_name = "events/admin/deadlines_panel.html"
    order = 49  # before the events: what closes tonight is not seen to tomorrow

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> str:
        if not parent_context or not sees_everything(parent_context["request"].user):
            return ""
        return super().render_html(parent_context)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        windows = due_soon(parent_context["request"].user)
        shown = list(windows[: SHOWN + 1])
        more = windows.count() - SHOWN if len(shown) > SHOWN else 0
        return {
            "heading": _("Deadlines this week"),
            "entries": entries(shown[:SHOWN]),
            "more": more,
        }


def _left(event: Event) -> str:
    today = timezone.now().astimezone(zoneinfo.ZoneInfo(event.timezone)).date()
    return days_left(event.local_date, today) if event.local_date else ""
