"""Forms for an event that moves, is postponed or cancelled. What is entered is local time at the new place."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.widgets import ClockInput, DayInput
from cms.zones import zone_choices
from events.domain.moving import state_of
from events.domain.times import day_to_utc, local_to_utc
from events.models import Event


class ChangeForm(forms.Form):
    """Why, and what the public is told."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("For staff and for the history. The public does not see it."),
    )
    public_text = forms.CharField(
        label=_("Notice for the public"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_(
            "Stands on the page of the event, after the words “moved”, “postponed” or “canceled”."
        ),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        kwargs["initial"] = {**kwargs.get("initial", {}), "seen": state_of(event)}
        super().__init__(*args, **kwargs)


class MoveForm(ChangeForm):
    day = forms.DateField(label=_("New date"), widget=DayInput)
    time = forms.TimeField(label=_("New time"), required=False, widget=ClockInput)
    zone = forms.ChoiceField(label=_("Time zone"))
    place = forms.CharField(label=_("Place"), required=False, max_length=255)

    field_order = ["day", "time", "zone", "place", "reason", "public_text"]

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"zone": event.timezone, "place": event.place}
        if start := event.local_start:
            initial["day"] = start.date()
            initial["time"] = None if event.is_all_day else start.time()
        super().__init__(*args, **{**kwargs, "event": event, "initial": initial})
        self.fields["zone"].choices = zone_choices(current=event.timezone)  # type: ignore[attr-defined]
        if event.is_all_day:
            self.fields["time"].help_text = _("Leave empty while only the date is known.")

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        day, time, zone = (data.get(name) for name in ("day", "time", "zone"))
        if day is None or not zone or "time" in self.errors:
            return data
        if time is None and not self.event.is_all_day:
            self.add_error("time", _("Give the time of day."))
            return data
        data["is_all_day"] = time is None
        try:
            data["starts_at"] = self._moment(day, time, zone)
        except ValidationError as error:
            self.add_error("day" if time is None else "time", error)
        return data

    def _moment(self, day: dt.date, time: dt.time | None, zone: str) -> dt.datetime:
        if time is None:
            return day_to_utc(day, zone)
        return local_to_utc(dt.datetime.combine(day, time), zone)
