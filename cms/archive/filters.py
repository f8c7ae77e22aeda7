"""The one filter of the archive: every list, count, facet and address of a list comes from here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from cms.archive import search
from cms.archive.counts import COLUMN, Counts, read_counts
from cms.archive.questions import MAX_CHARACTERS, Question, parse_question
from cms.archive.registry import kind_labels
from cms.domain.issues import final_issue
from cms.domain.visibility import public_entries
from cms.enums import Language
from cms.models import ArchiveEntry, Issue

NEWEST, RELEVANCE = "newest", "relevance"
TEXTS = ("search_text", "keywords")  # long columns that no list shows
SLUG = re.compile(r"[\w-]{1,32}\Z")


@dataclass(frozen=True)
class ArchiveFilter:
    """What a visitor asked the archive for. Values that make no sense are left out and named in `notes`."""

    question: Question = field(default_factory=Question)
    issue: Issue | None = None
    kind: str = ""
    year: int | None = None
    language: str = ""
    sort: str = NEWEST
    page: int = 1
    path: str = ""
    notes: tuple[str, ...] = ()
    merged: bool = False  # the issue was asked for by the name of one that was merged into it

    @classmethod
    def from_querydict(cls, data: QueryDict, *, path: str = "") -> ArchiveFilter:
        """The filter of a query string, for a list that stands at `path`. Never raises; one query
        when it names an issue, else none."""
        reader = _Reader(data)
        question = reader.question()
        asked = reader.issue()
        issue = asked and final_issue(asked)
        return cls(
            question=question,
            issue=issue,
            kind=reader.kind(),
            year=reader.year(),
            language=reader.language(),
            sort=RELEVANCE if question and data.get("sort") == RELEVANCE else NEWEST,
            page=reader.page(),
            path=path,
            notes=tuple(reader.notes),
            merged=issue is not asked,
        )

    def queryset(self) -> QuerySet[ArchiveEntry]:
        """The public entries asked for, in the order asked for, without their texts."""
        if self.question and self.sort == RELEVANCE:
            entries = public_entries(self.narrowed()).defer(*TEXTS)
            return search.rank(entries, self.question)
        entries = public_entries(self.matching()).defer(*TEXTS)
        if self.issue:
            # The bridge's own columns: its index holds one issue's entries in this order already.
            return entries.order_by("-entry_issues__date", "-entry_issues__entry_id")
        return entries.order_by("-date", "-id")

    def count(self) -> int:
        return public_entries(self.matching()).count()

    @cached_property
    def counts(self) -> Counts:
        """Numbers of the facets and of the whole answer, read once."""
        return read_counts(self)

    def facets(self) -> dict[str, dict[str, int]]:
        """For each dimension how many public entries each value would give, all other filters kept."""
        return self.counts.facets

    def matching(self, *, without: str = "") -> QuerySet[ArchiveEntry]:
        """Entries by every filter but `without`; not yet asked whether they are public."""
        entries = self.narrowed(without=without)
        return search.match(entries, self.question) if self.question else entries

    def narrowed(self, *, without: str = "") -> QuerySet[ArchiveEntry]:
        """Entries by the filters other than the words."""
        conditions = {
            lookup: getattr(self, name)
            for name, lookup in COLUMN.items()
            if getattr(self, name) and name != without
        }
        return ArchiveEntry.objects.filter(**conditions)

    def values(self) -> dict[str, str]:
        """The query string's parts that are in force, the page left out."""
        parts = {
            "q": self.question.text if self.question else "",
            "issue": self.issue.slug if self.issue else "",
            "kind": self.kind,
            "year": str(self.year or ""),
            "language": self.language,
            "sort": self.sort if self.sort != NEWEST else "",
        }
        return {name: value for name, value in parts.items() if value}

    def url(self, **changes: str | int | None) -> str:
        """Address of the same list with `changes`; None takes a filter off. Any change goes to page one."""
        values = {**self.values(), **changes}
        if not values.get("q"):
            values.pop("sort", None)
        query = urlencode({name: value for name, value in values.items() if value})
        return f"{self.path}?{query}" if query else self.path or "?"


class _Reader:
    """Reads one query string and notes in words what it could not use."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.notes: list[str] = []

    def question(self) -> Question:
        raw = self.data.get("q", "")
        question = parse_question(raw)
        if question.text and not question:
            self.notes.append(_("Type at least one word or number to search for."))
        elif len(raw.strip()) > MAX_CHARACTERS and question:
            self.notes.append(_("Your search was long: only its beginning was used."))
        return question

    def issue(self) -> Issue | None:
        # PostgreSQL refuses a NUL even in a comparison.
        slugs = [slug.replace("\x00", "") for slug in dict.fromkeys(self.data.getlist("issue"))]
        slugs = [slug for slug in slugs if slug]
        if len(slugs) > 1:
            self.notes.append(_("The archive shows one issue at a time."))
        if not slugs:
            return None
        found = Issue.objects.filter(slug=slugs[-1]).select_related("merged_into").first()
        if found is None:
            self.notes.append(_("There is no such issue, so all issues are shown."))
        return found

    def kind(self) -> str:
        raw, known = self.data.get("kind", ""), kind_labels()
        if not raw or raw in known or (not known and SLUG.match(raw)):
            return raw
        self.notes.append(_("There is no such kind of document, so all kinds are shown."))
        return ""

    def year(self) -> int | None:
        raw = self.data.get("year", "").strip()
        if re.fullmatch(r"[12][0-9]{3}", raw):
            return int(raw)
        if raw:
            self.notes.append(_("That is not a year, so all years are shown."))
        return None

    def language(self) -> str:
        raw = self.data.get("language", "")
        if not raw or raw in Language.values:
            return raw
        self.notes.append(_("There is no such language, so all languages are shown."))
        return ""

    def page(self) -> int:
        raw = self.data.get("page", "").strip()
        if re.fullmatch(r"[0-9]{1,6}", raw) and int(raw) > 0:
            return int(raw)
        if raw:
            self.notes.append(_("There is no such page of results; this is the first."))
        return 1
