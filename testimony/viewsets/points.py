"""Talking points in the admin."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn, UserColumn
from wagtail.snippets.views.snippets import CreateView

from testimony.choosers import TalkingPointChooserViewSet
from testimony.columns import FreshnessColumn
from testimony.domain.adaptation import behind_id
from testimony.filters import issue_filter, issue_names
from testimony.models import TalkingPoint
from testimony.views.adaptation_marks import TalkingPointIndexView
from testimony.views.library_items import LibraryEditView
from testimony.views.wording import WithWording
from testimony.viewsets.base import STATUS, LibraryFilterSet, LibraryViewSet


class TalkingPointFilterSet(LibraryFilterSet):
    issues = issue_filter()

    class Meta:
        model = TalkingPoint
        fields = ["kind", "issues", "audience", "owner", "live", "review_by"]


class TalkingPointAddView(WithWording, CreateView):
    """With hints on the wording beside the form, as documents have them."""


class TalkingPointEditView(WithWording, LibraryEditView):
    """The same."""


class TalkingPointViewSet(LibraryViewSet):
    model = TalkingPoint
    index_view_class = TalkingPointIndexView
    add_view_class = TalkingPointAddView
    edit_view_class = TalkingPointEditView
    icon = "comment"
    menu_label = _("Talking points")
    menu_name = "talking-points"
    menu_order = 210
    add_to_admin_menu = True
    prefetch = ("issue_tagged_items__tag",)
    list_display = [
        "title",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("issues", label=_("Issues"), accessor=issue_names),
        Column("audience", accessor="get_audience_display", sort_key="audience"),
        UserColumn("owner"),
        FreshnessColumn(sort_key="review_by"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = ["kind", "title", "text", "follow_up", "audience", "owner", "review_by", "live"]
    select = ("owner__wagtail_userprofile", "follow_up")
    export_filename = "talking-points"
    filterset_class = TalkingPointFilterSet
    search_fields = ("title", "text")
    chooser_viewset_class = TalkingPointChooserViewSet

    def get_queryset(self, request) -> QuerySet:
        return super().get_queryset(request).annotate(behind_id=behind_id(TalkingPoint))
