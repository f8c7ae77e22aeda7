"""What a body's profile may hold. A leaf: imports nothing of the project."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What a pattern of file names may name. Patterns that are stored may spell the second as the British do.
PLACEHOLDERS = ("bill", "organization", "position", "name", "date")
SPELLINGS = {"organisation": "organization", "organization_name": "organization"}
DIGITS = re.compile(r"0[1-9]")  # {bill:04}: its number with leading zeros
MOST_MINUTES = 999
FORBIDDEN = re.compile(r"[^\w .,()&+-]|[\x00-\x1f]")


def pattern_parts(pattern: str) -> list[tuple[str, str, int]]:
    """Literal text, the placeholder after it (or ""), and to how many digits its numbers are filled up.

    Raises ValidationError, which says what is wrong and what may be written.
    """
    try:
        parsed = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise ValidationError(
            _("A brace { has no partner. Write placeholders like {bill}."), code="braces"
        ) from error
    return [_part(*part) for part in parsed]


def _part(
    literal: str, name: str | None, spec: str | None, conversion: str | None
) -> tuple[str, str, int]:
    if found := FORBIDDEN.search(literal):
        raise ValidationError(
            _("“%(sign)s” cannot stand in a file name. Use letters, numbers, spaces, - and _."),
            code="sign",
            params={"sign": found.group()},
        )
    if name is None:
        return literal, "", 0
    known = SPELLINGS.get(name, name)
    if known not in PLACEHOLDERS or conversion:
        raise ValidationError(
            _("{%(name)s} is not known. There are: %(known)s."),
            code="placeholder",
            params={"name": name, "known": ", ".join(f"{{{it}}}" for it in PLACEHOLDERS)},
        )
    if not spec:
        return literal, known, 0
    if known != "bill" or not DIGITS.fullmatch(spec):
        raise ValidationError(
            _("Only the bill’s number takes leading zeros: {bill:04} makes HB 83 into HB0083."),
            code="digits",
        )
    return literal, known, int(spec)


def validate_file_name_pattern(pattern: str) -> None:
    """A body's rule for the names of files, such as {bill:04}_{organization}_{position}_{name}."""
    if not any(name for _literal, name, _digits in pattern_parts(pattern)):
        raise ValidationError(
            _("Every file would have the same name. Use at least one of: %(known)s."),
            code="constant",
            params={"known": ", ".join(f"{{{it}}}" for it in PLACEHOLDERS)},
        )


@dataclass(frozen=True)
class Step:
    """One line of a run of show; `minutes` is None where a step takes no time of its own."""

    minutes: int | None
    what: str
    who: str = ""


def steps_of(text: str) -> list[Step]:
    """The lines of a run of show, as they were typed. What is no number of minutes belongs to the words."""
    steps = []
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = [part.strip() for part in line.split("|")]
        first = parts.pop(0) if len(parts) > 1 else ""
        minutes = int(first) if first.isdecimal() else None
        steps.append(Step(minutes, parts[0], ", ".join(filter(None, parts[1:]))))
    return steps


def validate_run_of_show(text: str) -> None:
    """Lines of “minutes | what happens | who”. Raises ValidationError with the number of the line."""
    for number, line in enumerate(text.splitlines(), start=1):
        first, bar, rest = line.partition("|")
        said = {"line": number}
        if not line.strip():
            continue
        if not bar or not rest.strip(" |"):
            raise ValidationError(
                _("Line %(line)d: write minutes | what happens | who."), code="step", params=said
            )
        if first.strip() and not (first.strip().isdecimal() and 0 < int(first) <= MOST_MINUTES):
            raise ValidationError(
                _("Line %(line)d: begin with minutes from 1 to 999, or with the bar |."),
                code="minutes",
                params=said,
            )


def validate_jurisdiction(value: str) -> None:
    """Raise ValidationError unless holidays of `value` are known: a country (US) or its part (US-CA)."""
    from holidays import list_supported_countries  # lazy: reads a hundred calendars

    country, dash, part = value.partition("-")
    known = list_supported_countries()
    if country not in known or (dash and part not in known[country]):
        raise ValidationError(
            _("Holidays of %(value)s are not known. Write for example US, US-CA or US-WA."),
            code="unknown_jurisdiction",
            params={"value": value},
        )
