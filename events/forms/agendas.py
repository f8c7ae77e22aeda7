"""The forms of agendas and of positions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)

from events.domain.authority import plank_refuses, would_lack
from events.enums import PositionStatus
from events.models import Agenda, Plank, Position


class AgendaForm(WagtailAdminModelForm):
    """A plank on which positions rest stays, and so does what makes it authorise those in force."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        planks = self.formsets.get("planks")
        for form in planks.deleted_forms if planks is not None else ():
            plank = form.instance
            if plank.pk and plank.positions.exists():
                words = _("Plank %(number)s cannot go: positions rest on it.")
                self.add_error(None, words % {"number": plank.number})
        if not self.errors and self.instance.pk:
            self._keep_authority(data)
        return data

    def _keep_authority(self, data: dict[str, Any]) -> None:
        names = ("title", "period_from", "period_to", "adopted_on")
        agenda = Agenda(**{name: data[name] for name in names})
        positions = Position.objects.filter(plank__agenda=self.instance).with_authority()
        for position in positions.filter(status=PositionStatus.IN_FORCE):
            assert position.plank is not None
            lacked = would_lack(position)  # before: this edit is not what takes it away
            position.plank.agenda = agenda
            if not lacked and (lacking := would_lack(position)):
                words = _("“%(position)s” is in force and rests on this agenda: %(lacking)s")
                self.add_error(None, words % {"position": position, "lacking": lacking})


def agenda_panels() -> ObjectList:
    plank = [
        FieldPanel("number"),
        FieldPanel("text"),
        FieldPanel("issues", widget=forms.CheckboxSelectMultiple),
    ]
    return ObjectList(
        [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_to")]),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("adopted_by"), FieldPanel("adopted_on")]),
                    FieldPanel("source_document"),
                    FieldPanel("source_url"),
                ],
                heading=_("Adoption"),
            ),
            InlinePanel("planks", plank, heading=_("Planks"), label=_("Plank")),
            FieldPanel("introduction"),
            FieldPanel("is_published"),
        ],
        base_form_class=AgendaForm,
    )


class PlankIterator(ModelChoiceIterator):
    """Planks under the titles of their agendas."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for agenda, planks in groupby(self.queryset, key=lambda plank: plank.agenda.title):
            yield (agenda, [self.choice(plank) for plank in planks])


class PlankField(forms.ModelChoiceField):
    iterator = PlankIterator

    def label_from_instance(self, obj: Plank) -> str:
        return Truncator(str(obj)).chars(90)


class PositionForm(WagtailAdminModelForm):
    """A plank authorises what is taken while its agenda is in force; a position in force keeps what it says."""

    plank = PlankField(
        label=_("Plank of the agenda"),
        queryset=Plank.objects.none(),
        required=False,
        empty_label=_("None covers it"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        planks = Plank.objects.select_related("agenda").exclude(agenda__adopted_on=None)
        self.fields["plank"].queryset = planks.order_by(
            "-agenda__period_from", "agenda__title", "agenda", "sort_order"
        )
        if self.instance.status != PositionStatus.PROPOSED:
            for name in ("vehicle", "stance", "taken_on"):
                self.fields[name].disabled = True
            self.fields["stance"].help_text = _(
                "In force since it was taken: record another position instead."
            )

    def clean_taken_on(self):
        day = self.cleaned_data["taken_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        plank, day = data.get("plank"), data.get("taken_on")
        if plank and day and (refusal := plank_refuses(plank, day)):
            self.add_error("plank", refusal)
        decided = data.get("decided_on")
        if decided and decided > timezone.localdate():
            self.add_error("decided_on", _("This day is still to come."))
        told = [bool(data.get(name)) for name in ("decision", "decided_by", "decided_on")]
        if any(told) and not all(told) and "decided_on" not in self.errors:
            self.add_error("decision", _("Say what was decided, by whom and when."))
        if not self.errors and (lacking := would_lack(self._edited(data))):
            words = _(
                "It is in force and has to rest on something: %(lacking)s Choose a plank or enter the decision; "
                "to give it up, withdraw it on its page."
            )
            self.add_error(None, words % {"lacking": lacking})
        return data

    def _edited(self, data: dict[str, Any]) -> Position:
        """Not the instance itself, which a refused form is shown with."""
        names = ("taken_on", "plank", "decision", "decided_by", "decided_on")
        kept = {"status": self.instance.status, "override_at": self.instance.override_at}
        return Position(**kept, **{name: data[name] for name in names})


def position_panels() -> ObjectList:
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("vehicle"),
                    FieldRowPanel([FieldPanel("stance"), FieldPanel("taken_on")]),
                ],
                heading=_("Where we stand"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("plank"),
                    FieldPanel("decision"),
                    FieldRowPanel([FieldPanel("decided_by"), FieldPanel("decided_on")]),
                    FieldPanel("decision_url"),
                ],
                heading=_("On whose authority"),
            ),
            FieldPanel("note", classname="collapsed", icon="placeholder"),
        ],
        base_form_class=PositionForm,
    ).bind_to_model(Position)
