"""Message maps in the admin."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import Column, UpdatedAtColumn, UserColumn
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from cms.models import Issue
from cms.panels import SchedulePanel
from testimony.choosers import map_points, map_sources, map_statistics
from testimony.columns import FreshnessColumn
from testimony.domain.message_house import TREE
from testimony.forms import MessageMapForm
from testimony.models import MessageMap
from testimony.models.library_item import LibraryItem
from testimony.views.message_maps import (
    MessageMapEditView,
    MessageMapIndexView,
    MessageMapView,
    hollow_words,
    issue_map,
    message_map_pdf,
)
from testimony.views.print_menu import MapPrintView
from testimony.viewsets.base import STATUS, LibraryFilterSet


class MessageMapFilterSet(LibraryFilterSet):
    class Meta:
        model = MessageMap
        fields = ["owner", "live", "review_by"]


class MessageMapAddView(CreateView):
    """Begun from an issue, the form knows which."""

    def get_initial_form_instance(self) -> MessageMap:
        instance = super().get_initial_form_instance() or MessageMap()
        instance.issue = Issue.objects.active().filter(pk=asked_issue(self.request)).first()
        instance.owner = self.request.user
        return instance


def asked_issue(request) -> int | None:
    asked = request.GET.get("issue", "")
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


class MessageMapViewSet(SnippetViewSet):
    model = MessageMap
    index_view_class = MessageMapIndexView
    add_view_class = MessageMapAddView
    edit_view_class = MessageMapEditView
    copy_view_enabled = False
    search_backend_name = None
    list_per_page = 50
    icon = "list-ul"
    menu_label = _("Message maps")
    list_display = [
        "issue",
        Column("hollow", label=_("Proof"), accessor=hollow_words),
        UserColumn("owner"),
        FreshnessColumn(sort_key="review_by"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = ["issue", "narrative", "audience_note", "owner", "review_by", "live"]
    export_filename = "message-maps"
    filterset_class = MessageMapFilterSet
    search_fields = ("issue__name", "issue__synonyms", "narrative", "messages__text")
    edit_handler = ObjectList(
        [
            FieldPanel("issue"),
            FieldPanel("narrative"),
            InlinePanel(
                "messages",
                [
                    FieldPanel("text"),
                    FieldPanel("is_releasable"),
                    InlinePanel(
                        "points",
                        [FieldPanel("point", widget=map_points.widget_class)],
                        heading=_("Supporting points"),
                        label=_("supporting point"),
                    ),
                    InlinePanel(
                        "proofs",
                        [
                            FieldRowPanel(
                                [
                                    FieldPanel("statistic", widget=map_statistics.widget_class),
                                    FieldPanel("source", widget=map_sources.widget_class),
                                ]
                            )
                        ],
                        heading=_("Proofs"),
                        label=_("proof"),
                    ),
                ],
                heading=_("Key messages"),
                label=_("key message"),
            ),
            FieldPanel("audience_note"),
            *LibraryItem.care_panels,
            SchedulePanel(),
        ],
        base_form_class=MessageMapForm,
    )

    def get_queryset(self, request) -> QuerySet:
        maps = MessageMap.objects.select_related("owner__wagtail_userprofile")
        return maps.prefetch_related(*TREE)

    def get_urlpatterns(self) -> list:
        """Below the list's address, so that the menu knows where one is."""
        return [
            *super().get_urlpatterns(),
            path("map/<int:map_id>/", MessageMapView.as_view(), name="map"),
            path("map/<int:map_id>/pdf/", message_map_pdf, name="pdf"),
            path("map/<int:map_id>/print/", MapPrintView.as_view(), name="print"),
            path("of/<int:issue_id>/", issue_map, name="of_issue"),
        ]
