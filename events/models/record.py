"""Records: what was said, frozen. Never changed and never deleted."""

from __future__ import annotations

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from events.enums import RecordKind
from events.models.presentation import Presentation


class RecordIsImmutable(Exception):
    """Raised on an attempt to change or delete a record. What was handed in cannot be taken back: say what was
    wrong with it on the living page, which the record's own page leads to."""


class RecordQuerySet(models.QuerySet):
    def marked(self) -> RecordQuerySet:
        """With `is_draft`, read by the database out of the large payload."""
        return self.annotate(is_draft=models.F("payload__draft"))

    def summaries(self) -> RecordQuerySet:
        """Without the large columns."""
        return self.marked().defer("text", "payload")

    def update(self, **kwargs):
        raise RecordIsImmutable(_("A record cannot be changed."))

    def delete(self):
        raise RecordIsImmutable(_("A record cannot be deleted."))


class Record(models.Model):
    """One document as it was delivered: the exact revision, its resolved words, its PDF bytes.

    Self-contained: every name and sentence is a copy, so that nothing edited, renamed or deleted later
    changes it. The database refuses UPDATE and DELETE by trigger; this class refuses them earlier, in words.
    """

    kind = models.CharField(
        _("kind"), max_length=16, choices=RecordKind.choices, default=RecordKind.AS_DELIVERED
    )
    presentation = models.ForeignKey(
        Presentation,
        on_delete=models.PROTECT,
        related_name="records",
        verbose_name=_("presentation"),
    )
    # PROTECT: purge_revisions spares what a record names, and the page cannot be deleted from under it.
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="delivered_records"
    )
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.PROTECT, related_name="delivered_records"
    )
    title = models.CharField(_("title"), max_length=255)
    event_title = models.CharField(_("event"), max_length=255)
    speaker_name = models.CharField(_("speaker"), max_length=255)
    place = models.CharField(_("place"), max_length=255, blank=True)
    delivered_at = models.DateTimeField(_("delivered"))
    text = models.TextField(_("resolved text"))
    payload = models.JSONField(_("resolved content"))
    pdf_path = models.CharField(max_length=255)
    pdf_filename = models.CharField(max_length=255)
    pdf_sha256 = models.CharField(_("SHA-256 of the PDF"), max_length=64)
    pdf_size = models.PositiveIntegerField(_("size of the PDF, in bytes"))
    pdf_pages = models.PositiveIntegerField(_("pages"))
    content_sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)
    created_at = models.DateTimeField(_("recorded"))
    # The account may be deleted; the row may not change. The name stands beside it.
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        db_constraint=False,
        on_delete=models.DO_NOTHING,
        related_name="+",
    )
    created_by.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    created_by_name = models.CharField(_("recorded by"), max_length=255, blank=True)

    objects = RecordQuerySet.as_manager()

    # Frozen from words that nobody had published: for staff and the speaker only, whatever becomes of the page.
    is_draft: bool | None  # set by `marked()`
    # Set by a page that lists records: what was printed, and what of it was corrected since.
    figures: list[dict] | None
    corrections: list

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ["-delivered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["presentation", "page", "kind"], name="record_once_per_presentation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.get_kind_display()}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise RecordIsImmutable(_("A record cannot be changed."))
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise RecordIsImmutable(_("A record cannot be deleted."))

    @property
    def url(self) -> str:
        """Address of the frozen words as a web page."""
        return reverse("records:page", args=[self.pk, self.pdf_sha256[:12]])

    @property
    def pdf_url(self) -> str:
        """Address of the frozen PDF; it names the bytes."""
        return reverse("records:pdf", args=[self.pk, self.pdf_sha256[:12]])

    def open_pdf(self) -> File:
        """The frozen bytes."""
        return storages["records"].open(self.pdf_path, "rb")
