"""Which documents belong to an event: what its speakers bring, and what upper packages say was written for it.

Events know no kinds of documents; whoever does registers here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Page

from events.enums import OFF, PresentationStatus
from events.models import Event, PresentationMaterial

Documents = Callable[[Event], QuerySet]

_documents: dict[str, Documents] = {}


def register_event_documents(name: str, documents: Documents) -> None:
    """`documents` gives the ids of pages written for an event: choosers list them first."""
    _documents[name] = documents


def event_documents(event: Event) -> list[QuerySet]:
    return [documents(event) for documents in _documents.values()]


def pages_of(event: Event) -> list[Page]:
    """What a change of the event concerns: written for it, or brought by somebody who did not withdraw."""
    brought = PresentationMaterial.objects.filter(presentation__event=event).exclude(
        presentation__status=PresentationStatus.WITHDRAWN
    )
    mine = Q(pk__in=brought.values("page_id"))
    for ids in event_documents(event):
        mine |= Q(pk__in=ids)
    return list(Page.objects.filter(mine).select_related("owner").order_by("pk"))


def pages_of_off_events(page_ids: Iterable[int]) -> dict[int, Event]:
    """Those of these pages that belong to an event that is postponed or cancelled, with that event."""
    wanted = set(page_ids)
    found: dict[int, Event] = {}
    for event in Event.objects.filter(status__in=OFF).order_by("pk") if wanted else []:
        found.update({page.pk: event for page in pages_of(event) if page.pk in wanted})
    return found
