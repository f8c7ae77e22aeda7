"""The report "Library health": what is stale, unused, untagged, unsourced, or has a dead link."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from testimony.columns import FreshnessColumn
from testimony.domain import finding
from testimony.enums import EntryKind, LinkState
from testimony.models import LibraryEntry, LinkCheck, Source, Use
from testimony.views.care import edit_url
from testimony.views.find import EntryFilterSet, FindMenuItem

PROBLEMS = (
    ("is_stale", _("Stale")),
    ("is_unused", _("Not used anywhere")),
    ("is_untagged", _("No issue")),
    ("is_unsourced", _("No source")),
    ("has_dead_link", _("Dead link")),
)
ITEM_KINDS = [
    (kind.value, kind.label)
    for kind in EntryKind
    if kind not in {EntryKind.TESTIMONY, EntryKind.FACT_SHEET}
]


def with_problems(entries: QuerySet) -> QuerySet:
    """Each kind of problem as a column of its own: one query for any number of items."""
    uses = Use.objects.filter(item_type=OuterRef("item_type"), item_id=OuterRef("item_id"))
    tagged = LibraryEntry.issues.through.objects.filter(libraryentry=OuterRef("pk"))
    dead = LinkCheck.objects.filter(source=OuterRef("item_id"), state=LinkState.DEAD)
    used = ContentType.objects.get_for_models(*finding.USED).values()
    source = ContentType.objects.get_for_model(Source)
    return entries.annotate(
        is_stale=_flag(Q(review_by__lt=timezone.localdate())),
        is_unused=_flag(Q(item_type__in=list(used)) & ~Exists(uses)),
        is_untagged=_flag(Q(kind__in=(EntryKind.MESSAGE, EntryKind.QUESTION)) & ~Exists(tagged)),
        has_dead_link=_flag(Q(item_type=source) & Exists(dead)),
    )


def _flag(condition: Any) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


class HealthFilterSet(EntryFilterSet):
    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=ITEM_KINDS, widget=forms.CheckboxSelectMultiple
    )
    problem = django_filters.MultipleChoiceFilter(
        label=_("Problem"),
        choices=PROBLEMS,
        widget=forms.CheckboxSelectMultiple,
        method="of_problem",
    )

    def of_problem(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        wanted = Q()
        for flag in value:
            wanted |= Q(**{flag: True})
        return queryset.filter(wanted)


class LibraryHealthView(ReportView):
    """Items with at least one problem, the longest stale first."""

    model = LibraryEntry
    page_title = _("Library health")
    header_icon = "warning"
    index_url_name = "testimony:library_health"
    index_results_url_name = "testimony:library_health_results"
    results_template_name = "testimony/admin/library_health_results.html"
    filterset_class = HealthFilterSet
    is_searchable = False
    default_ordering = ("review_by", "pk")
    list_export = ["title", "get_kind_display", "problems", "owner", "review_by", "live"]
    export_headings = {"get_kind_display": _("Kind"), "problems": _("Problems")}
    export_filename = "library-health"
    columns = [
        TitleColumn("title", label=_("Item"), get_url=edit_url),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("problems", label=_("Problems")),
        Column(
            "owner", label=_("Owner"), accessor=lambda entry: entry.owner or "", sort_key="owner"
        ),
        FreshnessColumn(sort_key="review_by"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not finding.may_search(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> QuerySet:
        items = finding.items_visible_to(self.request.user).filter(
            kind__in=[kind for kind, _label in ITEM_KINDS]
        )
        wrong = Q()
        for flag, _label in PROBLEMS:
            wrong |= Q(**{flag: True})
        entries = with_problems(items).filter(wrong).select_related("owner")
        return entries.defer("words", "title_words", "says")

    def get_filtered_queryset(self) -> QuerySet:
        return self.get_queryset()

    def decorate_paginated_queryset(self, object_list: Iterable[Any]) -> list[Any]:
        entries = list(object_list)
        for entry in entries:
            entry.problems = ", ".join(
                str(label) for flag, label in PROBLEMS if getattr(entry, flag)
            )
        return entries


def menu_item() -> FindMenuItem:
    """For `register_reports_menu_item`."""
    return FindMenuItem(
        _("Library health"),
        reverse_lazy("testimony:library_health"),
        name="library-health",
        icon_name="warning",
        order=760,
    )
