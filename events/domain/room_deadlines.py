"""What the page of an event shows of its deadlines, of its last change, and of what that asks of documents."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.announcing import untold
from events.domain.board import Entry, entries
from events.domain.moving import current_notice, may_change
from events.domain.releases import marks_of
from events.models import AffectedDocument, Event, EventNotice, Window


@dataclass(frozen=True)
class RoomDeadlines:
    """What the page of an event shows of its deadlines and of its last change."""

    entries: list[Entry]
    notice: EventNotice | None
    untold: str
    marks: list[AffectedDocument]
    may_change: bool


def room_deadlines(event: Event, user) -> RoomDeadlines:
    """Queries do not grow with the deadlines, the documents or the speakers."""
    windows = Window.objects.filter(event=event).select_related("rule", "responsible")
    listed = list(windows.overdue_first())
    for window in listed:
        window.event = event
    notice = current_notice(event)
    return RoomDeadlines(
        entries=entries(listed),
        notice=notice,
        untold=untold(notice) if notice else "",
        marks=marks_of(event),
        may_change=may_change(event, user),
    )
