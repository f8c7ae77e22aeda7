"""Where presentations and records are found in the admin: usage pages and reports link there."""

from __future__ import annotations

from django.urls import reverse

from events.domain.access import sees_everything
from events.models import Presentation, Record


class PresentationURLFinder:
    def __init__(self, user=None) -> None:
        self.user = user

    def get_edit_url(self, instance: Presentation) -> str | None:
        if self.user is not None and not sees_everything(self.user):
            return None
        return reverse("events:room", args=[instance.event_id])


class RecordURLFinder(PresentationURLFinder):
    def get_edit_url(self, instance: Record) -> str | None:
        return super().get_edit_url(instance.presentation)
