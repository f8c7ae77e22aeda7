"""What the public reads of an agenda: its planks, the positions that rest on them, those that were decided one by one
in its period, and what became of each.

A position that rests on an exception of the staff, or is only proposed, is never shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from cms.models import Issue
from events.domain.authority import authority_of
from events.enums import WON_OUTCOMES, AuthorityKind, PositionStatus
from events.models import Agenda, Plank, Position

# Of vehicles by their ids: pairs of a vehicle and an issue of what was published about it.
FindIssues = Callable[[Iterable[int]], Iterable[tuple[int, int]]]
_finders: dict[str, FindIssues] = {}


def register_vehicle_issues(name: str, find: FindIssues) -> None:
    """Vehicles know no issues, what is written about them does. Upper packages register in `AppConfig.ready()`."""
    _finders[name] = find


@dataclass(frozen=True)
class PlankShown:
    """`separately`: decided one by one, on the matter of this plank."""

    plank: Plank
    positions: list[Position]
    issues: list[Issue]
    separately: list[Position]


@dataclass(frozen=True)
class Progress:
    """Counts over all that is shown: positions in force, and of what was decided, how it ended."""

    positions: int
    passed: int
    ended: int  # decided, and not passed
    pending: int


@dataclass(frozen=True)
class AgendaShown:
    agenda: Agenda
    planks: list[PlankShown]
    decided: list[Position]
    progress: Progress


def public_positions():
    """In force. On what each rests, its reader has to ask: proposals, exceptions and notes are the staff's."""
    rows = Position.objects.filter(status=PositionStatus.IN_FORCE)
    return rows.with_authority().select_related("vehicle__body").order_by("taken_on", "pk")


def shown(agenda: Agenda) -> AgendaShown:
    """As many queries for many planks, positions and decisions as for one of each."""
    planks = agenda.planks.model.objects.filter(agenda=agenda).prefetch_related(
        Prefetch("positions", queryset=public_positions(), to_attr="held"),
        Prefetch("issues", queryset=Issue.objects.active().order_by("name")),
    )
    decided = _decided_in(agenda)
    issues_of = _issues_of({it.vehicle_id for it in decided})
    rows = [
        _plank_shown(agenda, plank, decided, issues_of)
        for plank in planks.order_by("sort_order", "pk")
    ]
    counted = [it for row in rows for it in row.positions] + decided
    return AgendaShown(agenda, rows, decided, _progress(counted))


def _plank_shown(
    agenda: Agenda, plank: Plank, decided: list[Position], issues_of: dict[int, set[int]]
) -> PlankShown:
    held: list[Position] = plank.held  # type: ignore[attr-defined]  # prefetched
    issues = list(plank.issues.all())
    about = {issue.pk for issue in issues}
    return PlankShown(
        plank,
        [it for it in held if agenda.authorises(it.taken_on)],
        issues,
        [it for it in decided if about & issues_of.get(it.vehicle_id, set())],
    )


def _decided_in(agenda: Agenda) -> list[Position]:
    """Taken in the period of `agenda`, and resting on a recorded decision."""
    period = (agenda.period_from, agenda.period_to)
    rows = public_positions().filter(taken_on__range=period, decided_on__isnull=False)
    return [it for it in rows if authority_of(it).kind == AuthorityKind.DECISION]


def _issues_of(vehicles: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for find in _finders.values() if vehicles else ():
        for vehicle, issue in find(vehicles):
            found.setdefault(vehicle, set()).add(issue)
    return found


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
        if it.vehicle.outcome in WON_OUTCOMES
        else "ended"
        for it in positions
    )
    return Progress(len(positions), counts["passed"], counts["ended"], counts["pending"])
