"""Checks on single values that need no database."""

from __future__ import annotations

import re
import zoneinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEX_COLOR = re.compile(r"#[0-9a-fA-F]{6}\Z")
MINIMUM_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3, normal text


def validate_hex_color(value: str) -> None:
    """Raise ValidationError unless `value` is `#rrggbb`."""
    if not HEX_COLOR.match(value):
        raise ValidationError(_("Write the color as # and six digits, for example #1b4965."))


def relative_luminance(color: str) -> float:
    """Relative luminance, 0 (black) to 1 (white), of `#rrggbb` (WCAG 2.2 definition)."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(first: str, second: str) -> float:
    """Contrast ratio, 1 to 21, of two `#rrggbb` colours (WCAG 2.2 definition)."""
    lighter, darker = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def validate_contrast(color: str, on: str, *, pair: str) -> None:
    """Raise ValidationError naming `pair` when text of `color` on `on` is not readable."""
    ratio = contrast_ratio(color, on)
    if ratio < MINIMUM_CONTRAST:
        raise ValidationError(
            _(
                "%(pair)s has a contrast of %(ratio).1f to 1; text needs at least 4.5 to 1. "
                "Choose a darker color."
            ),
            params={"pair": pair, "ratio": ratio},
            code="contrast",
        )


def validate_timezone(value: str) -> None:
    """Raise ValidationError unless `value` is an IANA time zone such as America/Chicago."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(value)s is not a known time zone. Write for example America/Chicago."),
            params={"value": value},
        )
