"""The form of a bill, rule or other vehicle: four things to fill in; a docket, its history and its end wait behind headings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)

from cms.widgets import ClockInput, DayInput
from cms.zones import zone_choices
from events.domain.docket_periods import follow_docket, period_in
from events.domain.dockets import advice
from events.domain.times import local_to_utc
from events.domain.versions import rename_version
from events.enums import OPEN_OUTCOMES, VehicleKind
from events.models import Event, Vehicle, VehicleVersion


class VehicleForm(WagtailAdminModelForm):
    """The closing moment is entered by the agency's clock; the model stores it in UTC."""

    only_spelling = forms.BooleanField(
        label=_("The same version, only its name was wrong"),
        required=False,
        help_text=_(
            "Otherwise everything made for the old version is put before its people again."
        ),
    )
    closes_on = forms.DateField(label=_("Comments close"), required=False, widget=DayInput)
    closes_time = forms.TimeField(
        label=_("At"),
        required=False,
        widget=ClockInput,
        help_text=_("As the notice says it, by the agency's clock: often 11:59 p.m."),
    )
    comment_timezone = forms.ChoiceField(label=_("Time zone of the agency"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vehicle = self.instance
        self.version_before = vehicle.version if vehicle.pk else ""
        self.period_before = period_in(vehicle) if vehicle.pk else None
        self.followed: list[Event] = []
        self.fields["identifier"].required = False
        self.fields["identifier"].help_text = _(
            "As the body writes it: HB 1234. Of a rule, empty means its docket ID."
        )
        self.fields["comment_timezone"].choices = zone_choices(
            empty_label=_("The body's time zone"), current=vehicle.comment_timezone
        )
        if vehicle.pk and vehicle.position:
            self.fields["position"].disabled = True
            self.fields["position"].help_text = _("It is changed among the positions.")
        if not self.version_before:
            del self.fields["only_spelling"]
        if closing := vehicle.local_closing:
            self.initial["closes_on"], self.initial["closes_time"] = closing.date(), closing.time()
        for name, words in advice(vehicle):
            self.fields[name].help_text = words

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["identifier"] = data.get("identifier") or self._identifier()
        if not data["identifier"]:
            self.add_error("identifier", _("Give the number or name by which it is known."))
        if data.get("outcome", "") not in OPEN_OUTCOMES and not data.get("outcome_on"):
            self.add_error("outcome_on", _("Say on which day it was decided."))
        self._check_renamed()
        if not self.errors:
            data["comment_closes_at"] = self._moment()
        return data

    def save(self, commit: bool = True) -> Vehicle:
        self.instance.comment_closes_at = self.cleaned_data["comment_closes_at"]
        now = self.cleaned_data.get("version", "").strip()
        spelled = bool(self.cleaned_data.get("only_spelling") and self.version_before and now)
        if commit and spelled and now != self.version_before:
            rename_version(self.instance, self.version_before, now)
        vehicle = super().save(commit)
        if commit:
            self.followed = follow_docket(vehicle, self.period_before, user=self.for_user)
        return vehicle

    def _identifier(self) -> str:
        data = self.cleaned_data
        if data.get("kind") == VehicleKind.RULE:
            return data.get("docket_id", "")
        if data.get("kind") == VehicleKind.NONE:
            limit = Vehicle._meta.get_field("identifier").max_length
            return (data.get("title") or "")[:limit]
        return ""

    def _check_renamed(self) -> None:
        """The current version has its name above: in the list below, only others are renamed."""
        now = self.cleaned_data.get("version", "").strip()
        renamed = self.cleaned_data.get("only_spelling") and now != self.version_before
        taken = VehicleVersion.objects.filter(vehicle=self.instance.pk, label=now)
        if renamed and self.instance.pk and taken.exists():
            self.add_error("version", _("This version is in the list already."))
        versions = self.formsets.get("versions")
        same = self.cleaned_data.get("version", "") == self.version_before
        for form in versions.forms if versions is not None and same else ():
            before = form.initial.get("label", "")
            if before and before == self.version_before and "label" in form.changed_data:
                self.add_error("version", _("Change the name of the current version here."))

    def _moment(self) -> dt.datetime | None:
        data = self.cleaned_data
        day, time = data.get("closes_on"), data.get("closes_time")
        if day is None:
            if time is not None:
                self.add_error("closes_on", _("Give the day on which comments close."))
            return None
        if time is None:
            self.add_error("closes_time", _("Give the time, as the notice says it."))
            return None
        opens = data.get("comment_opens_on")
        if opens and opens > day:
            self.add_error("comment_opens_on", _("Comments would close before they open."))
        body = data.get("body")
        zone = data.get("comment_timezone") or (body.timezone if body else self.instance.zone)
        try:
            return local_to_utc(dt.datetime.combine(day, time), zone)
        except ValidationError as error:
            self.add_error("closes_time", error)
            return None


def vehicle_panels() -> ObjectList:
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("identifier")]),
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("body"), FieldPanel("position")]),
                    FieldRowPanel([FieldPanel("version"), FieldPanel("only_spelling")]),
                    FieldPanel("url"),
                ],
                heading=_("What it is"),
            ),
            _outcome(),
            _docket(),
            *_lists(),
        ],
        base_form_class=VehicleForm,
    )


def _lists() -> list[InlinePanel]:
    return [
        InlinePanel(
            "questions",
            [FieldPanel("number"), FieldPanel("text")],
            heading=_("Questions of the agency"),
            label=_("Question"),
            help_text=_("A new comment gets a heading for each."),
            classname="collapsed",
        ),
        InlinePanel(
            "versions",
            [
                FieldRowPanel([FieldPanel("label"), FieldPanel("published_on")]),
                FieldPanel("url"),
            ],
            heading=_("Versions"),
            label=_("Version"),
            classname="collapsed",
        ),
        InlinePanel(
            "actions",
            [FieldRowPanel([FieldPanel("taken_on"), FieldPanel("text")]), FieldPanel("url")],
            heading=_("What was done with it"),
            label=_("Action"),
            classname="collapsed",
        ),
    ]


def _outcome() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("outcome"), FieldPanel("outcome_on")]),
            FieldPanel("outcome_note"),
            FieldPanel("outcome_url"),
        ],
        heading=_("What happened next"),
        classname="collapsed",
    )


def _docket() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("docket_id"), FieldPanel("rin")]),
            FieldRowPanel([FieldPanel("fr_citation"), FieldPanel("comment_opens_on")]),
            FieldPanel("document_name"),
            FieldRowPanel([FieldPanel("closes_on"), FieldPanel("closes_time")]),
            FieldPanel("comment_timezone"),
        ],
        heading=_("Rulemaking: docket and comment period"),
        classname="collapsed",
    )
