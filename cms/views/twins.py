"""Answers requests for Word documents and plain text."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from cms.pdf.twins.registry import TEXT
from cms.pdf.twins.service import Twin
from cms.views.public import cacheable


def serve_twin(twin: Twin) -> HttpResponse:
    """For staff: nobody keeps it. Plain text is shown, with its name for whoever saves it; Word is saved."""
    response = HttpResponse(twin.body, content_type=twin.content_type)
    is_text = twin.filename.endswith(f".{TEXT}")
    name = content_disposition_header(not is_text, twin.filename)
    response["Content-Disposition"] = name or "attachment"
    response["Content-Language"] = twin.language
    response["Content-Length"] = str(len(twin.body))
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_store=True)
    return response


def serve_public_twin(request: HttpRequest, twin: Twin, *, page_url: str) -> HttpResponse:
    """Search engines are led to the page, which says the same; caches ask each time, and mostly get a 304."""
    response = serve_twin(twin)
    del response["Cache-Control"]
    response["X-Robots-Tag"] = "noindex"
    response["Link"] = f'<{page_url}>; rel="canonical"'
    return cacheable(request, response, seconds=0)
