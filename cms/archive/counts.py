"""All numbers of one list, the total and each facet's, in one query whatever the archive holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import CharField, Count, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast, Concat

from cms.domain.visibility import hidden_entries
from cms.models import ArchiveEntry, Issue

# Where the value of each facet stands in an entry.
COLUMN = {"issue": "entry_issues__issue", "kind": "kind", "year": "year", "language": "language"}


class Countable(Protocol):
    """What is counted: an `ArchiveFilter`."""

    def matching(self, *, without: str = "") -> QuerySet[ArchiveEntry]: ...


@dataclass(frozen=True)
class Counts:
    """`facets` by dimension and value (an issue by its slug); `total` of the list itself.

    `issues` are the issues of all entries asked for, by primary key, with name and slug only.
    """

    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=lambda: {name: {} for name in COLUMN})
    issues: dict[int, Issue] = field(default_factory=dict)


def read_counts(archive: Countable) -> Counts:
    """Counts of public entries only.

    Asking the gate for every entry in every branch costs more than all the counting, so the same query
    names the entries that are not public. Normally there are none; if there are, it is asked again
    without them.
    """
    rows = list(_branches(archive, leave_out=()))
    hidden = [int(value) for name, value, _n in rows if name == "hidden"]
    if hidden:
        rows = [row for row in _branches(archive, leave_out=hidden) if row[0] != "hidden"]
    counts = Counts(total=next((number for name, _value, number in rows if name == "total"), 0))
    for name, value, number in rows:
        if name == "issue":
            pk, slug, words = value.split("/", 2)
            counts.issues[int(pk)] = Issue(pk=int(pk), slug=slug, name=words)
            counts.facets[name][slug] = number
        elif name in COLUMN:
            counts.facets[name][value] = number
    return counts


def _branches(archive: Countable, *, leave_out) -> QuerySet:
    """Rows (name, value, number): one for each facet value, one total, one for each hidden entry."""
    branches = [
        _named(archive.matching(without=dimension).exclude(pk__in=leave_out), dimension)
        .filter(**{f"{COLUMN[dimension]}__isnull": False})
        .annotate(found=_value(dimension))
        .values("branch", "found")
        .annotate(number=Count("pk"))
        for dimension in COLUMN
    ]
    total = (
        _named(archive.matching().exclude(pk__in=leave_out), "total")
        .annotate(found=Value("", CharField()))
        .values("branch", "found")
        .annotate(number=Count("pk"))
    )
    hidden = (
        _named(hidden_entries(), "hidden")
        .annotate(found=Cast(F("pk"), CharField()), number=Value(1, IntegerField()))
        .values("branch", "found", "number")
    )
    columns = ("branch", "found", "number")
    return total.values_list(*columns).union(
        *(branch.values_list(*columns) for branch in [*branches, hidden]), all=True
    )


def _named(entries: QuerySet, name: str) -> QuerySet:
    return entries.annotate(branch=Value(name, CharField()))


def _value(dimension: str) -> Cast | Concat:
    if dimension != "issue":
        return Cast(COLUMN[dimension], CharField())
    # With slug and name, so that the issues need no query of their own.
    key = Cast("entry_issues__issue", CharField())
    slug, name = F("entry_issues__issue__slug"), F("entry_issues__issue__name")
    return Concat(key, Value("/"), slug, Value("/"), name, output_field=CharField())
