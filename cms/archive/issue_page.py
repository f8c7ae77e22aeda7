"""What the public page of an issue shows: its words, what the upper apps say of it, what was published on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from cms.archive.filters import ArchiveFilter
from cms.archive.listing import present, with_issue_keys
from cms.archive.registry import issue_parts, kind_heading, kind_labels
from cms.domain.issues import final_issue
from cms.models import ArchiveEntry, Issue

LATEST = 5


@dataclass(frozen=True)
class Latest:
    """The newest documents of one kind, how many there are, and where they all stand."""

    kind: str
    label: str
    entries: list[ArchiveEntry]
    count: int
    url: str


def issue_url(archive_url: str, slug: str) -> str:
    """The address of an issue's page."""
    return f"{archive_url}issues/{quote(slug)}/"


def find_issue(slug: str) -> tuple[Issue | None, Issue | None]:
    """The issue asked for, and the one it was merged into in the end: itself if it was not. One query."""
    # PostgreSQL refuses a NUL even in a comparison.
    asked = (
        Issue.objects.filter(slug=slug.replace("\x00", "")).select_related("merged_into").first()
    )
    return asked, asked and final_issue(asked)


def issue_context(issue: Issue, archive_url: str) -> dict[str, object]:
    """One query, and one more for each kind of document, besides those of the upper apps."""
    archive = ArchiveFilter(issue=issue, path=archive_url)
    return {
        "issue": issue,
        "parts": issue_parts(issue),
        "latest": list(_latest(archive)),
        "total": archive.counts.total,
        "all_url": archive.url(),
        "archive_url": archive_url,
    }


def _latest(archive: ArchiveFilter) -> Iterator[Latest]:
    counts = archive.facets()["kind"]
    for kind in kind_labels():
        if not counts.get(kind):
            continue
        narrowed = ArchiveFilter(issue=archive.issue, kind=kind, path=archive.path)
        rows = with_issue_keys(narrowed.queryset())[:LATEST]
        label = kind_heading(kind, counts[kind])
        yield Latest(kind, label, list(present(rows, archive)), counts[kind], narrowed.url())
