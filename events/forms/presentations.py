"""The form of a presentation, and of what a witness discloses with it."""

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
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.permissions import policy_registry

from cms.models import Attachment
from cms.widgets import ClockInput, DayInput
from events.domain.arrangements import Arrangement, slot_at
from events.enums import Capacity
from events.forms.fields import SpeakingLimitField
from events.models import Event, Presentation


class PresentationForm(WagtailAdminModelForm):
    """Who says nothing of interpretation and capacity leaves them as they are. The slot is a time of the event's day,
    by the clock of its place."""

    event: Event  # set by `presentation_panels`

    slot_time = forms.TimeField(
        label=_("Slot"),
        required=False,
        widget=ClockInput,
        help_text=_("When this speaker is called, as the clock shows it at the place."),
    )
    limit_seconds = SpeakingLimitField(
        label=_("Own limit"), help_text=_("Minutes and seconds: 2:00. Empty: the event's.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("interpretation", "capacity"):
            self.fields[name].required = False
        if self.instance.pk and (slot := self.instance.local_slot):
            self.initial["slot_time"] = slot.time()

    def clean_interpretation(self) -> str:
        return self.cleaned_data.get("interpretation") or self.instance.interpretation

    def clean_capacity(self) -> str:
        return self.cleaned_data.get("capacity") or self.instance.capacity

    def clean_slot_time(self) -> dt.time | None:
        """Refuses what the clocks of the place do not show on that day, or show twice."""
        clock: dt.time | None = self.cleaned_data["slot_time"]
        self.slot = self._slot(clock) if clock else None
        return clock

    def _slot(self, clock: dt.time) -> dt.datetime:
        was = self.instance.local_slot if self.instance.pk else None
        if was is not None and was.time() == clock:
            return self.instance.slot_at  # maybe of another day than the event's first
        return slot_at(self.event, clock)

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("capacity") == Capacity.PARTNER and not data.get("partner"):
            self.add_error("partner", _("Choose the partner for whom they speak."))
        return data

    @property
    def arrangement(self) -> Arrangement:
        """The valid form's answers as the verbs take them."""
        data = self.cleaned_data
        return Arrangement(
            slot_at=self.slot,
            limit_seconds=data.get("limit_seconds"),
            capacity=data["capacity"],
            partner=data.get("partner"),
            interpreter_name=data.get("interpreter_name", ""),
            is_remote=data.get("is_remote", False),
        )


def presentation_panels(documents: forms.Widget, event: Event) -> ObjectList:
    """Made for each request: `documents` chooses a page, and lists those of `event` first."""
    document = FieldPanel("page", widget=documents)
    return ObjectList(
        [
            FieldRowPanel([FieldPanel("speaker"), FieldPanel("role_title")]),
            FieldRowPanel([FieldPanel("slot_time"), FieldPanel("limit_seconds")]),
            FieldRowPanel([FieldPanel("capacity"), FieldPanel("partner")]),
            InlinePanel("materials", [document], heading=_("Documents"), label=_("Document")),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("interpretation"), FieldPanel("interpreter_name")]),
                    FieldPanel("is_remote"),
                ],
                heading=_("Interpreter, video"),
                classname="collapsed",
            ),
            FieldPanel("notes", classname="collapsed", icon="placeholder"),
        ],
        base_form_class=type("PresentationForm", (PresentationForm,), {"event": event}),
    ).bind_to_model(Presentation)


class DisclosureForm(forms.Form):
    """What a body asks of a witness; everything may come later."""

    cv = forms.ModelChoiceField(
        label=_("Curriculum vitae"),
        queryset=Attachment.objects.all(),
        required=False,
        widget=AdminDocumentChooser,
        help_text=_("A PDF."),
    )
    disclosure_table = forms.ModelChoiceField(
        label=_("Disclosure table"),
        queryset=Attachment.objects.all(),
        required=False,
        widget=AdminDocumentChooser,
        help_text=_("Grants, contracts and payments that the body asks about. A PDF."),
    )
    made_public_on = forms.DateField(
        label=_("Date made public"),
        required=False,
        widget=DayInput,
        help_text=_("The day on which the body put testimony and disclosure on its website."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = policy_registry.get_by_type(Attachment)
        files = policy.instances_user_has_any_permission_for(user, {"add", "change", "choose"})
        # What is attached already stays, whoever attached it.
        kept = [pk for pk in (self._kept("cv"), self._kept("disclosure_table")) if pk]
        allowed = files | Attachment.objects.filter(pk__in=kept)
        for name in ("cv", "disclosure_table"):
            self.fields[name].queryset = allowed  # type: ignore[attr-defined]

    def _kept(self, name: str) -> int | None:
        file = self.initial.get(name)
        return file.pk if file else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("cv", "disclosure_table"):
            file = data.get(name)
            if file is not None and not file.filename.lower().endswith(".pdf"):
                message = _("It is not a PDF. Print it to a PDF and upload that.")
                self.add_error(name, ValidationError(message))
        return data
