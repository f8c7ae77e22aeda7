"""Models of hearings and events, one file for each noun."""

from __future__ import annotations

from events.models.body import Body
from events.models.event import Event
from events.models.packet import EventPacket, PacketItem
from events.models.presentation import Presentation, PresentationMaterial
from events.models.record import Record, RecordIsImmutable
from events.models.vehicle import Vehicle

__all__ = [
    "Body",
    "Event",
    "EventPacket",
    "PacketItem",
    "Presentation",
    "PresentationMaterial",
    "Record",
    "RecordIsImmutable",
    "Vehicle",
]
