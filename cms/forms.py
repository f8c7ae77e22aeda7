"""Forms of the ground floor's own admin pages, and the fields that every admin form uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.forms.tags import TagField
from wagtail.admin.widgets import BaseChooser

from cms.models import Issue
from cms.widgets import ClockInput, DayAndClockInput, DayInput, IssueTicks


class MergeIssueForm(forms.Form):
    """Which issue takes over everything that `issue` is the tag of."""

    into = forms.ModelChoiceField(
        label=_("Merge into"),
        queryset=Issue.objects.none(),
        help_text=_("Everything tagged with the old issue is tagged with this one instead."),
    )

    def __init__(self, *args, issue: Issue, **kwargs):
        super().__init__(*args, **kwargs)
        into = cast("forms.ModelChoiceField", self.fields["into"])
        into.queryset = Issue.objects.active().exclude(pk=issue.pk)


class PlainSearchForm(BaseFilterForm):
    """Finds parts of words, whatever signs they hold: every word must stand in one of `search_fields`."""

    search_fields: tuple[str, ...] = ("title",)
    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )

    def filter(self, objects: models.QuerySet) -> models.QuerySet:
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        for word in (self.search_query or "")[:255].split():
            condition = models.Q()
            for name in self.search_fields:
                condition |= models.Q(**{f"{name}__icontains": word})
            objects = objects.filter(condition)
        return objects


def search_form(*fields: str) -> type[PlainSearchForm]:
    """The search box of a chooser that looks in `fields`."""
    return type("SearchForm", (PlainSearchForm,), {"search_fields": fields})


class IssueField(forms.ModelMultipleChoiceField):
    """The issues in use as a list to tick, and those that the document has already, retired or not.

    A retired issue of the document must be offered: left out, saving would take it away without a word.
    """

    widget = IssueTicks

    def __init__(self, **kwargs: Any) -> None:
        kwargs["help_text"] = _(
            "Tick all that the text is about."
        )  # for taggit's "comma-separated"
        super().__init__(Issue.objects.active(), **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> BoundField:
        had = [_final(issue) for issue in form.get_initial_for_field(self, field_name) or []]
        self.queryset = offered(had)
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        """An older version may name an issue that was merged since: what it became is ticked."""
        if isinstance(value, (list, tuple, models.QuerySet)):
            value = [_final(item) for item in value]
        return super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        """The form may have been open while an issue it offered was merged."""
        asked = [str(pk) for pk in value or ()]
        merged = Issue.objects.exclude(merged_into=None).values_list("pk", "merged_into")
        became = {str(pk): into for pk, into in merged}
        return super().clean([became.get(pk, pk) for pk in asked])

    def label_from_instance(self, obj: models.Model) -> str:
        issue = cast("Issue", obj)
        retired = not issue.is_active or issue.merged_into_id is not None
        return gettext("%(issue)s (retired)") % {"issue": issue} if retired else str(issue)


def _final(item: Any) -> Any:
    """The key of what an issue was merged into, else the item itself. `merge_issue` keeps the way one step long."""
    return getattr(item, "merged_into_id", None) or item


def offered(had: Iterable[Issue]) -> models.QuerySet[Issue]:
    """Issues to choose from where `had` are chosen already."""
    kept = Issue.objects.filter(pk__in=[getattr(issue, "pk", issue) for issue in had])
    return Issue.objects.active() | kept


def tag_field(db_field: models.Field) -> dict[str, Any]:
    """The form field of a tag manager: ticks for issues, Wagtail's own for other tags."""
    if db_field.related_model is Issue:
        return {"form_class": IssueField}
    return {"form_class": TagField, "tag_model": db_field.related_model}


def register_fields() -> None:
    """Tell Wagtail's forms to use the inputs of this project."""
    for field, widget in (
        (models.DateField, DayInput),
        (models.TimeField, ClockInput),
        (models.DateTimeField, DayAndClockInput),
    ):
        register_form_field_override(field, override={"widget": widget})
    register_form_field_override(ClusterTaggableManager, override=tag_field)
    BaseChooser.get_instance = _chosen  # type: ignore[method-assign]


_wagtails_get_instance = BaseChooser.get_instance


def _chosen(widget: BaseChooser, value: Any) -> models.Model | None:
    """A chooser that is posted what names no row ("x") shows itself empty beside the error of its field; Wagtail's
    raises, and the page with the error is never seen."""
    try:
        return _wagtails_get_instance(widget, value)
    except (TypeError, ValueError):
        return None
