"""How to hand in a comment on a docket: where, what to cite, in what form, and what the agency asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from events.enums import EventKind, FileFormat
from events.models import Event, Vehicle, VehicleQuestion


@dataclass(frozen=True)
class HowToComment:
    """Of what nobody entered, nothing is said. `cite` holds pairs of a name and what stands in the notice."""

    portal_url: str
    address: str
    cite: Sequence[tuple[str, str]]
    document: str
    characters: str
    files: str
    questions: Sequence[VehicleQuestion]


def how_to_comment(event: Event) -> HowToComment | None:
    """None for what is no comment period. One query: the agency's questions."""
    if event.kind != EventKind.COMMENT_PERIOD:
        return None
    body, vehicle = event.body, event.vehicle
    own_portal = body.portal_url if body else ""
    return HowToComment(
        portal_url=event.portal_url or own_portal,
        address=body.address if body and FileFormat.PAPER in body.formats else "",
        cite=_cite(vehicle),
        document=vehicle.document_name if vehicle else "",
        characters=number_format(body.portal_characters, force_grouping=True)
        if body and own_portal
        else "",
        files=", ".join(str(it.label) for it in body.formats if it != FileFormat.PAPER)
        if body
        else "",
        questions=list(vehicle.questions.all()) if vehicle else [],
    )


def _cite(vehicle: Vehicle | None) -> list[tuple[str, str]]:
    """An agency files a comment by these: the wrong one, or none, and nobody reads it."""
    if vehicle is None:
        return []
    known = [
        (_("Docket ID"), vehicle.docket_id),
        (_("RIN"), vehicle.rin),
        (_("Federal Register"), vehicle.fr_citation),
    ]
    return [(name, value) for name, value in known if value] or [
        (str(vehicle.get_kind_display()), vehicle.identifier)
    ]
