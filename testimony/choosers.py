"""Choosers of the library: published items only, with what tells them apart."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.rich_text import get_text_for_indexing
from wagtail.snippets.views import chooser

from testimony.forms import search_form
from testimony.models import Source, Statistic, TalkingPoint
from testimony.richtext_editor import source_entity_data, statistic_entity_data


class LibraryColumns:
    """View mixin: what is listed is published, so columns tell what it says instead."""

    title_column: Column
    extra_columns: tuple[Column, ...] = ()

    @property
    def columns(self) -> list[Column]:
        return [self.title_column, *self.extra_columns]


class LiveOnly:
    """View mixin: an address cannot be used to place what is not published."""

    def get_object(self, pk):
        return self.model_class.objects.live().get(pk=pk)

    def get_objects(self, pks):
        return self.model_class.objects.live().filter(pk__in=pks)


class ChosenMultiple(LiveOnly, chooser.SnippetChosenMultipleView):
    pass


class LibraryChooserViewSet(chooser.SnippetChooserViewSet):
    """`list_columns` follow the title; `search` names the fields that the search box looks in."""

    list_columns: tuple[Column, ...] = ()
    search: tuple[str, ...] = ("title",)
    select: tuple[str, ...] = ()
    chosen_multiple_view_class = ChosenMultiple

    def get_object_list(self) -> QuerySet:
        return self.model.objects.live().select_related(*self.select)

    def _view(self, base: type) -> type:
        attributes = {
            "extra_columns": self.list_columns,
            "filter_form_class": search_form(*self.search),
        }
        return type(base.__name__, (LibraryColumns, base), attributes)

    @cached_property
    def choose_view_class(self) -> type:
        return self._view(chooser.ChooseView)

    @cached_property
    def choose_results_view_class(self) -> type:
        return self._view(chooser.ChooseResultsView)

    class chosen_view_class(LiveOnly, chooser.SnippetChosenView):
        pass


def beginning(item: TalkingPoint) -> str:
    return Truncator(strip_tags(get_text_for_indexing(item.text))).words(16)


class TalkingPointChooserViewSet(LibraryChooserViewSet):
    search = ("title", "text")
    list_columns = (
        Column("text", label=_("Begins"), accessor=beginning),
        Column("audience", label=_("Audience"), accessor="get_audience_display"),
    )


class StatisticChosen(LiveOnly, chooser.SnippetChosenView):
    def get_chosen_response_data(self, item: Statistic) -> dict:
        return {**super().get_chosen_response_data(item), **statistic_entity_data(item)}


class StatisticChooserViewSet(LibraryChooserViewSet):
    search = ("label", "place", "population", "source__title", "value")
    select = ("source",)
    chosen_view_class = StatisticChosen
    list_columns = (
        Column("place", label=_("Place")),
        Column("period", label=_("Period")),
        Column("source", label=_("Source"), accessor=lambda item: item.source or ""),
    )


class SourceChosen(LiveOnly, chooser.SnippetChosenView):
    def get_chosen_response_data(self, item: Source) -> dict:
        return {**super().get_chosen_response_data(item), **source_entity_data(item)}


class SourceChooserViewSet(LibraryChooserViewSet):
    search = ("title", "author", "publisher", "published")
    chosen_view_class = SourceChosen
    list_columns = (
        Column("author", label=_("Author")),
        Column("publisher", label=_("Publisher")),
        Column("published", label=_("Published")),
    )
