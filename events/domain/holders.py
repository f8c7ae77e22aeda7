"""What holds a vehicle, a body, a person, an event or an organization, and so keeps it from being deleted.

Upper packages register what holds them there. Parts go with their whole and hold nothing: versions and steps of
a vehicle, rules of a body, deadlines of an event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.models import Organization, Person
from events.enums import PositionStatus
from events.models import Body, Event, Position, Presentation, Vehicle, Window

NAMED = 2  # enough to find the rest in its list


@dataclass(frozen=True)
class Holder:
    """`find` gives the rows that hold an object of `model`, `counted` says how many there are."""

    model: type[Model]
    find: Callable[[Model], QuerySet]
    counted: Callable[[int], str]


_holders: list[Holder] = []


def register_holder(
    model: type[Model], find: Callable[[Model], QuerySet], counted: Callable[[int], str]
) -> None:
    """Called in `AppConfig.ready()`."""
    _holders.append(Holder(model, find, counted))


def held_by(item: Model) -> list[str]:
    """In words, with the first names: "2 events (Hearing on HB 7; Vote on HB 7)". Empty when nothing holds it."""
    return list(_held(item))


def _held(item: Model) -> Iterator[str]:
    for holder in _holders:
        if isinstance(item, holder.model):
            rows = holder.find(item)
            if count := rows.count():
                names = [str(row) for row in rows.order_by("-pk")[:NAMED]]
                more = ["…"] if count > NAMED else []
                yield f"{holder.counted(count)} ({'; '.join([*names, *more])})"


def why_held(item: Model) -> list[str]:
    """One sentence and what to do instead, or nothing."""
    held = held_by(item)
    if not held:
        return []
    words = _("“%(item)s” cannot be deleted, because it is used: %(uses)s.")
    return [f"{words % {'item': item, 'uses': ', '.join(held)}} {_instead(item)}".strip()]


def _instead(item: Model) -> str:
    if isinstance(item, Vehicle):
        return _("Keep it, and enter its outcome when it is over.")
    if isinstance(item, Event):
        return _("Use “Cancel event…” on its page instead.")
    if isinstance(item, Body):
        return _("Change its name, or move these to another body first.")
    return _("Correct it, or put another one in its place there first.")


def positions_on_record(vehicle: Model) -> QuerySet[Position]:
    """Without what only the column of a vehicle said, and nobody by name."""
    nobodys = Q(status=PositionStatus.PROPOSED, recorded_by=None, override_at=None)
    return Position.objects.filter(vehicle=vehicle.pk).exclude(nobodys).select_related("vehicle")


def positions(count: int) -> str:
    return ngettext("%(count)d position", "%(count)d positions", count) % {"count": count}


def events(count: int) -> str:
    return ngettext("%(count)d event", "%(count)d events", count) % {"count": count}


def vehicles(count: int) -> str:
    return ngettext("%(count)d bill or rule", "%(count)d bills or rules", count) % {"count": count}


def windows(count: int) -> str:
    return ngettext("%(count)d deadline", "%(count)d deadlines", count) % {"count": count}


def people(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def presentations(count: int) -> str:
    words = ngettext("%(count)d presentation", "%(count)d presentations", count)
    return words % {"count": count}


def register() -> None:
    """Called once, in `AppConfig.ready()`. What speaks or is said at an event has sentences of its own in `deletion`."""
    register_holder(Vehicle, positions_on_record, positions)
    register_holder(Vehicle, lambda it: Event.objects.filter(vehicle=it.pk), events)
    register_holder(Body, lambda it: Event.objects.filter(body=it.pk), events)
    register_holder(Body, lambda it: Vehicle.objects.filter(body=it.pk), vehicles)
    # An event that moved to another body keeps the deadlines that this one's rules gave it.
    register_holder(Body, _deadlines_of, windows)
    register_holder(Person, lambda it: Event.objects.filter(press_contact=it.pk), events)
    register_holder(Organization, lambda it: Person.objects.filter(organization=it.pk), people)
    register_holder(Organization, lambda it: Event.objects.filter(host=it.pk), events)
    register_holder(Organization, _partnerships, presentations)


def _deadlines_of(body: Model) -> QuerySet[Window]:
    return Window.objects.filter(rule__body=body.pk).select_related("event", "rule")


def _partnerships(organization: Model) -> QuerySet[Presentation]:
    rows = Presentation.objects.filter(partner=organization.pk)
    return rows.select_related("speaker", "event")
