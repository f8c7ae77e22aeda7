"""Models of hearings and events, one file for each noun."""

from __future__ import annotations

from events.models.agenda import Agenda, Plank
from events.models.appearance_import import AppearanceImport
from events.models.appearance_link import AppearanceLink, LinkOpening
from events.models.body import Body, BodyPosition
from events.models.calendar import CalendarRevision, CalendarToken
from events.models.day_of import DayOfChange
from events.models.deadline_rule import DeadlineRule
from events.models.event import Event
from events.models.event_notice import AffectedDocument, EventNotice, NoticeRecipient
from events.models.holiday import HolidayOverride
from events.models.packet import EventPacket, PacketItem
from events.models.position import Position
from events.models.presentation import Presentation, PresentationMaterial
from events.models.record import Record, RecordIsImmutable
from events.models.vehicle import Vehicle
from events.models.vehicle_history import (
    VehicleAction,
    VehicleQuestion,
    VehicleVersion,
    VersionReview,
)
from events.models.window import Window, WindowState
from events.models.witness import WitnessDisclosure

__all__ = [
    "AffectedDocument",
    "Agenda",
    "AppearanceImport",
    "AppearanceLink",
    "Body",
    "BodyPosition",
    "CalendarRevision",
    "CalendarToken",
    "DayOfChange",
    "DeadlineRule",
    "Event",
    "EventNotice",
    "EventPacket",
    "HolidayOverride",
    "LinkOpening",
    "NoticeRecipient",
    "PacketItem",
    "Plank",
    "Position",
    "Presentation",
    "PresentationMaterial",
    "Record",
    "RecordIsImmutable",
    "Vehicle",
    "VehicleAction",
    "VehicleQuestion",
    "VehicleVersion",
    "VersionReview",
    "Window",
    "WindowState",
    "WitnessDisclosure",
]
