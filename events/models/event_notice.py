"""What was said when an event moved, was postponed or cancelled: to the public, and to whom by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import NoticeKind
from events.models.event import Event, when_in_words


class EventNotice(models.Model):
    """One change of an event. Written by `events.domain.moving` only; the newest is the one that holds."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=NoticeKind.choices)
    reason = models.TextField(_("reason"), help_text=_("For staff and for the history."))
    public_text = models.TextField(_("notice for the public"), blank=True)
    old_starts_at = models.DateTimeField(null=True, editable=False)
    old_timezone = models.CharField(max_length=64, blank=True, editable=False)
    old_is_all_day = models.BooleanField(default=False, editable=False)
    old_place = models.CharField(max_length=255, blank=True, editable=False)
    # What it was before it was called off; a second notice of an event that is off already hands it on.
    old_status = models.CharField(max_length=16, blank=True, editable=False)
    old_audience = models.CharField(max_length=8, blank=True, editable=False)
    new_starts_at = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.event.title}"

    @property
    def old_when(self) -> str:
        """When it was to be, as people at the place say it."""
        if self.old_starts_at is None:
            return ""
        return when_in_words(
            self.old_starts_at, self.old_timezone or self.event.timezone, self.old_is_all_day
        )


class NoticeRecipient(models.Model):
    """One person told of one change: once, and if the mail went wrong, it stays to be seen."""

    notice = models.ForeignKey(EventNotice, on_delete=models.CASCADE, related_name="recipients")
    name = models.CharField(max_length=255)
    address = models.EmailField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "address"], name="told_once_of_each_change")
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>"


class AffectedDocumentQuerySet(models.QuerySet):
    def to_check(self) -> AffectedDocumentQuerySet:
        return self.filter(checked_at__isnull=True)

    def held(self) -> AffectedDocumentQuerySet:
        """Their release waits until somebody sets it going again."""
        return self.filter(held_go_live_at__isnull=False, resumed_at__isnull=True)


class AffectedDocument(models.Model):
    """A document of an event that changed: to be looked at again, and its planned release held."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="affected_documents")
    notice = models.ForeignKey(
        EventNotice, null=True, on_delete=models.CASCADE, related_name="documents"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="event_changes"
    )
    held_revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_go_live_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    checked_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]

    objects = AffectedDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.page} – {self.event.title}"
