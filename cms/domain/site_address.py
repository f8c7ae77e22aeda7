"""The site's address: the setting ROSTRUM_BASE_URL is the truth, Wagtail's default `Site` follows it.

Wagtail makes the addresses of pages from the `Site`, so a setting that changed must reach it: with
`manage.py migrate` and with the start of a server, whichever comes first.
"""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, transaction

from cms.domain.visibility import default_site

logger = logging.getLogger(__name__)


def stored_address() -> str:
    """What Wagtail's default site says; "" where there is none."""
    site = default_site()
    return site.root_url if site else ""


def follow_setting() -> bool:
    """Bring the default site in step; True when it had to be. Writes nothing when it is."""
    site = default_site()
    if site is None or site.root_url == settings.ROSTRUM_BASE_URL:
        return False
    address = urlsplit(settings.ROSTRUM_BASE_URL)
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save(update_fields=["hostname", "port"])
    return True


def follow_setting_if_possible() -> None:
    """The same where nothing may fail for it: no tables yet, or another site that has the address."""
    try:
        with transaction.atomic():
            follow_setting()
    except DatabaseError as error:
        logger.warning(
            "The site's address could not be set to %s: %s", settings.ROSTRUM_BASE_URL, error
        )
