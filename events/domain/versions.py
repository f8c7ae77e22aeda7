"""New versions of a vehicle: what was made for the old one is flagged, until somebody looks and says that it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events.domain.errors import PositionRefused
from events.domain.positions import current_version
from events.enums import OPEN_PRESENTATIONS, VersionReviewState
from events.models import (
    Position,
    PresentationMaterial,
    Record,
    Vehicle,
    VehicleVersion,
    VersionReview,
)
from events.models.vehicle_history import VersionReviewQuerySet
from events.permissions import CHANGE_POSITION


@dataclass(frozen=True)
class Citing:
    """A document that is still being prepared for a vehicle."""

    page_id: int
    owner_id: int | None


Find = Callable[[Vehicle], Iterable[Citing]]
_finders: dict[str, Find] = {}


def register_citing(name: str, find: Find) -> None:
    """`find` names open documents about a vehicle. Upper packages register in `AppConfig.ready()`."""
    _finders[name] = find


def remember_version(vehicle: Vehicle, update_fields) -> None:
    """Before a vehicle is saved: note on it which version was the current one."""
    vehicle.__dict__.pop("version_before", None)
    if vehicle.pk and (update_fields is None or "version" in update_fields):
        rows = Vehicle.objects.filter(pk=vehicle.pk).values_list("version", flat=True)
        vehicle.version_before = rows.first() or ""


@transaction.atomic
def keep_version(vehicle: Vehicle) -> int:
    """After a vehicle was saved: its version has a row, and a new one flags what was made for the old.

    Returns how many positions and documents are flagged.
    """
    before = vehicle.__dict__.pop("version_before", None)
    label = vehicle.version.strip()
    if label:
        VehicleVersion.objects.get_or_create(vehicle_id=vehicle.pk, label=label)
    if not before or not label or before == label:
        return 0
    count = _flag(vehicle, before, label)
    log(vehicle, "events.vehicle.version", data={"before": before, "after": label, "count": count})
    return count


def rename_version(vehicle: Vehicle, old: str, new: str) -> None:
    """Only its name was wrong: nothing is flagged."""
    VehicleVersion.objects.filter(vehicle=vehicle, label=old).update(label=new)
    VersionReview.objects.open().filter(vehicle=vehicle, after=old).update(after=new)
    Vehicle.objects.filter(pk=vehicle.pk).update(version=new)
    vehicle.version = new


@transaction.atomic
def confirm(review: VersionReview, *, user, note: str = "") -> VersionReview:
    """Somebody looked: it holds for the new version too. Raises PositionRefused, PermissionDenied."""
    rows = VersionReview.objects.select_for_update(of=("self",))
    current = rows.select_related("vehicle", "position__version", "page").get(pk=review.pk)
    if not may_confirm(current, user):
        raise PermissionDenied
    if current.state != VersionReviewState.OPEN:
        raise PositionRefused(_("Somebody has looked at this already."))
    current.state, current.note = VersionReviewState.CONFIRMED, note[:255]
    current.cleared_by, current.cleared_at = user, timezone.now()
    current.save()
    if current.position is not None:
        current.position.version = current_version(current.vehicle)
        current.position.save(update_fields=["version"])
    data = {"before": current.before, "after": current.after, "subject": subject_of(current)}
    log(current.vehicle, "events.version.confirm", user=user, data={**data, "note": current.note})
    return current


def may_confirm(review: VersionReview, user) -> bool:
    """A position: those who put positions in force. A document: whoever may edit it."""
    if review.page is not None:
        return review.page.permissions_for_user(user).can_edit()
    return user.has_perm(CHANGE_POSITION)


def subject_of(review: VersionReview) -> str:
    if review.page is not None:
        return review.page.get_admin_display_title()
    return str(review.position)


def reviews_for(user) -> VersionReviewQuerySet:
    """Open ones that wait for `user`: their own documents, and positions for those who decide on them."""
    mine = Q(assignee=user)
    if user.has_perm(CHANGE_POSITION):
        mine |= Q(position__isnull=False) | Q(assignee=None)
    return VersionReview.objects.open().filter(mine)


def settle_delivered(record: Record) -> None:
    """What was said is said: nobody asks whether it fits a later version."""
    VersionReview.objects.open().filter(page_id=record.page_id).update(
        state=VersionReviewState.GONE, cleared_at=timezone.now()
    )


def _flag(vehicle: Vehicle, before: str, after: str) -> int:
    open_ones = VersionReview.objects.open().filter(vehicle=vehicle)
    # Back at the version for which it was made: there is nothing to look at.
    open_ones.filter(before=after).update(state=VersionReviewState.GONE, cleared_at=timezone.now())
    known = list(open_ones.values_list("position_id", "page_id"))
    open_ones.update(after=after)
    positions = Position.objects.filter(vehicle=vehicle).counting().select_related("version")
    made = [
        VersionReview(
            vehicle=vehicle,
            before=before,
            after=after,
            position=position,
            assignee_id=position.recorded_by_id,
        )
        for position in positions
        if (position.pk, None) not in known
        and (position.version is None or position.version.label != after)
    ]
    citing = {it.page_id: it for find in _finders.values() for it in find(vehicle)}
    made += [
        VersionReview(
            vehicle=vehicle, before=before, after=after, page_id=pk, assignee_id=it.owner_id
        )
        for pk, it in citing.items()
        if (None, pk) not in known
    ]
    # A document flagged by another vehicle keeps that flag.
    VersionReview.objects.bulk_create(made, ignore_conflicts=True)
    _take_back(list(citing), vehicle)
    return len(known) + len(made)


def _take_back(pages: list[int], vehicle: Vehicle) -> None:
    """What was said to be ready to file was ready for the old version."""
    ready = PresentationMaterial.objects.filter(
        page__in=pages,
        ready_at__isnull=False,
        presentation__status__in=OPEN_PRESENTATIONS,
    )
    for material in ready.select_related("page", "presentation__event", "presentation__speaker"):
        material.ready_at = material.ready_by = None
        material.save(update_fields=["ready_at", "ready_by"])
        presentation = material.presentation
        log(
            presentation.event,
            "events.material.not_ready",
            data={
                "presentation": presentation.pk,
                "speaker": presentation.speaker.name,
                "document": material.page.title,
                "vehicle": vehicle.identifier,
            },
        )
