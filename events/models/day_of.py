"""What changed at the door of the room: kept beside the presentations, so that a speaker sees what is new."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import DayOfKind
from events.models.event import Event
from events.models.presentation import Presentation


class DayOfChange(models.Model):
    """Written by `events.domain.day_of` only. Without a presentation it holds for everybody who speaks."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="day_of_changes")
    presentation = models.ForeignKey(
        Presentation, null=True, on_delete=models.CASCADE, related_name="day_of_changes"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=DayOfKind.choices)
    limit_seconds = models.PositiveIntegerField(_("limit"), null=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    class Meta:
        verbose_name = _("change on the day")
        verbose_name_plural = _("changes on the day")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.event}"
