"""Agendas with planks, and positions in force on them, for tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from events.models import Agenda, Plank, Position, Vehicle

YEAR = timezone.localdate().year


def make_agenda(**fields) -> Agenda:
    return Agenda.objects.create(
        **{
            "title": "Legislative agenda",
            "period_from": dt.date(YEAR, 1, 1),
            "period_to": dt.date(YEAR, 12, 31),
            "adopted_by": "Board of Supervisors",
            "adopted_on": dt.date(YEAR, 1, 1),
            **fields,
        }
    )


def make_plank(agenda: Agenda, text: str = "Paid leave for all", number: str = "1") -> Plank:
    plank = Plank(agenda=agenda, number=number, text=text, sort_order=int(number))
    plank.save()
    return plank


def in_force(plank: Plank, identifier: str = "HB 7", **vehicle) -> Position:
    bill = Vehicle.objects.create(identifier=identifier, title="Leave Act", **vehicle)
    return Position.objects.create(
        vehicle=bill, plank=plank, stance="support", status="in_force", note="Secret aside"
    )


def decided(identifier: str = "SB 2", **fields) -> Position:
    """In force on a decision of its own."""
    day = timezone.localdate()
    given = {
        "vehicle": Vehicle.objects.create(identifier=identifier, title="Market Act"),
        "stance": "support",
        "status": "in_force",
        "taken_on": day,
        "decision": f"Support {identifier} as it stands.",
        "decided_by": "Board of Health",
        "decided_on": day,
        "decision_url": "https://board.example/minutes/",
        "note": "Secret aside",
    }
    return Position.objects.create(**{**given, **fields})
