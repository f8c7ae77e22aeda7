"""CSL-JSON: what Zotero and others export. Checked here, since nothing about it may be taken for granted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from testimony.csl import NAME_KEYS, Name, parse_date
from testimony.importers.references.entries import Entry, NotReadable, bad, good, plain

TEXTS = {
    *("type", "title", "container-title", "publisher", "publisher-place", "volume", "issue"),
    *("page", "number", "edition", "DOI", "ISBN", "URL", "language", "note"),
}
DATES, NAMES = ("issued", "accessed"), ("author", "editor")


def read(text: str) -> Iterator[Entry]:
    for line, found in _objects(text):
        if not isinstance(found, dict):
            yield bad(line, json.dumps(found), _("It is no entry, which is written in { and }."))
            continue
        yield good(line, _item(found))


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """Each entry of the list with its line. A single entry may stand without its list."""
    decoder = json.JSONDecoder()
    position = _skip(text, 0)
    if text[position : position + 1] == "{":
        found, _end = _decode(decoder, text, position)
        # Some programs wrap the list.
        inner = found.get("items") if isinstance(found, dict) else None
        for item in inner if isinstance(inner, list) else [found]:
            yield 1, item
        return
    if text[position : position + 1] != "[":
        raise NotReadable(_("It does not begin as a list of entries does: with ["))
    position = _skip(text, position + 1)
    counted, line = 0, 1
    while text[position : position + 1] != "]":
        line += text.count("\n", counted, position)
        counted = position
        found, end = _decode(decoder, text, position)
        yield line, found
        position = _skip(text, end)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
        elif text[position : position + 1] != "]":
            raise NotReadable(_("Line %(line)d: a comma or ] is missing.") % {"line": line})


def _decode(decoder: json.JSONDecoder, text: str, position: int) -> tuple[Any, int]:
    try:
        return decoder.raw_decode(text, position)
    except json.JSONDecodeError as error:
        message = _("Line %(line)d is not JSON: %(reason)s.")
        raise NotReadable(message % {"line": error.lineno, "reason": error.msg}) from error
    except (RecursionError, ValueError) as error:
        raise NotReadable(
            _("It is nested too deeply, or holds a number that is too long.")
        ) from error


def _skip(text: str, position: int) -> int:
    while text[position : position + 1] and text[position] in " \t\r\n\ufeff":
        position += 1
    return position


def _item(found: dict[str, Any]) -> dict[str, Any]:
    """What we know of, in the form it should have. The rest is left where it came from."""
    item: dict[str, Any] = {key: plain(found[key]) for key in TEXTS if key in found}
    for key in NAMES:
        item[key] = _names(found.get(key))
    for key in DATES:
        if date := read_date(found.get(key)):
            item[key] = date
    item["id"] = plain(found.get("id"))
    return item


def _names(value: object) -> list[Name]:
    if not isinstance(value, list):
        return []
    names = [
        {key: plain(name[key]) for key in NAME_KEYS if plain(name.get(key))}
        for name in value
        if isinstance(name, dict)
    ]
    return [name for name in names if name]


def read_date(value: object) -> dict[str, Any]:
    """A date of CSL-JSON: by its parts, or by words that say a date, or else the words."""
    if not isinstance(value, dict):
        return {}
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list) and first:
        words = "-".join(plain(part) for part in first[:3])
    else:
        words = plain(value.get("raw")) or plain(value.get("literal"))
    return date_of(words)


def date_of(words: str) -> dict[str, Any]:
    """Words as a date of CSL-JSON: parts when they say a date."""
    known = parse_date(words)
    if known:
        return {"date-parts": [list(known)]}
    return {"literal": words} if words else {}
