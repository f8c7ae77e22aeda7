"""On the page of an event: where we stand on its bill, on whose authority, and what a new version asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from events.domain.authority import Authority, authority_of, positions_on
from events.domain.versions import subject_of
from events.models import Event, Position, VersionReview
from events.permissions import ADD_POSITION


@dataclass(frozen=True)
class Standing:
    """`reviews` with the name of what is to be looked at; `add_url` is for who may propose a position."""

    position: Position | None
    authority: Authority | None
    reviews: list[tuple[VersionReview, str]]
    add_url: str


def standing_at(event: Event, user) -> Standing | None:
    """Two queries; None for an event without a bill or rule."""
    vehicle = event.vehicle
    if vehicle is None:
        return None
    position = next(iter(positions_on([vehicle.pk]).get(vehicle.pk, ())), None)
    rows = VersionReview.objects.open().filter(vehicle=vehicle)
    reviews = [(it, subject_of(it)) for it in rows.select_related("page", "position__vehicle")]
    add = reverse("wagtailsnippets_events_position:add")
    return Standing(
        position,
        authority_of(position) if position else None,
        reviews,
        f"{add}?vehicle={vehicle.pk}" if user.has_perm(ADD_POSITION) else "",
    )
