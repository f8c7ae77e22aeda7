"""Checks on single values that need no database."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)")


def validate_period(value: str) -> None:
    """Raise ValidationError when `value` names two years, the later one first."""
    years = YEAR.findall(value)
    if len(years) == 2 and years[0] > years[1]:
        raise ValidationError(
            _("The period ends before it begins: write %(first)s–%(last)s."),
            params={"first": years[1], "last": years[0]},
            code="reversed",
        )
