from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.archive.excerpts import AFTER, BEFORE, excerpt
from cms.archive.questions import parse_question

FILLER = "Nothing of interest here. " * 40


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("Sick leave helps.", "leave", "Sick <mark>leave</mark> helps."),
        ("We left; leaves fall.", "leave", "We left; <mark>leaves</mark> fall."),
        ("Paid sick leave. Leave!", '"sick leave"', "Paid <mark>sick leave</mark>. Leave!"),
        ("Don’t wait", "\"don't wait\"", "<mark>Don’t wait</mark>"),
        ("A RÉSUMÉ here", "resume", "A <mark>RÉSUMÉ</mark> here"),
        ("On H.B. 1234, yes", "hb1234", "On <mark>H.B. 1234</mark>, yes"),
        ("Smoke & <b>mirrors</b>", "mirrors", "Smoke &amp; &lt;b&gt;<mark>mirrors</mark>&lt;/b&gt;"),
        ("Communities", "community", "<mark>Communities</mark>"),
        ("one\n\n  two", "two", "one <mark>two</mark>"),
        ("Carpet", "car", ""),
        ("Nothing", "", ""),
    ],
)  # fmt: skip
def test_what_was_found_is_marked_and_everything_escaped(text, query, shown) -> None:
    assert excerpt(text, query) == shown


def test_the_passage_is_cut_between_words_around_the_find() -> None:
    shown = excerpt(f"{FILLER}a needle found {FILLER}", "needle")
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    passage = (
        shown.removeprefix("… ").removesuffix(" …").replace("<mark>", "").replace("</mark>", "")
    )
    assert passage in " ".join(f"{FILLER}a needle found {FILLER}".split())
    assert {"Nothing", "interest"} <= set(passage.split())
    assert len(passage) <= BEFORE + AFTER + len("needle")


def test_the_longest_term_decides_which_passage_is_shown() -> None:
    text = f"a law {FILLER} a law on antimicrobials"
    assert "antimicrobials</mark>" in excerpt(text, "law antimicrobials")


@given(st.text(max_size=300), st.text(max_size=40))
def test_no_text_and_no_question_break_out_of_the_escaping(text, query) -> None:
    shown = excerpt(text, query).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in shown
    assert ">" not in shown


@given(st.lists(st.text("abcdefgé’'-", min_size=1, max_size=9), min_size=1, max_size=30), st.data())
def test_a_word_of_the_text_is_marked(words, data) -> None:
    word = data.draw(st.sampled_from(words))
    question = parse_question(f'"{word}"')
    assert ("<mark>" in excerpt(" ".join(words), question)) == bool(question)
