"""An archive of plain pages: their text is the introduction, the rest of the record is JSON in a spare column."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Callable

import pytest
from django.http import QueryDict
from wagtail.models import Page

from cms.archive import projection, registry
from cms.archive.filters import ArchiveFilter
from cms.archive.registry import ArchiveRecord
from cms.models import ArchivePage, HomePage, Issue, StandardPage

KINDS = {"testimony": "Testimony", "speech": "Speech", "fact_sheet": "Fact sheet"}


def build(page: StandardPage) -> ArchiveRecord | None:
    about = json.loads(page.search_description or "{}")
    if about.pop("left_out", False):
        return None
    about["date"] = datetime.date.fromisoformat(about.get("date", "2024-05-01"))
    about["issues"] = tuple(about.get("issues", ()))
    kind = about.setdefault("kind", "testimony")
    return ArchiveRecord(title=page.title, text=page.introduction, kind_label=KINDS[kind], **about)


@pytest.fixture
def home(db) -> HomePage:
    return HomePage.objects.get()


@pytest.fixture
def archive(home) -> ArchivePage:
    return ArchivePage.objects.get()


@pytest.fixture(autouse=True)
def source(monkeypatch) -> None:
    """Plain pages, and nothing else, stand in the archive."""
    monkeypatch.setattr(registry, "_sources", {})
    registry.register_source(
        StandardPage, build, kinds=KINDS.items(), positions=[("support", "Support")]
    )


@pytest.fixture
def make_issue(db) -> Callable[..., Issue]:
    """An issue; the ones that an empty installation brings are put away first."""
    Issue.objects.all().delete()

    def make(name: str, **values) -> Issue:
        slug = name.lower().replace(" ", "-")
        return Issue.objects.create(name=name, slug=slug, **values)

    return make


@pytest.fixture
def make_page(archive) -> Callable[..., StandardPage]:
    """A live page of the archive, projected; keyword arguments are fields of its record.

    Added live instead of published, which is three times as fast; tests of publishing pass `live=False`.
    """
    numbers = itertools.count(1)

    def make(
        text: str = "", *, title: str = "", parent: Page | None = None, live: bool = True, **about
    ) -> StandardPage:
        number = next(numbers)
        page = StandardPage(
            title=title or f"Document {number}",
            slug=f"document-{number}",
            introduction=text,
            search_description=json.dumps(about),
            live=live,
        )
        Page.objects.get(pk=(parent or archive).pk).add_child(instance=page)
        projection.project(page)
        return page

    return make


@pytest.fixture
def ask() -> Callable[..., ArchiveFilter]:
    """The filter of a query string given as keyword arguments."""

    def make(**parts: str) -> ArchiveFilter:
        data = QueryDict(mutable=True)
        data.update(parts)
        return ArchiveFilter.from_querydict(data, path="/archive/")

    return make


@pytest.fixture
def titles(ask) -> Callable[..., list[str]]:
    """Titles that the archive answers with, in its order."""
    return lambda **parts: [entry.title for entry in ask(**parts).queryset()]
