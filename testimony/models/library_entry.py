"""What staff can find: a row for each item of the library and each document, drafts included.

A read model over five tables, so that one search is one query. `testimony.domain.finding` writes it;
`manage.py rebuild_uses` makes it anew at any time.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import Issue
from testimony.enums import EntryKind, Freshness
from testimony.models.library_item import DUE_DAYS, freshness


class LibraryEntryQuerySet(models.QuerySet):
    @staticmethod
    def condition(value: str) -> models.Q:
        """Of one freshness, to be joined with others."""
        today = timezone.localdate()
        soon = today + dt.timedelta(days=DUE_DAYS)
        return {
            Freshness.STALE: models.Q(review_by__lt=today),
            Freshness.DUE: models.Q(review_by__range=(today, soon)),
            Freshness.FRESH: models.Q(review_by__gt=soon),
        }[Freshness(value)]

    def to_review(self) -> LibraryEntryQuerySet:
        """Past their day or nearly, the oldest first."""
        soon = timezone.localdate() + dt.timedelta(days=DUE_DAYS)
        return self.filter(review_by__lte=soon).order_by("review_by", "pk")


class LibraryEntry(models.Model):
    """`says` is read by people, `words` (folded) by the search."""

    item_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("item_type", "item_id")
    kind = models.CharField(_("kind"), max_length=16, choices=EntryKind.choices)
    title = models.CharField(_("title"), max_length=600)
    says = models.TextField(_("what it says"), blank=True)
    title_words = models.TextField()
    words = models.TextField()
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_by = models.DateField(_("review by"), null=True)
    live = models.BooleanField(_("published"))
    has_draft = models.BooleanField(_("newer draft"))
    is_unsourced = models.BooleanField(_("no source"), default=False)
    issues = models.ManyToManyField(Issue, verbose_name=_("issues"), related_name="+")
    updated_at = models.DateTimeField(_("updated"))

    objects = LibraryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the library")
        verbose_name_plural = _("entries of the library")
        constraints = [
            models.UniqueConstraint(fields=["item_type", "item_id"], name="entry_once_per_item")
        ]
        indexes = [
            models.Index(fields=["owner", "review_by"], name="entry_by_owner"),
            models.Index(fields=["-updated_at", "-id"], name="entry_by_update"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def freshness(self) -> str:
        return freshness(self.review_by)
