"""From the short address on paper to the living page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cms.domain.visibility import public_pages


@require_safe
def short_address(request: HttpRequest, page_id: int) -> HttpResponse:
    """The same answer for a page that is not public and for one that never was: neither's name is told."""
    page = public_pages().filter(pk=page_id).first()
    url = page.get_url(request) if page else None
    if not url:
        raise Http404
    response = HttpResponseRedirect(url)
    # Pages move and are withdrawn: every cache asks again.
    patch_cache_control(response, public=True, no_cache=True)
    return response
