"""The public list of the archive."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from cms.archive.filters import ArchiveFilter
from cms.archive.listing import make_listing
from cms.models import ArchivePage
from cms.views.public import cacheable


def archive_view(request: HttpRequest, page: ArchivePage) -> HttpResponse:
    """One page of results; an address that names a merged issue moves to the issue it became."""
    archive = ArchiveFilter.from_querydict(request.GET, path=request.path)
    if archive.merged:
        number = archive.page if archive.page > 1 else None
        return HttpResponsePermanentRedirect(archive.url(page=number))
    context = {"listing": make_listing(archive)}
    return cacheable(request, page.render(request, context_overrides=context))
