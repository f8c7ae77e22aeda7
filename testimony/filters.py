"""Issues in the lists of staff: as a column, and to narrow by."""

from __future__ import annotations

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import Issue


def issue_names(item) -> str:
    """Issues of a talking point or document whose tags are prefetched."""
    return ", ".join(sorted(tagged.tag.name for tagged in item.issue_tagged_items.all()))


def issue_filter() -> django_filters.ModelMultipleChoiceFilter:
    return django_filters.ModelMultipleChoiceFilter(
        field_name="issue_tagged_items__tag",
        label=_("Issues"),
        queryset=Issue.objects.active(),
        widget=forms.CheckboxSelectMultiple,
        distinct=True,
    )
