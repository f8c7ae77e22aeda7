"""The brand's colours as a stylesheet: the content security policy allows no inline style."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import condition

from cms.models import Branding
from cms.validators import HEX_COLOR

CACHE_SECONDS = 300


def stylesheet(branding: Branding) -> str:
    """One rule with the colours that are well formed; the design's own stand for the others."""
    colors = {"--primary": branding.primary_color, "--accent": branding.accent_color}
    rules = [f"{name}: {color};" for name, color in colors.items() if HEX_COLOR.match(color or "")]
    return f":root {{ {' '.join(rules)} }}\n"


def _etag(request: HttpRequest) -> str:
    css = stylesheet(Branding.for_request(request))
    return f'"{hashlib.sha256(css.encode()).hexdigest()[:32]}"'


@condition(etag_func=_etag)
def branding_css(request: HttpRequest) -> HttpResponse:
    """Colours of the request's site."""
    response = HttpResponse(stylesheet(Branding.for_request(request)), content_type="text/css")
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return response


def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves when what they show, such as a PDF, names no icon."""
    return redirect(static("rostrum/favicon.ico"))
