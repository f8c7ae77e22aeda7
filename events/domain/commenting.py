"""How to hand in a comment on a docket: where, what to cite, in what form, and what the agency asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from events.enums import EventKind, FileFormat, VehicleKind
from events.models import Body, Event, Vehicle, VehicleQuestion

# What the field holds until somebody enters another number: that of Regulations.gov, true of no other portal.
USUAL_BOX = Body._meta.get_field("portal_characters").default
REGULATIONS_GOV = re.compile(r"https?://(?:[\w-]+\.)*regulations\.gov(?:[:/?#]|$)", re.IGNORECASE)


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
    portal = event.portal_url or (body.portal_url if body else "")
    box = _box(body, portal)
    return HowToComment(
        portal_url=portal,
        address=body.address if body and FileFormat.PAPER in body.formats else "",
        cite=_cite(vehicle),
        document=vehicle.document_name if vehicle else "",
        characters=number_format(box, force_grouping=True) if box else "",
        files=", ".join(str(it.label) for it in body.formats if it != FileFormat.PAPER)
        if body
        else "",
        questions=list(vehicle.questions.all()) if vehicle else [],
    )


def _box(body: Body | None, portal: str) -> int | None:
    """How many characters the comment box at `portal` takes, where somebody entered it or everybody knows it."""
    is_own = body is not None and portal == body.portal_url != ""
    if body is not None and is_own and body.portal_characters != USUAL_BOX:
        return body.portal_characters
    return USUAL_BOX if REGULATIONS_GOV.match(portal) else None


def _cite(vehicle: Vehicle | None) -> list[tuple[str, str]]:
    """An agency files a comment by these: the wrong one, or none, and nobody reads it."""
    if vehicle is None:
        return []
    known = [
        (_("Docket ID"), vehicle.docket_id),
        (_("RIN"), vehicle.rin),
        (_("Federal Register"), vehicle.fr_citation),
    ]
    found = [(name, value) for name, value in known if value]
    if found or vehicle.kind == VehicleKind.NONE:
        return (
            found  # what is no rule and no bill has a name of ours, by which nobody files anything
        )
    return [(str(vehicle.get_kind_display()), vehicle.identifier)]
