"""What the room shows of each presentation, read in a number of queries that does not grow with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pdf.registry import kind_for
from cms.pdf.twins.registry import twins_of
from events.actions import EventLink, PresentationAction, on, presentation_actions
from events.domain.called_off import may_be_planned
from events.domain.capacities import capacity_line
from events.domain.clashes import Burden, burdens_of
from events.domain.filing import changed_since_ready
from events.domain.history import Step, steps_of
from events.domain.limits import limit_of
from events.domain.presentations import may_be_delivered
from events.domain.readiness import Readiness, readiness_of
from events.domain.reading import reading_copy_of
from events.domain.times import zone_of
from events.domain.witness import Item, checklist
from events.enums import Capacity, Interpretation, Opening, PresentationStatus
from events.models import (
    AppearanceLink,
    Event,
    Presentation,
    PresentationMaterial,
    Record,
)
from events.models.presentation import PresentationQuerySet
from events.permissions import CHANGE_PRESENTATION, DELIVER_PRESENTATION

DAY = dt.timedelta(days=1)
SEEN = (Opening.FIRST, Opening.OPENED, Opening.DOCUMENT)


def with_documents(presentations: PresentationQuerySet) -> PresentationQuerySet:
    """Speakers, documents and records in three queries, however many presentations there are."""
    materials = PresentationMaterial.objects.select_related("page", "ready_by").order_by(
        "sort_order", "pk"
    )
    records = Record.objects.summaries().order_by("pk")
    return presentations.select_related("speaker").prefetch_related(
        Prefetch("materials", queryset=materials), Prefetch("records", queryset=records)
    )


@dataclass(frozen=True)
class Document:
    """A document of a presentation: how far it is, and its spoken versions as name and label."""

    material: PresentationMaterial
    readiness: Readiness | None
    versions: list[tuple[str, str]]
    changed_since: bool
    wants_word: bool  # what the body takes is the Word document, not the PDF
    reading_copy: str  # the paper that these versions are read from, where it is one of its own


@dataclass(frozen=True)
class Row:
    """One presentation with what the reader may do to it. `can_prepare`: the event takes place, so its papers are
    filed and links are sent; `can_open` leads to the editor of a document also where it does not."""

    presentation: Presentation
    can_open: bool
    can_change: bool
    can_prepare: bool
    can_confirm: bool
    can_deliver: bool
    can_withdraw: bool
    others_deliver: bool
    actions: list[EventLink]
    documents: list[Document]
    facts: list[str]
    burden: Burden
    steps: list[Step]
    link: AppearanceLink | None
    checklist: list[Item]

    @property
    def is_incomplete(self) -> bool:
        return any(item.needed and not item.is_there for item in self.checklist)

    @property
    def link_works(self) -> bool:
        link = self.link
        return link is not None and not link.revoked_at and link.expires_at > timezone.now()


class Rows:
    """Reads everything at once when it is made, then makes a row of each presentation."""

    def __init__(
        self, event: Event, presentations: Sequence[Presentation], *, user, is_staff: bool
    ) -> None:
        self.event, self.user = event, user
        self.presentations = presentations
        for presentation in presentations:
            # Set here, so that nothing fetches the event anew for every row.
            presentation.event = event
        staff = presentations if is_staff else []
        self.offered: list[PresentationAction] = presentation_actions(user) if is_staff else []
        self.judged = readiness_of([] if event.is_off else _pages(staff))
        self.burdens = burdens_of(presentations)
        self.steps = steps_of(event) if staff else {}
        self.links = _links(staff)
        self.may_change = user.has_perm(CHANGE_PRESENTATION)
        self.may_deliver = user.has_perm(DELIVER_PRESENTATION)
        self.has_begun = may_be_delivered(event) and not event.is_off

    def __iter__(self):
        return map(self._row, self.presentations)

    def _row(self, presentation: Presentation) -> Row:
        can_open = self.may_change and presentation.is_open
        can_change = can_open and may_be_planned(self.event)
        can_prepare = can_open and not self.event.is_off
        confirmed = presentation.status == PresentationStatus.CONFIRMED and self.has_begun
        return Row(
            presentation=presentation,
            can_open=can_open,
            can_change=can_change,
            can_prepare=can_prepare,
            can_confirm=can_prepare and presentation.status == PresentationStatus.PLANNED,
            can_deliver=confirmed and self.may_deliver,
            can_withdraw=can_change,
            others_deliver=confirmed and can_change and not self.may_deliver,
            actions=on(presentation, self.offered) if can_prepare else [],
            documents=documents_of(presentation, self.judged),
            facts=facts_of(self.event, presentation),
            burden=self.burdens.get(presentation.pk, Burden()),
            steps=self.steps.get(presentation.pk, []),
            link=self.links.get(presentation.speaker_id),
            checklist=checklist(presentation) if can_change else [],
        )


def _wants_word(event: Event, page: Page) -> bool:
    kind = page.specific_class
    return bool(event.body and event.body.wants_word and kind and twins_of(kind))


def documents_of(presentation: Presentation, judged: dict[int, Readiness]) -> list[Document]:
    """What a presentation brings; its `materials` should be prefetched."""
    return [
        Document(
            material,
            judged.get(material.page_id),
            versions_of(material.page),
            changed_since_ready(material),
            _wants_word(presentation.event, material.page),
            reading_copy_of(material.page),
        )
        for material in presentation.materials.all()
    ]


def versions_of(page: Page) -> list[tuple[str, str]]:
    """Name and label of each spoken version that its kind has."""
    kind = kind_for(page.specific_class or type(page))
    return [(name, kind.version_label(name)) for name in kind.versions] if kind else []


def facts_of(event: Event, presentation: Presentation) -> list[str]:
    """What differs from the usual: slot, own limit, capacity, video, interpretation."""
    facts = []
    if presentation.slot:
        facts.append(_("Slot %(time)s") % {"time": presentation.slot})
    interpreted = presentation.interpretation != Interpretation.NONE
    if interpreted:
        interpreter = presentation.interpreter_name
        said = str(presentation.get_interpretation_display())
        facts.append(f"{said} ({interpreter})" if interpreter else said)
    limit = limit_of(event, presentation).said
    if limit and (interpreted or presentation.limit_seconds):
        facts.append(_("Limit %(time)s") % {"time": limit})
    if presentation.capacity != Capacity.OFFICIAL:
        facts.append(capacity_line(presentation, presentation.speaker))
    if presentation.is_remote:
        facts.append(_("By video"))
    return facts


def _pages(presentations: Iterable[Presentation]) -> list[Page]:
    """Of those still to come: nobody asks whether what was said is ready."""
    found = {
        material.page_id: material.page
        for presentation in presentations
        if presentation.is_open
        for material in presentation.materials.all()
    }
    return list(found.values())


def _links(presentations: Sequence[Presentation]) -> dict[int, AppearanceLink]:
    """The newest personal link of each speaker, with when it was last opened."""
    speakers = {item.speaker_id for item in presentations if item.is_open}
    if not speakers:
        return {}
    opened = Max("openings__at", filter=Q(openings__outcome__in=SEEN))
    newest = AppearanceLink.objects.filter(person__in=speakers).annotate(last_opened=opened)
    return {link.person_id: link for link in newest.order_by("created_at", "pk")}


def is_near(event: Event, now: dt.datetime | None = None) -> bool:
    """Close enough for changes at the door: from the evening before to the day after the last one."""
    if event.starts_at is None or event.last_start is None:
        return False
    now = now or timezone.now()
    return event.starts_at - now <= dt.timedelta(hours=36) and now - event.last_start <= DAY


def has_come(event: Event, now: dt.datetime | None = None) -> bool:
    """Whether its day has begun where it takes place, or it begins within hours: from then on one tap changes what holds
    there."""
    if event.starts_at is None or event.local_date is None:
        return False
    now = now or timezone.now()
    today = now.astimezone(zone_of(event.timezone)).date()
    return today >= event.local_date or event.starts_at - now <= dt.timedelta(hours=6)
