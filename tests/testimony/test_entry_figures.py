"""Figures inside texts are found in the library, and follow their statistic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cms.models import User
from testimony.domain import finding
from testimony.models import Pin, Statistic
from tests.builders import make_point, make_statistic, make_testimony, make_user, paragraph


@pytest.fixture
def author(db) -> User:
    return make_user("author")


def titles(query: str, user: User) -> list[str]:
    return [entry.title for entry in finding.search(finding.visible_to(user), query)]


def with_figure(figure: Statistic) -> str:
    return f'<p>About <embed embedtype="statistic" id="{figure.pk}"/> of them.</p>'


def test_figures_inside_texts_are_found_and_follow_their_statistic(
    author, django_capture_on_commit_callbacks
):
    figure = make_statistic("of workers", "35.2", decimals=1)
    figure.save_revision().publish()
    point = make_point("Leave", with_figure(figure))
    placing = make_testimony("Placing", [("talking_point", point)], user=author)
    writing = make_testimony("Writing", [paragraph(with_figure(figure))], user=author)
    said = sorted([point.title, placing.title, writing.title])

    assert sorted(titles("about 35.2", author)) == sorted([point.title, writing.title])
    assert sorted(set(titles("35.2", author)) - {str(figure)}) == said
    figure = Statistic.objects.get(pk=figure.pk)
    figure.value = Decimal("41.7")
    with django_capture_on_commit_callbacks(execute=True):
        revision = figure.save_revision()
    assert len(titles("35.2", author)) == 4
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert titles("35.2", author) == []
    assert sorted(set(titles("41.7", author)) - {"41.7% of workers"}) == said
    with django_capture_on_commit_callbacks(execute=True):
        Statistic.objects.get(pk=figure.pk).unpublish()
    assert titles("41.7", author) == ["41.7% of workers"]


def test_a_pinned_figure_is_found_as_it_is_kept(author, django_capture_on_commit_callbacks):
    figure = make_statistic("of workers", "35.2", decimals=1)
    figure.save_revision().publish()
    pin = Pin.objects.create(item=figure, revision=figure.latest_revision)
    embed = f'<embed embedtype="statistic" id="{figure.pk}" pin="{pin.pk}"/>'
    make_point("Leave", f"<p>About {embed}.</p>")
    figure = Statistic.objects.get(pk=figure.pk)
    figure.value = Decimal("41.7")
    with django_capture_on_commit_callbacks(execute=True):
        figure.save_revision().publish()

    assert (titles("35.2", author), titles("41.7", author)) == (["Leave"], ["41.7% of workers"])
