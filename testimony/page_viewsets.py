"""Documents in the admin: their lists, and the editor with the speaking-time meter."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import GenericPageFilterSet, IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import WorkflowState

from cms.models import Person
from events.enums import Stance
from testimony.models import FactSheetPage, TestimonyPage
from testimony.permissions import may_add_documents, works_on_documents
from testimony.viewsets import issue_filter, issue_names


class DocumentFilterSet(GenericPageFilterSet):
    """Without Wagtail's filters by site and by children, which say nothing about documents."""

    issues = issue_filter()
    date = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
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

    select: tuple[str, ...] = ()

    def annotate_queryset(self, pages) -> QuerySet:
        # The stock view fetches `specific()` pages and the sites rooted at them; these are specific already.
        return (
            pages.defer_streamfields()
            .select_related("content_type", "latest_revision", *self.select)
            .prefetch_related("issue_tagged_items__tag", "sites_rooted_here")
            .prefetch_related(_workflow_states())
            .annotate_site_root_state()
            .annotate_approved_schedule()
        )

    @property
    def add_button(self) -> HeaderButton | None:
        if not may_add_documents(self.request.user):
            return None
        label = _("Add %(model_name)s") % {"model_name": self.model._meta.verbose_name}
        return HeaderButton(label, url=reverse(self.add_url_name), icon_name="plus")


class TestimonyIndexView(DocumentIndexView):
    __test__ = False
    select = ("speaker", "event", "vehicle")


class FactSheetIndexView(DocumentIndexView):
    select = ("vehicle",)


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
        # With the request, Wagtail looks up the sites once for the whole list.
        return {**context, "public_url": instance.get_url(parent_context["request"])}


TITLE = DocumentTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
ISSUES = Column("issues", label=_("Issues"), accessor=issue_names)
DATE = Column("date", label=_("Date"), sort_key="date")
UPDATED = DateColumn(
    "latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at"
)
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
        STATUS,
    ]
    list_export = [
        "title",
        "date",
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
    export_headings = {"get_position_display": _("Position")}
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


class MeteredEditView(EditView):
    """The page editor with words and speaking time beside the buttons."""

    def get_template_names(self) -> list[str]:
        names = super().get_template_names()
        own = {"wagtailadmin/pages/edit.html": "testimony/admin/edit.html"}
        return [own.get(name, name) for name in names]

    def get_context_data(self, **kwargs) -> dict:
        url = reverse("testimony:meter", args=[self.page.pk])
        return {**super().get_context_data(**kwargs), "meter_url": url}


class MeteredCreateView(CreateView):
    template_name = "testimony/admin/create.html"

    def get_context_data(self, **kwargs) -> dict:
        return {**super().get_context_data(**kwargs), "meter_url": reverse("testimony:meter_new")}


class TestimonyPageViewSet(PageViewSet):
    __test__ = False
    model = TestimonyPage
    edit_view_class = MeteredEditView
    add_view_class = MeteredCreateView
