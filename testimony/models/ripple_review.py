"""Ripple reviews: a shared item changed under a published document, and somebody looks at the place."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from testimony.enums import RippleState


class RippleQuerySet(models.QuerySet):
    def open(self) -> RippleQuerySet:
        return self.filter(state=RippleState.OPEN)

    def of(self, item: models.Model) -> RippleQuerySet:
        return self.filter(item_type=ContentType.objects.get_for_model(item), item_id=item.pk)


class RippleReview(models.Model):
    """One document that shows an item as it did not read when the document was last looked at.

    A second change of the item goes into the open review: `before` stays, `after` moves on.
    """

    item_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("item_type", "item_id")
    item_title = models.CharField(_("item"), max_length=255)  # outlives the item
    # SET_NULL: `purge_revisions` and deleting the item go on working; the review then shows what is left.
    before = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    after = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("document"),
        on_delete=models.CASCADE,
        related_name="ripple_reviews",
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("for"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=16, choices=RippleState.choices, default=RippleState.OPEN
    )
    created_at = models.DateTimeField(_("changed"))
    # Who went to the editor to adjust the document; publishing it with other words closes the review.
    adjusting_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("cleared by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cleared_at = models.DateTimeField(_("cleared"), null=True)
    note = models.CharField(_("note"), max_length=255, blank=True)

    objects = RippleQuerySet.as_manager()

    @property
    def standing(self) -> str:
        """Its state in words: an open one may be in somebody's hands."""
        if self.state == RippleState.OPEN and self.adjusting_by:
            return gettext("being adjusted by %(name)s") % {"name": self.adjusting_by}
        return str(self.get_state_display())

    class Meta:
        verbose_name = _("change to look at")
        verbose_name_plural = _("changes to look at")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "assignee", "-created_at"], name="ripple_by_assignee"),
            models.Index(fields=["item_type", "item_id", "state"], name="ripple_by_item"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item_type", "item_id", "page"],
                condition=models.Q(state="open"),
                name="ripple_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_title} → {self.page}"

    @property
    def url(self) -> str:
        return reverse("testimony:ripple", args=[self.pk])
