"""Lists of the library and of the documents, as staff see them."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import (
    BooleanColumn,
    Column,
    StatusTagColumn,
    UpdatedAtColumn,
    UserColumn,
)
from wagtail.snippets.views.snippets import (
    CreateView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from cms.models import Issue
from cms.panels import SchedulePanel
from cms.widgets import DayRangeInput
from testimony.choosers import (
    SourceChooserViewSet,
    StatisticChooserViewSet,
    TalkingPointChooserViewSet,
    map_points,
    map_sources,
    map_statistics,
)
from testimony.columns import FreshnessColumn
from testimony.domain.adaptation import behind_id
from testimony.domain.message_house import TREE
from testimony.domain.spoken import say_figure
from testimony.enums import LinkState
from testimony.filters import issue_filter, issue_names
from testimony.forms import MessageMapForm
from testimony.models import MessageMap, PreferredTerm, Source, Statistic, TalkingPoint
from testimony.models.library_item import LibraryItem
from testimony.views.adaptation_marks import TalkingPointIndexView
from testimony.views.library_items import (
    LibraryDeleteView,
    LibraryEditView,
    LibraryUnpublishView,
)
from testimony.views.message_maps import (
    MessageMapEditView,
    MessageMapIndexView,
    MessageMapView,
    hollow_words,
    issue_map,
    message_map_pdf,
)
from testimony.views.sources import LINK, SourceIndexView
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


class TalkingPointFilterSet(LibraryFilterSet):
    issues = issue_filter()

    class Meta:
        model = TalkingPoint
        fields = ["kind", "issues", "audience", "owner", "live", "review_by"]


class StatisticFilterSet(LibraryFilterSet):
    class Meta:
        model = Statistic
        fields = ["unit", "owner", "live", "review_by"]


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


class TalkingPointViewSet(LibraryViewSet):
    model = TalkingPoint
    index_view_class = TalkingPointIndexView
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


class StatisticEditView(LibraryEditView):
    """The empty field shows how the figure is said without it."""

    def get_form(self, *args, **kwargs):
        form = super().get_form(*args, **kwargs)
        item = self.object
        if "spoken" in form.fields:
            said = say_figure(item.value, item.unit, item.decimals, item.scale)
            form.fields["spoken"].widget.attrs["placeholder"] = said
        return form


class StatisticViewSet(LibraryViewSet):
    model = Statistic
    edit_view_class = StatisticEditView
    icon = "order-up"
    menu_label = _("Statistics")
    select = ("source",)
    list_display = [
        "__str__",
        Column("place", label=_("Place"), sort_key="place"),
        Column("period", label=_("Period"), sort_key="period"),
        Column("source", label=_("Source"), accessor=lambda item: item.source or ""),
        FreshnessColumn(sort_key="review_by"),
        UpdatedAtColumn(),
        STATUS,
    ]
    list_export = [
        "display",
        "label",
        "value",
        "scale",
        "unit",
        "decimals",
        "spoken",
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
            path("of/<int:issue_id>/", issue_map, name="of_issue"),
        ]


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
        Column("prefer", label=_("Say instead"), sort_key="prefer"),
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


class LibraryGroup(SnippetViewSetGroup):
    items = (MessageMapViewSet, StatisticViewSet, SourceViewSet, PreferredTermViewSet)
    menu_label = _("Library")
    menu_name = "library"
    menu_icon = "glasses"
    menu_order = 230
