"""Which events the public may know of. Every public list, page, calendar and sitemap of events asks here."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.urls import reverse

from events.enums import PUBLIC_KINDS, Audience, Deadline, EventStatus
from events.models import Event, Window
from events.models.event import EventQuerySet

# What whoever wants to be heard has to keep to. What else staff enter is their own affair.
PUBLIC_DEADLINES = frozenset(
    {
        Deadline.SIGN_UP,
        Deadline.WRITTEN,
        Deadline.COPIES,
        Deadline.ACCOMMODATION,
        Deadline.RECORD_CLOSES,
        Deadline.COMMENT,
    }
)


def public_events(queryset: EventQuerySet | None = None) -> EventQuerySet:
    """Those of public bodies, once they are certain, and those that somebody chose to announce."""
    events = Event.objects.all() if queryset is None else queryset
    usual = Q(audience=Audience.USUAL, kind__in=PUBLIC_KINDS)
    return events.filter(usual | Q(audience=Audience.PUBLIC)).exclude(status=EventStatus.TENTATIVE)


def public_windows(queryset=None):
    """Deadlines that follow from a body's published rules, and comment periods. What staff entered by hand is theirs."""
    windows = Window.objects.all() if queryset is None else queryset
    published = Q(rule__isnull=False, what__in=PUBLIC_DEADLINES) | Q(what=Deadline.COMMENT)
    return windows.filter(published, closes_at__isnull=False, event__in=public_events())


def sitemap_addresses() -> list[tuple[str, dt.datetime | None]]:
    """For the sitemap: both lists, and each public event."""
    keys = public_events().order_by("-pk").values_list("pk", flat=True)
    return [
        (reverse("hearings:list"), None),
        (reverse("hearings:past"), None),
        *((reverse("hearings:event", args=[key]), None) for key in keys),
    ]
