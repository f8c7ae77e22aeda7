"""All addresses of the site."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views.branding import branding_css, favicon
from cms.views.media import media

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("favicon.ico", favicon),
    path("branding.css", branding_css, name="branding_css"),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media, name="media"),
    path("records/", include("events.urls")),
    path("", include(wagtail_urls)),
]
