"""The form of a decision-making body: its profile, in groups that can be read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
)

from cms.widgets import DayInput
from cms.zones import own_zone, zone_choices
from events.domain.rule_words import profile_in_words
from events.enums import FileFormat
from events.forms.deadline_rules import refuse_contradictions
from events.forms.fields import SpeakingLimitField
from events.models import Body


class BodyForm(WagtailAdminModelForm):
    timezone = forms.ChoiceField(label=_("Time zone"))
    speaking_limit_seconds = SpeakingLimitField()
    accepted_formats = forms.MultipleChoiceField(
        label=_("Files it takes"),
        choices=FileFormat.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "The first file that is offered for handing in is one of these. Tick none where its rules do not say."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and not self.instance.name:  # a copy keeps its zone
            self.initial["timezone"] = own_zone(self.instance.timezone)
        zone = self.initial["timezone"]
        self.fields["timezone"].choices = zone_choices(current=zone)
        for name in ("interpreter_factor", "portal_characters"):
            self.fields[name].required = False

    def is_valid(self) -> bool:
        """Also across the rules for deadlines, which only now are all read."""
        valid = super().is_valid()
        rules = self.formsets.get("deadline_rules")
        return (rules is None or refuse_contradictions(rules)) and valid

    def clean_portal_characters(self) -> int:
        """Left empty, it is what regulations.gov takes."""
        usual = Body._meta.get_field("portal_characters").default
        return self.cleaned_data.get("portal_characters") or usual

    def clean_interpreter_factor(self) -> Decimal:
        """Left empty, an interpreter lengthens nothing."""
        factor = self.cleaned_data.get("interpreter_factor")
        return Decimal(1) if factor is None else factor


class ProfilePanel(Panel):
    """The rules that are saved, as sentences: whoever entered them sees at once whether they are meant so."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/admin/profile_panel.html"

        @cached_property
        def lines(self) -> list[str]:
            return profile_in_words(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.lines) and super().is_shown()


def body_panels() -> ObjectList:
    """What testimony needs stands open; the rest waits behind headings."""
    return ObjectList(
        [
            ProfilePanel(),
            FieldRowPanel([FieldPanel("name"), FieldPanel("short_name")]),
            FieldRowPanel([FieldPanel("parent_name"), FieldPanel("jurisdiction")]),
            FieldRowPanel([FieldPanel("timezone"), FieldPanel("jurisdiction_code")]),
            _address(),
            _speaking(),
            _deadlines(),
            _files(),
            _positions(),
            _public(),
        ],
        base_form_class=BodyForm,
    )


def _address() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("chair_title"), FieldPanel("chair_name")]),
            FieldPanel("salutation"),
            FieldPanel("address"),
        ],
        heading=_("How it is addressed"),
    )


def _speaking() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("speaking_limit_seconds"), FieldPanel("interpreter_factor")]),
            FieldRowPanel([FieldPanel("copies_required"), FieldPanel("asks_disclosure")]),
        ],
        heading=_("Speaking and copies"),
    )


def _deadlines() -> InlinePanel:
    return InlinePanel(
        "deadline_rules",
        heading=_("Deadlines"),
        label=_("Deadline"),
        help_text=_(
            "Counted from the start of each hearing, by the clock of the body's time zone."
        ),
        classname="collapsed",
    )


def _files() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("file_name_pattern"),
            FieldPanel("accepted_formats"),
            FieldPanel("no_branding"),
            FieldRowPanel([FieldPanel("page_limit"), FieldPanel("size_limit_mb")]),
            FieldPanel("portal_characters"),
        ],
        heading=_("Files"),
        classname="collapsed",
    )


def _positions() -> InlinePanel:
    return InlinePanel(
        "position_labels",
        [
            FieldRowPanel([FieldPanel("stance"), FieldPanel("label")]),
            FieldPanel("is_discarded"),
        ],
        heading=_("Its words for positions"),
        label=_("Position"),
        help_text=_("Only those that differ from ours."),
        classname="collapsed",
    )


def _public() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("url"), FieldPanel("portal_url")]),
            FieldPanel("accommodation"),
            FieldPanel("rules_note"),
            FieldRowPanel([FieldPanel("source_url"), FieldPanel("last_checked", widget=DayInput)]),
        ],
        heading=_("For the public, and where the rules come from"),
        classname="collapsed",
    )
