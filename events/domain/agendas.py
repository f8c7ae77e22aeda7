"""What the public reads of an agenda: its planks, the positions that rest on them, and what became of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Prefetch

from cms.models import Issue
from events.enums import Outcome, PositionStatus
from events.models import Agenda, Plank, Position

WON = frozenset({Outcome.PASSED, Outcome.ADOPTED_RULE})


@dataclass(frozen=True)
class PlankShown:
    plank: Plank
    positions: list[Position]
    issues: list[Issue]


@dataclass(frozen=True)
class Progress:
    """Counts over all planks: positions in force, and of what was decided, how it ended."""

    positions: int
    passed: int
    ended: int  # decided, and not passed
    pending: int


@dataclass(frozen=True)
class AgendaShown:
    agenda: Agenda
    planks: list[PlankShown]
    progress: Progress


def public_positions():
    """In force on a plank that authorises them. Proposals, exceptions and notes are the staff's."""
    rows = Position.objects.filter(status=PositionStatus.IN_FORCE, plank__isnull=False)
    return rows.with_authority().select_related("vehicle__body").order_by("taken_on", "pk")


def shown(agenda: Agenda) -> AgendaShown:
    """Four queries, however many planks and positions there are."""
    planks = agenda.planks.model.objects.filter(agenda=agenda).prefetch_related(
        Prefetch("positions", queryset=public_positions(), to_attr="held"),
        Prefetch("issues", queryset=Issue.objects.active().order_by("name")),
    )
    rows = [
        PlankShown(
            plank,
            [it for it in plank.held if agenda.authorises(it.taken_on)],
            list(plank.issues.all()),
        )
        for plank in planks.order_by("sort_order", "pk")
    ]
    return AgendaShown(agenda, rows, _progress([it for row in rows for it in row.positions]))


def planks_on(issue: Issue) -> list[Plank]:
    """Of public agendas that are in force, those about `issue`."""
    planks = Plank.objects.filter(
        issues=issue, agenda__in=Agenda.objects.public().in_force().values("pk")
    )
    return list(planks.select_related("agenda").order_by("-agenda__period_from", "sort_order"))


def _progress(positions: list[Position]) -> Progress:
    counts = Counter(
        "pending"
        if not it.vehicle.is_decided
        else "passed"
        if it.vehicle.outcome in WON
        else "ended"
        for it in positions
    )
    return Progress(len(positions), counts["passed"], counts["ended"], counts["pending"])
