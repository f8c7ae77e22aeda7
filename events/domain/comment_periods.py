"""Comment periods have no start, only a window. The moment they are listed by is when they close."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from events.enums import Deadline, EventKind
from events.models import Event, Window


def opening_of(event: Event) -> dt.datetime | None:
    """When the period opens, where that is known."""
    window = period_of(event)
    return window.opens_at if window else None


def period_of(event: Event) -> Window | None:
    """The window that was entered with the event itself, not by a rule of its body."""
    if event.pk is None or event.kind != EventKind.COMMENT_PERIOD:
        return None
    return event.windows.filter(what=Deadline.COMMENT, rule__isnull=True).order_by("pk").first()


@transaction.atomic
def end_period(event: Event) -> None:
    """`event` is no comment period any more: its window goes. What else was entered for comments asks to be checked."""
    windows = event.windows.filter(what=Deadline.COMMENT, rule__isnull=True).order_by("pk")
    if (period := windows.first()) is not None:
        period.delete()
        windows.filter(done_at__isnull=True).update(check_again=True)


@transaction.atomic
def set_period(event: Event, *, opens_at: dt.datetime | None) -> None:
    """Give the period its window, from `opens_at` until the moment of the event.

    Without a time of day there is no moment to count down to, hence no window. A body with a rule of its own
    for comments decides itself.
    """
    closes_at = None if event.is_all_day else event.starts_at
    window = period_of(event)
    ruled = event.windows.filter(what=Deadline.COMMENT, rule__isnull=False).exists()
    if closes_at is None or ruled:
        if window is not None:
            window.delete()
        return
    window = window or Window(event=event, what=Deadline.COMMENT)
    window.opens_at, window.closes_at = opens_at, closes_at
    window.overridden, window.check_again = True, False
    window.anchored_at = event.starts_at
    window.save()


def given_a_time(event: Event) -> None:
    """A period of which only the last day was known was moved to a moment: from now on there is a window."""
    if event.kind == EventKind.COMMENT_PERIOD and period_of(event) is None:
        set_period(event, opens_at=None)


def follow(event: Event) -> None:
    """The period of a docket that was moved closes at its new moment. A `post_save` handler calls this."""
    window = period_of(event)
    if window is None or event.starts_at is None or event.is_all_day:
        return
    if window.closes_at == event.starts_at and not window.check_again:
        return
    opens_at = window.opens_at if window.opens_at and window.opens_at < event.starts_at else None
    set_period(event, opens_at=opens_at)
