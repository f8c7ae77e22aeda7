"""Figures inside texts are found in the library, and follow their statistic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cms.models import User
from testimony.domain import finding
from testimony.domain.pinning import settle
from testimony.enums import ReferenceMode
from testimony.models import Pin, Statistic, TalkingPoint
from tests.builders import (
    make_map,
    make_message,
    make_point,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)


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

    assert sorted(titles("about 35.2", author)) == said
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


def test_a_document_is_found_by_the_words_of_the_point_that_it_places(
    author, django_capture_on_commit_callbacks
):
    point = make_point("Leave", "<p>The wombat rests.</p>")
    point.save_revision().publish()
    point.refresh_from_db()
    placing = make_testimony("Placing", [("talking_point", point)], user=author)
    draft = make_testimony("Draft", [("talking_point", point)], user=author, live=False)
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": settle(point, "pinned", None)}
    kept = make_testimony("Kept", [("talking_point", pinned)], user=author)
    both = [draft.title, kept.title, "Leave", placing.title]

    assert sorted(titles("wombat rests", author)) == both
    point.text = "<p>The quokka rests.</p>"
    with django_capture_on_commit_callbacks(execute=True):
        point.save_revision().publish()
    assert titles("wombat", author) == ["Kept"]
    assert sorted(titles("quokka", author)) == ["Draft", "Leave", "Placing"]
    with django_capture_on_commit_callbacks(execute=True):
        TalkingPoint.objects.get(pk=point.pk).unpublish()
    assert (titles("wombat", author), titles("quokka", author)) == ([], ["Leave"])


def test_a_message_map_is_found_by_the_figures_and_points_that_it_names(
    author, django_capture_on_commit_callbacks
):
    figure = make_statistic("of workers", "35.2", decimals=1)
    figure.save_revision().publish()
    figure.refresh_from_db()
    point = make_point("Leave", "<p>The wombat rests.</p>")
    message = make_message(points=[point], proofs=[figure])
    name = make_map(None, message).issue.name

    assert sorted(titles("35.2", author)) == ["35.2% of workers", name]
    assert sorted(titles("wombat", author)) == sorted([name, "Leave"])
    figure.value = Decimal("41.7")
    with django_capture_on_commit_callbacks(execute=True):
        figure.save_revision().publish()
    assert titles("35.2", author) == []
    assert sorted(titles("41.7", author)) == ["41.7% of workers", name]
