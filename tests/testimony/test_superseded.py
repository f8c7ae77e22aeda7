"""Figures that were corrected after they were printed: said beside the words, which stay as they are."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.enums import GroupName
from events.domain.frozen import frozen_document
from events.domain.presentations import add_presentation, confirm, deliver
from events.domain.records import verify
from events.models import Record
from testimony.domain.figures import superseded_in, superseded_of
from testimony.domain.pinning import pin_current
from testimony.domain.resolve import resolve
from tests.builders import (
    embed,
    make_event,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
    publish,
)
from tests.testimony.test_pinning import pinned_statistic

pytestmark = pytest.mark.django_db


def delivered(page) -> Record:
    approver = make_user("approver", GroupName.APPROVERS)
    added = add_presentation(page.event, page.speaker, user=approver, pages=[page])
    return deliver(confirm(added, user=approver), user=approver)[0]


def texts(html: str, selector: str) -> list[str]:
    found = BeautifulSoup(html, "html.parser").select(selector)
    return [" ".join(element.get_text(" ").split()) for element in found]


@pytest.fixture
def statistic():
    return make_statistic("of workers have leave", "27")


@pytest.fixture
def page(statistic):
    figures = [
        paragraph(f"<p>Only {embed(statistic)} have it.</p>"),
        ("statistic", {"statistic": statistic}),
    ]
    return make_testimony(body=figures, event=make_event())


def test_a_record_lists_its_figures(page, statistic):
    record = delivered(page)
    statistic.refresh_from_db()

    assert record.payload["figures"] == [
        {
            "statistic": statistic.pk,
            "display": "27%",
            "label": "of workers have leave",
            "revision": statistic.live_revision_id,
            "pinned": False,
        }
    ]


def test_a_record_says_both_values_once_the_figure_is_corrected(client, page, statistic):
    record = delivered(page)
    assert texts(client.get(record.url).text, ".corrections li") == []
    before = Record.objects.values().get()

    publish(statistic, value=29)

    html = client.get(record.url).text
    assert texts(html, ".corrections li") == [
        "† Superseded by a later figure: 27% when said, 29% today. (of workers have leave)"
    ]
    marks = BeautifulSoup(html, "html.parser").select(".corrected-ref a")
    assert [(mark["href"], mark["aria-label"]) for mark in marks] == [
        (f"#corrected-{statistic.pk}-27", "Superseded by a later figure: 29% today")
    ] * 2
    assert html.count(f'id="corrected-{statistic.pk}-27"') == 1
    assert Record.objects.values().get() == before
    assert verify(record)


def test_the_living_page_says_it_beside_the_record(client, page, statistic):
    delivered(page)
    publish(statistic, value=29)

    html = client.get(page.url).text

    assert texts(html, ".record .corrected") == [
        "Superseded by a later figure: 27% when said, 29% today."
    ]
    assert texts(html, ".corrections li") == []
    assert texts(html, ".figure") == ["29%"]


def test_a_withdrawn_figure_tells_nothing_of_its_draft(client, page, statistic):
    record = delivered(page)
    statistic.value = 31
    statistic.save_revision()
    statistic.unpublish()

    for url in (record.url, page.url):
        html = client.get(url).text
        assert (texts(html, ".corrections li, .corrected"), "31%" in html) == ([], False)


def test_a_deleted_figure_tells_nothing():
    gone = {"statistic": 999, "display": "27%", "label": "", "revision": None, "pinned": False}
    assert superseded_in({"figures": [gone]}) == []


def test_a_record_from_before_figures_were_listed_is_shown_as_ever(client, page, statistic):
    record = delivered(page)
    record.payload.pop("figures")

    assert frozen_document(record).corrections == ()


@pytest.fixture
def pinned_page(statistic):
    pin = pin_current(statistic)
    body = [paragraph(f"<p>Only {embed(statistic, pin)}.</p>"), pinned_statistic(statistic, pin)]
    return make_testimony(body=body)


def test_a_pinned_figure_is_marked_on_the_page_and_for_the_editor(client, pinned_page, statistic):
    publish(statistic, value=29)
    words = ["† Superseded by a later figure: 27% in this text, 29% today. (of workers have leave)"]
    assert texts(client.get(pinned_page.url).text, ".corrections li") == words

    client.force_login(make_user(group=GroupName.APPROVERS))
    preview = reverse("wagtailadmin_pages:view_draft", args=[pinned_page.pk])
    assert texts(client.get(preview).text, ".corrections li") == words
    assert "†" not in resolve(pinned_page).html


def test_marks_cost_one_query_however_many(client, django_assert_num_queries):
    statistics = [make_statistic(f"figure {n}") for n in range(12)]
    body = [pinned_statistic(item, pin_current(item)) for item in statistics]
    page = make_testimony(body=body, event=make_event())
    record = delivered(page)
    for item in statistics:
        publish(item, value=29)

    document = resolve(page)

    with django_assert_num_queries(1):
        assert len(superseded_in(record.payload)) == 12
    with django_assert_num_queries(1):
        assert len(superseded_of(page, document.figures)) == 12


def test_a_spanish_record_compares_in_spanish(page, client):
    item = make_statistic("personas", "2.1", unit="number", decimals=1)
    page = make_testimony(
        "Testimonio", body=[paragraph(f"<p>{embed(item)}</p>")], language="es", event=make_event()
    )
    record = delivered(page)
    assert texts(client.get(record.url).text, ".corrections li") == []

    publish(item, value="2.4")

    assert [words[:50] for words in texts(client.get(record.url).text, ".corrections strong")] == [
        "2,1",
        "2,4",
    ]
