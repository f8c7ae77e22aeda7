"""Choosers of the library: published items only, with what tells them apart."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.ui.tables import Column, StatusTagColumn, Table
from wagtail.log_actions import log
from wagtail.rich_text import expand_db_html, get_text_for_indexing
from wagtail.snippets.views import chooser
from wagtail.snippets.widgets import AdminSnippetChooser

from testimony.columns import FreshnessColumn
from testimony.enums import Freshness, LinkState, PointKind
from testimony.filters import issue_names
from testimony.formats import written_as_text
from testimony.forms import (
    NewPointForm,
    NewSourceForm,
    NewStatisticForm,
    PointSearchForm,
    search_form,
)
from testimony.models import RecentPick, Source, Statistic, TalkingPoint, link_state
from testimony.models.recent_pick import KEPT
from testimony.richtext import reference_cache
from testimony.richtext_editor import chosen_entity_data

CONFIRMED = "confirmed"
FRESHNESS = FreshnessColumn(quiet=True, label=_("Freshness"))


class LiveOnly:
    """View mixin: an address cannot be used to place what is not published."""

    def get_object(self, pk):
        return self.model_class.objects.live().get(pk=pk)

    def get_objects(self, pks):
        return self.model_class.objects.live().filter(pk__in=pks)


class Chosen(LiveOnly, chooser.SnippetChosenView):
    """What is stale asks first, in words; what was chosen is remembered for the person."""

    def get_chosen_response(self, item: Any) -> HttpResponse:
        if item.freshness == Freshness.STALE and not self.request.GET.get(CONFIRMED):
            return self.ask_first(item)
        RecentPick.objects.note(self.request.user, item)
        return super().get_chosen_response(item)

    def ask_first(self, item: Any) -> HttpResponse:
        query = self.request.GET.copy()
        back = self.request.path.rsplit("chosen/", 1)[0]
        back_url = f"{back}?{query.urlencode()}" if query else back
        query[CONFIRMED] = "1"
        context = {
            "item": item,
            "day": date_format(item.review_by),
            "title": gettext("Use a stale item?"),
            "back_url": back_url,
            "confirm_url": f"{self.request.path}?{query.urlencode()}",
        }
        template = "testimony/admin/chooser_stale.html"
        # "choose" is the step whose script makes the links of a dialog open in the dialog.
        return render_modal_workflow(
            self.request, template, None, context, json_data={"step": "choose"}
        )


class ChosenMultiple(LiveOnly, chooser.SnippetChosenMultipleView):
    pass


class RecentFirst:
    """View mixin: above the whole list, what the person chose last. `ready()` fits rows out for the columns."""

    request: HttpRequest
    recent: list[Any]

    def ready(self, rows: list[Any]) -> None:
        """For subclasses."""

    def get_results_page(self, request: HttpRequest) -> Page:
        page = super().get_results_page(request)  # type: ignore[misc]  # Wagtail's view stands behind
        page.object_list = list(page.object_list)
        self.recent = self.recent_picks() if page.number == 1 and not self.is_narrowed() else []
        self.ready([*self.recent, *page.object_list])
        return page

    def is_narrowed(self) -> bool:
        form = self.filter_form  # type: ignore[attr-defined]
        return not form.is_valid() or any(form.cleaned_data.values())

    def recent_picks(self) -> list[Any]:
        model: Any = self.model_class  # type: ignore[attr-defined]
        user: Any = self.request.user
        picks = RecentPick.objects.of(user, model)[:KEPT]
        keys = list(picks.values_list("item_id", flat=True))
        found = self.get_object_list().in_bulk(keys) if keys else {}  # type: ignore[attr-defined]
        return [found[key] for key in keys if key in found]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.recent and not self.is_multiple_choice:  # type: ignore[attr-defined]
            context["recent_table"] = Table(self.columns, self.recent)  # type: ignore[attr-defined]
        return context


class LibraryColumns(RecentFirst):
    """View mixin: what is listed is published, so columns tell what it says instead."""

    title_column: Column
    extra_columns: tuple[Column, ...] = ()

    @property
    def columns(self) -> list[Column]:
        return [self.title_column, *self.extra_columns]


class LibraryChooserViewSet(chooser.SnippetChooserViewSet):
    """`list_columns` follow the title; `search` names the fields that the search box looks in."""

    list_columns: tuple[Column, ...] = ()
    search: tuple[str, ...] = ("title",)
    search_form_class: type | None = None  # where the box has more than words
    select: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = ()
    columns_mixin: type = LibraryColumns
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple

    def get_object_list(self) -> QuerySet:
        items = self.model.objects.live().select_related(*self.select)
        return items.prefetch_related(*self.prefetch)

    def _view(self, base: type) -> type:
        attributes = {
            "extra_columns": self.list_columns,
            "filter_form_class": self.search_form_class or search_form(*self.search),
            "results_template_name": "testimony/admin/chooser_results.html",
        }
        return type(base.__name__, (self.columns_mixin, base), attributes)

    @cached_property
    def choose_view_class(self) -> type:
        return self._view(chooser.ChooseView)

    @cached_property
    def choose_results_view_class(self) -> type:
        return self._view(chooser.ChooseResultsView)


def beginning(text: str) -> str:
    """The first words of a rich text as they are printed, figures included."""
    with written_as_text():
        words = get_text_for_indexing(expand_db_html(text)).strip()
    return Truncator(words).words(16)


class PointColumns(LibraryColumns):
    """View mixin: what all points on the page of results name is read together."""

    def ready(self, rows: list[Any]) -> None:
        with reference_cache(*(point.text for point in rows)):
            for point in rows:
                point.beginning = beginning(point.text)


class TalkingPointChooserViewSet(LibraryChooserViewSet):
    search_form_class = PointSearchForm
    columns_mixin = PointColumns
    prefetch = ("issue_tagged_items__tag",)
    list_columns = (
        StatusTagColumn(
            "get_kind_display",
            label=_("Kind"),
            primary=lambda point: point.kind != PointKind.MESSAGE,
        ),
        Column("beginning", label=_("Begins")),
        Column("issues", label=_("Issues"), accessor=issue_names),
        Column("audience", label=_("Audience"), accessor="get_audience_display"),
        FRESHNESS,
    )


class StatisticChosen(Chosen):
    def get_chosen_response_data(self, item: Statistic) -> dict:
        return {**super().get_chosen_response_data(item), **chosen_entity_data(item)}


class StatisticChooserViewSet(LibraryChooserViewSet):
    search = ("label", "place", "population", "source__title", "value", "scale")
    select = ("source",)
    chosen_view_class = StatisticChosen
    list_columns = (
        Column("place", label=_("Place")),
        Column("period", label=_("Period")),
        Column("source", label=_("Source"), accessor=lambda item: item.source or ""),
        FRESHNESS,
    )


class SourceChosen(Chosen):
    def get_chosen_response_data(self, item: Source) -> dict:
        return {**super().get_chosen_response_data(item), **chosen_entity_data(item)}


class LinkColumn(Column):
    """A badge on a source whose link is dead; nothing where there is nothing to say."""

    cell_template_name = "testimony/admin/link_cell.html"

    def get_value(self, instance: Source) -> str:
        return str(LinkState.DEAD.label) if link_state(instance) == LinkState.DEAD else ""


class SourceChooserViewSet(LibraryChooserViewSet):
    search = ("title", "author", "publisher", "published", "container")
    select = ("link_check",)
    chosen_view_class = SourceChosen
    list_columns = (
        Column("author", label=_("Author"), accessor="authors_line"),
        Column("publisher", label=_("Publisher")),
        Column("published", label=_("Published")),
        LinkColumn("link", label=_("Link")),
        FRESHNESS,
    )


class BegunAsDraft(chooser.SnippetCreateView):
    """What is begun in a chooser is a draft like any other: its approval is asked for on its own screen."""

    def save_form(self, form):
        item = form.save(commit=False)
        item.live, item.has_unpublished_changes = False, True
        item.owner = self.request.user
        item.save()
        revision = item.save_revision(user=self.request.user)
        log(item, "wagtail.create", user=self.request.user, revision=revision, content_changed=True)
        return item

    def get_display_title(self, instance) -> str:
        return gettext("%(item)s (draft)") % {"item": instance}


class OwnChooser(AdminSnippetChooser):
    """Opens the dialog of its own viewset instead of the one that all other forms share."""

    def get_chooser_modal_url(self) -> str:
        return reverse(self.chooser_modal_url_name)


class BeginningViewSet(LibraryChooserViewSet):
    """For message maps: what is missing may be begun in the dialog. Documents choose what is published."""

    register_widget = False
    base_widget_class = OwnChooser
    create_view_class = BegunAsDraft
    search_tab_label = _("Choose")
    creation_tab_label = _("New")


class MapPointChooserViewSet(BeginningViewSet, TalkingPointChooserViewSet):
    model = TalkingPoint
    icon = "comment"
    creation_form_class = NewPointForm
    create_action_label = _("Begin the talking point")


class MapStatisticChooserViewSet(BeginningViewSet, StatisticChooserViewSet):
    model = Statistic
    icon = "order-up"
    creation_form_class = NewStatisticForm
    create_action_label = _("Begin the statistic")


class MapSourceChooserViewSet(BeginningViewSet, SourceChooserViewSet):
    model = Source
    icon = "openquote"
    creation_form_class = NewSourceForm
    create_action_label = _("Begin the source")


map_points = MapPointChooserViewSet("map_points")
map_statistics = MapStatisticChooserViewSet("map_statistics")
map_sources = MapSourceChooserViewSet("map_sources")
MAP_CHOOSERS = (map_points, map_statistics, map_sources)
