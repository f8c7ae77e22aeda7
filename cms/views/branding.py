"""Looks as stylesheets, logos and web fonts: the content security policy allows no inline style."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cms.domain.visibility import file_is_public
from cms.enums import FontPair
from cms.models import Branding, Theme
from cms.models.look import Look
from cms.pdf import font_sets
from cms.pdf.font_faces import SETS
from cms.pdf.fonts import font_face_css
from cms.validators import HEX_COLOR

CACHE_SECONDS = 300
FOREVER = "public, max-age=31536000, immutable"
# A drawing is a document of its own when somebody opens its address.
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def stylesheet(colors: Mapping[str, str], pair: str, *, scope: str = ":root") -> str:
    """One rule with the colours that are well formed, the design's own standing for the others; and the fonts of
    a pair that is ready."""
    named = {"--primary": colors.get("primary_color"), "--accent": colors.get("accent_color")}
    rules = [f"{name}: {color};" for name, color in named.items() if HEX_COLOR.match(color or "")]
    rule = f"{scope} {{ {' '.join(rules)} }}\n" if rules else ""
    return rule + pair_css(pair)


def pair_css(pair: str) -> str:
    """`@font-face` rules of a pair beside the first one, whose fonts every page has."""
    if pair not in SETS:
        return ""
    if not font_sets.is_ready(pair):
        font_sets.begin(pair)
        return ""
    url = reverse("font_file", args=[pair, font_sets.set_digest(pair), "STEM.woff2"])
    return font_face_css(url.replace("STEM", "{stem}"), SETS[pair].faces)


def _css(request: HttpRequest, css: str) -> HttpResponse:
    etag = f'"{hashlib.sha256(css.encode()).hexdigest()[:32]}"'
    response = HttpResponse(css, content_type="text/css", headers={"ETag": etag})
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def branding_css(request: HttpRequest) -> HttpResponse:
    """Colours and fonts of the request's site."""
    branding = Branding.for_request(request)
    return _css(request, stylesheet(branding.colors(), branding.font_pair))


@require_safe
def theme_css(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Colours and fonts of a programme, for the document that names it and not for the site around it.

    Of a programme without a public document staff alone see them.
    """
    theme = get_object_or_404(Theme, pk=theme_id)
    public = file_is_public(theme)
    if not public and not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    response = _css(request, stylesheet(theme.colors(), theme.font_pair, scope=".themed"))
    if not public:
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def trial_css(request: HttpRequest) -> HttpResponse:
    """Colours and fonts that the address names: of a specimen whose look is not saved."""
    pair = request.GET.get("font_pair", "")
    # The specimen has fonts made that are not there; this address is open to everybody.
    shown = pair if pair in FontPair.values and font_sets.is_ready(pair) else ""
    return _css(request, stylesheet(request.GET, shown))


@require_safe
def logo_drawing(request: HttpRequest, digest: str) -> HttpResponse:
    """A site's logo by the hash of its drawing."""
    looks: list[Look] = list(Branding.objects.exclude(logo_drawing=""))
    drawing = next((look.logo_drawing for look in looks if look.logo_digest == digest), None)
    if drawing is None:
        raise Http404
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Content-Security-Policy"] = DRAWING_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = FOREVER
    return response


@require_safe
def font_file(request: HttpRequest, pair: str, digest: str, name: str) -> FileResponse:
    """A web font of a pair that was made after the static files were collected."""
    path = font_sets.file_of(pair, digest, name)
    if path is None:
        raise Http404
    response = FileResponse(path.open("rb"), content_type="font/woff2")
    response["Cache-Control"] = FOREVER
    return response


def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look by themselves when what they show, such as a PDF, names no icon."""
    return redirect(static("rostrum/favicon.ico"))
