"""What events and presentations offer to begin: testimony. Events show it without knowing documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.actions import (
    LooseDraft,
    register_event_action,
    register_loose_drafts,
    register_presentation_action,
)
from events.domain.arrangements import register_capacity_follower
from events.domain.documents import register_event_documents
from events.domain.vehicle_actions import VehicleLink, register_vehicle_action
from events.enums import EventKind, PresentationStatus
from events.importers.appearances import register_finder
from events.models import Event, Presentation, PresentationMaterial
from testimony.domain.capacity_changes import follow_capacity
from testimony.models import TestimonyPage
from testimony.permissions import may_add_documents


def for_speaker(presentation: Presentation) -> str:
    return gettext("New testimony for %(name)s") % {"name": presentation.speaker.name}


def written_for(events: Iterable[Event]) -> QuerySet:
    return TestimonyPage.objects.filter(event__in=events)


def _nobody_brings() -> QuerySet:
    """Drafts that were begun without a speaker, or whose speaker is not on the list."""
    materials = PresentationMaterial.objects.filter(
        page=OuterRef("pk"), presentation__event=OuterRef("event")
    )
    brought = materials.exclude(presentation__status=PresentationStatus.WITHDRAWN)
    drafts = TestimonyPage.objects.filter(live=False, source_key=None)
    return drafts.exclude(Exists(brought)).order_by("pk")


def some_loose() -> Exists:
    return Exists(_nobody_brings().filter(event=OuterRef("pk")))


def loose(event: Event) -> Iterator[LooseDraft]:
    rows = _nobody_brings().filter(event=event)
    for pk, title, who in rows.values_list("pk", "draft_title", "speaker__name"):
        yield LooseDraft(
            title=title,
            edit_url=reverse("wagtailadmin_pages:edit", args=[pk]),
            speaker_url=reverse("testimony:speaker", args=[pk]),
            who=who or "",
        )


def imported(key: str) -> TestimonyPage | None:
    """The testimony that an import knows by `key`."""
    return TestimonyPage.objects.filter(source_key=key).first()


def register() -> None:
    register_finder("testimony", imported)
    register_capacity_follower(follow_capacity)
    _register_buttons()
    register_event_documents("testimony", written_for)
    register_loose_drafts("testimony", loose, some_loose)


def _register_buttons() -> None:
    register_event_action(
        "new_testimony",
        _("New testimony"),
        lambda event: reverse("testimony:new", args=[event.pk]),
        permission=may_add_documents,
        icon="plus",
        order=10,
        post=True,
        suits=lambda event: event.kind != EventKind.COMMENT_PERIOD and not event.is_off,
    )
    register_event_action(
        "new_comment",
        _("New public comment"),
        lambda event: reverse("testimony:new_comment_in", args=[event.pk]),
        permission=may_add_documents,
        order=10,
        suits=lambda event: event.kind == EventKind.COMMENT_PERIOD and not event.is_off,
    )
    comment = VehicleLink(
        label=_("New public comment"),
        url=lambda vehicle: reverse("testimony:new_comment", args=[vehicle.pk]),
        suits=lambda vehicle: vehicle.is_docket,
        permitted=may_add_documents,
    )
    register_vehicle_action("new_comment", comment)
    register_presentation_action(
        "new_testimony",
        for_speaker,
        lambda presentation: reverse("testimony:new_for", args=[presentation.pk]),
        permission=may_add_documents,
    )
