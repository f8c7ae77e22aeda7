"""Which way words run: titles begin with the number of a bill in every language."""

from __future__ import annotations

import pytest
from django.utils import translation

from cms.directions import (
    direction_of,
    isolated,
    isolated_run,
    numbers_freed,
    numbers_kept,
    on_paper,
    unbroken,
)
from cms.pdf.fidelity import squeezed


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("HB 1147: رعاية الأسرة دون خسارة الأجر", "rtl"),
        ("رعاية الأسرة: HB 1147, Family and Medical Leave Insurance Act", "rtl"),
        ("Imani Calloway, طبيبة", "ltr"),
        ("(555) 555-0142", "ltr"),
        ("", "ltr"),
    ],
)
def test_words_run_as_their_first_letter_or_most_of_them(text, direction):
    assert direction_of(text) == direction


def test_title_that_begins_with_a_bill_is_not_turned_round_in_its_own_document():
    title = "HB 1147: رعاية الأسرة"
    with translation.override("ar"):
        assert isolated(title) == title
    with translation.override("en"):
        assert isolated(title) == f'<bdi dir="rtl">{title}</bdi>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SB 212: Two minutes", "SB\u00a0212: Two minutes"),
        ("H.R. 5 and Ordinance 418", "H.R.\u00a05 and Ordinance\u00a0418"),
        ("Docket HCD-0093", "Docket HCD-0093"),
        ("for 2 minutes", "for 2 minutes"),
        ("", ""),
    ],
)
def test_no_line_ends_between_a_bill_and_its_number(text, shown):
    assert unbroken(text) == shown
    assert squeezed(numbers_kept(text)) == squeezed(text)  # paper is compared with its source so


def test_on_paper_the_space_that_holds_a_number_is_found_by_who_types_it():
    bill = '<span class="unbroken">HB 1147</span>'
    with on_paper():
        assert unbroken("HB\u00a01147: <b>, in 2 & 1\u00a0000") == (
            f"{bill}: &lt;b&gt;, in 2 &amp; 1\u00a0000"
        )
        assert isolated_run("HB 1147", "Leave Act", mark=":") == f"{bill}: Leave Act"
        assert isolated_run("HB 1147", "رعاية") == f'{bill}, <bdi dir="rtl">رعاية</bdi>'
    assert unbroken("HB 1147") == "HB\u00a01147"


def test_what_stands_in_brackets_after_a_title_is_of_one_run_with_it():
    with translation.override("ar"):
        assert isolated_run("HB 7", "Leave Act", mark=":", aside="Draft") == (
            '<bdi dir="ltr">HB\u00a07: Leave Act (Draft)</bdi>'
        )
        assert isolated_run("HB 7", "Leave Act", mark=":", aside="مسودة") == (
            '<bdi dir="ltr">HB\u00a07</bdi>: <bdi dir="ltr">Leave Act</bdi> (مسودة)'
        )
        assert isolated_run("HB 7", mark=":", aside="") == '<bdi dir="ltr">HB\u00a07</bdi>'
    assert isolated_run("HB 7", "Leave Act", mark=":", aside="<b>") == (
        "HB\u00a07: Leave Act (&lt;b&gt;)"
    )


def test_only_spaces_that_hold_numbers_are_freed():
    assert (
        numbers_freed("HB\u00a01147, 1\u00a0000 and 5\u00a0%") == "HB 1147, 1\u00a0000 and 5\u00a0%"
    )
