"""The event's own page: when and where, who speaks, what they bring, what was delivered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from cms.pdf.registry import kind_for, kinds_for
from events.actions import EventLink, PresentationAction, event_links, on, presentation_actions
from events.domain.access import sees_everything, visible_events, visible_presentations
from events.domain.filing import changed_since_ready
from events.domain.limits import limit_of
from events.domain.presentations import may_be_delivered
from events.domain.readiness import Readiness, readiness_of
from events.enums import Interpretation, PresentationStatus
from events.models import Event, Presentation, PresentationMaterial, Record
from events.models.presentation import PresentationQuerySet
from events.permissions import ADD_PRESENTATION, CHANGE_PRESENTATION, DELIVER_PRESENTATION


def with_documents(presentations: PresentationQuerySet) -> PresentationQuerySet:
    """Speakers, documents and records in three queries, however many presentations there are."""
    materials = PresentationMaterial.objects.select_related("page", "ready_by").order_by(
        "sort_order", "pk"
    )
    records = Record.objects.summaries().order_by("pk")
    return presentations.select_related("speaker").prefetch_related(
        Prefetch("materials", queryset=materials), Prefetch("records", queryset=records)
    )


def event_breadcrumbs(event: Event, user) -> list[dict[str, str]]:
    """Home, the list (for those who may see it), the event."""
    crumbs = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    if sees_everything(user):
        list_url = reverse(Event.snippet_viewset.get_url_name("list"))
        crumbs.append({"url": list_url, "label": _("Events")})
    crumbs.append({"url": reverse("events:room", args=[event.pk]), "label": event.title})
    return crumbs


@dataclass(frozen=True)
class Document:
    """A document of a presentation: how far it is, and its spoken versions as name and label."""

    material: PresentationMaterial
    readiness: Readiness | None
    versions: list[tuple[str, str]]
    changed_since: bool
    reading_copy: str  # the paper that these versions are read from, where it is one of its own


@dataclass(frozen=True)
class Row:
    """One presentation with what the reader may do to it."""

    presentation: Presentation
    can_change: bool
    can_confirm: bool
    can_deliver: bool
    can_withdraw: bool
    others_deliver: bool
    actions: list[EventLink]
    documents: list[Document]
    limit_words: str


class RoomView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "events/admin/room.html"
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.event = get_object_or_404(
            Event.objects.select_related("body", "vehicle"), pk=kwargs["pk"]
        )
        if not self.is_staff and not visible_events(request.user).filter(pk=self.event.pk).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def is_staff(self) -> bool:
        return sees_everything(self.request.user)

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
        presentations = with_documents(visible_presentations(user).filter(event=self.event))
        offered = presentation_actions(user) if self.is_staff else []
        judged = readiness_of(_pages(presentations)) if self.is_staff else {}
        rows = [self._row(item, offered, judged) for item in presentations]
        return {
            **super().get_context_data(**kwargs),
            "event": self.event,
            "is_staff": self.is_staff,
            "rows": rows,
            "records": [record for row in rows for record in row.presentation.records.all()],
            "actions": event_links(self.event, user) if self.is_staff else [],
            "can_add": user.has_perm(ADD_PRESENTATION),
            "limit_words": _limit_words(self.event.limit_seconds),
        }

    def _row(
        self,
        presentation: Presentation,
        offered: list[PresentationAction],
        judged: dict[int, Readiness],
    ) -> Row:
        user = self.request.user
        # Set here, so that the template does not fetch the event anew for every row.
        presentation.event = self.event
        can_change = user.has_perm(CHANGE_PRESENTATION) and presentation.is_open
        confirmed = presentation.status == PresentationStatus.CONFIRMED
        may_deliver = user.has_perm(DELIVER_PRESENTATION)
        begun = may_be_delivered(self.event)
        return Row(
            presentation=presentation,
            can_change=can_change,
            can_confirm=can_change and presentation.status == PresentationStatus.PLANNED,
            can_deliver=confirmed and begun and may_deliver,
            can_withdraw=can_change,
            others_deliver=confirmed and begun and can_change and not may_deliver,
            actions=on(presentation, offered) if can_change else [],
            documents=documents_of(presentation, judged),
            limit_words=_interpreted_limit(self.event, presentation),
        )


def documents_of(presentation: Presentation, judged: dict[int, Readiness]) -> list[Document]:
    """What a presentation brings; its `materials` should be prefetched."""
    return [
        Document(
            material,
            judged.get(material.page_id),
            versions_of(material.page),
            changed_since_ready(material),
            reading_copy_of(material.page),
        )
        for material in presentation.materials.all()
    ]


def versions_of(page: Page) -> list[tuple[str, str]]:
    """Name and label of each spoken version that its kind has."""
    kind = kind_for(page.specific_class or type(page))
    return [(name, kind.version_label(name)) for name in kind.versions] if kind else []


def reading_copy_of(page: Page) -> str:
    """The name of the paper that is made for reading aloud; "" where the main one serves."""
    papers = kinds_for(page.specific_class or type(page))[1:]
    return next((kind.name for kind in papers if kind.versions), "")


def _pages(presentations: Iterable[Presentation]) -> list[Page]:
    """Of those still to come: nobody asks whether what was said is ready."""
    found = {
        material.page_id: material.page
        for presentation in presentations
        if presentation.is_open
        for material in presentation.materials.all()
    }
    return list(found.values())


def _interpreted_limit(event: Event, presentation: Presentation) -> str:
    """In words where this speaker is interpreted; empty otherwise: the event says its limit."""
    if presentation.interpretation == Interpretation.NONE:
        return ""
    limit = limit_of(event, presentation)
    parts = [str(presentation.get_interpretation_display())]
    if limit.words:
        parts.append(_("Limit %(time)s") % {"time": limit.words})
    return ". ".join(parts)


def _limit_words(seconds: int | None) -> str:
    """For example 3 minutes, or 2:30 minutes; empty when nothing is known."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    if rest:
        return _("%(minutes)d:%(seconds)02d minutes") % {"minutes": minutes, "seconds": rest}
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
