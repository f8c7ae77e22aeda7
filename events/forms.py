"""Forms of the admin. An event is entered in local time at its place, whoever enters it from wherever."""

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
    PageChooserPanel,
)

from cms.pdf.registry import registered_kinds
from events.domain.times import day_to_utc, local_to_utc
from events.enums import EventKind, EventStatus
from events.models import Event, Presentation
from events.zones import zone_choices


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class EventForm(WagtailAdminModelForm):
    """Date and time are naive fields of the form; the model stores the moment in UTC beside the zone."""

    # The browser's own fields: Wagtail's picker turns what it cannot read ("12/15/2026", "2 pm") into today
    # and now without a word, and a hearing on a wrong day is the worst mistake this form can make.
    local_date = forms.DateField(label=_("Date"), required=False, widget=DayInput)
    local_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=ClockInput,
        help_text=_("As the clock shows it at the place."),
    )
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.instance
        # A copied event has no primary key yet, but everything else.
        saved = event.pk is not None or event.starts_at is not None
        zone = event.timezone if saved else ""
        self.fields["timezone"].choices = zone_choices(
            empty_label=_("The body's time zone"), current=zone
        )
        self.initial["timezone"] = zone
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Leave empty to name it after the body and the bill.")
        if start := event.local_start:
            self.initial["local_date"] = start.date()
            self.initial["local_time"] = None if event.is_all_day else start.time()

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        data["timezone"] = data.get("timezone") or self._zone_of_body()
        data["title"] = data.get("title") or self._title()
        if not data["title"]:
            self.add_error("title", _("Give a title, or choose the body or the bill."))
        if not self.errors:
            data["starts_at"] = self._moment()
        return data

    def save(self, commit: bool = True) -> Event:
        self.instance.starts_at = self.cleaned_data["starts_at"]
        return super().save(commit)

    def _zone_of_body(self) -> str:
        body = self.cleaned_data.get("body")
        return body.timezone if body else Event._meta.get_field("timezone").default

    def _title(self) -> str:
        """For example: House Committee on Health: HB 1234."""
        body, vehicle = self.cleaned_data.get("body"), self.cleaned_data.get("vehicle")
        name = (body.short_name or body.name) if body else ""
        subject = vehicle.identifier if vehicle else ""
        if not subject and body and (kind := self.cleaned_data.get("kind")):
            subject = str(EventKind(kind).label)
        limit = Event._meta.get_field("title").max_length
        return ": ".join(part for part in (name, subject) if part)[:limit]

    def _moment(self) -> dt.datetime | None:
        data = self.cleaned_data
        day, time = data.get("local_date"), data.get("local_time")
        if day is None:
            if time is not None or data.get("status") == EventStatus.CONFIRMED:
                self.add_error(
                    "local_date",
                    _("Give the date, or set the status to Tentative until it is known."),
                )
            return None
        if time is None and data.get("kind") == EventKind.COMMENT_PERIOD:
            data["is_all_day"] = True
        if time is None and not data.get("is_all_day"):
            self.add_error("local_time", _("Give the time, or tick “only the date is known”."))
            return None
        if time is not None and data.get("is_all_day"):
            self.add_error("local_time", _("Clear the time, or untick “only the date is known”."))
            return None
        return self._to_utc(day, time)

    def _to_utc(self, day: dt.date, time: dt.time | None) -> dt.datetime | None:
        zone = self.cleaned_data["timezone"]
        try:
            if time is None:
                return day_to_utc(day, zone)
            return local_to_utc(dt.datetime.combine(day, time), zone)
        except ValidationError as error:
            self.add_error("local_date" if time is None else "local_time", error)
            return None


def event_panels() -> ObjectList:
    """Four things to fill in; the rest waits behind headings."""
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("body")]),
                    FieldRowPanel([FieldPanel("local_date"), FieldPanel("local_time")]),
                    FieldRowPanel([FieldPanel("vehicle"), FieldPanel("place")]),
                ],
                heading=_("When, where, about what"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("title"),
                    FieldRowPanel([FieldPanel("timezone"), FieldPanel("status")]),
                    FieldRowPanel([FieldPanel("speaking_limit_seconds"), FieldPanel("video_url")]),
                    FieldPanel("is_all_day"),
                ],
                heading=_("Title, time zone, limit"),
                classname="collapsed",
            ),
            FieldPanel("notes", classname="collapsed"),
        ],
        base_form_class=EventForm,
    )


def presentation_panels() -> ObjectList:
    """Made for each request: which pages can be printed is known once every package has registered."""
    printable = [model._meta.label for model in registered_kinds()]
    document = PageChooserPanel("page", printable or None)
    return ObjectList(
        [
            FieldRowPanel([FieldPanel("speaker"), FieldPanel("role_title")]),
            InlinePanel("materials", [document], heading=_("Documents"), label=_("Document")),
            FieldPanel("notes", classname="collapsed"),
        ]
    ).bind_to_model(Presentation)
