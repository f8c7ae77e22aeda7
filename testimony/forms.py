"""Forms of the admin: the footnote, and the search box of choosers."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm


class NoteForm(forms.Form):
    """A footnote in the author's own words."""

    text = forms.CharField(
        label=_("Footnote"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Printed at the foot of the page. Cite publications as sources instead."),
    )

    def clean_text(self) -> str:
        return " ".join(self.cleaned_data["text"].split())


class LibrarySearchForm(BaseFilterForm):
    """Finds parts of words, whatever signs they hold: every word must stand in one of `search_fields`."""

    search_fields: tuple[str, ...] = ("title",)
    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        for word in (self.search_query or "")[:255].split():
            condition = Q()
            for name in self.search_fields:
                condition |= Q(**{f"{name}__icontains": word})
            objects = objects.filter(condition)
        return objects


def search_form(*fields: str) -> type[LibrarySearchForm]:
    """The search box of a chooser that looks in `fields`."""
    return type("SearchForm", (LibrarySearchForm,), {"search_fields": fields})
