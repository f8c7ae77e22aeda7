"""Names and dates as people type them, and as CSL-JSON holds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony.csl import date_text, names_line, names_text, parse_date, parse_names, year_in


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("2021", (2021,)),
        ("May 2023", (2023, 5)),
        ("2023-05", (2023, 5)),
        ("2023-5-4", (2023, 5, 4)),
        ("2023/05/04", (2023, 5, 4)),
        ("May 4, 2023", (2023, 5, 4)),
        ("4 May 2023", (2023, 5, 4)),
        ("Sept. 2020", (2020, 9)),
        ("4 de mayo de 2023", (2023, 5, 4)),
        ("enero 2023", (2023, 1)),
        ("Spring 2021", ()),
        ("2014-2023", ()),
        ("2023-13", ()),
        ("May 40, 2023", ()),
        ("", ()),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_typed(typed, parts):
    assert parse_date(typed) == parts


@pytest.mark.parametrize(
    ("words", "year"),
    [("Spring 2021", (2021,)), ("2014–2023", ()), ("soon", ()), ("12021", ())],
)
def test_the_year_of_other_words_is_found_when_there_is_one(words, year):
    assert year_in(words) == year


def test_persons_and_institutions_are_told_apart():
    typed = 'Doe, Jane\n\nHUD\n"Centers for Disease Control, Atlanta"\n,\n""\nCher,'
    assert parse_names(typed) == [
        {"family": "Doe", "given": "Jane"},
        {"literal": "HUD"},
        {"literal": "Centers for Disease Control, Atlanta"},
        {"literal": "Cher"},
    ]
    assert names_line(typed) == "Doe, HUD, Centers for Disease Control, Atlanta, Cher"


def test_particles_and_suffixes_stay_with_their_name():
    names = [
        {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"given": "Voltaire"},
        {"family": 7},
    ]
    assert names_text(names) == "van den Berg, Anna\nKing, Martin Jr.\nVoltaire"


NAME = st.text('abc ,"“”é\n', max_size=12)


@given(st.lists(st.fixed_dictionaries({"family": NAME, "given": NAME})), st.lists(NAME))
def test_names_come_back_from_their_lines(persons, institutions):
    once = parse_names(names_text([*persons, *({"literal": name} for name in institutions)]))
    assert parse_names(names_text(once)) == once


@given(st.dates())
def test_dates_come_back_from_their_text(day):
    if day.year >= 1000 and day.year < 3000:
        for parts in ((day.year,), (day.year, day.month), (day.year, day.month, day.day)):
            assert parse_date(date_text(parts)) == parts
