"""What a person chose last in the choosers of the library."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

KEPT = 8  # of each kind, for each person


class RecentPickQuerySet(models.QuerySet):
    def of(self, user: models.Model, model: type[models.Model]) -> RecentPickQuerySet:
        """The newest first."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(user=user.pk, item_type=kind).order_by("-picked_at", "-pk")

    def note(self, user: models.Model, item: models.Model) -> None:
        """Remember a choice and forget those that nobody will be shown again."""
        kind = ContentType.objects.get_for_model(item)
        self.update_or_create(
            user_id=user.pk,
            item_type=kind,
            item_id=item.pk,
            defaults={"picked_at": timezone.now()},
        )
        picks = self.of(user, type(item))
        old = list(picks.values_list("pk", flat=True)[KEPT:])
        if old:
            self.filter(pk__in=old).delete()


class RecentPick(models.Model):
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recent_picks"
    )
    item_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    picked_at = models.DateTimeField()

    objects = RecentPickQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "item_type", "item_id"], name="picked_once_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.item_type_id}:{self.item_id}"
