"""Find in the library: one box over talking points, statistics, sources, maps and documents, drafts included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.rich_text import expand_db_html, get_text_for_indexing

from cms.models import Issue, User
from testimony.columns import FreshnessColumn
from testimony.domain import finding
from testimony.enums import EntryKind, Freshness
from testimony.formats import written_as_text
from testimony.models import FactSheetPage, LibraryEntry, TestimonyPage, Use
from testimony.richtext import reference_cache
from testimony.views.care import edit_url, uses_url

SAID = 28  # words of what an entry says


def owners(request: HttpRequest | None) -> QuerySet:
    return User.objects.filter(pk__in=LibraryEntry.objects.order_by().values("owner"))


def documents(request: HttpRequest | None) -> QuerySet:
    if request is None:
        return Page.objects.none()
    return policy_registry.get_by_type(Page).explorable_instances(request.user)


class EntryFilterSet(WagtailFilterSet):
    """What the search and the report of the library are narrowed by."""

    kind = django_filters.MultipleChoiceFilter(
        label=_("Kind"), choices=EntryKind.choices, widget=forms.CheckboxSelectMultiple
    )
    owner = django_filters.ModelMultipleChoiceFilter(
        label=_("Owner"), queryset=owners, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = LibraryEntry
        fields: list[str] = []


class FindFilterSet(EntryFilterSet):
    issues = django_filters.ModelMultipleChoiceFilter(
        label=_("Issues"),
        queryset=Issue.objects.active(),
        widget=forms.CheckboxSelectMultiple,
        method="of_issues",
    )
    freshness = django_filters.MultipleChoiceFilter(
        label=_("Freshness"),
        choices=Freshness.choices,
        widget=forms.CheckboxSelectMultiple,
        method="of_freshness",
    )
    used_in = django_filters.ModelChoiceFilter(
        label=_("Used in"),
        queryset=documents,
        widget=AdminPageChooser(target_models=[TestimonyPage, FactSheetPage]),
        method="of_document",
    )

    def of_issues(self, queryset: QuerySet, name: str, value: Iterable[Issue]) -> QuerySet:
        issues = list(value)
        if not issues:
            return queryset
        # A draft may still name what an issue was merged from.
        tagged = LibraryEntry.issues.through.objects.filter(
            Q(issue__in=issues) | Q(issue__merged_into__in=issues)
        )
        return queryset.filter(pk__in=tagged.values("libraryentry"))

    def of_freshness(self, queryset: QuerySet, name: str, value: list[str]) -> QuerySet:
        wanted = Q()
        for one in value:
            wanted |= LibraryEntry.objects.condition(one)
        return queryset.filter(wanted)

    def of_document(self, queryset: QuerySet, name: str, value: Page | None) -> QuerySet:
        if value is None:
            return queryset
        uses = Use.objects.filter(
            page=value.pk, item_type=OuterRef("item_type"), item_id=OuterRef("item_id")
        )
        return queryset.filter(Exists(uses))


class FoundColumn(Column):
    """The title, what it says, and whether that is published."""

    cell_template_name = "testimony/admin/found_cell.html"

    def get_value(self, instance: LibraryEntry) -> LibraryEntry:
        return instance


class UsedColumn(Column):
    cell_template_name = "testimony/admin/used_cell.html"

    def get_value(self, instance: LibraryEntry) -> LibraryEntry:
        return instance


class FindView(ReportView):
    """Fifty at a time, in a number of queries that grows neither with the rows nor with the library."""

    model = LibraryEntry
    page_title = _("Find in the library")
    header_icon = "search"
    template_name = "testimony/admin/find.html"
    results_template_name = "testimony/admin/find_results.html"
    index_url_name = "testimony:find"
    index_results_url_name = "testimony:find_results"
    is_searchable = True
    filterset_class = FindFilterSet
    default_ordering = ("-updated_at", "-pk")
    columns = [
        FoundColumn("title", label=_("What it says")),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("issues", label=_("Issues"), accessor="issue_names"),
        FreshnessColumn(sort_key="review_by"),
        Column(
            "owner", label=_("Owner"), accessor=lambda entry: entry.owner or "", sort_key="owner"
        ),
        UsedColumn("used", label=_("Used")),
        DateColumn("updated_at", label=_("Updated"), sort_key="updated_at"),
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not finding.may_search(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        ways = (
            (_("Library health"), "testimony:library_health", "warning", 10),
            (_("Preferred terms"), "wagtailsnippets_testimony_preferredterm:list", "pilcrow", 20),
            (_("Dismissed hints"), "testimony:dismissed_hints", "pilcrow", 30),
        )
        return [
            Button(label, url=reverse(name), icon_name=icon, priority=place)
            for label, name, icon, place in ways
        ]

    def get_base_queryset(self) -> QuerySet:
        return finding.visible_to(self.request.user)

    def get_queryset(self) -> QuerySet:
        found = self.filter_queryset(self.get_base_queryset())
        return self.arranged(self.search_queryset(found))

    def get_filtered_queryset(self) -> QuerySet:
        found = self.get_queryset().defer("words", "title_words")
        return found.select_related("owner").prefetch_related("issues")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        return finding.search(queryset, self.search_query or "")

    def arranged(self, queryset: QuerySet) -> QuerySet:
        """By relevance while words are searched, unless a column was asked for."""
        if self.is_searching and not self.is_explicitly_ordered:
            return queryset
        return self.order_queryset(queryset)

    @cached_property
    def kinds(self) -> list[dict[str, Any]]:
        """How many of each kind there are among what else was asked for, to go on from."""
        data: QueryDict = self.request.GET.copy()
        for name in ("kind", "p", "_w_filter_fragment"):
            data.pop(name, None)
        asked = FindFilterSet(data=data, request=self.request)
        entries = self.get_base_queryset()
        entries = asked.filter_queryset(entries) if asked.is_valid() else entries
        counted = self.search_queryset(entries).order_by().values("kind")
        counts = dict(counted.annotate(count=Count("pk")).values_list("kind", "count"))
        chosen = self.request.GET.getlist("kind")
        links = [
            {
                "label": label,
                "count": counts[kind],
                "url": f"{self.index_url}?{with_kind(data, kind)}",
                "is_chosen": chosen == [kind],
            }
            for kind, label in EntryKind.choices
            if kind in counts
        ]
        whole = {
            "label": _("All"),
            "count": sum(counts.values()),
            "url": f"{self.index_url}?{data.urlencode()}",
            "is_chosen": not chosen,
        }
        return [whole, *links]

    def decorate_paginated_queryset(self, object_list: Iterable[LibraryEntry]) -> list[Any]:
        entries: list[Any] = list(object_list)
        counts = used_counts(entries)
        with reference_cache(*(entry.says for entry in entries)):
            for entry in entries:
                entry.said = said(entry.says)
                entry.issue_names = ", ".join(issue.name for issue in entry.issues.all())
                entry.edit_url, entry.uses_url = edit_url(entry), uses_url(entry)
                entry.used = counts.get((entry.item_type_id, entry.item_id), 0)
                entry.is_document = entry.kind in DOCUMENTS
        return entries


DOCUMENTS = frozenset({EntryKind.TESTIMONY, EntryKind.FACT_SHEET})


def with_kind(data: QueryDict, kind: str) -> str:
    asked = data.copy()
    asked["kind"] = kind
    return asked.urlencode()


def said(says: str) -> str:
    """What an entry says in plain words, figures included."""
    with written_as_text():
        words = get_text_for_indexing(expand_db_html(says)).strip()
    return Truncator(words).words(SAID)


def used_counts(entries: list[LibraryEntry]) -> dict[tuple[int, int], int]:
    """Documents that show an item, and items that a document shows: two queries. What is left only in records of
    what was handed in counts as they do."""
    ours = Q(pk__in=[])
    for entry in entries:
        ours |= Q(item_type=entry.item_type_id, item_id=entry.item_id)
    shown = Use.objects.filter(ours).order_by().values_list("item_type", "item_id")
    counts = {
        (kind, pk): pages or records
        for kind, pk, pages, records in shown.annotate(
            Count("page", distinct=True), Count("record", distinct=True)
        )
    }
    documents = {e.item_id: e.item_type_id for e in entries if e.kind in DOCUMENTS}
    held = Use.objects.filter(page__in=documents).order_by()
    for page, _kind, _pk in held.values_list("page", "item_type", "item_id").distinct():
        key = (documents[page], page)
        counts[key] = counts.get(key, 0) + 1
    return counts


class FindMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return finding.may_search(request.user)


def menu_item() -> MenuItem:
    """For `register_admin_menu_item`."""
    return FindMenuItem(
        _("Find in the library"),
        reverse_lazy("testimony:find"),
        name="find-in-the-library",
        icon_name="search",
        order=100,
    )
