"""Who did what to a presentation and when, read from the event's log."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from events.models import Event

PREFIX = "events."


@dataclass(frozen=True)
class Step:
    """One entry: the name of the action, by whom, when."""

    what: str
    by: str
    at: dt.datetime


def steps_of(event: Event) -> dict[int, list[Step]]:
    """By presentation, the first one first. One query."""
    entries = (
        ModelLogEntry.objects.for_instance(event)
        .filter(action__startswith=PREFIX)
        .select_related("user")
        .order_by("timestamp", "pk")
    )
    steps: dict[int, list[Step]] = defaultdict(list)
    for entry in entries:
        key = entry.data.get("presentation")
        if key is None:
            continue
        formatter = registry.get_formatter(entry)
        by = (entry.user.get_full_name() or entry.user.get_username()) if entry.user else ""
        what = str(formatter.label) if formatter else entry.action
        steps[key].append(Step(what, by, entry.timestamp))
    return steps
