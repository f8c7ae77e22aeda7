"""On what a position rests: a plank of an agenda that was in force, a recorded decision, or a named exception.

The chain is that of county boards, which adopt a platform so that staff may write letters that it covers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import gettext as _

from events.enums import AuthorityKind, PositionStatus, Stance
from events.models import Position, Vehicle


@dataclass(frozen=True)
class Authority:
    """`words` say on what the position rests, or what it lacks."""

    kind: AuthorityKind
    words: str

    @property
    def is_enough(self) -> bool:
        """May stand on what is handed in."""
        return self.kind != AuthorityKind.NOTHING


def authority_of(position: Position) -> Authority:
    """Reads nothing on rows of `Position.objects.with_authority()`."""
    if position.is_withdrawn:
        return _nothing(_("It was withdrawn."))
    lacking = lacks(position)
    in_force = position.status == PositionStatus.IN_FORCE
    if not lacking and in_force:
        return _plank(position) if _rests_on_plank(position) else _decision(position)
    if position.override_at is not None:
        return _override(position)
    return _nothing(lacking or _("It is proposed: an approver has to put it in force."))


def lacks(position: Position) -> str:
    """What is missing before it may be put in force, in a sentence; "" when nothing is."""
    if _rests_on_plank(position) or _is_decided(position):
        return ""
    if position.plank is not None:
        return plank_refuses(position.plank, position.taken_on)
    if position.decision or position.decided_by or position.decided_on:
        return _("Of the decision, say what was decided, by whom and when.")
    return _("No plank of an agenda and no decision stand behind it.")


def would_lack(position: Position) -> str:
    """What a position in force would no longer rest on, were it as `position` says; "" for all others."""
    relies = position.status == PositionStatus.IN_FORCE and position.override_at is None
    return lacks(position) if relies else ""


def plank_refuses(plank, day: dt.date) -> str:
    """Why `plank` authorises nothing on `day`; "" when it does."""
    agenda = plank.agenda
    if agenda.authorises(day):
        return ""
    named = {"agenda": agenda.title}
    if agenda.adopted_on is None:
        return _("“%(agenda)s” is not adopted yet.") % named
    if agenda.adopted_on > day:
        words = _("“%(agenda)s” was adopted on %(day)s, after the position was taken.")
        return words % {**named, "day": _day(agenda.adopted_on)}
    words = _("“%(agenda)s” authorizes positions from %(first)s to %(last)s only.")
    return words % {**named, "first": _day(agenda.period_from), "last": _day(agenda.period_to)}


def authority_for(stance: str, positions: Iterable[Position], vehicle: Vehicle) -> Authority:
    """Of a document that takes `stance` on `vehicle`; `positions` are those on record for the vehicle."""
    counting: Sequence[Position] = [it for it in positions if not it.is_withdrawn]
    found = [authority_of(it) for it in counting if it.stance == stance]
    enough = next((it for it in found if it.is_enough), None)
    if enough or found:
        return enough or found[0]
    named = {"vehicle": vehicle.identifier, "stance": Stance(stance).label}
    if counting:
        recorded = counting[0].get_stance_display()
        words = _("On record for %(vehicle)s is “%(recorded)s”, here stands “%(stance)s”.")
        return _nothing(words % {**named, "recorded": recorded})
    words = _("Nobody has recorded “%(stance)s” as the position on %(vehicle)s.")
    return _nothing(words % named)


def positions_on(vehicles: Iterable[int]) -> dict[int, list[Position]]:
    """By vehicle, those that count, in one query."""
    found: dict[int, list[Position]] = {}
    keys = set(vehicles)
    if keys:
        rows = Position.objects.filter(vehicle__in=keys).counting().with_authority()
        for position in rows:
            found.setdefault(position.vehicle_id, []).append(position)
    return found


def _rests_on_plank(position: Position) -> bool:
    return position.plank is not None and position.plank.agenda.authorises(position.taken_on)


def _is_decided(position: Position) -> bool:
    return bool(position.decision.strip() and position.decided_by.strip() and position.decided_on)


def _plank(position: Position) -> Authority:
    plank = position.plank
    assert plank is not None
    assert plank.agenda.adopted_on is not None
    words = _("Plank %(number)s of “%(agenda)s”, adopted by %(who)s on %(day)s.") % {
        "number": plank.number,
        "agenda": plank.agenda.title,
        "who": plank.agenda.adopted_by,
        "day": _day(plank.agenda.adopted_on),
    }
    return Authority(AuthorityKind.PLANK, words)


def _decision(position: Position) -> Authority:
    assert position.decided_on is not None
    words = _("Decided by %(who)s on %(day)s: %(decision)s") % {
        "who": position.decided_by,
        "day": _day(position.decided_on),
        "decision": position.decision,
    }
    return Authority(AuthorityKind.DECISION, words)


def _override(position: Position) -> Authority:
    assert position.override_at is not None
    words = _("Exception by %(who)s on %(day)s: %(reason)s") % {
        "who": position.override_name,
        "day": _day(position.override_at.date()),
        "reason": position.override_reason,
    }
    return Authority(AuthorityKind.OVERRIDE, words)


def _nothing(words: str) -> Authority:
    return Authority(AuthorityKind.NOTHING, words)


def _day(day: dt.date) -> str:
    return formats.date_format(day, "DATE_FORMAT")
