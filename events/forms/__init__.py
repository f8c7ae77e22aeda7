"""Forms of the admin, one file for each noun."""

from __future__ import annotations

from events.forms.agendas import AgendaForm, PositionForm, agenda_panels, position_panels
from events.forms.bodies import BodyForm, body_panels
from events.forms.event_panels import event_panels
from events.forms.events import EventForm
from events.forms.fields import SpeakingLimitField
from events.forms.presentations import DisclosureForm, PresentationForm, presentation_panels
from events.forms.vehicles import VehicleForm, vehicle_panels

__all__ = [
    "AgendaForm",
    "BodyForm",
    "DisclosureForm",
    "EventForm",
    "PositionForm",
    "PresentationForm",
    "SpeakingLimitField",
    "VehicleForm",
    "agenda_panels",
    "body_panels",
    "event_panels",
    "position_panels",
    "presentation_panels",
    "vehicle_panels",
]
