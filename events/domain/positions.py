"""Proposing a position, putting it in force, withdrawing it, and letting one pass that has no authority."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events.domain.authority import lacks
from events.domain.errors import PositionRefused
from events.enums import PositionStatus, VersionReviewState
from events.models import Position, Vehicle, VehicleVersion, VersionReview
from events.permissions import ADD_POSITION, CHANGE_POSITION, OVERRIDE_POSITION

LEAST_REASON = 10  # characters: "ok" is no reason that an auditor could read


@transaction.atomic
def propose(position: Position, *, user) -> Position:
    """Save a new position of `user`. It counts for what is written, but nothing may be handed in on it yet."""
    _require(user, ADD_POSITION)
    position.recorded_by = user
    if position.version is None:
        position.version = current_version(position.vehicle)
    position.save()
    _log(position, "events.position.propose", user)
    settle_stance(position.vehicle)
    return position


@transaction.atomic
def put_in_force(position: Position, *, user) -> Position:
    """What was in force on the same vehicle before is withdrawn. Raises PositionRefused without authority."""
    _require(user, CHANGE_POSITION)
    current = _lock(position)
    # Two that are put in force at once wait for each other: one of them stands in the end.
    Vehicle.objects.select_for_update(of=("self",)).get(pk=current.vehicle_id)
    if current.status != PositionStatus.PROPOSED:
        raise PositionRefused(_("Only what is proposed can be put in force."))
    if lacking := lacks(current):
        raise PositionRefused(lacking)
    for earlier in Position.objects.filter(
        vehicle=current.vehicle, status=PositionStatus.IN_FORCE
    ).select_related("vehicle"):
        _withdraw(earlier, user)
    current.status = PositionStatus.IN_FORCE
    current.put_in_force_by, current.put_in_force_at = user, timezone.now()
    current.save()
    _log(current, "events.position.put_in_force", user)
    settle_stance(current.vehicle)
    return current


@transaction.atomic
def withdraw(position: Position, *, user) -> Position:
    """It counts no longer. Whoever proposed it may withdraw the proposal."""
    current = _lock(position)
    own = current.status == PositionStatus.PROPOSED and current.recorded_by_id == user.pk
    if not own:
        _require(user, CHANGE_POSITION)
    if current.is_withdrawn:
        raise PositionRefused(_("It is withdrawn already."))
    _withdraw(current, user)
    settle_stance(current.vehicle)
    return current


@transaction.atomic
def override(position: Position, *, user, reason: str) -> Position:
    """Let documents pass that take this position, though nothing stands behind it: a named person answers for it.

    Raises PositionRefused without a reason that says something.
    """
    _require(user, OVERRIDE_POSITION)
    current = _lock(position)
    if current.is_withdrawn:
        raise PositionRefused(_("It is withdrawn already."))
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise PositionRefused(_("Give the reason, so that others understand it later."))
    current.override_by, current.override_at = user, timezone.now()
    current.override_name = user.get_full_name() or user.get_username()
    current.override_reason = reason
    current.save()
    _log(current, "events.position.override", user, reason=reason)
    return current


@transaction.atomic
def settle_edited(position: Position, *, was: Vehicle, changed: Collection[str]) -> None:
    """After the form of a position was saved, with the names of the fields that `changed`.

    An exception was made for one stance on one vehicle and answers for no other; a version is that of its vehicle.
    """
    if "vehicle" in changed:
        position.version = current_version(position.vehicle)
    if "vehicle" in changed or "stance" in changed:
        position.override_by = position.override_at = None
        position.override_name = position.override_reason = ""
        position.save()
    settle_stance(position.vehicle)
    if was != position.vehicle:
        settle_stance(was)


def current_position(vehicle: Vehicle) -> Position | None:
    """What counts: in force before proposed, the latest first."""
    return vehicle.positions.counting().first()


def current_version(vehicle: Vehicle) -> VehicleVersion | None:
    label = vehicle.version.strip()
    return vehicle.versions.model.objects.filter(vehicle=vehicle, label=label).first()


def settle_stance(vehicle: Vehicle) -> None:
    """Make the column `Vehicle.position` say what counts: lists, openings and paper read it."""
    position = current_position(vehicle)
    stance = position.stance if position else ""
    if vehicle.position != stance:
        vehicle.position = stance
        vehicle.save(update_fields=["position"])


def keep_stance(vehicle: Vehicle) -> None:
    """After a vehicle was saved: a stance that was entered with it is a proposal, until somebody says on what
    it rests. Imports, choosers and older code know the column only."""
    position = current_position(vehicle)
    if vehicle.position == (position.stance if position else ""):
        return
    Position.objects.filter(
        vehicle=vehicle, status=PositionStatus.PROPOSED, recorded_by=None, override_at=None
    ).delete()  # the column said so once, and nobody by name
    if vehicle.position:
        Position.objects.create(
            vehicle=vehicle, version=current_version(vehicle), stance=vehicle.position
        )
    position = current_position(vehicle)
    vehicle.position = position.stance if position else ""
    Vehicle.objects.filter(pk=vehicle.pk).update(position=vehicle.position)


def _withdraw(position: Position, user) -> None:
    position.status = PositionStatus.WITHDRAWN
    position.withdrawn_by, position.withdrawn_at = user, timezone.now()
    position.save()
    VersionReview.objects.open().filter(position=position).update(
        state=VersionReviewState.GONE, cleared_at=timezone.now()
    )
    _log(position, "events.position.withdraw", user)


def _require(user, permission: str) -> None:
    if not user.has_perm(permission):
        raise PermissionDenied


def _lock(position: Position) -> Position:
    rows = Position.objects.select_for_update(of=("self",))
    return rows.select_related("vehicle", "plank__agenda", "version").get(pk=position.pk)


def _log(position: Position, action: str, user, **data: str) -> None:
    """On the vehicle, whose history is the history of our positions."""
    said = {"position": position.pk, "stance": position.get_stance_display(), **data}
    log(position.vehicle, action, user=user, data={key: str(it) for key, it in said.items()})
