"""Lists and forms of events, bodies and vehicles in the admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    StatusTagColumn,
    TitleColumn,
)
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup as ViewSetGroup

from cms.columns import CountColumn
from cms.zones import zone_label
from events.domain.access import sees_everything
from events.enums import EventStatus
from events.filters import EARLIER, UPCOMING, EventFilterSet
from events.forms import body_panels, event_panels
from events.forms.events import EventForm
from events.models import Body, Event, Window
from events.models.event import EventQuerySet
from events.views.holiday_lists import HolidayViewSet
from events.views.position_lists import AgendaViewSet, PositionViewSet
from events.views.vehicle_lists import VehicleViewSet


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
            CountColumn("presentation_count", label=_("Presentations")),
        ]


def deadlines_gone(windows: Sequence[Window]) -> str:
    """Said when an event became one of another kind, which has other deadlines."""
    names = ", ".join(dict.fromkeys(window.name for window in windows))
    words = _("Deadlines of the former kind of event are gone: %(names)s.") % {"names": names}
    people = dict.fromkeys(
        str(it.responsible) for it in windows if it.responsible and not it.done_at
    )
    if people:
        told = _("Please tell those who were to see to them: %(people)s.")
        words = f"{words} {told % {'people': ', '.join(people)}}"
    return words


class EventCreateView(CreateView):
    def get_success_url(self) -> str:
        return room_url(self.object)


class EventEditView(EditView):
    def get_success_url(self) -> str:
        return room_url(self.object)

    def form_valid(self, form: EventForm) -> HttpResponseBase:
        response = super().form_valid(form)
        if form.gone:
            messages.warning(self.request, deadlines_gone(form.gone))
        return response

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


class EventsViewSetGroup(ViewSetGroup):
    """Registered as a whole: its members must not be registered again."""

    items = (
        EventViewSet,
        BodyViewSet,
        VehicleViewSet,
        PositionViewSet,
        AgendaViewSet,
        HolidayViewSet,
    )
    menu_label = _("Hearings & events")
    menu_icon = "calendar-alt"
    menu_name = "events"
    menu_order = 110

    def get_submenu_items(self) -> list[MenuItem]:
        """The board and the calendar are no lists of one model; they stand behind the events."""
        first, *others = super().get_submenu_items()
        for number, item in enumerate(others, start=4):
            item.order = number
        deadlines = StaffMenuItem(
            _("Deadlines"), reverse("events:deadlines"), icon_name="time", order=2
        )
        month = StaffMenuItem(
            _("Calendar"), reverse("events:calendar_month"), icon_name="date", order=3
        )
        return [first, deadlines, month, *others]


class StaffMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return sees_everything(request.user)
