"""What the profile of its body makes of a testimony: the name of its file, and what it must keep to."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from wagtail.models import Page

from cms.domain.visibility import default_site
from cms.models import Branding
from events.domain.file_names import file_stem
from events.models import Body
from testimony.models import TestimonyPage


def body_of(page: Page) -> Body | None:
    event = getattr(page, "event", None)
    return event.body if event else None


def wants_plain(page: Page) -> bool:
    """Whether its body asks for files without logo and colours."""
    body = body_of(page)
    return body is not None and body.no_branding


def file_stem_of(page: TestimonyPage) -> str:
    """After the body's rule; empty when it has none."""
    body = body_of(page)
    if body is None or not body.file_name_pattern:
        return ""
    # The body's files are sorted by its clerks, whatever the language of the testimony.
    with translation.override(settings.LANGUAGE_CODE):
        values = {
            "bill": page.vehicle.identifier if page.vehicle else "",
            "organization": _organization(page),
            "position": page.position_words,
            "name": page.speaker.name.split(",")[0] if page.speaker else "",
            "date": page.effective_date.isoformat() if page.effective_date else "",
        }
    return file_stem(body.file_name_pattern, values)


def _organization(page: TestimonyPage) -> str:
    """Whom the speaker stands for: in short where that is known, since names of files are cut."""
    organization = page.speaker.organization if page.speaker else None
    if organization is not None:
        return organization.acronym or organization.name
    site = default_site()
    return Branding.for_site(site).organization_name if site else ""
