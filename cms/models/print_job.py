"""Jobs that print many things: what was asked for, how far it is, what failed, and the file at the end."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models.pdf import StoredPdf

KEEP_DAYS = 7


class Packaging(models.TextChoices):
    ONE_FILE = "one", _("One PDF with contents, bookmarks and page numbers")
    ZIP = "zip", _("A zip with one PDF for each")


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    WORKING = "working", _("Printing")
    HELD = "held", _("Waits for your decision")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


class ItemState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


OPEN_STATES = frozenset({JobState.WAITING, JobState.WORKING})


def in_a_week() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=KEEP_DAYS)


class PrintJob(models.Model):
    """`recipe` names what puts the parts together (empty: a plain list), about `subject`.

    Whoever works on it holds it for a while: `holder` and `held_until`. A process that died lets go that way.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="print_jobs"
    )
    owner.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    title = models.CharField(max_length=255)
    filename = models.CharField(max_length=200)  # without its end
    language = models.CharField(max_length=12, default="en")
    recipe = models.SlugField(max_length=40, blank=True)
    subject_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.CASCADE, related_name="+"
    )
    subject_id = models.PositiveBigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    packaging = models.CharField(
        max_length=8, choices=Packaging.choices, default=Packaging.ONE_FILE
    )
    choices = models.CharField(max_length=200, blank=True)  # as `PrintChoices.query()` writes them
    double_sided = models.BooleanField(default=False)
    newest = models.BooleanField(default=False)  # the newest draft instead of what is published
    options = models.JSONField(default=dict, blank=True)  # what the recipe wants to remember
    fingerprint = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    go_on = models.BooleanField(default=False)  # somebody decided to do without what failed
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    is_draft = models.BooleanField(default=False)  # something in it is a draft
    result = models.ForeignKey(
        StoredPdf, null=True, on_delete=models.SET_NULL, related_name="result_of"
    )
    archive = models.CharField(max_length=255, blank=True)  # the zip's name in the storage of PDFs
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    holder = models.CharField(max_length=255, blank=True)
    held_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(default=in_a_week)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_ready(self) -> bool:
        """Whether there is a file to fetch."""
        return self.state == JobState.DONE and (self.result_id is not None or bool(self.archive))

    @property
    def download_name(self) -> str:
        prefix = "DRAFT-" if self.is_draft else ""
        return f"{prefix}{self.filename}.{'zip' if self.packaging == Packaging.ZIP else 'pdf'}"


class PrintJobItem(models.Model):
    """One thing to print. Its name is kept, since what is deleted meanwhile is reported by name too."""

    job = models.ForeignKey(PrintJob, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    item_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    item_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("item_type", "item_id")
    title = models.CharField(max_length=255)
    group = models.CharField(max_length=120, blank=True)
    paper = models.CharField(max_length=40, blank=True)  # a kind's name; empty: the main one
    version = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    reason = models.TextField(blank=True)
    stored = models.ForeignKey(
        StoredPdf, null=True, on_delete=models.SET_NULL, related_name="printed_for"
    )
    is_draft = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="print_item_position")
        ]

    def __str__(self) -> str:
        return self.title
