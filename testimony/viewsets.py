"""Lists of the library and of the documents, as staff see them."""

from __future__ import annotations

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, UpdatedAtColumn, UserColumn
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from cms.models import Issue
from testimony.choosers import (
    SourceChooserViewSet,
    StatisticChooserViewSet,
    TalkingPointChooserViewSet,
)
from testimony.models import Source, Statistic, TalkingPoint


def issue_names(item) -> str:
    """Issues of a talking point or document whose tags are prefetched."""
    return ", ".join(sorted(tagged.tag.name for tagged in item.issue_tagged_items.all()))


def state(item) -> str | Promise:
    """Where an item stands, from its own row; Wagtail's column asks two queries for each."""
    if not item.live:
        return _("draft")
    return _("published, newer draft") if item.has_unpublished_changes else _("published")


STATUS = StatusTagColumn(
    "state", label=_("Status"), accessor=state, sort_key="live", primary=lambda item: item.live
)


def issue_filter() -> django_filters.ModelMultipleChoiceFilter:
    return django_filters.ModelMultipleChoiceFilter(
        field_name="issue_tagged_items__tag",
        label=_("Issues"),
        queryset=Issue.objects.active(),
        widget=forms.CheckboxSelectMultiple,
        distinct=True,
    )


class LibraryFilterSet(WagtailFilterSet):
    """What every item of the library may be narrowed by."""

    live = django_filters.ChoiceFilter(
        label=_("Published"), choices=[(True, _("Yes")), (False, _("No"))], empty_label=_("All")
    )
    review_by = django_filters.DateFromToRangeFilter(
        label=_("Review by"), widget=DateRangePickerWidget
    )


class TalkingPointFilterSet(LibraryFilterSet):
    issues = issue_filter()

    class Meta:
        model = TalkingPoint
        fields = ["issues", "audience", "owner", "live", "review_by"]


class StatisticFilterSet(LibraryFilterSet):
    class Meta:
        model = Statistic
        fields = ["unit", "owner", "live", "review_by"]


class SourceFilterSet(LibraryFilterSet):
    class Meta:
        model = Source
        fields = ["owner", "live", "review_by"]


class LibraryEditView(EditView):
    """Approving is no edit. Wagtail saves a revision with it, which then waits for another approval."""

    def save_instance(self):
        if self.action == "workflow-action" and not self.form.has_changed():
            return self.object
        return super().save_instance()


class LibraryViewSet(SnippetViewSet):
    """Searches by parts of words in plain columns: a search index would trip over quotation marks."""

    edit_view_class = LibraryEditView
    search_backend_name = None
    inspect_view_enabled = True
    list_per_page = 50
    select: tuple[str, ...] = ("owner__wagtail_userprofile",)
    prefetch: tuple[str, ...] = ()

    def get_queryset(self, request) -> QuerySet:
        return self.model.objects.select_related(*self.select).prefetch_related(*self.prefetch)


class TalkingPointViewSet(LibraryViewSet):
    model = TalkingPoint
    icon = "comment"
    menu_label = _("Talking points")
    menu_name = "talking-points"
    menu_order = 210
    add_to_admin_menu = True
    prefetch = ("issue_tagged_items__tag",)
    list_display = [
        "title",
        Column("issues", label=_("Issues"), accessor=issue_names),
        Column("audience", accessor="get_audience_display", sort_key="audience"),
        UserColumn("owner"),
        Column("review_by", label=_("Review by"), sort_key="review_by"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = ["title", "text", "audience", "owner", "review_by", "live"]
    export_filename = "talking-points"
    filterset_class = TalkingPointFilterSet
    search_fields = ("title", "text")
    chooser_viewset_class = TalkingPointChooserViewSet


class StatisticViewSet(LibraryViewSet):
    model = Statistic
    icon = "order-up"
    menu_label = _("Statistics")
    select = ("source",)
    list_display = [
        "__str__",
        Column("place", label=_("Place"), sort_key="place"),
        Column("period", label=_("Period"), sort_key="period"),
        Column("source", label=_("Source"), accessor=lambda item: item.source or ""),
        Column("review_by", label=_("Review by"), sort_key="review_by"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = [
        "label",
        "value",
        "unit",
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


class SourceViewSet(LibraryViewSet):
    model = Source
    icon = "openquote"
    menu_label = _("Sources")
    list_display = [
        "title",
        Column("author", label=_("Author"), sort_key="author"),
        Column("publisher", label=_("Publisher"), sort_key="publisher"),
        Column("published", label=_("Published"), sort_key="published"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = [
        "title",
        "author",
        "publisher",
        "published",
        "url",
        "retrieved_on",
        "note",
        "owner",
        "review_by",
        "live",
    ]
    export_filename = "sources"
    filterset_class = SourceFilterSet
    search_fields = ("title", "author", "publisher")
    chooser_viewset_class = SourceChooserViewSet


class LibraryGroup(SnippetViewSetGroup):
    items = (StatisticViewSet, SourceViewSet)
    menu_label = _("Library")
    menu_name = "library"
    menu_icon = "glasses"
    menu_order = 230
