"""Where the items of the library are used: a read model, made anew at any time by `manage.py rebuild_uses`."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from testimony.enums import FROZEN_USES, UseState


class UseQuerySet(models.QuerySet):
    def of(self, item: models.Model) -> UseQuerySet:
        """Uses of one item."""
        return self.filter(item_type=ContentType.objects.get_for_model(item), item_id=item.pk)

    def living(self) -> UseQuerySet:
        return self.filter(state=UseState.LIVING)

    def frozen(self) -> UseQuerySet:
        """In what was filed or delivered."""
        return self.filter(state__in=FROZEN_USES)

    def in_pages(self) -> UseQuerySet:
        """Held by documents, not by items of the library or records."""
        return self.filter(page__isnull=False)

    def reached(self) -> UseQuerySet:
        """Uses that a change of the item concerns: at least one place is not pinned."""
        return self.filter(models.Q(follows=True) | models.Q(is_adapted=True))

    def pages(self) -> models.QuerySet:
        """Keys of the documents that hold them, each once."""
        return self.values_list("page_id", flat=True).distinct()

    def keeping_wording(self) -> UseQuerySet:
        """Uses that keep their wording in every place."""
        return self.filter(follows=False, is_adapted=False)


class Use(models.Model):
    """One holder that shows one item, in one state. Exactly one of `page`, `part` and `record` is the holder.

    A newer draft of a published page is a holder of its own. A page also uses what its talking points and
    statistics show: such a use is not direct, and names what it came through.
    """

    item_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("item_type", "item_id")
    state = models.CharField(_("state"), max_length=16, choices=UseState.choices)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="library_uses"
    )
    part_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.CASCADE, related_name="+"
    )
    part_id = models.PositiveBigIntegerField(null=True)
    part = GenericForeignKey("part_type", "part_id")
    record = models.ForeignKey(
        "events.Record", null=True, on_delete=models.CASCADE, related_name="library_uses"
    )
    through_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.CASCADE, related_name="+"
    )
    through_id = models.PositiveBigIntegerField(null=True)
    through = GenericForeignKey("through_type", "through_id")
    # A holder may name an item in several places: each flag is true when one of them is so.
    follows = models.BooleanField(default=True)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    is_adapted = models.BooleanField(_("adapted"), default=False)
    # Key of the Pin, of the first place that has one. No foreign key: pins go with their items, uses stay.
    pin = models.PositiveBigIntegerField(null=True)

    objects = UseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        indexes = [
            models.Index(fields=["item_type", "item_id", "state", "page"], name="use_by_item"),
            models.Index(fields=["part_type", "part_id"], name="use_by_part"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item_type", "item_id", "page", "state"],
                condition=models.Q(page__isnull=False),
                name="use_once_per_page",
            ),
            models.UniqueConstraint(
                fields=["item_type", "item_id", "part_type", "part_id", "state"],
                condition=models.Q(part_id__isnull=False),
                name="use_once_per_part",
            ),
            models.UniqueConstraint(
                fields=["item_type", "item_id", "record", "state"],
                condition=models.Q(record__isnull=False),
                name="use_once_per_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_type_id}:{self.item_id} ({self.get_state_display()})"

    @property
    def is_direct(self) -> bool:
        return self.through_id is None

    @property
    def keeps_wording(self) -> bool:
        """Pinned in every place."""
        return not self.follows and not self.is_adapted
