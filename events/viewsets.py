"""Lists and forms of events, bodies and vehicles in the admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    NumberColumn,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup as ViewSetGroup

from cms.zones import zone_label
from events.enums import EventStatus
from events.filters import EARLIER, UPCOMING, EventFilterSet
from events.forms import body_panels, event_panels
from events.models import Body, Event, Vehicle
from events.models.event import EventQuerySet


def room_url(event: Event) -> str:
    return reverse("events:room", args=[event.pk])


@dataclass(frozen=True)
class Tab:
    label: Promise | str
    url: str
    is_current: bool


class EventIndexView(IndexView):
    """Titles lead to the event's own page, not to its form."""

    def order_queryset(self, queryset: EventQuerySet) -> EventQuerySet:
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.coming_first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "tabs": self._tabs()}

    def _tabs(self) -> list[Tab]:
        """Other filters stay as they are; a tab begins on its first page."""
        current = self.request.GET.get("when", "")
        tabs = []
        for value, label in ((UPCOMING, _("Coming")), (EARLIER, _("Past")), ("", _("All"))):
            query = self.request.GET.copy()
            for name in ("when", "p", "_w_filter_fragment"):
                query.pop(name, None)
            if value:
                query["when"] = value
            url = f"{self.index_url}?{query.urlencode()}" if query else self.index_url
            tabs.append(Tab(label, url, value == current))
        return tabs

    def get_base_queryset(self) -> EventQuerySet:
        queryset = super().get_base_queryset().select_related("body", "vehicle")
        return queryset.annotate(presentation_count=Count("presentations"))

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            title(
                "title",
                label=_("Event"),
                sort_key="title",
                get_url=room_url,
                get_title_id=lambda event: f"snippet_{event.pk}_title",
            ),
            Column("when", label=_("When"), sort_key="starts_at"),
            Column("get_kind_display", label=_("Kind"), sort_key="kind"),
            Column("body", label=_("Body"), sort_key="body__name"),
            Column("vehicle", label=_("Bill"), accessor="vehicle.identifier"),
            StatusTagColumn(
                "get_status_display",
                label=_("Status"),
                sort_key="status",
                primary=lambda event: event.status == EventStatus.CONFIRMED,
            ),
            NumberColumn("presentation_count", label=_("Presentations")),
        ]


class EventCreateView(CreateView):
    def get_success_url(self) -> str:
        return room_url(self.object)


class EventEditView(EditView):
    def get_success_url(self) -> str:
        return room_url(self.object)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return [HeaderButton(_("Back to the event"), url=room_url(self.object), icon_name="view")]


class EventViewSet(SnippetViewSet):
    model = Event
    url_prefix = "events"
    icon = "calendar-alt"
    menu_label = _("Events")
    index_view_class = EventIndexView
    add_view_class = EventCreateView
    edit_view_class = EventEditView
    filterset_class = EventFilterSet
    # The database backend answers a lone quotation mark with an error page.
    search_fields = ["title", "place", "body__name", "vehicle__identifier"]
    search_backend_name = None
    ordering = ["-starts_at", "-pk"]
    list_per_page = 50
    list_export = [
        "title",
        "when",
        "timezone",
        "get_kind_display",
        "body",
        "vehicle",
        "place",
        "get_status_display",
        "presentation_count",
    ]
    export_headings = {
        "title": _("Event"),
        "when": _("When, in the event's own zone"),
        "timezone": _("Time zone"),
        "get_kind_display": _("Kind"),
        "body": _("Body"),
        "vehicle": _("Bill"),
        "place": _("Place"),
        "get_status_display": _("Status"),
        "presentation_count": _("Presentations"),
    }
    export_filename = "events"

    def get_edit_handler(self):
        return event_panels().bind_to_model(Event)


class BodyViewSet(SnippetViewSet):
    model = Body
    url_prefix = "events/bodies"
    icon = "group"
    menu_label = _("Bodies")
    list_display = [
        "name",
        "parent_name",
        "jurisdiction",
        "chair_name",
        Column(
            "timezone",
            label=_("Time zone"),
            accessor=lambda body: zone_label(body.timezone),
            sort_key="timezone",
        ),
    ]
    search_fields = ["name", "short_name", "parent_name"]
    search_backend_name = None
    ordering = ["name"]
    list_export = [
        "name",
        "short_name",
        "parent_name",
        "jurisdiction",
        "chair_name",
        "timezone",
        "speaking_limit_seconds",
        "url",
    ]
    export_headings = {"speaking_limit_seconds": _("Speaking limit, in seconds")}

    def get_edit_handler(self):
        return body_panels().bind_to_model(Body)


class VehicleChooserViewSet(SnippetChooserViewSet):
    """A new bill is mostly heard of with its hearing: it is added in the chooser, the form beneath stays."""

    form_fields = ["kind", "identifier", "title", "version", "position"]
    creation_tab_label = _("New")
    create_action_label = _("Add")


class VehicleIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("body")


class VehicleViewSet(SnippetViewSet):
    model = Vehicle
    url_prefix = "events/vehicles"
    icon = "doc-full-inverse"
    menu_label = _("Bills & rules")
    index_view_class = VehicleIndexView
    list_display = ["identifier", "title", "kind", "version", "body", "position"]
    list_filter = ["kind", "position", "body"]
    search_fields = ["identifier", "title"]
    search_backend_name = None
    ordering = ["identifier"]
    list_export = ["identifier", "title", "kind", "version", "body", "position", "url"]
    chooser_viewset_class = VehicleChooserViewSet


class EventsViewSetGroup(ViewSetGroup):
    """Registered as a whole: its members must not be registered again."""

    items = (EventViewSet, BodyViewSet, VehicleViewSet)
    menu_label = _("Hearings & events")
    menu_icon = "calendar-alt"
    menu_name = "events"
    menu_order = 110
