"""Issues that a draft begins with: those under which the newest published document on the same bill stands."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Coalesce

from cms.domain.visibility import public_pages
from cms.models import Issue
from events.models import Vehicle
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage


def issues_known_of(vehicle: Vehicle | None) -> list[Issue]:
    """Testimony first, which argues the bill itself. Empty where nothing on it is published yet."""
    if vehicle is None:
        return []
    models: tuple[type[DocumentPage], ...] = (TestimonyPage, FactSheetPage)
    for model in models:
        published = public_pages(model.objects.filter(vehicle=vehicle, issues__isnull=False))
        newest = published.order_by(Coalesce("date", F("first_published_at__date")).desc(), "-pk")
        if page := newest.first():
            return list(page.issues.filter(is_active=True))
    return []
