"""The list of public addresses for search engines (sitemaps.org, version 0.9)."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.models import Page, Site

from cms.domain.site_links import registered_addresses
from cms.domain.visibility import public_pages
from cms.views.public import cacheable

MOST = 50_000  # what one file may hold by the protocol
SECONDS = 3600


def sitemap(request: HttpRequest) -> HttpResponse:
    """What anybody may read: pages first, the newest of them, then what is no page."""
    addresses = (_pages(request) + _others(request))[:MOST]
    content = render_to_string("cms/sitemap.xml", {"addresses": addresses})
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    return cacheable(request, response, seconds=SECONDS)


def _pages(request: HttpRequest) -> list[tuple[str, dt.datetime | None]]:
    site = Site.find_for_request(request)
    if site is None:
        return []
    pages = public_pages(Page.objects.descendant_of(site.root_page, inclusive=True))
    rows = pages.order_by("-last_published_at", "pk").only("url_path", "last_published_at")[:MOST]
    # By the path alone: asking each page for its address would be a query for each.
    cut = len(site.root_page.url_path)
    return [(f"{site.root_url}/{row.url_path[cut:]}", row.last_published_at) for row in rows]


def _others(request: HttpRequest) -> list[tuple[str, dt.datetime | None]]:
    site = Site.find_for_request(request)
    root = site.root_url if site else ""
    return [(root + path, changed) for path, changed in registered_addresses()]
