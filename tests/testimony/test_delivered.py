"""The living page of testimony that was delivered, beside the record: two texts, each with its own label."""

from __future__ import annotations

import pytest

from cms.enums import GroupName
from events.domain.frozen import frozen_document
from events.domain.presentations import add_presentation, confirm, deliver
from events.models import Record
from testimony.pdf import FactSheetPdf, TestimonyPdf
from tests.builders import (
    make_event,
    make_fact_sheet,
    make_point,
    make_statistic,
    make_testimony,
    make_user,
)

pytestmark = pytest.mark.django_db

OLD, NEW = "One in four nurses works two jobs.", "One in three nurses works two jobs."


@pytest.fixture
def point():
    embed = f'<embed embedtype="statistic" id="{make_statistic().pk}"/>'
    return make_point(text=f"<p>{OLD} {embed}</p>")


@pytest.fixture
def page(point):
    event = make_event()
    body = [
        ("talking_point", point),
        ("statistic", {"statistic": make_statistic("placed"), "emphasis": ""}),
    ]
    return make_testimony(
        body=body, event=event, vehicle=event.vehicle, salutation="Chair Rivera and members:"
    )


@pytest.fixture
def record(page) -> Record:
    approver = make_user("approver", GroupName.APPROVERS)
    added = add_presentation(page.event, page.speaker, user=approver, pages=[page])
    return deliver(confirm(added, user=approver), user=approver)[0]


def state(text: str) -> str:
    return text.partition('<span class="state">')[2].partition("<")[0]


def test_after_a_correction_each_page_says_which_text_it_shows(client, page, record, point):
    point.text = f"<p>{NEW}</p>"
    point.save_revision().publish()
    living, frozen = client.get(page.url).text, client.get(record.url).text

    assert (state(living), OLD in living, NEW in living) == ("As prepared", False, True)
    assert (state(frozen), OLD in frozen, NEW in frozen) == ("As delivered", True, False)
    assert '<p class="salutation">Chair Rivera and members:</p>' in frozen
    assert "The text on this page follows the latest figures." in living
    assert f'<a href="{record.url}">Read it as it was delivered</a>' in living
    assert f'<a href="{page.url}">The living page follows the latest figures</a>' in frozen


def test_a_page_that_was_never_delivered_promises_no_record(client, page):
    text = client.get(page.url).text

    assert state(text) == "As prepared"
    assert ("follows the latest figures" in text, "What was delivered" in text) == (True, False)


def test_a_record_adds_no_query_to_the_page(client, page, record, django_assert_num_queries):
    client.get(page.url)
    with django_assert_num_queries(12):
        client.get(page.url)


def test_what_the_kinds_freeze_is_what_the_record_s_page_reads(page):
    sheet = make_fact_sheet(key_figure=make_statistic("of nurses"), ask="<p>Vote yes.</p>")
    testimony = frozen_document(Record(payload=TestimonyPdf().payload(page)))
    facts = frozen_document(Record(payload=FactSheetPdf().payload(sheet)))

    assert OLD in testimony.html
    assert (testimony.salutation, testimony.language) == ("Chair Rivera and members:", "en")
    assert len(testimony.notes) == 2
    assert [name for name, part in facts.parts] == ["key_figure", "ask"]
    assert "Vote yes." in facts.parts[1][1]
