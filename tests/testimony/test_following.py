"""A change in the library reaches what follows it, and nothing else."""

from __future__ import annotations

import pytest

from cms.models import ArchiveEntry, PagePdf, StoredPdf
from testimony.domain.following import documents_using
from tests.builders import make_point, make_source, make_statistic, make_testimony, paragraph

pytestmark = pytest.mark.django_db


def embed(item) -> str:
    return f'<embed embedtype="{item._meta.model_name}" id="{item.pk}"/>'


def publish(item) -> None:
    item.save_revision().publish()


@pytest.fixture
def chain():
    """A source behind a statistic in a talking point on a page; and a page without any of them."""
    source = make_source("Survey")
    statistic = make_statistic(source=source)
    point = make_point(text=f"<p>Only {embed(statistic)}.</p>")
    page = make_testimony(body=[("talking_point", point)])
    other = make_testimony("Another", body=[paragraph("<p>Else</p>")])
    return source, statistic, point, page, other


@pytest.mark.parametrize("position", [0, 1, 2])
def test_page_is_found_through_every_link_of_the_chain(chain, position):
    page = chain[3]
    assert documents_using(chain[position]) == {page.pk}


def test_published_figure_reaches_the_page_and_the_archive(
    chain, django_capture_on_commit_callbacks
):
    _source, statistic, _point, page, other = chain
    statistic.value = 31
    with django_capture_on_commit_callbacks(execute=True):
        publish(statistic)
    assert "Only 31%." in ArchiveEntry.objects.get(page=page).search_text
    assert "31%" not in ArchiveEntry.objects.get(page=other).search_text


def test_draft_of_a_figure_changes_nothing_public(chain, django_capture_on_commit_callbacks):
    _source, statistic, _point, page, _other = chain
    statistic.value = 31
    with django_capture_on_commit_callbacks(execute=True):
        statistic.save_revision()
    assert "Only 27%." in ArchiveEntry.objects.get(page=page).search_text


def test_unpublished_point_leaves_the_archive_text(chain, django_capture_on_commit_callbacks):
    _source, _statistic, point, page, _other = chain
    with django_capture_on_commit_callbacks(execute=True):
        point.unpublish()
    assert "Only" not in ArchiveEntry.objects.get(page=page).search_text


def test_page_forgets_the_size_of_its_old_pdf(chain, django_capture_on_commit_callbacks):
    _source, statistic, _point, page, other = chain
    for number, document in enumerate((page, other)):
        stored = StoredPdf.objects.create(
            key=str(number),
            sha256="0",
            size=1,
            pages=1,
            kind="t",
            title="t",
            filename="t",
            path="t",
        )
        PagePdf.objects.create(page=document, stored=stored)
    with django_capture_on_commit_callbacks(execute=True):
        publish(statistic)
    assert list(PagePdf.objects.values_list("page_id", flat=True)) == [other.pk]
