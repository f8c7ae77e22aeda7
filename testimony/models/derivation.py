"""Derivations: a version for other people, and the original it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from testimony.enums import AdaptationKind
from testimony.models.pin import still_standing


class DerivationLoop(Exception):
    """Raised when something would become its own original, at whatever distance."""


def outlive_parent(collector, field, sub_objs, using) -> None:
    """`on_delete`: `purge_revisions` spares the revision; it goes when the original goes, and the version stays."""
    kept = still_standing(collector, field, sub_objs, using)
    if kept:
        raise models.ProtectedError(str(_("Versions were made from these words.")), set(kept))
    models.SET_NULL(collector, field, sub_objs, using)


class DerivationQuerySet(models.QuerySet):
    def of_child(self, child: models.Model) -> DerivationQuerySet:
        return self.filter(child_type=type_of(child), child_id=child.pk)

    def of_parent(self, parent: models.Model) -> DerivationQuerySet:
        return self.filter(parent_type=type_of(parent), parent_id=parent.pk)

    def behind(self) -> DerivationQuerySet:
        """Those whose original says something that nobody has taken or declined yet."""
        return self.filter(behind_since__isnull=False)

    def children_of(self, model: type[models.Model], ids: Any) -> DerivationQuerySet:
        return self.filter(child_type=type_of(model), child_id__in=ids)


class Derivation(models.Model):
    """One version and its one original, both of the same kind. Originals have many versions, versions may have
    their own; never in a circle."""

    child_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    child_id = models.PositiveBigIntegerField()
    child = GenericForeignKey("child_type", "child_id")
    parent_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    parent_id = models.PositiveBigIntegerField()
    parent = GenericForeignKey("parent_type", "parent_id")
    parent_title = models.CharField(_("original"), max_length=255)  # outlives the original
    kind = models.CharField(_("kind"), max_length=16, choices=AdaptationKind.choices)
    for_whom = models.CharField(_("for whom"), max_length=100, blank=True)
    # What stood behind the original's title when the version was made: such a title is nobody's own words.
    title_ending = models.CharField(max_length=120, blank=True, editable=False)
    base_revision = models.ForeignKey(
        Revision,
        null=True,
        on_delete=outlive_parent,
        related_name="+",
        verbose_name=_("version of the original it is in step with"),
    )
    # The original as far as its changes were taken or declined one by one; null: as `base_revision` says.
    base_words = models.JSONField(null=True, editable=False, encoder=DjangoJSONEncoder)
    behind_since = models.DateTimeField(_("the original changed"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("adapted by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("adapted"), auto_now_add=True)

    objects = DerivationQuerySet.as_manager()

    class Meta:
        verbose_name = _("adapted version")
        verbose_name_plural = _("adapted versions")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["parent_type", "parent_id"], name="derivation_of_parent"),
            models.Index(
                fields=["behind_since"],
                name="derivation_behind",
                condition=models.Q(behind_since__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["child_type", "child_id"], name="derivation_one_parent")
        ]

    def __str__(self) -> str:
        return f"{self.parent_title} → {self.label}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is None:
            refuse_loop(self)
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """What kind of version, and for whom: "local version for Harbor"."""
        kind = self.get_kind_display()
        return (
            _("%(kind)s, for %(whom)s") % {"kind": kind, "whom": self.for_whom}
            if self.for_whom
            else kind
        )

    @property
    def url(self) -> str:
        return reverse("testimony:adapted", args=[self.pk])


def refuse_loop(new: Derivation) -> None:
    """Raise DerivationLoop when the child of `new` stands among the originals of its parent."""
    child = (new.child_type_id, new.child_id)
    above = {(new.parent_type_id, new.parent_id)}
    seen: set[tuple[int, int]] = set()
    while above:
        if child in above:
            raise DerivationLoop(_("It cannot be made from a version of itself."))
        seen |= above
        above = set(_parents(above)) - seen


def _parents(keys: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    either = models.Q(pk__in=())
    for type_id, pk in keys:
        either |= models.Q(child_type=type_id, child_id=pk)
    return Derivation.objects.filter(either).values_list("parent_type", "parent_id")


def type_of(item: models.Model | type[models.Model]) -> ContentType:
    return ContentType.objects.get_for_model(item)
