"""Documents in the admin: their lists, and which views edit them."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import GenericPageFilterSet, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import WorkflowState

from cms.models import Person
from cms.pdf.registry import kind_for
from cms.widgets import DayRangeInput
from events.enums import Stance
from testimony.domain.adaptation import behind_id
from testimony.filters import issue_filter, issue_names
from testimony.models import FactSheetPage, TestimonyPage
from testimony.models.testimony_page import with_delivery
from testimony.permissions import may_add_documents, works_on_documents
from testimony.views.checks_panel import ReadinessColumn, mark_readiness
from testimony.views.editor import (
    DocumentWorkflowActionView,
    MeteredCreateView,
    MeteredEditView,
)

MAX_WORDS = 12


class DocumentFilterSet(GenericPageFilterSet):
    """Without Wagtail's filters by site and by children, which say nothing about documents."""

    issues = issue_filter()
    date = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DayRangeInput)
    site = None
    has_child_pages = None


class TestimonyFilterSet(DocumentFilterSet):
    __test__ = False
    position = django_filters.MultipleChoiceFilter(
        label=_("Position"), choices=Stance.choices, widget=forms.CheckboxSelectMultiple
    )
    speaker = django_filters.ModelMultipleChoiceFilter(
        label=_("Speaker"),
        queryset=Person.objects.filter(testimony__isnull=False).distinct(),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = TestimonyPage
        fields: list[str] = []


class FactSheetFilterSet(DocumentFilterSet):
    class Meta:
        model = FactSheetPage
        fields: list[str] = []


def _workflow_states() -> Prefetch:
    """Wagtail's `prefetch_workflow_states()` finds none on a queryset of one page type."""
    return Prefetch(
        "_specific_workflow_states",
        queryset=WorkflowState.objects.active().select_related("current_task_state__task"),
        to_attr="_current_workflow_states",
    )


class DocumentIndexView(IndexView):
    """One page type in a number of queries that does not grow with the rows."""

    results_template_name = "testimony/admin/documents_results.html"
    where_to_begin: str | Promise = ""  # what the empty list says
    select: tuple[str, ...] = ()
    searched: tuple[str, ...] = ("title", "draft_title", "vehicle__identifier", "vehicle__title")

    def search_queryset(self, pages) -> QuerySet:
        """Every word must stand somewhere in `searched`; the list keeps its order.

        Plain columns instead of the search index: a person, event or bill that is renamed is found at once,
        on every database, and no relevance is worked out row by row.
        """
        for word in (self.search_query or "")[:255].replace("\0", "").split()[:MAX_WORDS]:
            condition = Q()
            for name in self.searched:
                condition |= Q(**{f"{name}__icontains": word})
            pages = pages.filter(condition)
        return pages

    def get_ordering(self) -> str:
        ordering = self.request.GET.get("ordering", self.default_ordering)
        return ordering if ordering in self.get_valid_orderings() else self.default_ordering

    def order_queryset(self, pages) -> QuerySet:
        return pages.order_by(self.ordering, "pk")

    def annotate_queryset(self, pages) -> QuerySet:
        # The stock view fetches `specific()` pages and the sites rooted at them; these are specific already.
        return (
            pages.defer_streamfields()
            .select_related("content_type", "latest_revision", *self.select)
            .prefetch_related("issue_tagged_items__tag", "sites_rooted_here")
            .prefetch_related(_workflow_states())
            .annotate_site_root_state()
            .annotate_approved_schedule()
            .annotate(behind_id=behind_id(self.model))
        )

    @property
    def add_button(self) -> HeaderButton | None:
        if not may_add_documents(self.request.user):
            return None
        label = _("Add %(model_name)s") % {"model_name": self.model._meta.verbose_name}
        return HeaderButton(label, url=reverse(self.add_url_name), icon_name="plus")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        kind = kind_for(self.model)
        found = list(super().header_more_buttons)
        if kind is not None and works_on_documents(self.request.user):
            address = reverse("printing:kind", args=[kind.name])
            found.append(Button(_("Print all…"), url=address, icon_name="download", priority=15))
        return found


class TestimonyIndexView(DocumentIndexView):
    __test__ = False
    where_to_begin = _(
        "No testimony yet. Add a hearing under Hearings & events and press New testimony on it."
    )
    select = ("speaker", "event", "vehicle")
    searched = (
        *DocumentIndexView.searched,
        *("speaker__name", "event__title"),
        *("event__body__name", "event__body__short_name"),
    )

    def annotate_queryset(self, pages) -> QuerySet:
        return with_delivery(super().annotate_queryset(pages))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        mark_readiness(context["object_list"])
        return context


class FactSheetIndexView(DocumentIndexView):
    where_to_begin = _("No fact sheets yet. Press Add fact sheet to write the first.")
    select = ("vehicle",)
    searched = (*DocumentIndexView.searched, "headline")


class DocumentMenuItem(MenuItem):
    """Shown to those who may write documents; speakers have nothing to do there."""

    def is_shown(self, request) -> bool:
        return works_on_documents(request.user)


class DocumentListingViewSet(PageListingViewSet):
    add_to_admin_menu = True
    menu_item_class = DocumentMenuItem
    list_per_page = 50
    ordering = "-date"


class DocumentTitleColumn(PageTitleColumn):
    """The title with three ways on; what is rarer stands in the editor's own menu."""

    cell_template_name = "testimony/admin/document_title_cell.html"

    class Media:
        css = {"all": ["testimony/css/admin.css"]}

    def get_cell_context_data(self, instance, parent_context) -> dict:
        context = super().get_cell_context_data(instance, parent_context)
        context["may_adapt"] = may_add_documents(parent_context["request"].user)
        # With the request, Wagtail looks up the sites once for the whole list.
        return {**context, "public_url": instance.get_url(parent_context["request"])}


TITLE = DocumentTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
ISSUES = Column("issues", label=_("Issues"), accessor=issue_names)
DATE = Column("date", label=_("Date"), accessor="effective_date", sort_key="date")
UPDATED = DateColumn(
    "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"
)
READINESS = ReadinessColumn("readiness", label=_("Ready to file?"))
STATUS = PageStatusColumn("status", label=_("Status"), sort_key="live")


class TestimonyListing(DocumentListingViewSet):
    __test__ = False
    model = TestimonyPage
    icon = "openquote"
    menu_label = _("Testimony")
    menu_name = "testimony"
    menu_order = 200
    url_prefix = "testimony"
    index_view_class = TestimonyIndexView
    filterset_class = TestimonyFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        TITLE,
        Column("speaker", label=_("Speaker"), sort_key="speaker__sort_name"),
        Column(
            "event", label=_("Event"), accessor=lambda page: page.event.title if page.event else ""
        ),
        DATE,
        Column("position", label=_("Position"), accessor="get_position_display"),
        ISSUES,
        READINESS,
        STATUS,
    ]
    list_export = [
        "title",
        "effective_date",
        "speaker",
        "speaker_role",
        "event",
        "vehicle",
        "get_position_display",
        "language",
        "live",
        "first_published_at",
        "source_url",
    ]
    export_headings = {"effective_date": _("Date"), "get_position_display": _("Position")}
    export_filename = "testimony"


class FactSheetListing(DocumentListingViewSet):
    model = FactSheetPage
    icon = "doc-full"
    menu_label = _("Fact sheets")
    menu_name = "fact-sheets"
    menu_order = 220
    url_prefix = "fact-sheets"
    index_view_class = FactSheetIndexView
    filterset_class = FactSheetFilterSet
    columns = [
        BulkActionsColumn("bulk_actions"),
        TITLE,
        Column("headline", label=_("Main message")),
        DATE,
        ISSUES,
        UPDATED,
        STATUS,
    ]
    list_export = [
        "title",
        "headline",
        "date",
        "vehicle",
        "language",
        "live",
        "first_published_at",
    ]
    export_filename = "fact-sheets"


class DocumentPageViewSet(PageViewSet):
    edit_view_class = MeteredEditView
    add_view_class = MeteredCreateView
    workflow_action_view_class = DocumentWorkflowActionView


class TestimonyPageViewSet(DocumentPageViewSet):
    __test__ = False
    model = TestimonyPage


class FactSheetPageViewSet(DocumentPageViewSet):
    model = FactSheetPage
