"""What the archive page shows: one page of results with its facets, chips and neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Aggregate, CharField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.archive.excerpts import NOTHING, excerpt
from cms.archive.filters import NEWEST, RELEVANCE, ArchiveFilter
from cms.archive.questions import without_quotes
from cms.archive.registry import kind_label, position_label
from cms.enums import Language
from cms.models import ArchiveEntry, ArchiveEntryIssue

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class IssueKeys(TypedDict):
        issue_keys: str | None

    EntryWithKeys = WithAnnotations[ArchiveEntry, IssueKeys]

PER_PAGE = 25
# Deeper pages cost the database more and serve no reader; a year or an issue leads there faster.
MAX_PAGES = 400


@dataclass(frozen=True)
class FacetOption:
    value: str
    label: str
    count: int
    url: str
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: tuple[FacetOption, ...]


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address of the list without it. The search form carries `name` and `value`
    along, so that a new search keeps the other filters."""

    name: str
    value: str
    label: str
    remove_url: str


@dataclass(frozen=True)
class SortOption:
    label: str
    url: str
    selected: bool


@dataclass(frozen=True)
class Listing:
    """`query` is what was typed, `searched` what was looked for, as it is set between quotation marks: empty when
    nothing typed is a word."""

    entries: Sequence[ArchiveEntry]
    total: int
    query: str
    facets: tuple[Facet, ...]
    active: tuple[Chip, ...]
    clear_url: str
    page_number: int
    page_count: int
    previous_url: str
    next_url: str
    sorts: tuple[SortOption, ...] = ()
    notes: tuple[str, ...] = ()
    searched: str = ""


def make_listing(archive: ArchiveFilter) -> Listing:
    """The page of results that `archive` asks for, in two queries."""
    total = archive.counts.total
    page_count = max(1, min(MAX_PAGES, -(-total // PER_PAGE)))
    number = min(archive.page, page_count)
    first = (number - 1) * PER_PAGE
    rows = with_issue_keys(archive.queryset())
    if archive.question:
        rows = rows.defer(None).defer("keywords")
    return Listing(
        entries=present(rows[first : first + PER_PAGE], archive),
        total=total,
        query=archive.question.text,
        facets=tuple(make_facets(archive)),
        active=tuple(make_chips(archive)),
        clear_url=archive.path or "?",
        page_number=number,
        page_count=page_count,
        previous_url=archive.url(page=number - 1 if number > 2 else None) if number > 1 else "",
        next_url=archive.url(page=number + 1) if number < page_count else "",
        sorts=tuple(make_sorts(archive)),
        notes=(*archive.notes, *page_notes(archive.page, page_count, total)),
        searched=without_quotes(archive.question.text) if archive.question else "",
    )


class KeyList(Aggregate):
    """The values of a column, joined by commas."""

    template = "GROUP_CONCAT(%(expressions)s)"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **context):
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def with_issue_keys(entries: QuerySet[ArchiveEntry]) -> QuerySet[EntryWithKeys]:
    """Each entry with the keys of its issues, without a further query."""
    keys = (
        ArchiveEntryIssue.objects.filter(entry=OuterRef("pk"))
        .order_by()
        .values("entry")
        .annotate(keys=KeyList("issue_id"))
        .values("keys")
    )
    return entries.annotate(issue_keys=Subquery(keys))


def present(entries: Iterable[EntryWithKeys], archive: ArchiveFilter) -> Sequence[ArchiveEntry]:
    """Entries with what a template shows of them: `issue_list`, `kind_label`, `position_label`, `excerpt`."""
    shown = list(entries)
    for entry in shown:
        keys = (entry.issue_keys or "").split(",")
        # Names were read a moment before the entries: an issue that was added between is shown next time.
        issues = (archive.counts.issues.get(int(key)) for key in keys if key)
        entry.issue_list = sorted(filter(None, issues), key=lambda issue: issue.name)
        entry.kind_label = kind_label(entry.kind)
        entry.position_label = position_label(entry.position)
        entry.excerpt = (
            excerpt(entry.search_text, archive.question) if archive.question else NOTHING
        )
    return shown


def words_for(archive: ArchiveFilter, dimension: str, value: str) -> str:
    """A facet value as people read it."""
    if dimension == "issue":
        known = [*archive.counts.issues.values(), *([archive.issue] if archive.issue else [])]
        return next(issue.name for issue in known if issue.slug == value)
    if dimension == "kind":
        return kind_label(value)
    return str(Language(value).label) if value in Language.values else value


def make_facets(archive: ArchiveFilter) -> Iterable[Facet]:
    labels = {"issue": _("Issue"), "kind": _("Kind"), "year": _("Year"), "language": _("Language")}
    chosen = archive.values()
    for name, label in labels.items():
        counts = archive.facets()[name]
        if name in chosen:
            counts = {chosen[name]: 0, **counts}
        options = [
            FacetOption(
                value=value,
                label=words_for(archive, name, value),
                count=count,
                url=archive.url(**{name: None if chosen.get(name) == value else value}),
                selected=chosen.get(name) == value,
            )
            for value, count in counts.items()
        ]
        if name == "year":
            options.sort(key=lambda option: option.value, reverse=True)
        else:
            options.sort(key=lambda option: (-option.count, option.label))
        # A choice of one language is no choice.
        if options and (name != "language" or len(options) > 1 or name in chosen):
            yield Facet(name, label, tuple(options))


def make_chips(archive: ArchiveFilter) -> Iterable[Chip]:
    for name, value in archive.values().items():
        if name == "q":
            yield Chip(name, value, _("“%(words)s”") % {"words": value}, archive.url(q=None))
        elif name != "sort":
            yield Chip(name, value, words_for(archive, name, value), archive.url(**{name: None}))


def make_sorts(archive: ArchiveFilter) -> Iterable[SortOption]:
    """Orders to choose from; only an answer to a search has more than one."""
    if archive.question:
        for sort, label in ((NEWEST, _("Newest first")), (RELEVANCE, _("Best match first"))):
            url = archive.url(sort=None if sort == NEWEST else sort)
            yield SortOption(label, url, archive.sort == sort)


def page_notes(asked: int, page_count: int, total: int) -> Iterable[str]:
    if asked > page_count:
        yield ngettext(
            "There is only %(count)d page of results; this is it.",
            "There are only %(count)d pages of results; this is the last.",
            page_count,
        ) % {"count": page_count}
    if total > MAX_PAGES * PER_PAGE and asked >= MAX_PAGES:
        yield _("To see older documents, choose a year or an issue.")
