"""The short address of a page, for people who type it from paper."""

from __future__ import annotations

from django.urls import reverse
from wagtail.models import Page

from cms.domain.visibility import default_site


def short_address(page: Page) -> str:
    """Absolute, and the same whatever the page is called; "" for a page that was never saved, or without a site.

    It leads to the page while that is public, and nowhere else: see `cms.views.short_address`.
    """
    site = default_site()
    if page.pk is None or site is None:
        return ""
    return f"{site.root_url}{reverse('short_address', args=[page.pk])}"
