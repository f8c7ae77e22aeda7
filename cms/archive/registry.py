"""Which page types stand in the archive, how each becomes one record, and what stands on the page of an issue.

The ground floor knows no document type: the upper apps register theirs from `AppConfig.ready()`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from wagtail.models import Page

from cms.models import Issue


@dataclass(frozen=True, kw_only=True)
class ArchiveRecord:
    """What the archive keeps of one public page.

    `kind`, `position` and `status` are the stored values of enums, `issues` primary keys; everything else
    is text as people read it. `text` holds all words of the document, `keywords` further words by which it
    should be found but which are not shown. A page without `date` is filed under the day it was first
    published.
    """

    kind: str
    kind_label: str
    title: str
    date: datetime.date | None
    language: str = "en"
    summary: str = ""
    body_name: str = ""
    vehicle: str = ""
    position: str = ""
    speaker: str = ""
    status: str = ""
    issues: tuple[int, ...] = ()
    text: str = ""
    keywords: str = ""


Build = Callable[[Page], ArchiveRecord | None]


@dataclass(frozen=True)
class ArchiveSource:
    model: type[Page]
    build: Build
    kinds: Mapping[str, str | Promise] = field(default_factory=dict)
    plurals: Mapping[str, str | Promise] = field(default_factory=dict)
    positions: Mapping[str, str | Promise] = field(default_factory=dict)


_sources: dict[type[Page], ArchiveSource] = {}


def register_source(
    model: type[Page],
    build: Build,
    *,
    kinds: Iterable[tuple[str, str | Promise]] = (),
    plurals: Iterable[tuple[str, str | Promise]] = (),
    positions: Iterable[tuple[str, str | Promise]] = (),
) -> None:
    """Put pages of `model` in the archive as `build` describes them; None leaves a page out.

    `kinds` and `positions` are the `choices` behind the record's stored values; lists and filters take
    their words from there. `plurals` are the words for several of a kind where they differ. Raises ImproperlyConfigured for a second source of the same model.
    """
    if model in _sources:
        raise ImproperlyConfigured(f"{model.__name__} already has an archive source.")
    _sources[model] = ArchiveSource(model, build, dict(kinds), dict(plurals), dict(positions))


@dataclass(frozen=True)
class IssuePart:
    """What an upper app adds to the public page of an issue: a template and what it needs."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


BuildPart = Callable[[Issue], IssuePart | None]
_issue_parts: list[BuildPart] = []


def register_issue_part(build: BuildPart) -> None:
    """Have `build` asked for each public page of an issue; None adds nothing. It shows what is public, no more."""
    if build not in _issue_parts:
        _issue_parts.append(build)


def issue_parts(issue: Issue) -> list[IssuePart]:
    return [part for build in _issue_parts if (part := build(issue)) is not None]


@dataclass(frozen=True)
class ArchiveLink:
    """A way from the archive to another public page of an upper app."""

    label: str
    url: str


BuildLink = Callable[[], ArchiveLink | None]
_archive_links: list[BuildLink] = []


def register_archive_link(build: BuildLink) -> None:
    """Have `build` asked for the page of the archive; None adds nothing."""
    if build not in _archive_links:
        _archive_links.append(build)


def archive_links() -> list[ArchiveLink]:
    return [link for build in _archive_links if (link := build()) is not None]


def source_for(model: type[Page] | None) -> ArchiveSource | None:
    """The source of a page type: its own, or that of the nearest ancestor."""
    found = (_sources[base] for base in getattr(model, "__mro__", ()) if base in _sources)
    return next(found, None)


def registered_models() -> tuple[type[Page], ...]:
    return tuple(_sources)


def kind_labels() -> dict[str, str | Promise]:
    """Words for each declared kind, in the order of registration."""
    return {key: word for source in _sources.values() for key, word in source.kinds.items()}


def kind_heading(kind: str, count: int) -> str:
    """The word over a list of `count` documents of one kind."""
    plurals = {key: word for source in _sources.values() for key, word in source.plurals.items()}
    return str(plurals[kind]) if count != 1 and kind in plurals else kind_label(kind)


def kind_label(kind: str) -> str:
    """The word for a stored kind; an undeclared one is spelled out of its value."""
    return str(kind_labels().get(kind) or spelled_out(kind))


def position_label(position: str) -> str:
    """The word for a stored position, "" for none."""
    words = {key: word for source in _sources.values() for key, word in source.positions.items()}
    return str(words.get(position) or spelled_out(position))


def spelled_out(value: str) -> str:
    return value.replace("_", " ").capitalize()
