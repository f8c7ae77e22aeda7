"""From pasted text or a file to entries: which format it is, and how much of it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext as _

from testimony.importers.references import bibtex, csl_json, ris
from testimony.importers.references.entries import (
    MAX_CHARACTERS,
    MAX_ENTRIES,
    Entry,
    NotReadable,
    too_many,
)

Reader = Callable[[str], Iterator[Entry]]
READERS: dict[str, Reader] = {"BibTeX": bibtex.read, "RIS": ris.read, "CSL-JSON": csl_json.read}
BIBTEX = re.compile(r"^[ \t]{0,40}@[ \t]{0,9}\w{1,40}\s{0,9}[{(]", re.MULTILINE)
RIS = re.compile(r"^\ufeff?[ \t]{0,40}TY\s{0,2}-", re.MULTILINE)


def detect(text: str) -> str | None:
    """Which format `text` is, by how its first entry begins."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start and start in "[{":
        return "CSL-JSON"
    begins = {
        name: found.start()
        for name, pattern in (("BibTeX", BIBTEX), ("RIS", RIS))
        if (found := pattern.search(text))
    }
    return min(begins, key=lambda name: begins[name]) if begins else None


def read(text: str) -> tuple[str, list[Entry]]:
    """The format and every entry, good or bad. Raises NotReadable when there is nothing to list."""
    if len(text) > MAX_CHARACTERS:
        message = _("It has more than %(number)d thousand characters. Paste it in parts.")
        raise NotReadable(message % {"number": MAX_CHARACTERS // 1000})
    name = detect(text)
    if name is None:
        raise NotReadable(
            _(
                "This is none of BibTeX, RIS and CSL-JSON. Export one of them from the reference manager."
            )
        )
    entries = list(islice(READERS[name](text), MAX_ENTRIES + 1))
    if len(entries) > MAX_ENTRIES:
        raise NotReadable(too_many())
    if not entries:
        raise NotReadable(_("There is no entry in it."))
    return name, entries


def decoded(data: bytes) -> str:
    """An uploaded file as text. Programs on Windows still write the older form."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadable(_("The file is not text."))
