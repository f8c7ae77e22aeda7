"""The form of an event, which is entered in local time at its place, whoever enters it from wherever."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.widgets import ClockInput, DayInput
from cms.zones import own_zone, zone_choices, zone_label
from events.domain.arrangements import Before, move_slots
from events.domain.comment_periods import end_period, opening_of, set_period
from events.domain.docket_periods import DocketPeriod, give_to_docket, period_in
from events.domain.times import day_to_utc, local_to_utc
from events.enums import EventKind, EventStatus
from events.forms.changes import refuse_silent_change
from events.forms.fields import SpeakingLimitField
from events.models import Event, Window
from events.models.event_details import FIELDS_OF_KIND

# Every field that some kind does without.
DETAILS = frozenset(name for names in FIELDS_OF_KIND.values() for name in names) - frozenset(
    {"kind", "body", "title", "timezone", "status", "audience", "notes", "local_date", "local_time"}
)
OPTIONAL = frozenset({"audience", "lasts_days"})


class EventForm(WagtailAdminModelForm):
    """Date and time are naive fields of the form; the model stores the moment in UTC beside the zone."""

    class Media:
        js = ("events/js/event-kinds.js",)

    local_date = forms.DateField(label=_("Date"), required=False, widget=DayInput)
    local_time = forms.TimeField(
        label=_("Time"),
        required=False,
        widget=ClockInput,
    )
    opens_date = forms.DateField(
        label=_("Opens on"),
        required=False,
        widget=DayInput,
        help_text=_("Leave it and the closing date empty to take both from the docket."),
    )
    opens_time = forms.TimeField(label=_("Opens at"), required=False, widget=ClockInput)
    release_date = forms.DateField(
        label=_("Materials are released on"), required=False, widget=DayInput
    )
    release_time = forms.TimeField(
        label=_("Released at"),
        required=False,
        widget=ClockInput,
    )
    timezone = forms.ChoiceField(label=_("Time zone"), required=False)
    speaking_limit_seconds = SpeakingLimitField(
        help_text=_("Minutes and seconds: 2:00. Leave empty to use the body's.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.instance
        self.was, self.was_kind = Before.of(event), event.kind
        self.gone: list[Window] = []
        # A copied event has no primary key yet, but everything else.
        saved = event.pk is not None or event.starts_at is not None
        zone = event.timezone if saved else ""
        own = {"zone": zone_label(self._own_zone())}
        self.fields["timezone"].choices = zone_choices(
            empty_label=_("The body's time zone; without a body %(zone)s") % own, current=zone
        )
        self._name_clock(zone)
        self.initial["timezone"] = zone
        self.fields["title"].required = False
        self.fields["title"].help_text = _("Leave empty to name it after the body and the bill.")
        for name in OPTIONAL & set(self.fields):
            self.fields[name].required = False
        if start := event.local_start:
            self.initial["local_date"] = start.date()
            self.initial["local_time"] = None if event.is_all_day else start.time()
        self._show("opens", opening_of(event))
        self._show("release", event.release_at)

    def _name_clock(self, zone: str) -> None:
        """Beside each time, by which clock it is meant; the field of the zone itself is folded away."""
        words = _("As the clock shows it at the place: %(zone)s.")
        if not zone:
            words = _(
                "As the clock shows it in the time zone of the body; without a body, in %(zone)s."
            )
        said = words % {"zone": zone_label(zone or self._own_zone())}
        for name in {"local_time", "release_time"} & set(self.fields):
            self.fields[name].help_text = said

    @staticmethod
    def _own_zone() -> str:
        """Of who enters it, where neither the event nor its body says another."""
        return own_zone(Event._meta.get_field("timezone").default)

    def _show(self, name: str, moment: dt.datetime | None) -> None:
        if moment is not None:
            local = moment.astimezone(zoneinfo.ZoneInfo(self.instance.timezone))
            self.initial[f"{name}_date"], self.initial[f"{name}_time"] = local.date(), local.time()

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        self._keep_what_other_kinds_have()
        data["audience"] = data.get("audience") or self.instance.audience
        data["lasts_days"] = (self._matters("lasts_days") and data.get("lasts_days")) or 1
        self._take_from_docket()
        data["timezone"] = data.get("timezone") or self._zone_of_body()
        data["title"] = data.get("title") or self._title()
        if not data["title"]:
            self.add_error("title", _("Give a title, or choose the body or the bill."))
        if not self.errors:
            data["starts_at"] = self._moment()
            data["opens_at"] = self._other_moment("opens", default=dt.time())
            data["release_at"] = self._other_moment("release")
        if not self.errors and data["opens_at"] and data["starts_at"]:
            self._check_period(data["opens_at"], data["starts_at"])
        if not self.errors:
            self._check_docket()
        if not self.errors:
            refuse_silent_change(self)
        return data

    def save(self, commit: bool = True) -> Event:
        self.instance.starts_at = self.cleaned_data["starts_at"]
        if self._matters("release_date"):
            self.instance.release_at = self.cleaned_data["release_at"]
        changed = commit and self.instance.pk is not None
        standing = list(self.instance.windows.select_related("responsible")) if changed else []
        event = super().save(commit)
        if changed:
            self._follow(event)
        if commit and event.kind == EventKind.COMMENT_PERIOD:
            set_period(event, opens_at=self.cleaned_data["opens_at"])
            give_to_docket(event, opens_at=self.cleaned_data["opens_at"])
        if standing and event.kind != self.was_kind:
            left = set(event.windows.values_list("pk", flat=True))
            self.gone = [window for window in standing if window.pk not in left]
        return event

    def _follow(self, event: Event) -> None:
        """What hangs on the start and on the kind; the deadlines of rules follow by signal."""
        move_slots(event, self.was)
        if self.was_kind == EventKind.COMMENT_PERIOD != event.kind:
            end_period(event)

    def _matters(self, name: str) -> bool:
        kind = self.cleaned_data.get("kind") or self.instance.kind
        return name in FIELDS_OF_KIND.get(kind, ())

    def _keep_what_other_kinds_have(self) -> None:
        """A field that does not matter for this kind is not shown: it cannot be wrong, and nothing is lost."""
        for name in set(self.fields) & DETAILS:
            if self._matters(name):
                continue
            self.errors.pop(name, None)
            if hasattr(self.instance, name):
                self.cleaned_data[name] = getattr(self.instance, name)
            else:
                self.cleaned_data[name] = None

    def _check_period(self, opens_at: dt.datetime, closes_at: dt.datetime) -> None:
        if self._matters("opens_date") and opens_at >= closes_at:
            self.add_error("opens_date", _("The period must open before it closes."))

    def _docket(self) -> DocketPeriod | None:
        data = self.cleaned_data
        of_comments = data.get("kind") == EventKind.COMMENT_PERIOD
        return period_in(data.get("vehicle")) if of_comments else None

    def _take_from_docket(self) -> None:
        """A comment period without dates has those of its docket, by the clock of the agency."""
        data, period = self.cleaned_data, self._docket()
        if period is None or any(data.get(name) for name in ("local_date", "local_time")):
            return
        data["timezone"] = zone = data.get("timezone") or period.zone
        place = zoneinfo.ZoneInfo(zone)
        closes = period.closes_at.astimezone(place)
        data["local_date"], data["local_time"] = closes.date(), closes.time()
        data["is_all_day"] = False
        if period.opens_at and not data.get("opens_date"):
            opens = period.opens_at.astimezone(place)
            data["opens_date"], data["opens_time"] = opens.date(), opens.time()

    def _check_docket(self) -> None:
        """The docket keeps the period: another one is entered there."""
        data, period = self.cleaned_data, self._docket()
        entered = {"vehicle", "local_date", "local_time", "timezone"} & set(self.changed_data)
        if period is None or not entered or data["starts_at"] == period.closes_at:
            return
        if period.closes_at > timezone.now():
            words = _(
                "%(docket)s says that comments close on %(when)s. Leave the date empty to take that over, or change "
                "it there: this follows."
            )
            said = {"docket": data["vehicle"].identifier, "when": data["vehicle"].closing}
            self.add_error("local_date", ValidationError(words, params=said))

    def _zone_of_body(self) -> str:
        body = self.cleaned_data.get("body")
        return body.timezone if body else self._own_zone()

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
        if data.get("kind") == EventKind.COMMENT_PERIOD:
            data["is_all_day"] = time is None  # its form has no such field: a time may come later
        if time is None and not data.get("is_all_day"):
            self.add_error("local_time", _("Give the time, or tick “only the date is known”."))
            return None
        if time is not None and data.get("is_all_day"):
            self.add_error("local_time", _("Clear the time, or untick “only the date is known”."))
            return None
        return self._to_utc(day, time)

    def _other_moment(self, name: str, default: dt.time | None = None) -> dt.datetime | None:
        """Of two fields that may both be empty; `default` stands for a time that was left out."""
        data = self.cleaned_data
        day, time = data.get(f"{name}_date"), data.get(f"{name}_time") or default
        if day is None:
            if data.get(f"{name}_time"):
                self.add_error(f"{name}_date", _("Give the date too, or clear the time."))
            return None
        if time is None:
            self.add_error(f"{name}_time", _("Give the time too, or clear the date."))
            return None
        return self._to_utc(day, time, name)

    def _to_utc(
        self, day: dt.date, time: dt.time | None, name: str = "local"
    ) -> dt.datetime | None:
        zone = self.cleaned_data["timezone"]
        try:
            if time is None:
                return day_to_utc(day, zone)
            return local_to_utc(dt.datetime.combine(day, time), zone)
        except ValidationError as error:
            self.add_error(f"{name}_date" if time is None else f"{name}_time", error)
            return None
