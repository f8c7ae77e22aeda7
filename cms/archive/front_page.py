"""What the front page shows of the archive."""

from __future__ import annotations

from cms.archive.filters import ArchiveFilter
from cms.archive.listing import present, with_issue_keys
from cms.domain.visibility import public_pages
from cms.models import ArchivePage, HomePage

LATEST = 5


def front_page_context(page: HomePage) -> dict[str, object]:
    """`latest` entries, `issues` with their counts, `archive_url` and `total`, in three queries."""
    archive = ArchiveFilter()
    number = archive.facets()["issue"]
    issues = [(issue, number[issue.slug]) for issue in archive.counts.issues.values()]
    archive_page = public_pages(ArchivePage.objects.child_of(page)).first()
    return {
        "latest": present(with_issue_keys(archive.queryset())[:LATEST], archive),
        "issues": sorted(issues, key=lambda pair: (-pair[1], pair[0].name)),
        "archive_url": archive_page.url if archive_page else "",
        "total": archive.counts.total,
    }
