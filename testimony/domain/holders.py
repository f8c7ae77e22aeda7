"""The documents and answers that name a speaker, an event, a vehicle or an organization, and keep it."""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet
from django.utils.translation import ngettext
from wagtail.models import Page

from cms.models import Organization, Person
from events.domain.holders import register_holder
from events.models import Event, Vehicle
from testimony.models import FactSheetPage, PreferredTerm, TalkingPoint, TestimonyPage


def documents(count: int) -> str:
    return ngettext("%(count)d document", "%(count)d documents", count) % {"count": count}


def points(count: int) -> str:
    words = ngettext("%(count)d talking point", "%(count)d talking points", count)
    return words % {"count": count}


def terms(count: int) -> str:
    words = ngettext("%(count)d preferred term", "%(count)d preferred terms", count)
    return words % {"count": count}


def _of_person(person: Model) -> QuerySet[Page]:
    said = TestimonyPage.objects.filter(Q(speaker=person) | Q(contact=person))
    return _pages(said, FactSheetPage.objects.filter(contact=person))


def _at_event(event: Model) -> QuerySet[Page]:
    return _pages(TestimonyPage.objects.filter(event=event))


def _about_vehicle(vehicle: Model) -> QuerySet[Page]:
    said = TestimonyPage.objects.filter(vehicle=vehicle)
    return _pages(said, FactSheetPage.objects.filter(vehicle=vehicle))


def _pages(*found: QuerySet) -> QuerySet[Page]:
    """As plain pages: counting and naming them reads no text."""
    chosen = Q(pk__in=())
    for rows in found:
        chosen |= Q(pk__in=rows.order_by().values("pk"))
    return Page.objects.filter(chosen)


def register() -> None:
    """Called once, in `AppConfig.ready()`."""
    register_holder(Person, _of_person, documents)
    register_holder(Person, lambda it: TalkingPoint.objects.filter(follow_up=it.pk), points)
    register_holder(Event, _at_event, documents)
    register_holder(Vehicle, _about_vehicle, documents)
    register_holder(Organization, lambda it: PreferredTerm.objects.filter(asked_by=it.pk), terms)
