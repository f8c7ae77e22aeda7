"""Which way words run: titles begin with the number of a bill in every language."""

from __future__ import annotations

import pytest
from django.utils import translation

from cms.directions import direction_of, isolated, numbers_kept, unbroken
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
