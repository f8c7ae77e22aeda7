"""Choosers show what tells their items apart, in a number of queries that does not grow."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders import make_point, make_statistic, make_user

CHOOSER = "wagtailsnippetchoosers_testimony_talkingpoint:choose_results"


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


def make_points(count: int) -> None:
    for number in range(count):
        figure = make_statistic(f"of workers {number}", str(27 + number), unit="percent")
        embed = f'<embed embedtype="statistic" id="{figure.pk}"/>'
        make_point(f"Point {number}", f"<p>Only {embed} have leave.</p><p>That is few.</p>")


def beginnings(response) -> list[str]:
    cells = re.findall(r"(?s)<td[^>]*>(.*?)</td>", response.content.decode())
    texts = [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in cells]
    return [text for text in texts if text.startswith("Only")]


def test_the_beginning_of_a_point_has_its_figures(client, author):
    make_points(2)

    assert beginnings(client.get(reverse(CHOOSER))) == [
        "Only 27% have leave. That is few.",
        "Only 28% have leave. That is few.",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_beginnings_costs_the_same_for_one_and_three(client, author, count):
    make_points(count)
    client.get(reverse(CHOOSER))  # content types are read once
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(CHOOSER))

    assert len(beginnings(response)) == count
    assert len(queries) == 9
