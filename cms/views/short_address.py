"""From the short address on paper to the living page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cms.domain.visibility import public_pages
from cms.repeats import repeatable


@require_safe
def short_address(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The same answer for a page that is not public and for one that never was: neither's name is told."""
    page = public_pages().filter(pk=page_id).first()
    url = page.get_url(request) if page else None
    if not url:
        raise Http404
    until = page.expire_at.timestamp() if page and page.expire_at else None
    return repeatable(_redirect(url), lambda _request: _redirect(url), until=until)


def _redirect(url: str) -> HttpResponse:
    response = HttpResponseRedirect(url)
    # Pages move and are withdrawn: every cache asks again.
    patch_cache_control(response, public=True, no_cache=True)
    return response
