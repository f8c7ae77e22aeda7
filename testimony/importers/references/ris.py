"""RIS: a record runs from `TY  -` to `ER  -`. Read by rispy, one record at a time, so that one bad
record does not take the next along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy
from django.utils.translation import gettext as _

from testimony.csl import Name
from testimony.importers.references.csl_json import date_of
from testimony.importers.references.entries import Entry, bad, good, plain

TAG = re.compile(r"^([A-Z][A-Z0-9])\s{0,2}-(?: ?)(.*)$")
KINDS = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "RPRT": "report",
    "GOVDOC": "report",
    "STAND": "report",
    "ELEC": "webpage",
    "BLOG": "webpage",
    "ICOMM": "webpage",
    "DATA": "dataset",
    "DBASE": "dataset",
    "STAT": "legislation",
    "LEGAL": "legislation",
    "BILL": "bill",
    "CASE": "legal_case",
    "HEAR": "speech",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "THES": "thesis",
}
# Variable of CSL: keys of rispy, the first that says something.
TEXTS = {
    "title": ("title", "primary_title", "translated_title", "short_title"),
    "publisher": ("publisher",),
    "publisher-place": ("place_published",),
    "volume": ("volume",),
    "edition": ("edition",),
    "DOI": ("doi",),
    "URL": ("urls",),
    "language": ("language",),
}
CONTAINERS = ("journal_name", "alternate_title3", "secondary_title", "alternate_title2")
PERIODICALS = {"article-journal", "article-magazine", "article-newspaper"}


def read(text: str) -> Iterator[Entry]:
    for line, lines, problem in _records(text):
        label = next(
            (found[2] for row in lines if (found := TAG.match(row)) and found[1] in {"TI", "T1"}),
            "",
        )
        if problem:
            yield bad(line, label or lines[0], problem)
            continue
        try:
            records = rispy.loads("\n".join(lines), delimiter_tags_mapping={})
        except (KeyError, TypeError, ValueError, AttributeError):
            records = []
        if len(records) == 1:
            yield good(line, _item(records[0]))
        else:
            yield bad(line, label, _("The record cannot be read."))


def _records(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Line, lines in the strict form that rispy knows, and what is wrong with the record as a whole."""
    start = 0
    lines: list[str] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        row = raw.lstrip("\ufeff").rstrip()
        found = TAG.match(row)
        tag = found[1] if found else ""
        if tag == "TY":
            if lines:
                yield start, lines, _("The record has no end (ER).")
            start, lines = number, []
        elif row.strip() and not lines:
            yield number, [row], _("It stands outside of a record, which begins with TY.")
            continue
        if not row.strip():
            continue
        lines.append(f"{tag}  - {found[2]}" if found else row)
        if tag == "ER":
            yield start, lines, ""
            lines = []
    if lines:
        yield start, lines, _("The record has no end (ER).")


def _item(record: dict[str, Any]) -> dict[str, Any]:
    kind = KINDS.get(plain(record.get("type_of_reference")), "document")
    item: dict[str, Any] = {"type": kind}
    for variable, keys in TEXTS.items():
        item[variable] = _first(record, keys)
    item["container-title"] = _first(record, CONTAINERS)
    item["issue" if kind in PERIODICALS else "number"] = _first(record, ("number",))
    start, end = _first(record, ("start_page",)), _first(record, ("end_page",))
    item["page"] = f"{start}-{end}" if start and end and "-" not in start else start
    if kind in {"book", "chapter"}:
        item["ISBN"] = _first(record, ("issn",))
    item["author"] = [_name(name) for name in _list(record, "authors", "first_authors")]
    item["editor"] = [_name(name) for name in _list(record, "secondary_authors")]
    for variable, keys in {
        "issued": ("date", "year", "publication_year"),
        "accessed": ("access_date",),
    }.items():
        # RIS writes 2021/05/04/ and leaves out what is not known.
        if date := date_of(_first(record, keys).strip("/ ").replace("//", "/")):
            item[variable] = date
    return item


def _first(record: dict[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = record.get(key)
        for words in value if isinstance(value, list) else [value]:
            if plain(words):
                return plain(words)
    return ""


def _list(record: dict[str, Any], *keys: str) -> list[str]:
    found = [words for key in keys for words in record.get(key) or []]
    return [plain(words) for words in found if plain(words)]


def _name(words: str) -> Name:
    """`Surname, Given, Suffix`; an institution has no comma, or ends with one."""
    family, _comma, rest = (part.strip() for part in words.partition(","))
    given, _comma, suffix = (part.strip() for part in rest.partition(","))
    if family and given:
        return {"family": family, "given": given, "suffix": suffix}
    return {"literal": family or words}
