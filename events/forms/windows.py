"""Forms of deadlines: the filters of the board, and one deadline entered by hand in the event's own time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.models import User
from cms.widgets import ClockInput, DayInput
from cms.zones import zone_label
from events.domain.board import MINE, NOBODY, to_see_to
from events.domain.times import local_to_utc, zone_of
from events.enums import Deadline
from events.models import Body, Event, Window, WindowState
from events.models.window import WindowQuerySet


class BoardFilterForm(forms.Form):
    """What the board shows. Nothing chosen: what somebody still has to see to."""

    who = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[("", _("Everybody's")), (MINE, _("Mine")), (NOBODY, _("Nobody's yet"))],
    )
    body = forms.ModelChoiceField(
        label=_("Body"), required=False, queryset=Body.objects.none(), empty_label=_("All bodies")
    )
    what = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *Deadline.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("To do")), *WindowState.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(events__windows__isnull=False).distinct()
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]

    def narrow(self, windows: WindowQuerySet, user) -> WindowQuerySet:
        """Those of `windows` that were asked for; what cannot be read is not asked for."""
        data = self.cleaned_data if self.is_valid() else {}
        state, body, what = (data.get(name) for name in ("state", "body", "what"))
        windows = windows.in_state(state) if state else to_see_to(windows)
        if data.get("who"):
            windows = windows.filter(responsible=user if data["who"] == MINE else None)
        if body:
            windows = windows.filter(event__body=body)
        return windows.filter(what=what) if what else windows


class LocalMoments:
    """Reads a day and a time of the form as the clock at `zone` shows them, and refuses what is no moment."""

    cleaned_data: dict[str, Any]

    def moment(self, prefix: str, zone: str, *, day_needed: bool = False) -> dt.datetime | None:
        day, time = self.cleaned_data.get(f"{prefix}_day"), self.cleaned_data.get(f"{prefix}_time")
        if day is None and time is None and not day_needed:
            return None
        if day is None:
            self.add_error(f"{prefix}_day", _("Give the date."))  # type: ignore[attr-defined]
            return None
        if time is None:
            self.add_error(f"{prefix}_time", _("Give the time of day."))  # type: ignore[attr-defined]
            return None
        try:
            return local_to_utc(dt.datetime.combine(day, time), zone)
        except ValidationError as error:
            self.add_error(f"{prefix}_time", error)  # type: ignore[attr-defined]
            return None


class WindowForm(LocalMoments, forms.Form):
    """One deadline. The times are those of the clock at the event's place."""

    what = forms.ChoiceField(label=_("What"), choices=Deadline.choices)
    label = forms.CharField(label=_("In the body's words"), required=False, max_length=120)
    closes_day = forms.DateField(label=_("Closes on"), required=False, widget=DayInput)
    closes_time = forms.TimeField(label=_("Closes at"), required=False, widget=ClockInput)
    opens_day = forms.DateField(
        label=_("Opens on"),
        required=False,
        widget=DayInput,
        help_text=_("Leave empty where it is open already."),
    )
    opens_time = forms.TimeField(label=_("Opens at"), required=False, widget=ClockInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=255,
        help_text=_("Where the moment comes from: a notice, a call to the clerk."),
    )
    responsible = forms.ModelChoiceField(
        label=_("Responsible"),
        required=False,
        queryset=User.objects.none(),
        empty_label=_("Nobody yet"),
    )

    def __init__(self, *args: Any, event: Event, window: Window | None = None, **kwargs: Any):
        self.event, self.window = event, window
        super().__init__(*args, **{**kwargs, "initial": self._initial()})
        kept = Q(pk=window.responsible_id) if window and window.responsible_id else Q()
        people = User.objects.filter(Q(is_active=True, groups__isnull=False) | kept).distinct()
        self.fields["responsible"].queryset = people.order_by("first_name", "username")  # type: ignore[attr-defined]
        self.fields["responsible"].label_from_instance = (  # type: ignore[attr-defined]
            lambda user: user.get_full_name() or user.get_username()
        )
        zone = _("As the clock shows it there: %(zone)s.") % {"zone": zone_label(event.timezone)}
        self.fields["closes_time"].help_text = zone
        if window and window.rule_id:
            # The rule says what it is for; a person says when, by way of exception.
            del self.fields["what"], self.fields["label"]

    def _initial(self) -> dict[str, Any]:
        window = self.window
        if window is None:
            return {}
        place = zone_of(self.event.timezone)
        initial: dict[str, Any] = {
            "what": window.what,
            "label": window.label,
            "reason": window.reason,
            "responsible": window.responsible_id,
        }
        for name, moment in (("opens", window.opens_at), ("closes", window.closes_at)):
            if moment:
                there = moment.astimezone(place)
                initial |= {f"{name}_day": there.date(), f"{name}_time": there.time()}
        return initial

    def clean(self) -> dict[str, Any]:
        super().clean()
        zone = self.event.timezone
        data = self.cleaned_data
        # Untouched, the moment stays to the second: an hour that comes twice is asked for once only.
        for name in ("opens", "closes"):
            touched = {f"{name}_day", f"{name}_time"} & set(self.changed_data)
            kept = getattr(self.window, f"{name}_at") if self.window and not touched else None
            needed = name == "closes" and (self.window is None or self.moves)
            data[f"{name}_at"] = kept or self.moment(name, zone, day_needed=needed)
        opens, closes = data["opens_at"], data["closes_at"]
        if opens and closes and opens >= closes:
            self.add_error("opens_day", _("It would close before it opens."))
        if self.moves and self.window and not data.get("reason"):
            self.add_error("reason", _("Say why, for whoever asks later."))
        return data

    @property
    def moves(self) -> bool:
        """Whether the moment itself was changed."""
        names = {"opens_day", "opens_time", "closes_day", "closes_time"}
        return bool(names & set(self.changed_data))
