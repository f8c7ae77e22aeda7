"""The chooser of issues: what may be chosen anew, by its name or by the other words for it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import chooser

from cms.forms import search_form
from cms.models import Issue


class IssueColumns:
    """View mixin: issues are told apart by what they are about."""

    filter_form_class = search_form("name", "synonyms", "description")
    title_column: Column

    @property
    def columns(self) -> list[Column]:
        also = Column(
            "also", label=_("Other words"), accessor=lambda issue: ", ".join(issue.synonym_list)
        )
        return [self.title_column, Column("description", label=_("Description")), also]


class Choose(IssueColumns, chooser.ChooseView):
    pass


class ChooseResults(IssueColumns, chooser.ChooseResultsView):
    pass


class IssueChooserViewSet(chooser.SnippetChooserViewSet):
    """Retired and merged issues stay where they are chosen already; they are not offered again."""

    choose_view_class = Choose
    choose_results_view_class = ChooseResults

    def get_object_list(self) -> QuerySet[Any]:
        return Issue.objects.active()
