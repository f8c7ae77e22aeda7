"""The public list of the archive, and the public page of each issue."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from cms.archive.filters import ArchiveFilter
from cms.archive.issue_page import find_issue, issue_context, issue_url
from cms.archive.listing import make_listing
from cms.archive.registry import archive_links
from cms.models import ArchivePage
from cms.views.public import cacheable


def archive_view(request: HttpRequest, page: ArchivePage) -> HttpResponse:
    """One page of results; an address that names a merged issue moves to the issue it became."""
    archive = ArchiveFilter.from_querydict(request.GET, path=request.path)
    if archive.merged:
        number = archive.page if archive.page > 1 else None
        return HttpResponsePermanentRedirect(archive.url(page=number))
    context = {"listing": make_listing(archive), "links": archive_links()}
    return cacheable(request, page.render(request, context_overrides=context))


def issue_view(request: HttpRequest, page: ArchivePage, slug: str) -> HttpResponse:
    """One issue, retired or not; the address of a merged one moves to what it became. Raises Http404."""
    asked, issue = find_issue(slug)
    if issue is None:
        raise Http404
    archive_url = page.get_url(request)
    if issue != asked:
        return HttpResponsePermanentRedirect(issue_url(archive_url, issue.slug))
    context = issue_context(issue, archive_url)
    response = page.render(request, template="cms/issue_page.html", context_overrides=context)
    return cacheable(request, response)
