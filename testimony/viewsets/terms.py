"""Preferred terms in the admin."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from testimony.models import PreferredTerm


class PreferredTermFilterSet(WagtailFilterSet):
    class Meta:
        model = PreferredTerm
        fields = ["language", "is_active", "asked_by"]


class PreferredTermViewSet(SnippetViewSet):
    """Kept by approvers and administrators; authors read it."""

    model = PreferredTerm
    icon = "pilcrow"
    menu_label = _("Preferred terms")
    search_backend_name = None
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "avoid",
        # On a phone the two stand below one another, without headings.
        Column(
            "prefer",
            label=_("Say instead"),
            accessor=lambda term: f"→ {term.prefer}",
            sort_key="prefer",
        ),
        Column("why", label=_("Why")),
        Column("who_asked", label=_("Who asked")),
        Column("language", accessor="get_language_display", sort_key="language"),
        BooleanColumn("is_active", label=_("In use"), sort_key="is_active"),
    ]
    list_export = ["avoid", "prefer", "why", "who_asked", "link", "language", "is_active"]
    export_filename = "preferred-terms"
    filterset_class = PreferredTermFilterSet
    search_fields = ("avoid", "prefer", "why", "asked_by__name", "asked_by_name")

    def get_queryset(self, request) -> QuerySet:
        return PreferredTerm.objects.select_related("asked_by")
