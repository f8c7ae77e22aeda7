"""The archive's read model: one row for each public document. Disposable: `rebuild_archive` makes it anew."""

from __future__ import annotations

from django.db import models
from django.utils.safestring import SafeString

from cms.models.issue import Issue


class ArchiveEntry(models.Model):
    """What lists, counts and search know of one public page.

    Written only by `cms.archive.projection`, which gives it the page's own primary key, so that a rebuild
    makes the same rows. Text columns hold human values, never foreign keys of the upper apps, so that a
    list of any length is read in one query.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="archive_entry"
    )
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=255)
    url = models.CharField(max_length=500)
    date = models.DateField()
    year = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=12, default="en")
    summary = models.TextField(blank=True)
    body_name = models.CharField(max_length=255, blank=True)
    vehicle = models.CharField(max_length=120, blank=True)
    position = models.CharField(max_length=32, blank=True)
    speaker = models.CharField(max_length=255, blank=True)
    status = models.CharField(max_length=32, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    search_text = models.TextField(blank=True)
    keywords = models.TextField(blank=True)
    issues = models.ManyToManyField(
        Issue, through="ArchiveEntryIssue", related_name="archive_entries"
    )

    # No columns: `cms.archive.listing` adds them to the entries that it shows.
    issue_list: list[Issue]
    kind_label: str
    position_label: str
    excerpt: SafeString

    class Meta:
        indexes = [
            models.Index(fields=["-date", "-id"], name="archive_newest"),
            models.Index(fields=["kind", "-date", "-id"], name="archive_kind_newest"),
            models.Index(fields=["year", "-date", "-id"], name="archive_year_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class ArchiveEntryIssue(models.Model):
    """Bridge with the entry's date, so that one issue's entries come sorted from one index."""

    entry = models.ForeignKey(ArchiveEntry, on_delete=models.CASCADE, related_name="entry_issues")
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="entry_issues")
    date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "issue"], name="archive_entry_issue_once")
        ]
        indexes = [models.Index(fields=["issue", "-date", "-entry"], name="archive_issue_newest")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.issue_id}"
