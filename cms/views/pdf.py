"""Answers requests for stored PDFs: headers, conditional requests, a file name people recognise."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags

from cms.models import StoredPdf


def serve_stored_pdf(
    request: HttpRequest,
    stored: StoredPdf,
    *,
    inline: bool = True,
    filename: str | None = None,
    public: bool = True,
) -> HttpResponseBase:
    """The stored bytes. `public` says whether shared caches may keep them; drafts must not."""
    etag = f'"{stored.sha256}"'
    if _known(request, etag):
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        name = filename or stored.filename
        response = FileResponse(
            stored.open(), as_attachment=not inline, filename=name, content_type="application/pdf"
        )
        response["Content-Length"] = str(stored.size)
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    # The address stays while the content may change: a cache has to ask, and mostly gets a 304.
    patch_cache_control(
        response, **({"public": True} if public else {"private": True}), no_cache=True
    )
    return response


def _known(request: HttpRequest, etag: str) -> bool:
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in sent or any(tag.removeprefix("W/") == etag for tag in sent)
