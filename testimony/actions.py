"""What events and presentations offer to begin: testimony. Events show it without knowing documents."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.actions import (
    register_event_action,
    register_event_documents,
    register_presentation_action,
)
from events.models import Event, Presentation
from testimony.models import TestimonyPage
from testimony.permissions import may_add_documents


def for_speaker(presentation: Presentation) -> str:
    return gettext("New testimony for %(name)s") % {"name": presentation.speaker.name}


def written_for(event: Event) -> QuerySet:
    return TestimonyPage.objects.filter(event=event).order_by().values("pk")


def register() -> None:
    register_event_action(
        "new_testimony",
        _("New testimony"),
        lambda event: reverse("testimony:new", args=[event.pk]),
        permission=may_add_documents,
        icon="plus",
        order=10,
        post=True,
    )
    register_presentation_action(
        "new_testimony",
        for_speaker,
        lambda presentation: reverse("testimony:new_for", args=[presentation.pk]),
        permission=may_add_documents,
    )
    register_event_documents("testimony", written_for)
