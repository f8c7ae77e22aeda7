"""Hints on the wording that an author has answered: they know better here, and said why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DismissedHint(models.Model):
    """One hint of one document or talking point. `key` holds the sentence too, so that a changed sentence is looked
    at again."""

    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="dismissed_hints"
    )
    point = models.ForeignKey(
        "testimony.TalkingPoint",
        null=True,
        on_delete=models.CASCADE,
        related_name="dismissed_hints",
    )
    key = models.CharField(max_length=64)
    sentence = models.TextField(_("sentence"))
    hint = models.CharField(_("hint"), max_length=500)
    reason = models.CharField(_("reason"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    dismissed_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("dismissed hint")
        verbose_name_plural = _("dismissed hints")
        ordering = ["-dismissed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "key"], name="hint_dismissed_once"),
            models.UniqueConstraint(fields=["point", "key"], name="point_hint_dismissed_once"),
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) ^ models.Q(point__isnull=True),
                name="hint_of_page_or_point",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hint}: {self.reason}"

    @property
    def holder(self) -> models.Model | None:
        """The document or the talking point."""
        return self.page or self.point
