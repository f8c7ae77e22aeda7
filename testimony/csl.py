"""The vocabulary of citations: kinds, names and dates as people type them and as CSL-JSON holds them.

CSL-JSON is what reference managers exchange and what the citation library formats. Names are kept as text, one a
line: `Surname, Given names` is a person, anything else an institution; quotation marks around a line keep
the comma of an institution from being read as a person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Name = dict[str, str]
YEAR = r"(?P<year>1\d{3}|2\d{3})"
NUMERIC = re.compile(rf"{YEAR}(?:[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?)?")
MONTH_FIRST = re.compile(rf"(?P<name>[^\W\d]+)\.?(?:\s+(?P<day>\d{{1,2}}),?)?\s+{YEAR}")
DAY_FIRST = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\s+)?(?:de\s+)?(?P<name>[^\W\d]+)\.?\s+(?:de\s+)?{YEAR}"
)
ANY_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
MONTHS = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre", "setiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)
# What is not seen in print has no place in a citation; private characters serve as marks while one is made.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff\ue000-\uf8ff]")
QUOTES = '"“”'
EDGES = f"{QUOTES}, "  # what no name begins or ends with
NAME_KEYS = ("family", "given", "suffix", "literal", "dropping-particle", "non-dropping-particle")


class SourceKind(models.TextChoices):
    """What a source is: the types of CSL that an office of public affairs cites."""

    REPORT = "report", _("Report")
    WEB_PAGE = "webpage", _("Web page")
    JOURNAL_ARTICLE = "article-journal", _("Journal article")
    NEWS_ARTICLE = "article-newspaper", _("Newspaper article")
    MAGAZINE_ARTICLE = "article-magazine", _("Magazine article")
    BOOK = "book", _("Book")
    CHAPTER = "chapter", _("Chapter of a book")
    DATASET = "dataset", _("Data set")
    LEGISLATION = "legislation", _("Law or regulation")
    BILL = "bill", _("Bill")
    LEGAL_CASE = "legal_case", _("Court decision")
    SPEECH = "speech", _("Speech or testimony")
    CONFERENCE_PAPER = "paper-conference", _("Conference paper")
    THESIS = "thesis", _("Thesis")
    INTERVIEW = "interview", _("Interview")
    DOCUMENT = "document", _("Something else")


class CitationStyle(models.TextChoices):
    """Styles on offer: names of CSL files. Tests hold what each makes of every kind of source."""

    APA = "apa", _("APA, 7th edition")
    CHICAGO_AUTHOR_DATE = "chicago-author-date", _("Chicago, author and date")
    CHICAGO_NOTES = "chicago-notes-bibliography", _("Chicago, notes")
    MLA = "modern-language-association", _("MLA, 9th edition")
    VANCOUVER = "nlm-citation-sequence", _("Vancouver (National Library of Medicine)")
    AMA = "american-medical-association", _("AMA (American Medical Association)")
    ASA = "american-sociological-association", _("ASA (American Sociological Association)")
    APSA = "american-political-science-association", _("APSA (political science)")


def parse_names(text: str) -> list[Name]:
    """CSL names of `text`, one a line. Blank lines and empty quotation marks say nothing."""
    return [name for line in text.splitlines() if (name := _name(seen(line)))]


def _name(line: str) -> Name:
    if len(line) > 1 and line[0] in QUOTES and line[-1] in QUOTES:
        line = line.strip(EDGES)
        return {"literal": line} if line else {}
    family, _comma, given = (part.strip(EDGES) for part in line.partition(","))
    if family and given:
        return {"family": family, "given": given}
    return {"literal": family or given} if family or given else {}


def names_text(names: Iterable[Mapping[str, Any]]) -> str:
    """The lines that `parse_names` reads back as `names`."""
    return "\n".join(line for name in names if (line := _name_line(name)))


def _name_line(name: Mapping[str, Any]) -> str:
    part = {key: _words(name.get(key)) for key in NAME_KEYS}
    family = " ".join((part["non-dropping-particle"], part["family"])).strip(EDGES)
    given = " ".join((part["given"], part["dropping-particle"])).strip(EDGES)
    if family and given:
        suffix = f" {part['suffix']}" if part["suffix"] else ""
        # A comma of its own would be read as the end of the surname.
        return f"{family.replace(',', '')}, {given}{suffix}"
    literal = part["literal"].strip(EDGES) or family or given
    return f'"{literal}"' if "," in literal else literal


def names_line(text: str) -> str:
    """Names in one line, for lists: the surname of a person, the whole of an institution."""
    return ", ".join(name.get("family") or name["literal"] for name in parse_names(text))


def parse_date(text: str) -> tuple[int, ...]:
    """Year, year and month, or the whole date of `text`; empty when it is none of these."""
    words = " ".join(text.split())
    for pattern in (NUMERIC, MONTH_FIRST, DAY_FIRST):
        found = pattern.fullmatch(words)
        if found:
            parts = found.groupdict()
            month = _month(parts["name"]) if "name" in parts else _number(parts["month"])
            return _date(int(parts["year"]), month, _number(parts["day"]))
    return ()


def year_in(text: str) -> tuple[int, ...]:
    """The year of words such as “Spring 2021”, when they name just one."""
    years = {found["year"] for found in ANY_YEAR.finditer(text)}
    return (int(years.pop()),) if len(years) == 1 else ()


def _date(year: int, month: int | None, day: int | None) -> tuple[int, ...]:
    if month is None:
        return (year,) if day is None else ()
    if not 1 <= month <= 12:
        return ()
    if day is None:
        return year, month
    return (year, month, day) if 1 <= day <= 31 else ()


def _month(word: str) -> int | None:
    """1 to 12; 0 for a word that is no month. Three letters are enough: Sept, ene, Dec."""
    start = word.lower()
    for number, names in enumerate(MONTHS, start=1):
        if len(start) >= 3 and any(name.startswith(start) for name in names):
            return number
    return 0


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def date_text(parts: Iterable[int]) -> str:
    """2021, 2021-05 or 2021-05-04."""
    return "-".join(f"{part:02}" for part in parts)


def seen(text: str) -> str:
    """`text` on one line, without what is not seen."""
    return " ".join(UNSEEN.sub("", text).split())


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
