from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.archive.questions import MAX_CHARACTERS, MAX_TERMS, clean_query, parse_question
from cms.archive.words import bill_tokens, fold, searchable


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Don't wait", "don t wait"),
        ("Don’t wait", "don t wait"),
        ("Donʼt wait", "don t wait"),
        ("Résumé of Café Ñandú", "resume of cafe nandu"),
        ("cafe\u0301", "cafe"),
        ("in\u00adfor\u00adma\u00adtion", "information"),
        ("ﬁnal", "final"),
        ("long-term/short_term", "long term short term"),
        ("½ of 10 m²", "1 2 of 10 m2"),
        ("—", ""),
    ],
)
def test_words_are_folded_alike_however_they_are_spelled(text, folded) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "text",
    ["HB 1234", "H.B. 1234", "HB1234", "hb-1234", "H. B. 1234", "House Bill 1234", "H.B.1234",
     "House Bill No. 1234", "HB No. 1234", "house  bill 01234"],
)  # fmt: skip
def test_a_bill_number_is_one_word_in_every_spelling(text) -> None:
    assert bill_tokens(f"We support {text}, as amended.") == ["1234", "hb1234"]
    assert parse_question(text).terms == ("hb1234",)
    assert parse_question(f'"{text}"').terms == ("hb1234",)


@pytest.mark.parametrize("text", ["U.S. 1234", "the mother's 12", "HB 1234567", "SHB", "abs 12"])
def test_what_only_looks_like_a_bill_number_is_none(text) -> None:
    assert bill_tokens(text) == []


def test_an_indexed_text_ends_with_its_bill_numbers() -> None:
    assert searchable("On S. 12.", "", "Yes") == "on s 12 yes 12 s12"


@pytest.mark.parametrize(
    ("raw", "terms"),
    [
        ("sick leave", ("sick", "leave")),
        ('"sick leave" workers', ("sick leave", "workers")),
        ("“sick leave” workers", ("sick leave", "workers")),
        ('workers "sick leave', ("workers", "sick leave")),
        ("long-term care", ("long term", "care")),
        ("leave AND NOT (pay* OR near:x)", ("leave", "and", "not", "pay", "or", "near x")),
        ("HB 1234 leave", ("hb1234", "leave")),
        ("leave leave", ("leave",)),
        ('"', ()),
        ("\x00", ()),
        ("sick\x00leave", ("sick", "leave")),
        (" -- ", ()),
    ],
)
def test_a_question_is_taken_apart_and_nothing_is_an_operator(raw, terms) -> None:
    assert parse_question(raw).terms == terms


def test_a_long_question_is_cut_between_words() -> None:
    question = parse_question("word " * 1000)
    assert len(question.text) <= MAX_CHARACTERS
    assert set(question.terms) == {"word"}
    assert len(parse_question(" ".join(map(str, range(10_000)))).terms) <= MAX_TERMS
    assert len(clean_query("x" * 5000)) == MAX_CHARACTERS


@given(st.text(max_size=700))
def test_whatever_is_typed_terms_hold_letters_digits_and_spaces_only(raw) -> None:
    for term in parse_question(raw).terms:
        assert term == " ".join(term.split()) != ""
        assert all(character.isalnum() or character == " " for character in term)


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing(text) -> None:
    assert fold(fold(text)) == fold(text)
