"""Rows of a table of past appearances: read, checked and made into plain values. Touches no database."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain.times import day_to_utc, local_to_utc, zone_of
from events.importers.shared import EVENT_KINDS, SHORT, TIMEZONE, body_name, event_key

LARGEST = 5 * 2**20  # bytes; the real list has 70,000
REQUIRED = ("date", "event_type", "event_title", "speaker")
OPTIONAL = (
    *("time", "timezone", "body", "committee", "subcommittee", "location", "role"),
    *("document_type", "testimony_id", "index_entry_as_published"),
)
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d\Z")
NOTES = 4_000


class NotReadable(Exception):
    """The file as a whole cannot be read. `str(error)` says why."""


class RowRejected(Exception):
    """This row cannot come in. `str(error)` says why, for the person who has the file."""


@dataclass(frozen=True)
class Row:
    """One line of the file with what its columns hold, or why they cannot be told."""

    line: int
    values: dict[str, str]
    problem: str = ""


@dataclass(frozen=True)
class Appearance:
    """The checked values of a row."""

    key: str
    event_key: str
    kind: str
    title: str
    day: dt.date
    starts_at: dt.datetime | None
    timezone: str
    body: str
    parent: str
    place: str
    speaker: str
    role: str
    testimony_id: str
    notes: str


def decoded(data: bytes) -> str:
    if len(data) > LARGEST:
        raise NotReadable(_("The file is larger than 5 MB. Divide it."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = _("It is not UTF-8: byte %(position)d. Save it as CSV UTF-8.")
        raise NotReadable(words % {"position": error.start + 1}) from error


def rows_of(text: str) -> list[Row]:
    """The rows below the heading; empty lines are left out. Raises NotReadable."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        heading = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise NotReadable(_("The first line cannot be read as CSV.")) from error
    missing = [name for name in REQUIRED if name not in heading]
    if missing:
        words = _("The first line must name the columns. Missing: %(names)s.")
        raise NotReadable(words % {"names": ", ".join(missing)})
    if len(set(heading)) < len(heading):
        raise NotReadable(_("The first line names a column twice."))
    return list(_rows(reader, heading))


def _rows(reader, heading: list[str]) -> Iterator[Row]:
    line = reader.line_num + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, {}, _("it cannot be read as CSV, nor what follows"))
            return
        if any(cell.strip() for cell in cells):
            values = dict(zip(heading, (cell.strip() for cell in cells), strict=False))
            words = _("it has %(found)d columns, the first line has %(wanted)d")
            counted = words % {"found": len(cells), "wanted": len(heading)}
            yield Row(line, values, "" if len(cells) == len(heading) else counted)
        line = reader.line_num + 1


def checked(values: dict[str, str]) -> Appearance:
    """Raises RowRejected with the first problem found, and ValidationError for a time that the clocks of the place
    skip or show twice."""
    for name in REQUIRED:
        if not values.get(name):
            raise RowRejected(_("missing %(field)s") % {"field": name})
    for name, value in values.items():
        _storable(name, value)
    kind = values["event_type"]
    if kind not in EVENT_KINDS:
        raise RowRejected(_("unknown event type “%(type)s”") % {"type": kind})
    day, starts_at, zone = _moment(values)
    body = body_name(values.get("committee", ""), values.get("subcommittee", ""))
    if len(body) > SHORT:
        raise RowRejected(_("name of the committee and subcommittee is too long"))
    parent = values.get("body", "")
    at = event_key(kind, day, body or parent, values["event_title"])
    return Appearance(
        key=_key(values, at),
        event_key=at,
        kind=EVENT_KINDS[kind],
        title=values["event_title"],
        day=day,
        starts_at=starts_at,
        timezone=zone,
        body=body,
        parent=parent,
        place=values.get("location", ""),
        speaker=values["speaker"],
        role=values.get("role", ""),
        testimony_id=values.get("testimony_id", ""),
        notes=values.get("index_entry_as_published", ""),
    )


def _key(values: dict[str, str], event: str) -> str:
    if values.get("testimony_id"):
        return f"testimony/{values['testimony_id']}"
    parts = "\n".join([event, values["speaker"], values.get("document_type", "")])
    return f"appearance/{hashlib.sha256(parts.encode()).hexdigest()}"


def _moment(values: dict[str, str]) -> tuple[dt.date, dt.datetime | None, str]:
    """The day, the moment where an hour is given, and the zone."""
    written = values["date"]
    try:
        day = dt.date.fromisoformat(written) if ISO_DATE.match(written) else None
    except ValueError:
        day = None
    if day is None:
        raise RowRejected(_("bad date “%(date)s”: write 2024-03-31") % {"date": written})
    zone, clock = values.get("timezone") or TIMEZONE, values.get("time", "")
    day_to_utc(day, zone)  # raises for a zone that does not exist, and for a day that was skipped
    still_to_come = RowRejected(
        _("%(date)s is still to come: add it as an event") % {"date": written}
    )
    if day > timezone.now().astimezone(zone_of(zone)).date():
        raise still_to_come
    if not clock:
        return day, None, zone
    if not CLOCK.match(clock):
        raise RowRejected(_("bad time “%(time)s”: write 09:30") % {"time": clock})
    hours, minutes = clock.split(":")
    starts_at = local_to_utc(dt.datetime.combine(day, dt.time(int(hours), int(minutes))), zone)
    if starts_at > timezone.now():
        raise still_to_come
    return day, starts_at, zone


def _storable(name: str, value: str) -> None:
    limit = NOTES if name == "index_entry_as_published" else SHORT - 10
    if len(value) > limit:
        words = _("%(field)s is too long: %(length)d characters, at most %(limit)d")
        raise RowRejected(words % {"field": name, "length": len(value), "limit": limit})
    if "\0" in value:
        raise RowRejected(_("%(field)s holds a NUL character") % {"field": name})
