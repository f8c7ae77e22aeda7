"""Forms of the ground floor's own admin pages."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.models import Issue


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
