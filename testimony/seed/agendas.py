"""Agendas of the seeded world: one that is public and holds secrets of the staff, and those that nobody may see yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cms.models import Attachment, Issue
from events.models import Agenda, Plank, Position, Vehicle, VehicleQuestion
from testimony.seed.canaries import Planted

Word = Callable[[], str]
LATER = dt.timedelta(days=30)

# Of the public agenda: what stays the staff's.
INSIDE = ("note", "proposed", "withdrawn", "reason", "decision", "decided_by", "question")


def plant_agendas(word: Word, issue: Issue) -> list[Planted]:
    hidden: dict[str, dict[str, Any]] = {
        "draft": {"adopted_on": None},
        "held-back": {"is_published": False},
        "adopted-later": {"adopted_on": timezone.localdate() + LATER},
    }
    return [
        _public(word, issue),
        *(_hidden(state, fields, word, issue) for state, fields in hidden.items()),
    ]


def _agenda(**fields: Any) -> Agenda:
    year = timezone.localdate().year
    return Agenda.objects.create(
        **{
            "title": "Public agenda",
            "adopted_by": "Seed Board",
            "period_from": dt.date(year, 1, 1),
            "period_to": dt.date(year, 12, 31),
            "adopted_on": dt.date(year, 1, 1),
            **fields,
        }
    )


def _plank(agenda: Agenda, text: str, issue: Issue) -> Plank:
    plank = Plank(agenda=agenda, number="1", text=text, sort_order=0)
    plank.issues.set([issue])
    plank.save()
    return plank


def _public(word: Word, issue: Issue) -> Planted:
    """Its plank carries a position in force, and one was decided separately; what is proposed, withdrawn, let pass or
    decided at another time stays inside."""
    agenda = _agenda()
    plank = _plank(agenda, "Public plank", issue)
    secret = {name: word() for name in INSIDE}
    shown = Vehicle.objects.create(identifier="HB 8765", title="Public vehicle", version="Public A")
    Position.objects.create(
        vehicle=shown,
        plank=plank,
        stance="support",
        status="in_force",
        note=secret["note"],
        override_at=timezone.now(),
        override_name=secret["reason"],
        override_reason=secret["reason"],
    )
    VehicleQuestion.objects.create(vehicle=shown, number="1", text=secret["question"])
    for status in ("proposed", "withdrawn"):
        vehicle = Vehicle.objects.create(identifier=secret[status], title=secret[status])
        Position.objects.create(vehicle=vehicle, plank=plank, stance="oppose", status=status)
    _decided(
        agenda,
        "in_force",
        decision="Public decision",
        decided_by="Public board",
        note=secret["note"],
    )
    inside = {name: secret[name] for name in ("decision", "decided_by")}
    before = agenda.period_from - dt.timedelta(days=1)
    _decided(agenda, "proposed", **inside)
    _decided(agenda, "in_force", taken_on=before, **inside)
    return Planted(agenda._meta.label, agenda.pk, "adopted", True, agenda.url, canaries=secret)


def _decided(agenda: Agenda, status: str, **fields: Any) -> None:
    vehicle = Vehicle.objects.create(identifier=fields["decision"], title="Seeded")
    Position.objects.create(
        vehicle=vehicle, stance="support", status=status, decided_on=agenda.adopted_on, **fields
    )


def _hidden(state: str, fields: dict[str, Any], word: Word, issue: Issue) -> Planted:
    names = ("title", "introduction", "adopted_by", "slug", "plank", "file")
    secret = {name: word() for name in names}
    document = Attachment(title=secret["file"])
    document.file.save(f"{secret['file']}.txt", ContentFile(secret["file"].encode()), save=True)
    agenda = _agenda(
        **{name: secret[name] for name in ("title", "introduction", "adopted_by")},
        slug=f"seed-{secret['slug']}",
        source_document=document,
        **fields,
    )
    _plank(agenda, secret["plank"], issue)
    planted = Planted(agenda._meta.label, agenda.pk, state, False, agenda.url, canaries=secret)
    planted.files = [document.url]
    return planted
