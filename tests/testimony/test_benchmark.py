"""The measures of the library run, and measure what they say."""

from __future__ import annotations

import pytest

from cms.benchmark.registry import measures
from cms.models import ArchiveEntry
from testimony import benchmark
from testimony.benchmark import typing
from testimony.domain import uses
from testimony.models import LibraryEntry, TestimonyPage, Use
from tests.testimony.test_uses import rows

NAMES = ["library-edit", "library-where-used", "library-publish"]
OF_WORDS = ["typing-count", "typing-hints", "typing-cited", "library-find"]


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(benchmark, "USES", 5)
    monkeypatch.setattr(benchmark, "DOCUMENTS", 5)


def test_the_measures_of_the_library_are_registered():
    assert {*NAMES, *OF_WORDS} <= set(measures())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", NAMES)
def test_each_measure_runs_and_tidies_up(settings, name):
    settings.ALLOWED_HOSTS = ["localhost"]
    with measures()[name].open() as pair:
        assert TestimonyPage.objects.count() == 5
        assert min(pair.measured(), pair.limit()) > 0

    assert (TestimonyPage.objects.count(), Use.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("name", OF_WORDS)
def test_each_measure_of_words_runs_and_leaves_nothing(name, monkeypatch):
    monkeypatch.setattr(typing, "ENTRIES", 60)
    monkeypatch.setattr(typing, "SOURCES", 1)
    with measures()[name].open() as pair:
        assert min(pair.measured(), pair.limit()) > 0

    assert LibraryEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_that_reaches_too_few_is_no_measure(monkeypatch):
    with benchmark.opened_publish() as pair:
        ArchiveEntry.objects.all().delete()
        monkeypatch.setattr(benchmark, "DOCUMENTS", 6)
        with pytest.raises(RuntimeError, match="reached 5 of 6 documents"):
            pair.measured()


@pytest.mark.django_db
def test_copies_are_documents_with_the_same_uses():
    point = benchmark.used_point(3)
    assert sorted(TestimonyPage.objects.values_list("title", flat=True)) == [
        "Testimony",
        "Testimony 0",
        "Testimony 1",
    ]
    assert Use.objects.of(point).living().count() == 3
    before = rows()
    uses.rebuild()
    assert rows() == before
