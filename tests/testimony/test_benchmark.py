"""The measures of the library run, and measure what they say."""

from __future__ import annotations

import pytest

from cms.benchmark.registry import measures
from cms.models import ArchiveEntry
from testimony import benchmark
from testimony.domain import uses
from testimony.models import TestimonyPage, Use
from tests.testimony.test_uses import rows

NAMES = ["library-edit", "library-where-used", "library-publish"]


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(benchmark, "USES", 5)
    monkeypatch.setattr(benchmark, "DOCUMENTS", 5)


def test_the_measures_of_the_library_are_registered():
    assert [name for name in measures() if name.startswith("library")] == NAMES


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", NAMES)
def test_each_measure_runs_and_tidies_up(settings, name):
    settings.ALLOWED_HOSTS = ["localhost"]
    with measures()[name].open() as pair:
        assert TestimonyPage.objects.count() == 5
        assert min(pair.measured(), pair.limit()) > 0

    assert (TestimonyPage.objects.count(), Use.objects.count()) == (0, 0)


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
