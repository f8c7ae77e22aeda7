"""How sources and documents are cited."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony.domain.citations import cite, cite_document
from testimony.domain.resolve import plain_text
from testimony.models import Source
from tests.builders import make_event, make_fact_sheet, make_testimony


def test_every_part_of_a_source_stands_in_order():
    source = Source(
        title="Access to leave",
        author="Ada Lovelace",
        publisher="Bureau",
        published="2023",
        note="table 3",
        url="https://www.bureau.example/leave/",
        retrieved_on=dt.date(2026, 11, 2),
    )
    assert str(cite(source)) == (
        "Ada Lovelace. <cite>Access to leave</cite>. Bureau, 2023. table 3. "
        '<a href="https://www.bureau.example/leave/">www.bureau.example/leave</a>, '
        "retrieved Nov. 2, 2026."
    )


def test_missing_parts_leave_no_marks_behind():
    assert str(cite(Source(title="Untitled survey."))) == "<cite>Untitled survey</cite>."


def test_agency_that_is_its_own_author_is_named_once():
    source = Source(title="Count", author="HUD", publisher="HUD", published="2022")
    assert plain_text(cite(source)) == "Count. HUD, 2022."


@given(st.text(min_size=1, max_size=60))
def test_markup_in_a_title_is_words(title):
    assert "<b>" not in cite(Source(title=f"{title}<b>"))


@pytest.mark.django_db
def test_testimony_is_cited_with_speaker_body_date_and_address():
    page = make_testimony(event=make_event())
    assert cite_document(page) == (
        "Imani Calloway. “Testimony on HB 1147”. House Committee on Labor. March 4, 2026. "
        "http://127.0.0.1:8000/archive/testimony-on-hb-1147/."
    )


@pytest.mark.django_db
def test_fact_sheet_is_cited_without_a_speaker():
    assert cite_document(make_fact_sheet()).startswith("“Who has leave”. March 4, 2026. http")
