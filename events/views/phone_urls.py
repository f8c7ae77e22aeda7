"""Addresses of speakers' own pages. `cms.urls` includes this at `my/`."""

from __future__ import annotations

from django.urls import re_path

from events.views.phone import appearances, document, mistyped

app_name = "appearances"

PERSONAL = r"(?P<token>[A-Za-z0-9_-]{43})"
# As the slug of a page: small words between hyphens. Of random letters so many are never all small.
SLUG = r"(?:[a-z0-9]+-)+[a-z0-9]+(?:/|$)"

urlpatterns = [
    re_path(rf"^{PERSONAL}/$", appearances, name="page"),
    re_path(
        rf"^{PERSONAL}/(?P<pk>[0-9]{{1,18}})/(?P<page_pk>[0-9]{{1,18}})/(?P<copy>read|filed)\.pdf$",
        document,
        name="document",
    ),
    # Without its last slash an address is still the right one, and Django leads there.
    # What resembles no link is left to Wagtail: a page of the site may be called "my".
    re_path(rf"^(?![A-Za-z0-9_-]{{43}}\Z)(?!{SLUG})[A-Za-z0-9_-]{{20,}}", mistyped),
]
