"""What stands in a calendar: events, and the moments at which windows close."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.domain.visibility import default_site
from events.domain.visibility import public_events, public_windows
from events.enums import Deadline, EventKind, EventStatus, NoticeKind, PresentationStatus
from events.models import CalendarRevision, Event, EventNotice, Window
from events.models.event import EventQuerySet

KEPT = dt.timedelta(days=90)  # what is past stays so long: whoever looks back finds it
# What is farther away is a slip of the hand, and its zone would have thousands of changes of clocks in the file.
FARTHEST = dt.timedelta(days=3653)


@dataclass(frozen=True)
class Entry:
    """`key` is for ever; `starts` is an aware moment, whose zone is named by `zone`, or a day."""

    key: str
    starts: dt.datetime | dt.date
    zone: str
    summary: str
    state: str  # "confirmed", "tentative" or "cancelled"
    place: str = ""
    url: str = ""
    description: str = ""
    category: str = ""

    @property
    def digest(self) -> str:
        """Of all that a reader sees."""
        said = {**asdict(self), "starts": self.starts.isoformat()}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def public_entries() -> list[Entry]:
    """Public events and the moments at which comments close."""
    events = _recent(public_events())
    windows = public_windows().filter(what=Deadline.COMMENT)
    return _entries(events, windows, own=False)


def all_entries() -> list[Entry]:
    """Everything that staff see."""
    return _entries(_recent(Event.objects.all()), Window.objects.all(), own=True)


def entries_of(user) -> list[Entry]:
    """Where `user` speaks, and what `user` is responsible for."""
    speaks = Q(presentations__speaker__user=user) & ~Q(
        presentations__status=PresentationStatus.WITHDRAWN
    )
    at = Event.objects.filter(speaks).values("pk")
    mine = Window.objects.filter(responsible=user)
    events = Event.objects.filter(Q(pk__in=at) | Q(pk__in=mine.values("event")))
    windows = Window.objects.filter(Q(event__in=at) | Q(responsible=user))
    return _entries(_recent(events), windows, own=True)


def _recent(events: EventQuerySet) -> EventQuerySet:
    return (
        events.filter(starts_at__range=_shown())
        .select_related("body", "vehicle")
        .prefetch_related(Prefetch("notices", to_attr="all_notices"))
        .order_by("starts_at", "pk")
    )


def _shown() -> tuple[dt.datetime, dt.datetime]:
    now = timezone.now()
    return now - KEPT, now + FARTHEST


def _entries(events: Iterable[Event], windows: QuerySet[Window], *, own: bool) -> list[Entry]:
    site = default_site()
    root = site.root_url if site else ""
    known = _known_days("staff" if own else "public")
    found = []
    for event in events:
        days = list(_of_event(event, root, own=own))
        found += days + _dropped(event, days, known.get(event.pk, ()))
    rows = windows.filter(closes_at__range=_shown()).select_related("event__body")
    found += [
        _of_window(window, root, own=own)
        for window in rows.order_by("closes_at", "pk")
        # The entry of a comment period is its closing.
        if not (
            window.event.kind == EventKind.COMMENT_PERIOD
            and window.closes_at == window.event.starts_at
        )
    ]
    return found


def _of_event(event: Event, root: str, *, own: bool) -> Iterator[Entry]:
    """One for each of its days. The first keeps the key of the event, so that a second day changes nothing for it."""
    starts = event.local_starts
    for number, start in enumerate(starts, 1):
        title = event.title
        if event.kind == EventKind.COMMENT_PERIOD:
            title = _("Comments close: %(title)s") % {"title": title}
        yield Entry(
            key=f"event-{event.pk}" if number == 1 else f"event-{event.pk}-day-{number}",
            starts=start.date() if event.is_all_day else start,
            zone=event.timezone,
            summary=_summary(event, day_of_several(title, number, len(starts))),
            state=_state(event),
            place=" – ".join(filter(None, [event.place, event.video_url if own else ""])),
            url=_url(event, root, own=own),
            description=_description(event, own=own),
            category=str(event.get_kind_display()),
        )


def _known_days(calendar: str) -> dict[int, list[int]]:
    """By event, the numbers of its second and later days that `calendar` has ever named."""
    rows = CalendarRevision.objects.filter(key__startswith=f"{calendar}:event-")
    found: dict[int, list[int]] = {}
    for key in rows.filter(key__contains="-day-").order_by("pk").values_list("key", flat=True):
        event, _between, number = key.removeprefix(f"{calendar}:event-").partition("-day-")
        found.setdefault(int(event), []).append(int(number))
    return found


def _dropped(event: Event, days: list[Entry], known: Iterable[int]) -> list[Entry]:
    """Days that the event has no more: who imported them keeps each until it is canceled under its own key."""
    start = event.local_start
    if start is None or not days:
        return []
    gone = []
    for number in sorted(it for it in known if it > len(days)):
        day = start + dt.timedelta(days=number - 1)
        title = _("%(title)s (day %(number)d)") % {"title": event.title, "number": number}
        gone.append(
            replace(
                days[0],
                key=f"event-{event.pk}-day-{number}",
                starts=day.date() if event.is_all_day else day,
                summary=_("Canceled: %(title)s") % {"title": title},
                state="cancelled",
            )
        )
    return gone


def day_of_several(title: str, number: int, count: int) -> str:
    """ "Hearing (day 2 of 3)"; of one day, the title as it is."""
    if count < 2:
        return title
    return _("%(title)s (day %(number)d of %(count)d)") % {
        "title": title,
        "number": number,
        "count": count,
    }


def _of_window(window: Window, root: str, *, own: bool) -> Entry:
    event = window.event
    assert window.closes_at is not None  # asked for by `_entries`
    title = _("%(what)s (deadline): %(title)s") % {"what": window.name, "title": event.title}
    if own and window.done_at:
        title = _("Done: %(title)s") % {"title": title}
    return Entry(
        key=f"window-{window.pk}",
        starts=window.closes_at,
        zone=event.body.timezone if event.body else event.timezone,
        summary=_summary(event, title),
        state=_state(event),
        url=_url(event, root, own=own),
        category=_("Deadline"),
    )


def _summary(event: Event, title: str) -> str:
    if event.status == EventStatus.CANCELLED:
        return _("Canceled: %(title)s") % {"title": title}
    if event.status == EventStatus.POSTPONED:
        return _("Postponed: %(title)s") % {"title": title}
    return title


def _state(event: Event) -> str:
    """A postponed event does not take place at the time that still stands there."""
    if event.is_off:
        return "cancelled"
    return "tentative" if event.status == EventStatus.TENTATIVE else "confirmed"


def _url(event: Event, root: str, *, own: bool) -> str:
    name = "events:room" if own else "hearings:event"
    return root + reverse(name, args=[event.pk])


def _description(event: Event, *, own: bool) -> str:
    lines = [str(event.body) if event.body else ""]
    if event.vehicle:
        lines.append(f"{event.vehicle.identifier}: {event.vehicle.title}".rstrip(": "))
    if event.until:
        lines.append(_("Lasts until %(day)s.") % {"day": event.until})
    # The newest alone: it ends what an earlier one said, also without words of its own.
    newest: list[EventNotice] = event.all_notices[:1]  # type: ignore[attr-defined]  # prefetched
    lines += [it.public_text for it in newest if it.kind != NoticeKind.REINSTATED]
    if not own:
        lines.append(
            _("We are not the body that holds it. Its own notice decides, and may change.")
        )
    return "\n".join(filter(None, lines))
