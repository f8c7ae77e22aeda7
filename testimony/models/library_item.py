"""What the reusable items of the library share: drafts, workflow, locking, an owner, a review date."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.models.kept_revisions import KeepsRevisions
from testimony.enums import Freshness

DUE_DAYS = 30  # before its day an item is announced to its owner


def freshness(review_by: dt.date | None) -> str:
    """Where a day to review by stands today; "" where nobody set one. On its day an item is still due."""
    if review_by is None:
        return ""
    left = (review_by - timezone.localdate()).days
    if left < 0:
        return Freshness.STALE
    return Freshness.DUE if left <= DUE_DAYS else Freshness.FRESH


class LibraryQuerySet(models.QuerySet):
    def live(self) -> LibraryQuerySet:
        """Published items: the only ones that documents may show."""
        return self.filter(live=True)

    def stale(self) -> LibraryQuerySet:
        """Nobody has looked since the day that was set."""
        return self.filter(review_by__lt=timezone.localdate())

    def due_soon(self) -> LibraryQuerySet:
        today = timezone.localdate()
        return self.filter(review_by__range=(today, today + dt.timedelta(days=DUE_DAYS)))


class LibraryItem(
    KeepsRevisions,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    index.Indexed,
    ClusterableModel,
):
    """Abstract. Subclasses put their identity fields first and end their panels with `care_panels`."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who keeps it right."),
    )
    owner.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail's own switch
    review_by = models.DateField(_("review by"), null=True, blank=True)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="%(class)s")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="%(class)s",
        for_concrete_model=False,
    )

    objects = LibraryQuerySet.as_manager()

    care_panels = [FieldRowPanel([FieldPanel("owner"), FieldPanel("review_by")])]

    class Meta:
        abstract = True

    @property
    def revisions(self):
        return self._revisions

    @property
    def freshness(self) -> str:
        return freshness(self.review_by)
