"""From entries to sources: what is new, what is there already, what is wrong; and taking the new ones in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.models import User
from testimony.csl import parse_date, year_in
from testimony.importers.references.entries import Entry, problems_of, source_of
from testimony.importers.references.reading import read
from testimony.models import Source

Key = tuple[str, ...]


class State(Enum):
    NEW = "new"
    KNOWN = "known"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Row:
    """What would become of one entry. `known` is the source that is there already."""

    entry: Entry
    state: State
    source: Source | None = None
    known: Source | None = None
    reason: str = ""


@dataclass(frozen=True)
class Plan:
    """What would be done with a text, before anything is."""

    format: str
    rows: list[Row]

    @property
    def counts(self) -> Counter[State]:
        return Counter(row.state for row in self.rows)

    @property
    def new(self) -> list[Source]:
        return [row.source for row in self.rows if row.state is State.NEW and row.source]


def plan(text: str) -> Plan:
    """Raises NotReadable. Writes nothing."""
    name, entries = read(text)
    there = {key: source for source in _stored() for key in keys_of(source)}
    return Plan(name, list(_rows(entries, there)))


def _stored() -> Iterable[Source]:
    """All sources, drafts too, by what they are recognized by."""
    return Source.objects.only("pk", "title", "doi", "url", "published").order_by("-pk")


def _rows(entries: Iterable[Entry], there: dict[Key, Source]) -> Iterator[Row]:
    above: set[Key] = set()
    for entry in entries:
        if entry.problem:
            yield Row(entry, State.PROBLEM, reason=entry.problem)
            continue
        try:
            source = source_of(entry.item)
        except ValidationError as error:
            yield Row(entry, State.PROBLEM, reason=problems_of(error))
            continue
        keys = keys_of(source)
        known = next((there[key] for key in keys if key in there), None)
        if known:
            yield Row(entry, State.KNOWN, known=known)
        elif above.intersection(keys):
            yield Row(entry, State.KNOWN, reason=_("It stands further up in this list."))
        else:
            yield Row(entry, State.NEW, source=source)
        above.update(keys)


def keys_of(source: Source) -> list[Key]:
    """What a source is recognized by: its DOI, its address, its title and year."""
    keys: list[Key] = []
    if source.doi:
        keys.append(("doi", source.doi.casefold()))
    if source.url:
        bare = source.url.casefold().partition("://")[2].removeprefix("www.").rstrip("/")
        keys.append(("url", bare))
    year = (parse_date(source.published) or year_in(source.published) or (0,))[0]
    keys.append(("title", " ".join(source.title.casefold().split()).rstrip("."), str(year)))
    return keys


@transaction.atomic
def take_in(sources: Iterable[Source], *, user: User, publish: bool) -> int:
    """All of them or, when the database fails, none. Drafts unless `publish`, which the caller has allowed."""
    taken = 0
    for source in sources:
        source.owner = user
        source.save()
        revision = source.save_revision(user=user, log_action="wagtail.create")
        if publish:
            revision.publish(user=user)
        taken += 1
    return taken
