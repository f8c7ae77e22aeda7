"""Rendered PDFs, found by the hash of everything that went into them."""

from __future__ import annotations

from django.core.files import File
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone


class StoredPdf(models.Model):
    """One rendered file. `key` is the hash of its input, `sha256` that of its bytes.

    Disposable: the same input renders the same bytes again. Records keep files of their own.
    """

    key = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=255)
    filename = models.CharField(max_length=255)
    language = models.CharField(max_length=12, default="en")
    path = models.CharField(max_length=255)
    warnings = models.JSONField(default=list, blank=True)
    # What is known of the paper: `layout`, `pictures` and `missing`, see `cms.pdf.client.Rendered`.
    report = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(
        default=timezone.now
    )  # to the day: looked up rarely, written rarely

    def __str__(self) -> str:
        return self.filename

    def open(self) -> File:
        """The stored bytes, opened for reading."""
        return storages["pdf"].open(self.path, "rb")


class PagePdf(models.Model):
    """The PDF last made of a page, so that the page can state its size and length without rendering."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="current_pdf"
    )
    stored = models.ForeignKey(StoredPdf, on_delete=models.CASCADE, related_name="current_for")
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.stored_id}"


class DraftPdf(models.Model):
    """The PDF last made of a page's draft: what the editor is told of paper. It keeps no file from being swept."""

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="draft_pdf"
    )
    stored = models.ForeignKey(StoredPdf, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.stored_id}"


class PageTwin(models.Model):
    """How large a twin of a page's paper was when it was last made. The file itself is made anew for each asker."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="twins")
    ending = models.CharField(max_length=8)
    is_draft = models.BooleanField(default=False)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "ending", "is_draft"], name="cms_page_twin_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id}.{self.ending}"
