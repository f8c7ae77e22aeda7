"""Statistics in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from testimony.choosers import StatisticChooserViewSet
from testimony.columns import FreshnessColumn
from testimony.domain.spoken import say_figure
from testimony.models import Statistic
from testimony.views.library_items import LibraryEditView
from testimony.viewsets.base import STATUS, LibraryFilterSet, LibraryViewSet


class StatisticFilterSet(LibraryFilterSet):
    class Meta:
        model = Statistic
        fields = ["unit", "owner", "live", "review_by"]


class StatisticEditView(LibraryEditView):
    """The empty field shows how the figure is said without it."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        item = self.object
        if "spoken" in form.fields:
            said = say_figure(item.value, item.unit, item.decimals, item.scale)
            form.fields["spoken"].widget.attrs["placeholder"] = said
        return form


class StatisticViewSet(LibraryViewSet):
    model = Statistic
    edit_view_class = StatisticEditView
    icon = "order-up"
    menu_label = _("Statistics")
    select = ("source",)
    list_display = [
        "__str__",
        Column("place", label=_("Place"), sort_key="place"),
        Column("period", label=_("Period"), sort_key="period"),
        Column("source", label=_("Source"), accessor=lambda item: item.source or ""),
        FreshnessColumn(sort_key="review_by"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = [
        "display",
        "label",
        "value",
        "scale",
        "unit",
        "decimals",
        "spoken",
        "population",
        "place",
        "period",
        "source",
        "retrieved_on",
        "owner",
        "review_by",
        "live",
    ]
    export_filename = "statistics"
    filterset_class = StatisticFilterSet
    search_fields = ("label", "place", "population", "source__title")
    chooser_viewset_class = StatisticChooserViewSet
