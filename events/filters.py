"""Filters of the lists in the admin."""

from __future__ import annotations

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from events.enums import EventKind, EventStatus, PositionStatus, Stance
from events.models import Agenda, Body, Event, Position, Vehicle
from events.models.event import EventQuerySet, still_to_come

UPCOMING, EARLIER = "upcoming", "earlier"


class EventFilterSet(WagtailFilterSet):
    when = django_filters.ChoiceFilter(
        label=_("When"),
        method="filter_when",
        choices=[(UPCOMING, _("Coming")), (EARLIER, _("Past"))],
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=EventKind.choices)
    body = django_filters.ModelChoiceFilter(label=_("Body"), queryset=Body.objects.all())
    status = django_filters.ChoiceFilter(label=_("Status"), choices=EventStatus.choices)

    class Meta:
        model = Event
        fields = ["when", "kind", "body", "status"]

    def filter_when(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        coming = Event.objects.filter(still_to_come()).order_by().values("pk")
        if value == UPCOMING:
            return queryset.filter(pk__in=coming)
        return queryset.exclude(pk__in=coming)


class PositionFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(label=_("Status"), choices=PositionStatus.choices)
    stance = django_filters.ChoiceFilter(label=_("Position"), choices=Stance.choices)
    vehicle = django_filters.ModelChoiceFilter(
        label=_("Bill or rule"), queryset=Vehicle.objects.all()
    )
    agenda = django_filters.ModelChoiceFilter(
        label=_("Agenda"), field_name="plank__agenda", queryset=Agenda.objects.all()
    )

    class Meta:
        model = Position
        fields = ["status", "stance", "vehicle", "agenda"]
