"""Which documents belong to an event: what its speakers bring, and what upper packages say was written for it.

Events know no kinds of documents; whoever does registers here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.domain.visibility import public_entries
from cms.models import ArchiveEntry
from events.enums import OFF, EventStatus, PresentationStatus
from events.models import Event, PresentationMaterial, Record

Documents = Callable[[Iterable[Event]], QuerySet]

_documents: dict[str, Documents] = {}


def register_event_documents(name: str, documents: Documents) -> None:
    """`documents` gives the pages written for events, of a model with an `event`: choosers list them first."""
    _documents[name] = documents


def event_documents(event: Event) -> list[QuerySet]:
    """Ids of the pages written for `event`, a query for each kind."""
    return [documents([event]).order_by().values("pk") for documents in _documents.values()]


def published_for(events: Iterable[Event]) -> dict[int, list[ArchiveEntry]]:
    """By event, what the public may read that was written for it, by title: as many queries for many as for one."""
    events = list(events)
    event_of: dict[int, int] = {}
    for documents in _documents.values() if events else ():
        event_of.update(documents(events).order_by().values_list("pk", "event_id"))
    found: dict[int, list[ArchiveEntry]] = {}
    if event_of:
        entries = public_entries(ArchiveEntry.objects.filter(page__in=event_of))
        for entry in entries.defer("search_text", "keywords").order_by("title", "pk"):
            found.setdefault(event_of[entry.page_id], []).append(entry)
    return found


def pages_of(event: Event) -> list[Page]:
    """What a change of the event concerns: written for it, or brought by somebody who did not withdraw."""
    brought = PresentationMaterial.objects.filter(presentation__event=event).exclude(
        presentation__status=PresentationStatus.WITHDRAWN
    )
    mine = Q(pk__in=brought.values("page_id"))
    for ids in event_documents(event):
        mine |= Q(pk__in=ids)
    return list(Page.objects.filter(mine).select_related("owner").order_by("pk"))


def still_to_hand_in(event: Event, pages: Iterable[Page]) -> list[Page]:
    """Those of the pages of `event` of which it is worth knowing what they lack: none once it is over or off; what was
    delivered or imported is past judging."""
    keys = [page.pk for page in pages]
    if not keys or event.is_off or not event.is_to_come or event.status == EventStatus.PASSED:
        return []
    delivered = Record.objects.filter(page__in=keys, presentation__event=event).values("page")
    rows = Page.objects.filter(pk__in=keys).exclude(pk__in=delivered).order_by("pk").specific()
    return [page for page in rows if not getattr(page, "is_imported", False)]


def pages_of_off_events(page_ids: Iterable[int]) -> dict[int, Event]:
    """Those of these pages that belong to an event that is postponed or cancelled, with that event.

    As `pages_of`, from the side of the pages: as many queries for a hundred events that are off as for one.
    """
    wanted = set(page_ids)
    if not wanted:
        return {}
    off = Event.objects.filter(status__in=OFF)
    brought = PresentationMaterial.objects.filter(presentation__event__in=off, page__in=wanted)
    brought = brought.exclude(presentation__status=PresentationStatus.WITHDRAWN)
    pairs = set(brought.values_list("page_id", "presentation__event_id"))
    for documents in _documents.values():
        written = documents(off).filter(pk__in=wanted).order_by()
        pairs.update(written.values_list("pk", "event_id"))
    events = Event.objects.in_bulk({event for _page, event in pairs})
    return {page: events[event] for page, event in sorted(pairs, key=lambda pair: pair[1])}
