"""Secret addresses of private calendars, and how often each entry of a calendar has changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import CalendarScope


class CalendarTokenQuerySet(models.QuerySet):
    def working(self) -> CalendarTokenQuerySet:
        """Neither revoked nor of somebody who has left."""
        return self.filter(revoked_at__isnull=True, user__is_active=True)


class CalendarToken(models.Model):
    """One secret address. Only its hash is kept: who reads the database cannot subscribe with it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_tokens"
    )
    user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    scope = models.CharField(_("shows"), max_length=8, choices=CalendarScope.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last read"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = CalendarTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} ({self.user})"


class CalendarRevision(models.Model):
    """What a calendar last said of one entry, as a hash, and its number: SEQUENCE of RFC 5545, section 3.8.7.4.

    Kept by the feed and not by whoever changes an event: no way of changing one can forget it.
    """

    key = models.CharField(max_length=80, unique=True)
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key}: {self.sequence}"
