"""What every format is read into: CSL-JSON with the line it stood on, or the reason why not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from testimony.csl import SourceKind, date_text, names_text, seen
from testimony.domain.csl_items import VARIABLES, CslItem
from testimony.models import Source

MAX_CHARACTERS = 512 * 1024
MAX_ENTRIES = 1000
SHOWN = 80
MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|span|sc)(?:\s[^<>]{0,200})?>", re.IGNORECASE)


class NotReadable(Exception):
    """The text as a whole cannot be read; the message says why."""


def too_many() -> str:
    return _("It has more than %(number)d entries. Paste it in parts.") % {"number": MAX_ENTRIES}


@dataclass(frozen=True)
class Entry:
    """One entry of the text. `problem` says why it cannot become a source."""

    line: int
    label: str
    item: CslItem = field(default_factory=dict)
    problem: str = ""


def bad(line: int, label: str, problem: str) -> Entry:
    return Entry(line, plain(label)[:SHOWN], problem=problem)


def good(line: int, item: Mapping[str, Any]) -> Entry:
    """An entry that may become a source; without a title it cannot."""
    title = plain(item.get("title"))
    if not title:
        return bad(line, str(item.get("id") or ""), _("It has no title."))
    return Entry(line, title[:SHOWN], dict(item))


def plain(value: object) -> str:
    """Words of a field on one line; the markup that reference managers put into titles is dropped."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return seen(MARKUP.sub("", str(value)))


def source_of(item: CslItem) -> Source:
    """A source that is not saved yet. Raises ValidationError with what is wrong, by field."""
    fields = {name: plain(item.get(variable)) for name, variable in VARIABLES.items()}
    kind = plain(item.get("type"))
    fields["kind"] = kind if kind in SourceKind.values else SourceKind.DOCUMENT
    fields["author"] = names_text(item.get("author") or [])
    fields["editors"] = names_text(item.get("editor") or [])
    fields["published"] = _published(item.get("issued"))
    fields["language"] = fields["language"][:2].lower()
    source = Source(**fields, note=plain(item.get("note"))[:255], live=False)
    source.retrieved_on = _day(item.get("accessed"))
    source.full_clean(exclude=["owner", "latest_revision", "live_revision", "locked_by"])
    return source


def problems_of(error: ValidationError) -> str:
    """What is wrong in one line: “title: …”."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{Source._meta.get_field(name).verbose_name}: {' '.join(dict.fromkeys(messages))}"
        for name, messages in error.message_dict.items()
    )


def _published(issued: object) -> str:
    if not isinstance(issued, Mapping):
        return ""
    parts = issued.get("date-parts")
    return date_text(parts[0]) if parts else plain(issued.get("literal"))[:32]


def _day(accessed: object) -> dt.date | None:
    parts = accessed.get("date-parts") if isinstance(accessed, Mapping) else None
    if not parts or len(parts[0]) != 3:
        return None
    try:
        return dt.date(*parts[0])
    except ValueError:
        return None
