"""Where one speaker is wanted twice at the same time, and how much each has to do.

How long an event lasts is not known: without a slot a speaker is taken to be bound for two hours from its start.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.enums import OFF
from events.models import Event, Presentation

BOUND = dt.timedelta(hours=2)
IN_A_SLOT = dt.timedelta(minutes=15)
WEEK = dt.timedelta(days=7)
RECENT = dt.timedelta(days=1)


@dataclass(frozen=True)
class Burden:
    """What else the speaker of a presentation has still to do. `near`: how many of `others` lie within a week of its
    event."""

    clashes: tuple[str, ...] = ()
    others: int = 0
    near: int = 0

    @property
    def words(self) -> str:
        """Empty for somebody who speaks only here."""
        if not self.others:
            return ""
        words = ngettext(
            "%(count)d other appearance to come",
            "%(count)d other appearances to come",
            self.others,
        )
        said = words % {"count": self.others}
        if not self.near:
            return said
        if self.near == self.others:
            return _("%(appearances)s, within a week of this one") % {"appearances": said}
        words = _("%(appearances)s, %(near)d of them within a week of this one")
        return words % {"appearances": said, "near": self.near}


def commitments(
    speakers: Iterable[int], *, also: Sequence[str] = ()
) -> dict[int, list[Presentation]]:
    """What these people have still to come, by speaker, soonest first: one query, which reads `also` besides."""
    still = Q(event__starts_at__gte=timezone.now() - RECENT) | Q(event__starts_at__isnull=True)
    found = (
        Presentation.objects.open()
        .filter(still, speaker__in=set(speakers))
        .exclude(event__status__in=OFF)
        .select_related("event", *also)
        .order_by("event__starts_at", "pk")
    )
    by_speaker: dict[int, list[Presentation]] = defaultdict(list)
    for presentation in found:
        by_speaker[presentation.speaker_id].append(presentation)
    return by_speaker


def burdens_of(presentations: Sequence[Presentation]) -> dict[int, Burden]:
    """By primary key; their events should be read already. One query, however many they are."""
    still_open = [item for item in presentations if item.is_open]
    known = commitments(item.speaker_id for item in still_open) if still_open else {}
    return {item.pk: burden_of(item, known.get(item.speaker_id, [])) for item in still_open}


def burden_of(presentation: Presentation, all_of_speaker: Sequence[Presentation]) -> Burden:
    others = [item for item in all_of_speaker if item.pk != presentation.pk]
    held = presentation.event.status not in OFF
    clashes = tuple(
        words for item in others if held and (words := clash_between(presentation, item))
    )
    ahead = [item for item in others if item.event.is_to_come]
    near = sum(_near(presentation, item) for item in ahead)
    return Burden(clashes=clashes, others=len(ahead), near=near)


def clash_between(this: Presentation, other: Presentation) -> str:
    """In words that name the other one; empty where both can be done."""
    mine, theirs = span_of(this), span_of(other)
    if mine and theirs:
        if this.event_id == other.event_id and not (this.slot_at and other.slot_at):
            return ""  # twice on one list, one after the other
        if mine[0] < theirs[1] and theirs[0] < mine[1]:
            return _("Also speaks at “%(title)s”, %(when)s.") % {
                "title": other.event.title,
                "when": when_there(other, this.event),
            }
        return ""
    day, other_day = this.event.local_date, other.event.local_date
    if this.event_id != other.event_id and day is not None and day == other_day:
        return _("Also speaks on the same day, at an hour that is not known: “%(title)s”.") % {
            "title": other.event.title
        }
    return ""


def span_of(presentation: Presentation) -> tuple[dt.datetime, dt.datetime] | None:
    """From when until when the speaker is bound; None where no hour is known."""
    event = presentation.event
    if presentation.slot_at is not None:
        limit = dt.timedelta(seconds=presentation.limit_seconds or 0)
        return presentation.slot_at, presentation.slot_at + max(limit, IN_A_SLOT)
    if event.starts_at is None or event.is_all_day:
        return None
    return event.starts_at, event.starts_at + BOUND


def when_there(other: Presentation, here: Event) -> str:
    """When the other one is, by its own clock and, where that differs, by the clock here."""
    said = other.slot or other.event.when
    moment = other.starts_at
    if moment is None or other.event.timezone == here.timezone:
        return said
    local = moment.astimezone(zoneinfo.ZoneInfo(here.timezone))
    if local.utcoffset() == moment.astimezone(zoneinfo.ZoneInfo(other.event.timezone)).utcoffset():
        return said
    clock = f"{formats.time_format(local.time(), 'TIME_FORMAT')} {local.tzname()}"
    return _("%(there)s (%(here)s here)") % {"there": said, "here": clock}


def _near(this: Presentation, other: Presentation) -> bool:
    one, two = this.starts_at, other.starts_at
    return one is not None and two is not None and abs(one - two) <= WEEK
