"""Who joins a testimony: a list as people keep it, one line for each, pasted from a spreadsheet or typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SEPARATOR = re.compile(r"\s*[\t|;]\s*")
PARTS = 3


@dataclass(frozen=True)
class SignOn:
    organization: str
    person: str = ""
    title: str = ""


def sign_ons_of(text: str) -> list[SignOn]:
    """In the order of the lines, each once: committees count every organization one time."""
    found: dict[tuple[str, ...], SignOn] = {}
    for line in (text or "").splitlines():
        parts = [" ".join(part.split()) for part in SEPARATOR.split(line.strip())]
        if any(parts):
            found.setdefault(tuple(part.casefold() for part in parts), SignOn(*parts[:PARTS]))
    return list(found.values())


def validate_sign_ons(text: str) -> None:
    """A line of more parts would lose some of them on paper."""
    for number, line in enumerate((text or "").splitlines(), start=1):
        if len(SEPARATOR.split(line.strip())) > PARTS:
            words = _(
                "Line %(number)d has more than three parts. Write organization, person and title."
            )
            raise ValidationError(words % {"number": number})
