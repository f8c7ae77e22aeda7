"""Sources in the admin."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn

from testimony.choosers import SourceChooserViewSet
from testimony.columns import FreshnessColumn
from testimony.enums import LinkState
from testimony.models import Source
from testimony.views.sources import LINK, SourceIndexView
from testimony.viewsets.base import STATUS, LibraryFilterSet, LibraryViewSet


class SourceFilterSet(LibraryFilterSet):
    link = django_filters.ChoiceFilter(
        label=_("Link"),
        field_name="link_check__state",
        choices=LinkState.choices,
        empty_label=_("All"),
    )

    class Meta:
        model = Source
        fields = ["kind", "link", "owner", "live", "review_by"]


class SourceViewSet(LibraryViewSet):
    model = Source
    icon = "openquote"
    menu_label = _("Sources")
    index_view_class = SourceIndexView
    select = ("owner__wagtail_userprofile", "link_check")
    list_display = [
        "title",
        Column("author", label=_("Author"), accessor="authors_line", sort_key="author"),
        Column("publisher", label=_("Publisher"), sort_key="publisher"),
        Column("published", label=_("Published"), sort_key="published"),
        LINK,
        FreshnessColumn(sort_key="review_by"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = [
        "title",
        "author",
        "publisher",
        "published",
        "container",
        "doi",
        "url",
        "retrieved_on",
        "note",
        "owner",
        "review_by",
        "live",
    ]
    export_filename = "sources"
    filterset_class = SourceFilterSet
    search_fields = ("title", "author", "publisher", "container", "doi", "url")
    chooser_viewset_class = SourceChooserViewSet
