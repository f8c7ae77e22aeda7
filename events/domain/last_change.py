"""The newest thing that changed for one speaker, in words for that speaker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from events.domain.day_of import words_of
from events.domain.times import ago
from events.models import DayOfChange, EventNotice, Presentation


@dataclass(frozen=True)
class LastChange:
    at: dt.datetime
    words: str

    @property
    def ago(self) -> str:
        return ago(self.at)


def last_change(presentation: Presentation) -> LastChange | None:
    """None where nothing happened since the presentation was planned."""
    return max(_changes(presentation), key=lambda change: change.at, default=None)


def _changes(presentation: Presentation) -> Iterator[LastChange]:
    event = presentation.event
    mine = Q(presentation__isnull=True) | Q(presentation=presentation.pk)
    of_the_day = DayOfChange.objects.filter(mine, event=event).first()
    if of_the_day is not None:
        yield LastChange(of_the_day.at, words_of(of_the_day))
    notice = EventNotice.objects.filter(event=event).first()
    if notice is not None:
        yield LastChange(notice.at, notice.public_text or str(notice.get_kind_display()))
    entry = _entries(presentation).first()
    if entry is not None:
        yield LastChange(entry.timestamp, _said(entry.action))


def _entries(presentation: Presentation):
    entries = ModelLogEntry.objects.for_instance(presentation.event)
    wanted = [f"events.presentation.{verb}" for verb in ("change", "confirm", "withdraw")]
    return entries.filter(action__in=wanted, data__presentation=presentation.pk).order_by(
        "-timestamp", "-pk"
    )


def _said(action: str) -> str:
    if action.endswith("confirm"):
        return _("You are on the list of speakers.")
    if action.endswith("withdraw"):
        return _("You are no longer on the list of speakers.")
    return _("Your slot, your limit or your documents were changed.")
