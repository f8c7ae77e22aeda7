"""Events for the public: what is coming, how to be heard there, and what is past with what was said there."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from wagtail.models import Page

from cms.domain.visibility import public_pages
from cms.views.public import SECONDS, cacheable
from cms.zones import UNITED_STATES
from events.domain.being_heard import BeingHeard, being_heard, moment, still_open
from events.domain.documents import published_for
from events.domain.visibility import public_events
from events.enums import EventKind, EventStatus, NoticeKind
from events.models import Event, EventNotice
from events.models.event import EventQuerySet, still_to_come

ON_A_PAGE = 50
# So long after its old date a postponed event still waits for a new one.
WAITS = dt.timedelta(days=365)


def event_list(request: HttpRequest) -> HttpResponse:
    """What is still to come, soonest first; what was moved or canceled stays until its day is over. What is postponed
    without a new date comes last."""
    events = public_events().filter(_coming()).coming_first()
    page = _page_of(events, request)
    open_now = still_open(page.object_list)
    for event in page.object_list:
        event.is_open_now = event.pk in open_now
        event.mark = mark_of(event)
    return _list(request, "events/public/list.html", page)


def past_list(request: HttpRequest) -> HttpResponse:
    """What is over, newest first, each with what was published for it."""
    events = public_events().exclude(_coming())
    page = _page_of(events.order_by(F("starts_at").desc(nulls_last=True), "-pk"), request)
    published = published_for(page.object_list)
    for event in page.object_list:
        event.mark = mark_of(event)
        event.said = published.get(event.pk, ())
    return _list(request, "events/public/past.html", page)


def _coming() -> Q:
    """For both lists: each event stands in one of them. Nobody spoke at what was postponed."""
    return still_to_come() | Q(status=EventStatus.POSTPONED, starts_at__gte=timezone.now() - WAITS)


def _page_of(events: EventQuerySet, request: HttpRequest) -> Any:
    """The page of the list that is asked for. Raises Http404 where there is none."""
    shown = events.with_place().prefetch_related(Prefetch("notices", to_attr="all_notices"))
    pages = Paginator(shown, ON_A_PAGE)
    wanted = request.GET.get("p", "1")
    if not wanted.isdecimal() or not 1 <= int(wanted[:6]) <= pages.num_pages:
        raise Http404
    page = pages.page(int(wanted[:6]))
    page.object_list = list(page.object_list)
    return page


def _list(request: HttpRequest, template: str, page: Any) -> HttpResponse:
    context = {
        "events": page.object_list,
        "page_count": page.paginator.num_pages,
        "previous": page.previous_page_number() if page.has_previous() else None,
        "next": page.next_page_number() if page.has_next() else None,
    }
    return cacheable(request, render(request, template, context))


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
        "old_place": _old_place(event, notice),
        "documents": published_for([event]).get(event.pk, ()),
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
    """When it was to be, where that is not when it is now. What is called off says so itself."""
    if notice is None or notice.kind == NoticeKind.REINSTATED or event.is_off:
        return ""
    return notice.old_when if notice.old_when != event.when else ""


def _old_place(event: Event, notice: EventNotice | None) -> str:
    """Where it was to be, where it is moved to another place."""
    if notice is None or notice.kind != NoticeKind.MOVED or notice.old_place == event.place:
        return ""
    return notice.old_place


def mark_of(event: Event) -> str:
    """What a list says first of an event that is not as it was announced; "" for all others."""
    if event.is_off:
        return str(event.get_status_display())
    notice = _notice(event)
    moved = notice is not None and notice.kind == NoticeKind.MOVED and event.is_to_come
    return str(NoticeKind.MOVED.label) if moved else ""


def _advisory(event: Event, request: HttpRequest) -> str:
    if event.advisory_id is None:
        return ""
    page = public_pages(Page.objects.filter(pk=event.advisory_id)).first()
    return (page.get_url(request) or "") if page else ""
