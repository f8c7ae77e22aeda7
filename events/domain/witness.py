"""What a body asks of its witnesses beside the testimony, and what of it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import Attachment
from events.domain.errors import PresentationRefused
from events.enums import PresentationStatus
from events.models import Event, Presentation, WitnessDisclosure
from events.permissions import CHANGE_PRESENTATION


@dataclass(frozen=True)
class Item:
    """One line of the checklist. `needed`: without it the packet is incomplete."""

    label: str
    is_there: bool
    detail: str = ""
    needed: bool = True


def asks_disclosure(event: Event) -> bool:
    return bool(event.body and event.body.asks_disclosure)


def checklist(presentation: Presentation) -> list[Item]:
    """Empty where the body does not ask. `event__body` and `disclosure` should be read with the presentation."""
    if not asks_disclosure(presentation.event):
        return []
    given = disclosure_of(presentation)
    day = given.made_public_on
    return [
        Item(_("Curriculum vitae"), given.cv is not None, given.cv.title if given.cv else ""),
        Item(
            _("Disclosure table"),
            given.disclosure_table is not None,
            given.disclosure_table.title if given.disclosure_table else "",
        ),
        Item(
            _("Made public by the body"),
            day is not None,
            formats.date_format(day, "DATE_FORMAT") if day else "",
            needed=False,
        ),
    ]


def disclosure_of(presentation: Presentation) -> WitnessDisclosure:
    """As stored, or an empty one."""
    stored: WitnessDisclosure | None = getattr(presentation, "disclosure", None)
    return stored or WitnessDisclosure(presentation=presentation)


def witnesses(event: Event) -> list[Presentation]:
    """Those who speak, in order, each with what they disclosed."""
    rows = event.presentations.exclude(status=PresentationStatus.WITHDRAWN)
    found = rows.select_related("speaker", "disclosure__cv", "disclosure__disclosure_table")
    speaking = list(found.order_by("sort_order", "pk"))
    for presentation in speaking:
        presentation.event = event
    return speaking


def missing_from_packet(event: Event) -> list[str]:
    """Sentences; while there is one, the packet is incomplete. Nothing where the body does not ask."""
    if not asks_disclosure(event):
        return []
    return [
        _("%(speaker)s: %(item)s") % {"speaker": witness.speaker, "item": item.label}
        for witness in witnesses(event)
        for item in checklist(witness)
        if item.needed and not item.is_there
    ]


def files_of(event: Event) -> list[Attachment]:
    """What witnesses attached, in the order of the run of show; none where the body does not ask."""
    if not asks_disclosure(event):
        return []
    given = [disclosure_of(witness) for witness in witnesses(event)]
    return [file for one in given for file in (one.cv, one.disclosure_table) if file is not None]


@transaction.atomic
def disclose(
    presentation: Presentation,
    *,
    user,
    cv: Attachment | None,
    disclosure_table: Attachment | None,
    made_public_on: dt.date | None,
) -> WitnessDisclosure:
    """Keep what a witness discloses. Files must be PDFs: the packet takes nothing else."""
    if not user.has_perm(CHANGE_PRESENTATION):
        raise PermissionDenied
    for file in (cv, disclosure_table):
        if file is not None and not file.filename.lower().endswith(".pdf"):
            raise PresentationRefused(
                _("“%(title)s” is not a PDF. Print it to a PDF and upload that.")
                % {"title": file.title}
            )
    values = {"cv": cv, "disclosure_table": disclosure_table, "made_public_on": made_public_on}
    given, _made = WitnessDisclosure.objects.update_or_create(
        presentation=presentation, defaults={**values, "changed_by": user}
    )
    log(
        presentation.event,
        "events.witness.disclose",
        user=user,
        data={"presentation": presentation.pk, "speaker": presentation.speaker.name},
    )
    return given
