"""What may still be done at an event that is postponed or cancelled: read, print, and say that it takes place after all."""

from __future__ import annotations

from django.utils.translation import gettext as _

from events.domain.errors import PresentationRefused
from events.enums import EventStatus
from events.models import Event


def off_words(event: Event) -> str:
    """Why the page of an event offers so little; empty while it takes place."""
    if event.status == EventStatus.CANCELLED:
        return _(
            "This event is canceled: nothing is written, confirmed, filed or sent for it any more. "
            "What there is can be read and printed."
        )
    if event.status == EventStatus.POSTPONED:
        return _(
            "This event is postponed: nothing is written, confirmed, filed or sent for it until it has its new "
            "date. What there is can be read and printed."
        )
    return ""


def may_be_planned(event: Event) -> bool:
    """Who speaks is kept in order also while a new date is awaited; after a cancellation there is no list."""
    return event.status != EventStatus.CANCELLED


def check_takes_place(event: Event) -> None:
    """Raise PresentationRefused, in words, where the event is off."""
    if event.is_off:
        raise PresentationRefused(off_words(event))


def check_planned(event: Event) -> None:
    """Raise PresentationRefused, in words, where nobody will ever speak."""
    if not may_be_planned(event):
        raise PresentationRefused(off_words(event))
