"""The list of all ripple reviews."""

from __future__ import annotations

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn, UserColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from testimony.domain.references import LIBRARY
from testimony.enums import RippleState
from testimony.models import RippleReview

MINE = "mine"


class RippleFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=RippleState.choices, widget=forms.CheckboxSelectMultiple
    )
    assignee = django_filters.ChoiceFilter(
        label=_("For"), choices=[(MINE, _("Me"))], empty_label=_("All"), method="of_mine"
    )
    kind = django_filters.ChoiceFilter(
        label=_("What changed"),
        choices=[(model._meta.model_name, model._meta.verbose_name) for model in LIBRARY],
        empty_label=_("All"),
        method="of_kind",
    )

    class Meta:
        model = RippleReview
        fields: list[str] = []

    def of_mine(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(assignee=self.request.user) if value == MINE else queryset

    def of_kind(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        kinds = {model._meta.model_name: model for model in LIBRARY}
        return queryset.filter(item_type=ContentType.objects.get_for_model(kinds[value]))


class RippleList(ReportView):
    """Of documents that the person finds in the admin."""

    model = RippleReview
    page_title = _("Changes to look at")
    header_icon = "rotate"
    index_url_name = "testimony:ripples"
    index_results_url_name = "testimony:ripples_results"
    permission_required = "view"
    filterset_class = RippleFilterSet
    is_searchable = False
    list_export = ["item_title", "page", "state", "assignee", "created_at", "cleared_at", "note"]
    export_headings = {"page": _("Document"), "item_title": _("Item")}
    export_filename = "changes-to-look-at"
    columns = [
        TitleColumn("page", label=_("Document"), get_url=lambda review: review.url),
        Column("item_title", label=_("What changed")),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="standing",
            primary=lambda review: review.state == RippleState.OPEN,
        ),
        UserColumn("assignee", label=_("For")),
        DateColumn("created_at", label=_("Changed")),
        DateColumn("cleared_at", label=_("Cleared")),
    ]

    @property
    def permission_policy(self):
        return policy_registry.get_by_type(RippleReview)

    def get_queryset(self) -> QuerySet[RippleReview]:
        pages = policy_registry.get_by_type(Page).explorable_instances(self.request.user)
        return RippleReview.objects.filter(page__in=pages.values("pk")).select_related(
            "page", "assignee__wagtail_userprofile", "cleared_by", "adjusting_by"
        )


def menu_item() -> MenuItem:
    """For `register_reports_menu_item`."""
    return MenuItem(
        _("Changes to look at"),
        reverse_lazy("testimony:ripples"),
        name="ripple-reviews",
        icon_name="rotate",
        order=750,
    )


def open_list_url() -> str:
    return f"{reverse('testimony:ripples')}?state={RippleState.OPEN}&assignee={MINE}"
