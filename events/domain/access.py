"""Which events and presentations a person may see in the admin: staff all, speakers their own."""

from __future__ import annotations

from events.models import Event, Presentation
from events.models.event import EventQuerySet
from events.models.presentation import PresentationQuerySet
from events.permissions import VIEW_EVENT


def sees_everything(user) -> bool:
    return user.has_perm(VIEW_EVENT)


def visible_presentations(user) -> PresentationQuerySet:
    """Staff see all; anybody else those in which they are the speaker."""
    if sees_everything(user):
        return Presentation.objects.all()
    return Presentation.objects.filter(speaker__user_id=user.pk)


def visible_events(user) -> EventQuerySet:
    if sees_everything(user):
        return Event.objects.all()
    return Event.objects.filter(pk__in=visible_presentations(user).values("event_id"))


def has_appearances(user) -> bool:
    """True for those who speak, or will. Kept on the user, since a menu asks more than once."""
    if not hasattr(user, "_has_appearances"):
        own = Presentation.objects.filter(speaker__user_id=user.pk)
        user._has_appearances = own.exists()
    return user._has_appearances
