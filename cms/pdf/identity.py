"""Whose paper it is: the site's branding, or a programme's theme over it, as templates read it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from cms import logos
from cms.enums import FontPair
from cms.models import Branding, Theme
from cms.models.look import Look
from cms.pdf import font_sets
from cms.pdf.font_faces import SETS

LOGO_FILTER = "max-600x600|format-png"


@dataclass(frozen=True)
class Identity:
    """Has the names of `Branding`, so that templates take either."""

    organization_name: str = ""
    tagline: str = ""
    notice: str = ""
    letterhead_lines: str = ""
    address: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    primary_color: str = ""
    accent_color: str = ""
    font_pair: str = FontPair.PUBLIC
    logo: Any = None
    logo_drawing: str = ""


@dataclass(frozen=True)
class PrintedLogo:
    """A logo as print templates name it."""

    address: str
    alt: str


def identity_of(branding: Branding, theme: Look | None = None) -> Identity:
    """`branding`, with what `theme` says instead. A logo comes whole from one of them.

    A pair of fonts that is not made yet begins to be made; until it is there, the first pair stands for it.
    """
    values = {field.name: getattr(branding, field.name) for field in fields(Identity)}
    if isinstance(theme, Theme):
        own = {name: getattr(theme, name, "") for name in values}
        if own["logo"] or own["logo_drawing"]:
            values |= {"logo": None, "logo_drawing": ""}
        if own["organization_name"]:
            values["tagline"] = ""  # it is said of the site's own name
        if own["contact_name"] or own["contact_email"] or own["contact_phone"]:
            values |= {"contact_name": "", "contact_email": "", "contact_phone": ""}
        values |= {name: value for name, value in own.items() if value}
    if not font_sets.is_ready(values["font_pair"]):
        font_sets.begin(values["font_pair"])
        values["font_pair"] = FontPair.PUBLIC
    return Identity(**values)


def pairs_in_use() -> list[str]:
    """Pairs of fonts that the site or a theme has chosen and that have to be made."""
    chosen = {*Branding.objects.values_list("font_pair", flat=True)}
    chosen |= {*Theme.objects.values_list("font_pair", flat=True)}
    return sorted(chosen & set(SETS))


def printed_logo(identity: Identity) -> PrintedLogo | None:
    """The drawing where there is one, else the picture."""
    if identity.logo_drawing:
        name = keep_drawing(identity.logo_drawing)
        return PrintedLogo(f"asset://logo/{name}", identity.organization_name)
    if identity.logo is None:
        return None
    rendition = identity.logo.get_rendition(LOGO_FILTER)
    return PrintedLogo(f"asset://rendition/{rendition.pk}", rendition.alt)


def keep_drawing(drawing: str) -> str:
    """Put a cleaned drawing where the print engine finds it: a file named by its content."""
    folder = drawings_folder()
    name = f"{logos.digest(drawing)}.svg"
    if not (folder / name).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".writing-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(logos.clean_svg(drawing))
        Path(temporary).replace(folder / name)
    return name


def drawings_folder() -> Path:
    return Path(settings.ROSTRUM_DATA) / "logos"


def letterhead(branding: Branding, *, draft: bool, theme: Look | None = None) -> dict[str, Any]:
    """What every print template reads about its paper, and whether it is a draft."""
    identity = identity_of(branding, theme)
    return {
        "branding": identity,
        "logo": printed_logo(identity),
        "draft": draft,
        # A draft is printed to be marked up: the day tells two printouts apart. A final copy has no
        # clock in it, so that the same words give the same bytes.
        "printed_date": timezone.localdate() if draft else None,
    }
