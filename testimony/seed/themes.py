"""Themes that no public document wears: one that nobody chose, one of drafts."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from cms.models import CreditedImage, Theme

# A drawing keeps the names of its parts, so that one of them can hide a word.
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect id="{}" width="9" height="9"/></svg>'
WRITTEN = (
    *("name", "organization_name", "letterhead_lines"),
    *("address", "contact_name", "contact_phone"),
)


def make_theme(word: Callable[[str], str], logo: CreditedImage) -> Theme:
    """A word in every field that holds any; its colours are those of no other look."""
    return Theme.objects.create(
        **{name: word(name) for name in WRITTEN},
        contact_email=f"{word('contact_email')}@seed.example",
        logo_drawing=DRAWING.format(word("logo_drawing")),
        logo=logo,
        primary_color="#4a1d5f",
        accent_color="#7a1f3d",
    )


def addresses(theme: Theme, logo: CreditedImage) -> list[str]:
    """What the site would serve of it."""
    return [
        reverse("theme_css", args=[theme.pk]),
        reverse("logo_drawing", args=[theme.logo_digest]),
        logo.file.url,
        logo.get_rendition("width-400").url,
    ]
