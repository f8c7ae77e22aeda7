"""Lists and forms of agendas and positions in the admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from cms.columns import CountColumn
from events.domain.authority import authority_of
from events.domain.positions import propose, settle_edited
from events.enums import PositionStatus, Stance
from events.filters import PositionFilterSet
from events.forms import agenda_panels, position_panels
from events.models import Agenda, Position, Vehicle
from events.models.position import PositionQuerySet


@dataclass(frozen=True)
class Tab:
    label: Promise | str
    count: int
    url: str
    is_current: bool


class PositionIndexView(IndexView):
    """Titles lead to the position's own page; above the list stands how many there are of each state."""

    def get_base_queryset(self) -> PositionQuerySet:
        return super().get_base_queryset().with_authority()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "tabs": self._tabs()}

    def _tabs(self) -> list[Tab]:
        """Counted among what the other filters leave."""
        query = self.request.GET.copy()
        for name in ("status", "p", "_w_filter_fragment"):
            query.pop(name, None)
        others = PositionFilterSet(query, queryset=Position.objects.all(), request=self.request).qs
        rows = others.order_by().values_list("status").annotate(count=Count("pk"))
        counts = dict(rows)
        current = self.request.GET.get("status", "")
        choices = [("", _("All")), *PositionStatus.choices]
        return [
            Tab(
                label,
                counts.get(value, 0) if value else sum(counts.values()),
                f"{self.index_url}?{_with(query, value)}",
                value == current,
            )
            for value, label in choices
        ]

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        return [
            title(
                "vehicle",
                label=_("Bill or rule"),
                accessor=lambda it: it.vehicle.identifier,
                get_url=lambda it: it.url,
                sort_key="vehicle__identifier",
            ),
            Column("version", label=_("Version")),
            Column("get_stance_display", label=_("Position"), sort_key="stance"),
            Column("taken_on", label=_("Taken on"), sort_key="taken_on"),
            StatusTagColumn(
                "get_status_display",
                label=_("Status"),
                sort_key="status",
                primary=lambda it: it.status == PositionStatus.IN_FORCE,
            ),
            Column("authority", label=_("On whose authority"), accessor=_words),
        ]


def _words(position: Position) -> str:
    return authority_of(position).words


def _with(query: Any, status: str) -> str:
    changed = query.copy()
    if status:
        changed["status"] = status
    return changed.urlencode()


class PositionCreateView(CreateView):
    """`?vehicle=` and `?stance=` fill in what is known where somebody came from."""

    def get_initial_form_instance(self) -> Position:
        position = Position()
        number = self.request.GET.get("vehicle", "")
        if number.isdecimal():
            position.vehicle = Vehicle.objects.filter(pk=number[:18]).first()
        if self.request.GET.get("stance", "") in Stance.values:
            position.stance = self.request.GET["stance"]
        return position

    def save_instance(self) -> Position:
        return propose(self.form.save(commit=False), user=self.request.user)

    def get_success_url(self) -> str:
        return self.object.url


class PositionEditView(EditView):
    def save_instance(self) -> Position:
        was = Vehicle.objects.get(pk=self.form.initial["vehicle"])
        position = super().save_instance()
        settle_edited(position, was=was, changed=self.form.changed_data)
        return position

    def get_success_url(self) -> str:
        return self.object.url


class PositionViewSet(SnippetViewSet):
    model = Position
    url_prefix = "events/positions"
    icon = "clipboard-list"
    menu_label = _("Positions")
    index_view_class = PositionIndexView
    add_view_class = PositionCreateView
    edit_view_class = PositionEditView
    # A form that is sent to the address of a copy would write to the original, without the right to change it.
    copy_view_enabled = False
    filterset_class = PositionFilterSet
    search_fields = ["vehicle__identifier", "vehicle__title", "decision"]
    search_backend_name = None
    ordering = ["-taken_on", "-pk"]
    list_per_page = 50
    list_export = [
        "vehicle",
        "version",
        "get_stance_display",
        "get_status_display",
        "taken_on",
        "plank",
        "decision",
        "decided_by",
        "decided_on",
    ]
    export_headings = {
        "get_stance_display": _("Position"),
        "get_status_display": _("Status"),
    }
    export_filename = "positions"

    def get_edit_handler(self):
        return position_panels()


class AgendaIndexView(IndexView):
    def get_base_queryset(self):
        return (
            super()
            .get_base_queryset()
            .annotate(
                plank_count=Count("planks", distinct=True),
                position_count=Count(
                    "planks__positions",
                    filter=~Q(planks__positions__status=PositionStatus.WITHDRAWN),
                    distinct=True,
                ),
            )
        )

    @cached_property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            CountColumn("plank_count", label=_("Planks")),
            CountColumn("position_count", label=_("Positions")),
        ]


class AgendaEditView(EditView):
    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        shown = Agenda.objects.public().filter(pk=self.object.pk).exists()
        label = _("See it as the public does")
        return [HeaderButton(label, url=self.object.url, icon_name="view")] if shown else []


class AgendaViewSet(SnippetViewSet):
    model = Agenda
    url_prefix = "events/agendas"
    icon = "list-ol"
    menu_label = _("Agendas")
    index_view_class = AgendaIndexView
    edit_view_class = AgendaEditView
    list_display = ["title", "period_from", "period_to", "adopted_by", "adopted_on"]
    search_fields = ["title", "planks__text"]
    search_backend_name = None
    ordering = ["-period_from"]

    def get_edit_handler(self):
        return agenda_panels().bind_to_model(Agenda)
