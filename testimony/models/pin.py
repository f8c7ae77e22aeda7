"""Pins: what an item of the library said at one moment, kept for the documents that hold on to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import model_from_serializable_data
from wagtail.models import Revision

# Of the revision of a part, by attribute; what `built` reads.
PART = ("pk", "content_type_id", "object_id", "content")
ItemKey = tuple[type[models.Model], int]


class PinIsImmutable(Exception):
    """Raised on an attempt to change a pin. Documents rely on its words; make another one."""


def keep_while_item_stands(collector, field, sub_objs, using) -> None:
    """`on_delete`: a revision that a pin names cannot be deleted (`purge_revisions` counts it as protected), but
    goes along when its item is deleted. Neither PROTECT nor CASCADE does both."""
    kept = still_standing(collector, field, sub_objs, using)
    if kept:
        raise models.ProtectedError(str(_("Documents are pinned to these words.")), set(kept))
    models.CASCADE(collector, field, sub_objs, using)


def still_standing(collector, field, sub_objs, using) -> list[models.Model]:
    """Those of `sub_objs` whose revision is about to go while the item that it is of stays."""
    going: set[tuple[int, str]] = {
        (ContentType.objects.db_manager(using).get_for_model(model).pk, str(instance.pk))
        for model, instances in collector.data.items()
        for instance in instances
    }
    revisions = Revision.objects.using(using).in_bulk([getattr(o, field.attname) for o in sub_objs])
    return [
        obj
        for obj in sub_objs
        for revision in [revisions[getattr(obj, field.attname)]]
        if (revision.content_type_id, revision.object_id) not in going
    ]


@dataclass(frozen=True)
class PinnedItem:
    """An item as a pin holds it, with all that it showed. Instances are built from revisions: never save one."""

    pin_id: int
    item: Any
    taken_at: dt.datetime
    parts: dict[ItemKey, Any] = field(default_factory=dict)


class PinQuerySet(models.QuerySet):
    def read(self, ids: Iterable[int]) -> dict[int, PinnedItem]:
        """The pins of `ids` that stand, in one query however many: a row for each part, or one without."""
        names = {f"part_{name}": models.F(f"parts__revision__{name}") for name in PART}
        rows: Iterable[Any] = (
            self.filter(pk__in=set(ids))
            .select_related("revision")
            .annotate(**names)
            .order_by("pk", "parts__pk")
        )
        found: dict[int, PinnedItem] = {}
        for row in rows:
            if row.pk not in found:
                found[row.pk] = PinnedItem(row.pk, built(row.revision), row.created_at, {})
            if row.part_pk is not None:
                part = Revision(**{name: getattr(row, f"part_{name}") for name in PART})
                found[row.pk].parts[item_key(part)] = built(part)
        return found


class Pin(models.Model):
    """One published state of one item. `key` names the state: pinning it twice gives the same pin."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    revision = models.ForeignKey(
        Revision, on_delete=keep_while_item_stands, related_name="pins", verbose_name=_("revision")
    )
    key = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("pinned"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pinned by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        indexes = [models.Index(fields=["content_type", "object_id"], name="pin_of_item")]

    def __str__(self) -> str:
        return f"{self.revision.object_str} ({self.created_at:%Y-%m-%d})"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise PinIsImmutable(_("A pin cannot be changed."))
        super().save(*args, **kwargs)


class PinPart(models.Model):
    """The revision of something that the pinned item showed: the statistics and sources of a talking point, the
    source of a statistic."""

    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="parts")
    revision = models.ForeignKey(
        Revision, on_delete=keep_while_item_stands, related_name="pinned_parts"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pin", "revision"], name="pin_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pin_id}: {self.revision_id}"


def item_key(revision: Revision) -> ItemKey:
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    if model is None:
        raise LookupError(f"Revision {revision.pk} is of a model that is gone.")
    return model, int(revision.object_id)


def built(revision: Revision) -> Any:
    """The item of `revision` from its content alone, asking nothing. Its own columns only: tags would be looked
    up one by one. It carries `pinned_revision`, by which a footnote tells it from the living item."""
    model, pk = item_key(revision)
    names = {column.name for column in model._meta.concrete_fields}
    content = {name: value for name, value in revision.content.items() if name in names}
    item = model_from_serializable_data(model, {**content, "pk": pk}, check_fks=False)
    item.pinned_revision = revision.pk
    # What the revision says of this is older than its own publishing; readers ask the living row.
    item.live = True
    return item
