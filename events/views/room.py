"""The event's own page: when and where, who speaks, what they bring, what was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from cms.zones import zone_label
from events.actions import LooseDraft, aware_of_loose_drafts, event_links, loose_drafts
from events.domain.access import sees_everything, visible_events, visible_presentations
from events.domain.called_off import may_be_planned, off_words
from events.domain.day_of import CUTS
from events.domain.docket_periods import docket_note
from events.domain.documents import pages_of, still_to_hand_in
from events.domain.durations import say_limit
from events.domain.readiness import Readiness, readiness_of
from events.domain.room_deadlines import room_deadlines
from events.enums import EventKind
from events.models import Event
from events.permissions import ADD_PRESENTATION
from events.views.rows import Row, Rows, has_come, is_near, with_documents
from events.views.standing import standing_at

WITNESS = ("disclosure__cv", "disclosure__disclosure_table")


@dataclass(frozen=True)
class LimitButton:
    """One tap: everybody's limit, and whether that gives time back."""

    seconds: int
    words: str
    is_longer: bool


def event_breadcrumbs(event: Event, user) -> list[dict[str, str]]:
    """Home, the list (for those who may see it), the event."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if sees_everything(user):
        list_url = reverse(Event.snippet_viewset.get_url_name("list"))
        crumbs.append({"url": list_url, "label": _("Events")})
    crumbs.append({"url": reverse("events:room", args=[event.pk]), "label": event.title})
    return crumbs


class RoomView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/admin/room.html"
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        events = Event.objects.select_related("body", "vehicle__body")
        self.event = get_object_or_404(aware_of_loose_drafts(events), pk=kwargs["pk"])
        if not self.is_staff and not visible_events(request.user).filter(pk=self.event.pk).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_staff(self) -> bool:
        return sees_everything(self.request.user)

    @property
    def _has_comments(self) -> bool:
        return self.is_staff and self.event.kind == EventKind.COMMENT_PERIOD

    def get_page_title(self) -> str:
        return self.event.title

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return event_breadcrumbs(self.event, self.request.user)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm("events.change_event"):
            return []
        url = reverse(self.event.snippet_viewset.get_url_name("edit"), args=[self.event.pk])
        return [HeaderButton(_("Edit"), url=url, icon_name="edit")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        known = visible_presentations(user).filter(event=self.event)
        known = known.select_related("speaker__organization", "partner", *WITNESS)
        presentations = list(with_documents(known))
        rows = list(Rows(self.event, presentations, user=user, is_staff=self.is_staff))
        remote = [item.is_remote for item in presentations if item.is_open]
        return {
            **super().get_context_data(**kwargs),
            "event": self.event,
            "is_staff": self.is_staff,
            "rows": rows,
            "records": [record for row in rows for record in row.presentation.records.all()],
            "actions": event_links(self.event, user) if self.is_staff else [],
            "comments": self._comments() if self._has_comments else [],
            "loose": self._loose(),
            "docket_note": docket_note(self.event) if self.is_staff else ("", False),
            "off_words": off_words(self.event) if self.is_staff else "",
            "can_add": user.has_perm(ADD_PRESENTATION) and may_be_planned(self.event),
            "zone": zone_label(self.event.timezone),
            "limit_words": say_limit(limit) if (limit := self.event.limit_seconds) else "",
            "on_the_day": self._on_the_day(rows),
            "day_has_come": has_come(self.event),
            "some_remote": any(remote),
            "all_remote": all(remote),
            "standing": standing_at(self.event, user) if self.is_staff else None,
            "deadlines": room_deadlines(self.event, user) if self.is_staff else None,
        }

    def _comments(self) -> list[tuple[Page, Readiness | None]]:
        """What was written for it, with what each still needs while it may be handed in."""
        pages = pages_of(self.event)
        judged = readiness_of(still_to_hand_in(self.event, pages))
        return [(page, judged.get(page.pk)) for page in pages]

    def _loose(self) -> list[LooseDraft]:
        """Of a comment period every comment is listed."""
        return loose_drafts(self.event) if self.is_staff and not self._has_comments else []

    def _on_the_day(self, rows: list[Row]) -> list[LimitButton]:
        """What one tap may make of the limit; nothing while the event is far away or nobody is to speak."""
        if not is_near(self.event) or not any(row.can_prepare for row in rows):
            return []
        now = self.event.limit_seconds
        return [LimitButton(it, say_limit(it), bool(now and it > now)) for it in CUTS if it != now]
