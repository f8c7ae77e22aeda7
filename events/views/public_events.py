"""Events for the public: what is coming, and how to be heard there."""

from __future__ import annotations

import math
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from wagtail.models import Page

from cms.domain.visibility import public_pages
from cms.views.public import SECONDS, cacheable
from cms.zones import UNITED_STATES
from events.domain.being_heard import BeingHeard, being_heard, moment, still_open
from events.domain.documents import event_documents
from events.domain.visibility import public_events
from events.enums import EventKind, NoticeKind
from events.models import Event, EventNotice
from events.models.event import still_to_come

ON_A_PAGE = 50


def event_list(request: HttpRequest) -> HttpResponse:
    """What is still to come, soonest first; what was moved or called off stays until its day is over."""
    events = public_events().filter(still_to_come()).coming_first().with_place()
    pages = Paginator(events, ON_A_PAGE)
    wanted = request.GET.get("p", "1")
    if not wanted.isdecimal() or not 1 <= int(wanted[:6]) <= pages.num_pages:
        raise Http404
    page = pages.page(int(wanted[:6]))
    shown = list(page.object_list)
    open_now = still_open(shown)
    for event in shown:
        event.is_open_now = event.pk in open_now
    context = {
        "events": shown,
        "page_number": page.number,
        "page_count": pages.num_pages,
        "previous": page.previous_page_number() if page.has_previous() else None,
        "next": page.next_page_number() if page.has_next() else None,
    }
    return cacheable(request, render(request, "events/public/list.html", context))


def event_page(request: HttpRequest, pk: str) -> HttpResponse:
    """One event. What is not public is as if it were not there."""
    event = get_object_or_404(
        public_events()
        .select_related("body", "vehicle", "press_contact__organization", "advisory", "host")
        .prefetch_related(Prefetch("notices", to_attr="all_notices")),
        pk=pk,
    )
    zone = request.GET.get("zone", "")
    zone = zone if zone in UNITED_STATES else ""
    heard = being_heard(event, reader_zone=zone)
    notice = _notice(event)
    context = {
        "event": event,
        "heard": heard,
        "when": _when(event, zone),
        "notice": notice,
        "was": _was(event, notice),
        "documents": _documents(event, request),
        "advisory_url": _advisory(event, request),
        "zones": UNITED_STATES.items(),
        "zone": zone,
        "is_comment_period": event.kind == EventKind.COMMENT_PERIOD,
        "has_begun": not event.is_to_come,
    }
    response = render(request, "events/public/event.html", context)
    return cacheable(request, response, seconds=_lifetime(heard))


def _lifetime(heard: BeingHeard) -> int:
    """Seconds a cache may keep the page: never past the minute at which something opens or closes."""
    if heard.next_change is None:
        return SECONDS
    return max(0, min(SECONDS, math.floor((heard.next_change - timezone.now()).total_seconds())))


def _when(event: Event, zone: str) -> dict[str, Any]:
    if event.starts_at is None:
        return {}
    if event.is_all_day:
        return {"official": event.when}
    said = moment(event.starts_at, event.timezone, zone)
    return {"at": said.at, "official": said.official, "elsewhere": said.elsewhere}


def _notice(event: Event) -> EventNotice | None:
    """The newest of all: what an earlier one said holds no longer, whether or not there are new words."""
    newest: list[EventNotice] = event.all_notices[:1]  # type: ignore[attr-defined]  # prefetched
    if not newest or (newest[0].kind == NoticeKind.REINSTATED and not newest[0].public_text):
        return None
    return newest[0]


def _was(event: Event, notice: EventNotice | None) -> str:
    """When it was to be, where that is not when it is now."""
    if notice is None or notice.kind == NoticeKind.REINSTATED:
        return ""
    return notice.old_when if event.is_off or notice.old_when != event.when else ""


def _documents(event: Event, request: HttpRequest) -> list[dict[str, str]]:
    """What was published for this event."""
    own = Q()
    for ids in event_documents(event):
        own |= Q(pk__in=ids)
    if not own:
        return []
    pages = public_pages(Page.objects.filter(own)).order_by("title", "pk")[:ON_A_PAGE]
    return [{"title": page.title, "url": page.get_url(request) or ""} for page in pages]


def _advisory(event: Event, request: HttpRequest) -> str:
    if event.advisory_id is None:
        return ""
    page = public_pages(Page.objects.filter(pk=event.advisory_id)).first()
    return (page.get_url(request) or "") if page else ""
