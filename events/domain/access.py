"""Which events, presentations and records a person may see: staff all, speakers their own, the public what
stands on public pages."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from cms.domain.visibility import is_public
from events.models import Event, Presentation, Record
from events.models.event import EventQuerySet
from events.models.presentation import PresentationQuerySet
from events.permissions import VIEW_EVENT, VIEW_RECORD

HAS_APPEARANCES = "_has_appearances"


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


def record_is_public(record: Record) -> bool:
    """As public as its page; never when it was frozen as a draft, or does not say (from `marked()`)."""
    return record.is_draft is False and is_public(record.page)


def may_see_record(user, record: Record) -> bool:
    """Staff and the speaker, also while the public may not."""
    if not user.is_authenticated:
        return False
    if user.has_perm(VIEW_RECORD):
        return True
    return visible_presentations(user).filter(pk=record.presentation_id).exists()


def appearances_of_members() -> Exists:
    """Yes or no of each member: for `cms.domain.admin_frame`, since a menu asks on every page."""
    return Exists(Presentation.objects.filter(speaker__user=OuterRef("pk")).order_by())


def has_appearances(user) -> bool:
    """True for those who speak, or will. Kept on the user, since a menu asks more than once."""
    if not hasattr(user, HAS_APPEARANCES):
        own = Presentation.objects.filter(speaker__user_id=user.pk)
        setattr(user, HAS_APPEARANCES, own.exists())
    return getattr(user, HAS_APPEARANCES)
