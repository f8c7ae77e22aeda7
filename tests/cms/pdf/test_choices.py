"""Print choices: read from an address, written back, and seen by style sheets."""

from __future__ import annotations

import itertools
from urllib.parse import parse_qsl

import pytest

from cms.pdf.choices import (
    BRANDING,
    COLOURS,
    MARKS,
    PAPERS,
    SIZES,
    TYPE_SIZES,
    PrintChoices,
)

QUERIES = [
    dict(zip(("paper", "colour", "size", "branding", "marks", "type"), values, strict=True))
    for values in itertools.product(
        PAPERS, COLOURS, SIZES, BRANDING, MARKS, ("", *map(str, TYPE_SIZES))
    )
]


def test_every_choice_survives_its_own_address():
    read = [PrintChoices.from_query(query) for query in QUERIES]
    again = [
        PrintChoices.from_query(dict(parse_qsl(choices.query().removeprefix("?"))))
        for choices in read
    ]
    assert again == read
    assert len({choices.query() for choices in read}) == len(QUERIES)
    assert len({choices.suffix() for choices in read}) == len(QUERIES)


def test_the_usual_way_has_no_name():
    usual = PrintChoices()
    assert (usual.query(), usual.suffix(), usual.classes) == ("", "", "")
    assert PrintChoices.from_query({"utm_source": "letter", "cut": "60"}) == usual


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("paper", "legal"), ("colour", "sepia"), ("size", "huge"), ("branding", "true")),
        *(("marks", "yes"), ("type", "17"), ("type", "-18"), ("paper", "A4"), ("type", "٢٠")),
    ],
)
def test_a_value_that_nobody_offers_is_refused_by_name(name, value):
    with pytest.raises(ValueError, match=name) as refused:
        PrintChoices.from_query({name: value})
    assert value in str(refused.value)


def test_a_long_value_is_not_repeated_at_length():
    with pytest.raises(ValueError, match=r"x{40}”"):
        PrintChoices.from_query({"paper": "x" * 4000})


def test_what_a_paper_does_not_offer_is_as_usual():
    chosen = PrintChoices(paper="a4", colour="grey", marks=True, type_size=24)
    assert chosen.limited_to(frozenset({"paper"})) == PrintChoices(paper="a4")


def test_style_sheets_learn_the_size_and_the_marks():
    assert (
        PrintChoices().css()
        == "@page { size: Letter; } @page landscape { size: Letter landscape; }"
    )
    assert PrintChoices(paper="a4", marks=True).css() == (
        "@page { size: A4; marks: crop cross; bleed: 0.125in; } "
        "@page landscape { size: A4 landscape; marks: crop cross; bleed: 0.125in; }"
    )
