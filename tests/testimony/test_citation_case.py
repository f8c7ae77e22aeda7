"""Title case and sentence case as the specification of CSL has them."""

from __future__ import annotations

import pytest

from testimony.domain.citation_case import (
    SENTENCED,
    SENTENCED_END,
    TITLED,
    TITLED_END,
    apply_marks,
    sentence_case,
    title_case,
)


@pytest.mark.parametrize(
    ("typed", "titled"),
    [
        ("one and following", "One and Following"),
        (
            "family leave, 29 U.S.C. 2601 and following",
            "Family Leave, 29 U.S.C. 2601 and following",
        ),
        ("the act, 29 U.S.C. 2601 et seq.", "The Act, 29 U.S.C. 2601 et seq."),
        ("the U.S. and Canada", "The U.S. and Canada"),
        ("state-of-the-art care", "State-of-the-Art Care"),
        ("care: a history", "Care: A History"),
        ("who has leave? the answer", "Who Has Leave? The Answer"),
        ("iPhone, bls.gov and HB 1147", "iPhone, bls.gov and HB 1147"),
        ("“paradox” lost", "“Paradox” Lost"),
        ("what it stands for", "What It Stands For"),
        ("don’t wait", "Don’t Wait"),
        ("", ""),
    ],
)
def test_title_case(typed, titled):
    assert title_case(typed) == titled


def test_sentence_case_takes_no_capital_away():
    assert sentence_case("“leave in New York” and HB 1147") == "“Leave in New York” and HB 1147"
    assert sentence_case("…") == "…"


def test_punctuation_that_a_mark_parts_is_not_printed_twice():
    marked = f"{TITLED}who has leave?{TITLED_END}? And {SENTENCED}more.{SENTENCED_END}."
    assert apply_marks(marked, english=True) == "Who Has Leave? And More."
    assert apply_marks(marked, english=False) == "who has leave? And More."
