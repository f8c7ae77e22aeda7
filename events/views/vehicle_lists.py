"""Lists and forms of bills, rules and other vehicles in the admin."""

from __future__ import annotations

from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, EditView, IndexView, SnippetViewSet

from cms.columns import CountColumn
from events.domain.dockets import advice
from events.domain.vehicle_actions import vehicle_links
from events.enums import PositionStatus
from events.forms import vehicle_panels
from events.models import Vehicle
from events.permissions import ADD_POSITION

COUNTING = ~Q(positions__status=PositionStatus.WITHDRAWN)


class VehicleChooserViewSet(SnippetChooserViewSet):
    """A new bill is mostly heard of with its hearing: it is added in the chooser, the form beneath stays."""

    form_fields = ["kind", "identifier", "title", "version", "position"]
    creation_tab_label = _("New")
    create_action_label = _("Add")


class VehicleIndexView(IndexView):
    def get_base_queryset(self):
        rows = super().get_base_queryset().select_related("body")
        return rows.annotate(position_count=Count("positions", filter=COUNTING))

    @cached_property
    def columns(self) -> list[Column]:
        return [*super().columns, CountColumn("position_count", label=_("Positions"))]


class AdvisesOnDocket:
    """View mixin: what looks unlike other identifiers is said after saving; it is saved all the same."""

    def save_instance(self) -> Model:
        vehicle = super().save_instance()  # type: ignore[misc]
        for _name, words in advice(vehicle):
            messages.warning(self.request, words)  # type: ignore[attr-defined]
        for event in self.form.followed:  # type: ignore[attr-defined]
            words = _("“%(event)s” closes at the new time too.") % {"event": event.title}
            messages.info(self.request, words)  # type: ignore[attr-defined]
        return vehicle


class VehicleCreateView(AdvisesOnDocket, CreateView):
    pass


class VehicleEditView(AdvisesOnDocket, EditView):
    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        vehicle, user = self.object, self.request.user
        begun = vehicle_links(vehicle, user)
        buttons = [
            HeaderButton(str(it.label), url=it.url(vehicle), icon_name=it.icon) for it in begun
        ]
        url = reverse("wagtailsnippets_events_position:list")
        positions = HeaderButton(
            _("Positions"), url=f"{url}?vehicle={vehicle.pk}", icon_name="clipboard-list"
        )
        buttons.append(positions)
        if user.has_perm(ADD_POSITION):
            add = reverse("wagtailsnippets_events_position:add")
            label = _("New position")
            buttons.append(HeaderButton(label, url=f"{add}?vehicle={vehicle.pk}", icon_name="plus"))
        return buttons


class VehicleViewSet(SnippetViewSet):
    model = Vehicle
    url_prefix = "events/vehicles"
    icon = "doc-full-inverse"
    menu_label = _("Bills & rules")
    index_view_class = VehicleIndexView
    add_view_class = VehicleCreateView
    edit_view_class = VehicleEditView
    list_display = ["identifier", "title", "kind", "version", "body", "position", "outcome"]
    list_filter = ["kind", "position", "outcome", "body"]
    search_fields = ["identifier", "title", "docket_id", "rin"]
    search_backend_name = None
    ordering = ["identifier"]
    list_export = ["identifier", "title", "kind", "version", "body", "position", "url"]
    chooser_viewset_class = VehicleChooserViewSet

    def get_edit_handler(self):
        return vehicle_panels().bind_to_model(Vehicle)
