"""One line of an import file: read, checked and made into plain values. Touches no database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from events.enums import EventKind
from events.importers.shared import EVENT_KINDS
from events.importers.shared import body_name as named_body
from testimony.enums import DocumentKind

SHORT, LONG = 255, 500
MAX_LINE = 2 * 2**20  # bytes; the longest real testimony has 60,000
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
web_address = URLValidator(schemes=["http", "https"])


class LineRejected(Exception):
    """This line cannot come in. `str(error)` says why, for the person who has the file."""


@dataclass(frozen=True)
class EventLine:
    kind: EventKind
    type_name: str
    name: str
    place: str


@dataclass(frozen=True)
class TestimonyLine:
    __test__ = False

    key: str
    digest: str
    document_kind: str
    title: str
    date: dt.date
    text: str
    body_name: str
    parent_name: str
    event: EventLine | None
    speaker: str
    speaker_role: str
    issues: tuple[str, ...]
    publisher: str
    url: str
    licence: str


def read_line(raw: bytes) -> dict[str, Any]:
    """The object that a line holds, whatever its fields; LineRejected when it holds none."""
    if len(raw) > MAX_LINE:
        raise LineRejected(_("longer than 2 MB"))
    try:
        data = json.loads(raw.rstrip().decode("utf-8"))
    except UnicodeDecodeError as error:
        message = _("not UTF-8: byte 0x%(byte)02x at position %(position)d")
        raise LineRejected(
            message % {"byte": raw[error.start], "position": error.start + 1}
        ) from error
    except json.JSONDecodeError as error:
        message = _("not JSON: %(problem)s at column %(column)d")
        raise LineRejected(message % {"problem": error.msg, "column": error.colno}) from error
    except (RecursionError, ValueError) as error:  # nested thousands deep; a number of many digits
        raise LineRejected(_("not JSON that can be read")) from error
    if not isinstance(data, dict):
        raise LineRejected(_("not a JSON object"))
    return data


def parse(data: dict[str, Any]) -> TestimonyLine:
    """The checked values of a line. Raises LineRejected with the first problem found."""
    kind = text_of(data, "doc_type", required=True)
    if kind not in DocumentKind.values:
        raise LineRejected(_("unknown document type “%(kind)s”") % {"kind": kind})
    body = text_of(data, "body")
    speaker = object_of(data, "speaker", required=True)
    source = object_of(data, "source")
    return TestimonyLine(
        key=text_of(data, "id", required=True),
        digest=digest(data),
        document_kind=kind,
        title=text_of(data, "title", required=True),
        date=date_of(data),
        text=words_of(data),
        body_name=body_name(data) or body,
        parent_name=body,
        event=event_of(data),
        speaker=text_of(speaker, "name", required=True, label="speaker"),
        speaker_role=text_of(speaker, "role", label="speaker's role"),
        issues=issues_of(data),
        publisher=text_of(source, "publisher", label="publisher"),
        url=address_of(source),
        licence=text_of(object_of(data, "licence"), "id", limit=64, label="licence"),
    )


def digest(data: dict[str, Any]) -> str:
    """Equal for equal content, however the fields are ordered."""
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def text_of(
    data: dict[str, Any],
    name: str,
    *,
    required: bool = False,
    limit: int | None = SHORT,
    label: str = "",
) -> str:
    """A field's text; "" when it is absent or null and not required."""
    label = label or name
    value = data.get(name)
    if value is None and required:
        raise LineRejected(_("missing %(field)s") % {"field": label})
    if value is not None and not isinstance(value, str):
        raise LineRejected(_("%(field)s is not text") % {"field": label})
    text = (value or "").strip()
    if required and not text:
        raise LineRejected(_("empty %(field)s") % {"field": label})
    if limit is not None and len(text) > limit:
        message = _("%(field)s is too long: %(length)d characters, at most %(limit)d")
        raise LineRejected(message % {"field": label, "length": len(text), "limit": limit})
    return storable(text, label)


def words_of(data: dict[str, Any]) -> str:
    text = text_of(data, "text", required=True, limit=None)
    if not any(character.isalnum() for character in text):
        raise LineRejected(_("text has no words"))
    return text


def storable(text: str, label: str) -> str:
    """`text`, unless it holds what no database keeps."""
    if "\0" in text:
        raise LineRejected(_("%(field)s holds a NUL character") % {"field": label})
    try:
        text.encode()
    except UnicodeEncodeError as error:
        message = _("%(field)s holds half of a character (a lone surrogate)")
        raise LineRejected(message % {"field": label}) from error
    return text


def object_of(data: dict[str, Any], name: str, *, required: bool = False) -> dict[str, Any]:
    value = data.get(name)
    if value is None:
        if required:
            raise LineRejected(_("missing %(field)s") % {"field": name})
        return {}
    if not isinstance(value, dict):
        raise LineRejected(_("%(field)s is not an object") % {"field": name})
    return value


def date_of(data: dict[str, Any]) -> dt.date:
    text = text_of(data, "date", required=True)
    try:
        if ISO_DATE.match(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise LineRejected(_("bad date “%(date)s”: write 2024-03-31") % {"date": text})


def body_name(data: dict[str, Any]) -> str:
    """A subcommittee is a body of its own, named after its committee."""
    name = named_body(text_of(data, "committee"), text_of(data, "subcommittee"))
    if len(name) > SHORT:
        raise LineRejected(_("name of the committee and subcommittee is too long"))
    return name


def event_of(data: dict[str, Any]) -> EventLine | None:
    event = object_of(data, "event")
    if not event:
        return None
    type_name = text_of(event, "type", required=True, label="event type")
    if type_name not in EVENT_KINDS:
        raise LineRejected(_("unknown event type “%(type)s”") % {"type": type_name})
    return EventLine(
        kind=EVENT_KINDS[type_name],
        type_name=type_name,
        name=text_of(event, "name", label="name of the event") or text_of(data, "title"),
        place=text_of(event, "location", label="location"),
    )


def issues_of(data: dict[str, Any]) -> tuple[str, ...]:
    value = data.get("issues") or []
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise LineRejected(_("issues is not a list of names"))
    return tuple(dict.fromkeys(storable(slug.strip(), "issues") for slug in value if slug.strip()))


def address_of(source: dict[str, Any]) -> str:
    url = text_of(source, "document_url", limit=LONG, label="source address")
    if url:
        try:
            web_address(url)
        except ValidationError as error:
            raise LineRejected(_("bad source address “%(url)s”") % {"url": url}) from error
    return url
