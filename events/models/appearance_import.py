"""A list of past appearances that somebody uploaded, and how far it has come in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppearanceImport(models.Model):
    """Worked on a while at a time, whenever its page is looked at: an interrupted one goes on behind the last row."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", editable=False
    )
    owner.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    file_name = models.CharField(_("file"), max_length=255)
    text = models.TextField(_("rows"))
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # outcome → rows
    rejected = models.JSONField(default=list)  # [line, key, reason]
    begun_at = models.DateTimeField(null=True)  # empty: looked at, not confirmed yet
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("import of appearances")
        verbose_name_plural = _("imports of appearances")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        return self.begun_at is not None and self.done < self.total
