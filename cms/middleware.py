"""Security headers by path, strict on the public site; and the door of the admin.

Owns no decision about who may read what; that is `cms.domain.visibility`, `cms.domain.confinement` and
`cms.domain.file_rights`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.auth import permission_denied

from cms.dialogs import begins_nothing, listed_by
from cms.domain.admin_frame import gather
from cms.domain.confinement import may_choose, may_visit

PUBLIC_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
# The admin's preview panel frames pages and PDFs; they live under the same rules as when published.
PREVIEW_POLICY = {**PUBLIC_POLICY, "frame-ancestors": "'self'"}
# Wagtail's date pickers, choosers and inline panels start themselves by inline scripts, and the
# editors insert style elements; neither carries a nonce.
ADMIN_POLICY = {
    **PUBLIC_POLICY,
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "media-src": "'self'",
    "frame-src": "'self'",
    "frame-ancestors": "'self'",
}
PERMISSIONS_POLICY = (
    "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=()"
)


def policy_text(policy: Mapping[str, str]) -> str:
    """The header's value: directives in the order they are written above."""
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())


PUBLIC_CSP = policy_text(PUBLIC_POLICY)
PREVIEW_CSP = policy_text(PREVIEW_POLICY)
ADMIN_CSP = policy_text(ADMIN_POLICY)


class SecurityHeadersMiddleware:
    """Stands outside WhiteNoise, so that static files carry the headers too.

    A view that sets a header of its own keeps it: served documents bring a sandbox. So does a
    preview, which Wagtail makes by a request of its own through these middlewares, inside the admin's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.DEBUG and response.status_code in {404, 500}:
            return response  # Django's own debug pages are one inline script and style
        headers.setdefault("Content-Security-Policy", self.policy(request))
        return response

    def policy(self, request: HttpRequest) -> str:
        if getattr(request, "is_preview", False):
            return PREVIEW_CSP
        return ADMIN_CSP if request.path.startswith(self.admin_path) else PUBLIC_CSP

    @cached_property
    def admin_path(self) -> str:
        return reverse("wagtailadmin_home")


class AdminDoorMiddleware:
    """Keeps members who work on nothing, such as speakers, to the pages that are open to everybody; and fetches
    what every page asks about the member, in as few queries as that takes. Who comes to change a file that is kept
    because it is public reads why.

    Here and not in each view: most views of the admin are Wagtail's, and its next release brings more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponseBase | None:
        if not request.path.startswith(self.admin_path) or not request.user.is_authenticated:
            return None
        gather(request.user)
        match = request.resolver_match
        if match is None:
            return None
        if not may_visit(request.user, match.view_name):
            return permission_denied(request)
        listed = listed_by(view)
        if listed is not None and not may_choose(request.user, listed):
            return permission_denied(request)
        if begins_nothing(view):
            raise Http404
        # upward: answers with a page in place of Wagtail's view
        from cms.views.public_files import explain

        return explain(request, match.view_name, kwargs)

    @cached_property
    def admin_path(self) -> str:
        return reverse("wagtailadmin_home")
