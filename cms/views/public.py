"""How public answers are cached: by anybody, for a short time, and asked again by ETag."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

SECONDS = 60  # what is unpublished is gone from caches after this long


def cacheable(
    request: HttpRequest, response: HttpResponse, *, seconds: int = SECONDS
) -> HttpResponse:
    """`response` with cache headers: public for visitors, private for whoever has a session.

    With 0 `seconds` every cache asks again before it answers, so that nothing outlives its page.
    Looks for the session's cookie, not for the session: reading that would make every page vary by cookie.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES or getattr(request, "is_preview", False):
        patch_cache_control(response, private=True, no_cache=True)
        return response
    lifetime = {"max_age": seconds} if seconds else {"no_cache": True}
    patch_cache_control(response, public=True, **lifetime)

    def conditional(rendered: HttpResponse) -> HttpResponse:
        if rendered.status_code != 200 or request.method not in {"GET", "HEAD"}:
            return rendered
        rendered["ETag"] = etag = quote_etag(hashlib.sha256(rendered.content).hexdigest()[:32])
        return get_conditional_response(request, etag=etag, response=rendered) or rendered

    if hasattr(response, "add_post_render_callback"):
        response.add_post_render_callback(conditional)
        return response
    return conditional(response)
