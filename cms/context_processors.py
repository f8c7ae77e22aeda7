"""What every template may ask for."""

from __future__ import annotations

from django.utils.functional import SimpleLazyObject


def site(request) -> dict[str, object]:
    """`branding` of the request's site, read on first use only."""
    from cms.models import Branding  # apps: settings name this module before models are ready

    return {"branding": SimpleLazyObject(lambda: Branding.for_request(request))}
