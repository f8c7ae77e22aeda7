"""Planned → confirmed → delivered, or withdrawn: the verbs that change a presentation.

Every verb asks for the acting user, refuses without the permission (PermissionDenied) or in the wrong state
(PresentationRefused), and writes an entry to the event's history.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from cms.models import Person
from cms.pdf.registry import kind_for
from events.domain import records
from events.domain.arrangements import Arrangement, tell_followers
from events.domain.called_off import check_planned, check_takes_place
from events.domain.capacities import capacity_facts
from events.domain.errors import PresentationRefused
from events.enums import Interpretation, PresentationStatus
from events.models import Event, Presentation, Record
from events.models.event import HALF_A_DAY
from events.permissions import ADD_PRESENTATION, CHANGE_PRESENTATION, DELIVER_PRESENTATION

# Clocks differ, and agendas are taken ahead of time.
BEFORE_START = dt.timedelta(hours=1)

# Which states may become which. Nothing leads out of delivered and withdrawn.
ALLOWED = {
    PresentationStatus.CONFIRMED: {PresentationStatus.PLANNED},
    PresentationStatus.DELIVERED: {PresentationStatus.CONFIRMED},
    PresentationStatus.WITHDRAWN: {PresentationStatus.PLANNED, PresentationStatus.CONFIRMED},
}


@transaction.atomic
def add_presentation(
    event: Event,
    speaker: Person,
    *,
    user,
    pages: Iterable[Page] = (),
    role_title: str = "",
    notes: str = "",
    interpretation: str = Interpretation.NONE,
    arrangement: Arrangement | None = None,
) -> Presentation:
    """Plan that `speaker` speaks at `event`, with `pages` as their documents in this order."""
    _require(user, ADD_PRESENTATION)
    check_planned(event)
    presentation = Presentation(
        event=event,
        speaker=speaker,
        role_title=role_title,
        notes=notes,
        interpretation=interpretation,
        sort_order=event.presentations.count(),
        changed_by=user,
    )
    (arrangement or Arrangement()).put_on(presentation)
    presentation.save()
    _set_materials(presentation, pages)
    _log(presentation, "events.presentation.add", user)
    # What was written for them before they stood on the list says that they speak officially.
    tell_followers(presentation, Arrangement(), user=user)
    return presentation


@transaction.atomic
def change_presentation(
    presentation: Presentation,
    *,
    user,
    speaker: Person,
    pages: Iterable[Page],
    role_title: str = "",
    notes: str = "",
    interpretation: str | None = None,
    arrangement: Arrangement | None = None,
) -> Presentation:
    """Rewrite who speaks, as what and with which documents, while it is still to come. Without an `arrangement`
    slot, limit and capacity stay as they are."""
    _require(user, CHANGE_PRESENTATION)
    current = _lock(presentation)
    if not current.is_open:
        raise PresentationRefused(
            _("This presentation is %(state)s and can no longer be changed.")
            % {"state": _state(current)}
        )
    check_planned(current.event)
    was = Arrangement.of(current)
    current.speaker, current.role_title, current.notes = speaker, role_title, notes
    if interpretation is not None:
        current.interpretation = interpretation
    if arrangement is not None:
        arrangement.put_on(current)
    current.changed_by = user
    current.save()
    _set_materials(current, pages)
    _log(current, "events.presentation.change", user)
    tell_followers(current, was, user=user)
    return current


@transaction.atomic
def add_material(presentation: Presentation, page: Page, *, user) -> Presentation:
    """Add one document to those the speaker brings. Adding it twice changes nothing."""
    _require(user, CHANGE_PRESENTATION)
    current = _lock(presentation)
    if not current.is_open:
        raise PresentationRefused(
            _("This presentation is %(state)s and can no longer be changed.")
            % {"state": _state(current)}
        )
    standing = [material.page for material in current.materials.select_related("page")]
    _set_materials(current, [*standing, page])
    _log(current, "events.presentation.change", user)
    return current


@transaction.atomic
def confirm(presentation: Presentation, *, user) -> Presentation:
    """The speaker is on the list."""
    _require(user, CHANGE_PRESENTATION)
    current = _move(presentation, PresentationStatus.CONFIRMED, user)
    check_takes_place(current.event)
    current.confirmed_at = timezone.now()
    current.save()
    _log(current, "events.presentation.confirm", user)
    return current


@transaction.atomic
def withdraw(presentation: Presentation, *, user) -> Presentation:
    """The speaker will not speak. Final: plan a new presentation if they do after all."""
    _require(user, CHANGE_PRESENTATION)
    current = _move(presentation, PresentationStatus.WITHDRAWN, user)
    check_planned(current.event)
    current.withdrawn_at = timezone.now()
    current.save()
    _log(current, "events.presentation.withdraw", user)
    return current


def deliver(
    presentation: Presentation,
    *,
    user,
    delivered_at: dt.datetime | None = None,
    without_documents: bool = False,
    versions: Mapping[int, str] | None = None,
) -> list[Record]:
    """Mark a confirmed presentation as delivered and freeze each of its documents.

    `delivered_at` defaults to the start of the event, or now when that is still to come. A presentation
    without documents is refused unless `without_documents` says that nothing was handed in, and so is every
    one of an event that has not begun. `versions` names, by page, what was read where it was not the whole
    text. Raises RecordRefused when a document cannot be frozen; then nothing has changed.
    """
    _require(user, DELIVER_PRESENTATION)
    current = Presentation.objects.with_event().get(pk=presentation.pk)
    _check_move(current, PresentationStatus.DELIVERED)
    check_begun(current.event)
    delivered_at = _moment_of_delivery(current, delivered_at)
    materials = _materials(current)
    if not materials and not without_documents:
        raise PresentationRefused(
            _("There are no documents to record. Add them, or confirm that none was handed in.")
        )
    # Rendering takes seconds and must not hold the database: everything is on disk before the lock.
    capacity = capacity_facts(current)
    prepared = _prepare(materials, versions or {}, current)
    with transaction.atomic():
        current = _move(presentation, PresentationStatus.DELIVERED, user)
        _check_same(current, materials, capacity)
        current.delivered_at = delivered_at
        current.save()
        frozen = [
            records.write(current, item, user=user, delivered_at=delivered_at) for item in prepared
        ]
        _log(current, "events.presentation.deliver", user, records=[item.pk for item in frozen])
    return frozen


def _check_same(
    presentation: Presentation, materials: list[Page], capacity: Mapping[str, str]
) -> None:
    """Raise PresentationRefused where the list says something else than when printing began."""
    if (_materials(presentation), capacity_facts(presentation)) != (materials, capacity):
        raise PresentationRefused(
            _("The documents were changed while they were being recorded. Try again.")
        )


def _prepare(
    materials: Iterable[Page], versions: Mapping[int, str], presentation: Presentation
) -> list[records.Prepared]:
    return [
        records.prepare(
            page,
            records.revision_to_freeze(page),
            version=versions.get(page.pk, ""),
            presentation=presentation,
        )
        for page in materials
    ]


def _require(user, permission: str) -> None:
    if not user.has_perm(permission):
        raise PermissionDenied


def _lock(presentation: Presentation) -> Presentation:
    """The row as it stands, locked where the database can (SQLite has locked the file already)."""
    queryset = Presentation.objects.select_for_update(of=("self",)).with_event()
    return queryset.get(pk=presentation.pk)


def _move(presentation: Presentation, status: PresentationStatus, user) -> Presentation:
    current = _lock(presentation)
    _check_move(current, status)
    current.status = status
    current.changed_by = user
    return current


def _check_move(presentation: Presentation, status: PresentationStatus) -> None:
    if presentation.status not in ALLOWED[status]:
        raise PresentationRefused(
            _("This presentation is %(state)s: it cannot be marked %(wanted)s.")
            % {"state": _state(presentation), "wanted": status.label.lower()}
        )


def may_be_delivered(event: Event) -> bool:
    """From an hour before the start; a day without a time counts from its first hour. A date that is not
    known forbids nothing."""
    if event.starts_at is None:
        return True
    start = event.starts_at - HALF_A_DAY if event.is_all_day else event.starts_at
    return start - BEFORE_START <= timezone.now()


def check_begun(event: Event) -> None:
    """Raise PresentationRefused while nothing can have been said at `event` yet, or where it is off."""
    check_takes_place(event)
    if not may_be_delivered(event):
        raise PresentationRefused(
            _("The hearing begins on %(when)s; mark it delivered afterwards.")
            % {"when": event.when}
        )


def _moment_of_delivery(presentation: Presentation, wanted: dt.datetime | None) -> dt.datetime:
    now = timezone.now()
    if wanted is not None and wanted > now:
        raise PresentationRefused(_("A presentation cannot have been delivered in the future."))
    return wanted or min(presentation.event.starts_at or now, now)


def _materials(presentation: Presentation) -> list[Page]:
    chosen = presentation.materials.select_related("page").order_by("sort_order", "pk")
    return [material.page for material in chosen]


def _set_materials(presentation: Presentation, pages: Iterable[Page]) -> None:
    """Rewrite the list of documents. Each must be something that can be printed."""
    unique = list({page.pk: page for page in pages}.values())
    for page in unique:
        if kind_for(page.specific_class or type(page)) is None:
            raise PresentationRefused(
                _("“%(title)s” cannot be printed, so nobody can bring it.") % {"title": page.title}
            )
    standing = {material.page_id: material for material in presentation.materials.all()}
    new = []
    for number, page in enumerate(unique):
        # Rewritten rather than changed: what was said to be ready to file stays so.
        was = standing.get(page.pk)
        material = presentation.materials.model(page=page, sort_order=number)
        if was is not None:
            material.ready_at, material.ready_by_id = was.ready_at, was.ready_by_id
        new.append(material)
    presentation.materials.set(new)
    presentation.save()


def _state(presentation: Presentation) -> str:
    return str(presentation.get_status_display()).lower()


def _log(presentation: Presentation, action: str, user, **data: object) -> None:
    """On the event, whose history people read."""
    log(
        presentation.event,
        action,
        user=user,
        data={
            "presentation": presentation.pk,
            "speaker": presentation.speaker.name,
            "capacity": presentation.capacity,
            "partner": presentation.partner.name if presentation.partner else "",
            **data,
        },
    )
