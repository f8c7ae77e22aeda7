"""BibTeX and BibLaTeX, read by bibtexparser; TeX's own way of writing letters by pylatexenc."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import bibtexparser
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    ImplicitComment,
    ParsingFailedBlock,
)
from bibtexparser.model import (
    Entry as BibEntry,
)
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

from testimony.csl import Name
from testimony.importers.references.csl_json import date_of
from testimony.importers.references.entries import (
    MAX_ENTRIES,
    Entry,
    NotReadable,
    bad,
    good,
    plain,
    too_many,
)

KINDS = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "booklet": "book",
    "proceedings": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "techreport": "report",
    "report": "report",
    "manual": "report",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
}
# Variable of CSL: fields of BibTeX, the first that says something.
TEXTS = {
    "title": ("title",),
    "container-title": ("journal", "journaltitle", "booktitle"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("address", "location"),
    "volume": ("volume",),
    "edition": ("edition",),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "URL": ("url",),
    "language": ("langid", "language"),
}
LANGUAGES = {"english": "en", "american": "en", "british": "en", "spanish": "es", "french": "fr"}
ADDRESS = re.compile(r"https?://[^\s{}\\]+")
OPENING = re.compile(r"@[ \t]{0,9}\w{1,40}\s{0,9}[{(]")
RIS_LINE = re.compile(r"^[ \t]{0,40}TY\s{0,2}-.{0,200}", re.MULTILINE)
BARE_PERCENT = re.compile(r"(?<!\\)%")
TEX_SIGNS = frozenset("\\{}$~`'-")
TEX_ERRORS = (
    LatexWalkerError,
    RecursionError,
    IndexError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
)

# They log what is wrong with a text, and quote it. We tell the person who pasted it.
for _noisy in ("bibtexparser", "pylatexenc"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)


def read(text: str) -> Iterator[Entry]:
    if (
        sum(1 for _found in OPENING.finditer(text)) > MAX_ENTRIES
        or text.count("@") > 10 * MAX_ENTRIES
    ):
        raise NotReadable(too_many())
    for block in bibtexparser.parse_string(text).blocks:
        if entry := _read_block(block):
            yield entry


def _read_block(block: Block) -> Entry | None:
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        # A key only matters to TeX. The same work twice is found by what it says.
        inner = block.ignore_error_block
        return _read_block(inner) if isinstance(inner, BibEntry) else None
    if isinstance(block, DuplicateFieldKeyBlock):
        return bad(line, _label(block), _("A field stands in it twice."))
    if isinstance(block, ParsingFailedBlock):
        return bad(
            line, _label(block), _("It is not complete: a brace or quotation mark is missing.")
        )
    if isinstance(block, BibEntry):
        fields = {field.key.lower(): str(field.value) for field in block.fields}
        return good(line, {**_item(block.entry_type.lower(), fields), "id": block.key})
    if isinstance(block, ImplicitComment) and (found := RIS_LINE.search(block.comment)):
        line += block.comment.count("\n", 0, found.start())
        return bad(line, found.group(), _("This is RIS among BibTeX. Paste it on its own."))
    return None  # comments, abbreviations, preambles


def _label(block: Block) -> str:
    return (block.raw or "").strip().splitlines()[0] if (block.raw or "").strip() else ""


def _item(kind: str, fields: dict[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {"type": KINDS.get(kind, "document")}
    for variable, keys in TEXTS.items():
        raw = next((fields[key] for key in keys if fields.get(key, "").strip()), "")
        # An address is no TeX, and its signs are its own.
        item[variable] = raw.strip("{} ").replace("\\", "") if variable == "URL" else decode(raw)
    item["issue" if kind == "article" else "number"] = decode(
        fields.get("number") or fields.get("issue", "")
    )
    item["page"] = re.sub(r"\s*[-–—]+\s*", "-", decode(fields.get("pages", "")))
    item["language"] = LANGUAGES.get(item["language"].lower(), item["language"])
    item["author"], item["editor"] = (
        names(fields.get("author", "")),
        names(fields.get("editor", "")),
    )
    if not item["URL"] and (found := ADDRESS.search(fields.get("howpublished", ""))):
        item["URL"] = found.group()
    if item["type"] == "document" and item["URL"]:
        item["type"] = "webpage"
    for variable, words in (
        ("issued", _issued(fields)),
        ("accessed", decode(fields.get("urldate", ""))),
    ):
        if date := date_of(words):
            item[variable] = date
    return item


def _issued(fields: dict[str, str]) -> str:
    if fields.get("date"):
        return decode(fields["date"])
    year, month = decode(fields.get("year", "")), decode(fields.get("month", ""))
    joined = f"{year}-{month}" if month.isdigit() else f"{month} {year}"
    return joined if month else year


def names(raw: str) -> list[Name]:
    """Persons and institutions of a field. Braces around all of a name make it an institution."""
    found: list[Name] = []
    for words in split_multiple_persons_names(raw) if raw.strip() else []:
        if words.startswith("{") and words.endswith("}"):
            found.append({"literal": decode(words)})
            continue
        try:
            parts = parse_single_name_into_parts(words, strict=False)
        except (InvalidNameError, IndexError, ValueError):
            found.append({"literal": decode(words)})
            continue
        family = decode(" ".join((*parts.von, *parts.last)))
        given, suffix = decode(" ".join(parts.first)), decode(" ".join(parts.jr))
        found.append(
            {"family": family, "given": given, "suffix": suffix} if given else {"literal": family}
        )
    return [name for name in found if any(name.values())]


@lru_cache(maxsize=1)
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim", keep_comments=True)


def decode(text: str) -> str:
    """`text` without TeX: letters for accents, quotation marks for quotation marks, no braces."""
    if TEX_SIGNS.isdisjoint(text):
        return plain(text)
    try:
        # A percent sign begins a comment in TeX; in a title it means percent.
        return plain(_decoder().latex_to_text(BARE_PERCENT.sub(r"\\%", text)))
    except TEX_ERRORS:
        return plain(text.replace("{", "").replace("}", ""))
