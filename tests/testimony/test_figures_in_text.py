"""Whoever writes in a Spanish interface reads figures as the text beside them is written."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.users.models import UserProfile

from testimony.domain.finding import rebuild
from testimony.domain.wording import hints_of
from tests.builders import make_point, make_statistic, make_testimony, make_user, paragraph

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure() -> str:
    statistic = make_statistic("households", "2.1", decimals=1, scale="million", unit="number")
    return f'About <embed embedtype="statistic" id="{statistic.pk}"/> households.'


@pytest.fixture
def reader(client):
    user = make_user("author")
    UserProfile.objects.create(user=user, preferred_language="es")
    client.force_login(user)
    return user


def test_what_is_found_reads_as_it_is_written(client, reader, figure):
    make_point("Leave helps", f"<p>{figure}</p>")

    rebuild()
    html = client.get(reverse("testimony:find")).content.decode()

    assert "About 2.1 million households." in html
    assert html.count("millones") == 0


@pytest.mark.parametrize(("language", "label"), [("en", "2.1 million"), ("es", "2,1 millones")])
def test_the_editor_writes_figures_in_the_language_of_the_document(
    client, reader, figure, language, label
):
    page = make_testimony(
        body=[paragraph(f"<p>{figure}</p>")], language=language, live=False, user=reader
    )

    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert f"About {label} households." in html


def test_hints_quote_a_talking_point_as_it_is_written(figure):
    point = make_point("Leave helps", f"<p>{figure} " + "It utilizes what is there. " * 2 + "</p>")
    with translation.override("es"):
        quoted = [hint.sentence for hint in hints_of(point)]

    assert [sentence for sentence in quoted if "millones" in sentence] == []
