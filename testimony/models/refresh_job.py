"""How far the documents that show a changed item have been refreshed."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _


class RefreshJob(models.Model):
    """One for each changed item whose documents are not all refreshed; finished ones are deleted.

    `cursor` is the primary key of the last page done: what was interrupted goes on behind it.
    """

    item_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("item_type", "item_id")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    cursor = models.PositiveBigIntegerField(default=0)
    everywhere = models.BooleanField(default=False)  # pinned wording too
    run = models.PositiveIntegerField(default=1)  # counts up when a newer change starts it over
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item_type", "item_id"], name="refresh_once_per_item")
        ]

    def __str__(self) -> str:
        return _("Refreshing %(done)s of %(total)s documents") % {
            "done": f"{self.done:,}",
            "total": f"{self.total:,}",
        }
