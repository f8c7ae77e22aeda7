"""Why a page, an event, a person, a vehicle, a body … must stay: what was delivered, and what something rests on.

Presentations and records the database keeps too (PROTECT); these sentences come first, so that nobody meets an
error page. Documents and events it would leave standing without what they name, or delete positions along.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Sequence

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import Person
from events.domain.holders import why_held
from events.enums import PositionStatus
from events.models import Agenda, Event, Position, Presentation, PresentationMaterial, Record

SHOWN = 5  # enough to see what it is about


def why_keep_pages(pages: Sequence[Page]) -> list[str]:
    """Sentences naming what stands on `pages` or beneath them; empty when they may go."""
    if not pages:
        return []
    inside = functools.reduce(operator.or_, (Q(page__path__startswith=page.path) for page in pages))
    records = Record.objects.filter(inside).defer("text", "payload")[:SHOWN]
    if records:
        return [
            _(
                "“%(title)s” cannot be deleted: it is recorded as delivered by %(speaker)s at %(event)s."
            )
            % {"title": item.title, "speaker": item.speaker_name, "event": item.event_title}
            for item in records
        ]
    materials = PresentationMaterial.objects.filter(inside).select_related(
        "page", "presentation__speaker", "presentation__event"
    )
    return [
        _(
            "“%(title)s” cannot be deleted: %(speaker)s brings it to %(event)s. "
            "Take it off that presentation first."
        )
        % {
            "title": item.page.title,
            "speaker": item.presentation.speaker,
            "event": item.presentation.event,
        }
        for item in materials[:SHOWN]
    ]


def why_keep(objects: Iterable[Model]) -> list[str]:
    """The same for snippets: what something stands on stays, with the sentence that says what that is."""
    reasons: list[str] = []
    for item in objects:
        reasons += _own_reason(item) or why_held(item)
    return reasons[:SHOWN]


def _own_reason(item: Model) -> list[str]:
    presentations = Presentation.objects.select_related("speaker", "event")
    if isinstance(item, Event):
        return _event_reason(item, presentations.filter(event=item))
    if isinstance(item, Person):
        return _person_reason(item, presentations.filter(speaker=item))
    if isinstance(item, Agenda) and Position.objects.filter(plank__agenda=item).exists():
        words = _("“%(agenda)s” cannot be deleted: positions rest on its planks.")
        return [words % {"agenda": item}]
    return _position_reason(item) if isinstance(item, Position) else []


def _position_reason(position: Position) -> list[str]:
    if position.status == PositionStatus.IN_FORCE:
        words = _("“%(position)s” cannot be deleted: it is in force. Withdraw it instead.")
    elif position.is_withdrawn or position.override_at is not None:
        words = _("“%(position)s” cannot be deleted: it stays on record.")
    else:
        return []
    return [words % {"position": position}]


def _event_reason(event: Event, presentations: QuerySet[Presentation]) -> list[str]:
    first = presentations.first()
    if first is None:
        return []
    return [
        _(
            "“%(event)s” cannot be deleted: %(speaker)s has a presentation there. "
            "Use “Cancel event…” on its page instead."
        )
        % {"event": event, "speaker": first.speaker}
    ]


def _person_reason(person: Person, presentations: QuerySet[Presentation]) -> list[str]:
    first = presentations.first()
    if first is None:
        return []
    return [
        _("“%(person)s” cannot be deleted: they are the speaker of a presentation at %(event)s.")
        % {"person": person, "event": first.event}
    ]
