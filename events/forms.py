"""Forms of the admin. An event is entered in local time at its place, whoever enters it from wherever."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
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
from events.domain.durations import read_limit, write_limit
from events.domain.times import day_to_utc, local_to_utc
from events.enums import EventKind, EventStatus
from events.models import Body, Event, Presentation


class SpeakingLimitField(forms.Field):
    """Minutes and seconds as they are said; seconds in the database."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {"label": _("Speaking limit"), "required": False}
        super().__init__(**{**defaults, "help_text": _("Minutes and seconds: 2:00."), **kwargs})
        self.widget.attrs.update({"placeholder": "2:00", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        return read_limit(value or "")

    def prepare_value(self, value: Any) -> Any:
        return write_limit(value) if isinstance(value, int) else value


class BodyForm(WagtailAdminModelForm):
    timezone = forms.ChoiceField(label=_("Time zone"))
    speaking_limit_seconds = SpeakingLimitField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["timezone"].choices = zone_choices(current=self.instance.timezone)
        self.fields["interpreter_factor"].required = False

    def clean_interpreter_factor(self) -> Decimal:
        """Left empty, an interpreter lengthens nothing."""
        factor = self.cleaned_data.get("interpreter_factor")
        return Decimal(1) if factor is None else factor


class PresentationForm(WagtailAdminModelForm):
    """Who says nothing of interpretation leaves it as it is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["interpretation"].required = False

    def clean_interpretation(self) -> str:
        return self.cleaned_data.get("interpretation") or self.instance.interpretation


class EventForm(WagtailAdminModelForm):
    """Date and time are naive fields of the form; the model stores the moment in UTC beside the zone."""

    local_date = forms.DateField(label=_("Date"), required=False, widget=DayInput)
    local_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=ClockInput,
        help_text=_("As the clock shows it at the place."),
    )
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)
    speaking_limit_seconds = SpeakingLimitField(
        help_text=_("Minutes and seconds: 2:00. Leave empty to use the body's.")
    )

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


def body_panels() -> ObjectList:
    return ObjectList(list(Body.panels), base_form_class=BodyForm)


def presentation_panels(documents: forms.Widget) -> ObjectList:
    """Made for each request: `documents` chooses a page, and lists those of one event first."""
    document = FieldPanel("page", widget=documents)
    return ObjectList(
        [
            FieldRowPanel([FieldPanel("speaker"), FieldPanel("role_title")]),
            FieldPanel("interpretation"),
            InlinePanel("materials", [document], heading=_("Documents"), label=_("Document")),
            FieldPanel("notes", classname="collapsed"),
        ],
        base_form_class=PresentationForm,
    ).bind_to_model(Presentation)
