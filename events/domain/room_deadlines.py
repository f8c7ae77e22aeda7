"""What the page of an event shows of its deadlines, of its last change, and of what that asks of documents."""

from __future__ import annotations

from dataclasses import dataclass

from events.domain.announcing import untold
from events.domain.board import Entry, entries
from events.domain.moving import current_notice, is_cancelled, may_change
from events.domain.releases import is_held, marks_of
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
    gone = is_cancelled(event)
    marks = marks_of(event)
    return RoomDeadlines(
        entries=entries(listed),
        notice=notice,
        untold=untold(notice) if notice else "",
        # Nobody checks what is handed in nowhere; that a release is held is worth knowing all the same.
        marks=[mark for mark in marks if is_held(mark)] if gone else marks,
        may_change=may_change(event, user) and not gone,
    )
