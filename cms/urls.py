"""All addresses of the site."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.views.branding import (
    branding_css,
    favicon,
    font_file,
    logo_drawing,
    theme_css,
    trial_css,
)
from cms.views.media import media
from cms.views.short_address import short_address
from cms.views.sitemap import sitemap

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("favicon.ico", favicon),
    path("branding.css", branding_css, name="branding_css"),
    path("branding/trial.css", trial_css, name="trial_css"),
    path("branding/theme-<int:theme_id>.css", theme_css, name="theme_css"),
    path("branding/logo-<str:digest>.svg", logo_drawing, name="logo_drawing"),
    path("branding/fonts/<slug:pair>/<slug:digest>/<str:name>", font_file, name="font_file"),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media, name="media"),
    path("d/<int:page_id>/", short_address, name="short_address"),
    path("my/", include("events.views.phone_urls")),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("events/", include("events.views.public_urls")),
    path("records/", include("events.urls")),
    path("agendas/", include("events.views.agenda_urls")),
    path("", include(wagtail_urls)),
]
