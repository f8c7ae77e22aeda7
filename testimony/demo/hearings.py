"""Moves and cancels events of the demo as staff would, and gives its deadlines to somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from cms.models import User
from events.domain import moving
from events.domain.comment_periods import set_period
from events.domain.times import local_to_utc
from events.domain.window_changes import assign, mark_done
from events.enums import EventKind, NoticeKind
from events.models import Event
from testimony.demo.reader import table

OPEN_FOR = dt.timedelta(days=30)


def open_comment_periods(events: Mapping[str, Event]) -> None:
    """A period of thirty days, which closes at the moment of its event."""
    for event in events.values():
        if event.kind == EventKind.COMMENT_PERIOD and event.starts_at:
            set_period(event, opens_at=event.starts_at - OPEN_FOR)


def change_hearings(
    events: Mapping[str, Event], users: Mapping[str, User], day_of: Callable[[dict], dt.date]
) -> None:
    content = table("hearing_changes")
    by = users["approver"]
    for row in content["changes"]:
        event = events[row["event"]]
        told = {"by": by, "reason": row["reason"], "public_text": row["public_text"]}
        if row["kind"] == NoticeKind.CANCELLED:
            moving.cancel(event, **told)
            continue
        day = dt.datetime.combine(day_of(row), row["local_time"])
        starts_at = local_to_utc(day, event.timezone)
        moving.move(event, starts_at=starts_at, place=row["place"], **told)
    for row in content["responsible"]:
        for window in events[row["event"]].windows.filter(what=row["what"]):
            assign(window, by=by, responsible=users[row["account"]])
            if row["done"]:
                mark_done(window, by=by)
