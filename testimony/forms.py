"""Forms of the admin: the footnote, who will speak, talking points, message maps."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.snippets.widgets import AdminSnippetChooser

from cms.forms import search_form
from cms.models import Issue, Person
from testimony.domain.message_house import is_proved
from testimony.enums import PointKind
from testimony.models import MessageMap, Source, Statistic, TalkingPoint


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


class SpeakerForm(forms.Form):
    """Any person: from the chooser, or where that cannot open (it needs JavaScript) by name."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.select_related("organization"),
        required=False,
        widget=AdminSnippetChooser(Person),
    )
    name = forms.CharField(label=_("Name of the person"), max_length=255, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        name = " ".join((data.get("name") or "").split())
        if self.errors or data.get("person"):
            return data
        if not name:
            self.add_error("person", _("Choose a person first."))
            return data
        found = list(Person.objects.filter(name__iexact=name)[:2])
        if len(found) == 1:
            data["person"] = found[0]
        elif found:
            self.add_error("name", _("There is more than one person of this name."))
        else:
            self.add_error("name", _("There is nobody of this name. Add them under People first."))
        return data


class PointSearchForm(search_form("title", "text")):  # type: ignore[misc]  # made by a function
    """The search box of talking points, and their kinds to narrow by."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *PointKind.choices], required=False
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        objects = super().filter(objects)
        kind = self.cleaned_data.get("kind")
        return objects.filter(kind=kind) if kind else objects


class MessageMapForm(WagtailAdminModelForm):
    """A map stays with its issue, and no message may be released that nothing published proves."""

    def clean_issue(self) -> Issue:
        issue: Issue = self.cleaned_data["issue"]
        stored = MessageMap.objects.filter(pk=self.instance.pk).first()
        if stored is not None and stored.issue != issue:
            raise forms.ValidationError(
                _("A map stays with its issue. Start another map for another issue.")
            )
        if stored is None and not Issue.objects.active().filter(pk=issue.pk).exists():
            raise forms.ValidationError(_("This issue is retired. Choose an issue that is in use."))
        return issue

    def is_valid(self) -> bool:
        """Asked after the rows of every message are read, which happens behind the form's own `clean()`."""
        valid = super().is_valid()
        for row in self.formsets["messages"].forms:
            if "is_releasable" not in getattr(row, "cleaned_data", {}) or _is_deleted(row):
                continue
            if row.cleaned_data["is_releasable"] and not _row_is_proved(row):
                if "is_releasable" not in row.errors:
                    row.add_error("is_releasable", NO_PROOF)
                valid = False
        return valid


NO_PROOF = _(
    "No proof yet. Choose a published statistic or source, or a published talking point that cites one."
)


def _row_is_proved(row: ClusterForm) -> bool:
    def chosen(relation: str, *names: str) -> list[Any]:
        kept = [one for one in row.formsets[relation].forms if not _is_deleted(one)]
        named = [getattr(one, "cleaned_data", {}).get(name) for one in kept for name in names]
        return [item for item in named if item is not None]

    return is_proved(chosen("points", "point"), chosen("proofs", "statistic", "source"))


def _is_deleted(row: forms.ModelForm) -> bool:
    return bool(getattr(row, "cleaned_data", {}).get("DELETE"))


class NewPointForm(forms.ModelForm):
    """A talking point begun from the chooser, finished on its own screen."""

    words = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Place figures and sources in it later, on its own screen."),
    )

    class Meta:
        model = TalkingPoint
        fields = ["title"]

    def save(self, commit: bool = True) -> TalkingPoint:
        self.instance.text = linebreaks(self.cleaned_data["words"].strip(), autoescape=True)
        return super().save(commit)


class NewStatisticForm(forms.ModelForm):
    """A statistic begun from the chooser. Sources stand in a plain list: a chooser cannot open another."""

    class Meta:
        model = Statistic
        fields = ["value", "scale", "unit", "decimals", "label", "place", "period", "source"]
        widgets = {"source": forms.Select}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source = cast("forms.ModelChoiceField", self.fields["source"])
        source.queryset = Source.objects.live()


class NewSourceForm(forms.ModelForm):
    url = forms.URLField(
        label=_("Web address"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = Source
        fields = ["title", "publisher", "published", "url"]
