"""What all lists of reusable items have in common."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.widgets import DayRangeInput
from testimony.views.library_items import (
    LibraryDeleteView,
    LibraryEditView,
    LibraryUnpublishView,
)
from testimony.views.where_used import WhereUsedView


def state(item) -> str | Promise:
    """Where an item stands, from its own row; Wagtail's column asks two queries for each."""
    if not item.live:
        return _("draft")
    return _("published, newer draft") if item.has_unpublished_changes else _("published")


STATUS = StatusTagColumn(
    "state", label=_("Status"), accessor=state, sort_key="live", primary=lambda item: item.live
)


class LibraryFilterSet(WagtailFilterSet):
    """What every item of the library may be narrowed by."""

    live = django_filters.ChoiceFilter(
        label=_("Published"), choices=[(True, _("Yes")), (False, _("No"))], empty_label=_("All")
    )
    review_by = django_filters.DateFromToRangeFilter(label=_("Review by"), widget=DayRangeInput)


class LibraryViewSet(SnippetViewSet):
    """Searches by parts of words in plain columns: a search index would trip over quotation marks."""

    edit_view_class = LibraryEditView
    edit_template_name = "testimony/admin/library_edit.html"
    delete_view_class = LibraryDeleteView
    delete_template_name = "testimony/admin/library_delete.html"
    unpublish_view_class = LibraryUnpublishView
    usage_view_class = WhereUsedView
    search_backend_name = None
    inspect_view_enabled = True
    list_per_page = 50
    select: tuple[str, ...] = ("owner__wagtail_userprofile",)
    prefetch: tuple[str, ...] = ()

    def get_queryset(self, request) -> QuerySet:
        return self.model.objects.select_related(*self.select).prefetch_related(*self.prefetch)
