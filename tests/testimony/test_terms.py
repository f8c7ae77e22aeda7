"""Preferred terms and plain-language advice: what is found, where, and what is let pass."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony.domain import wording
from testimony.domain.plain_language import advise, sentences
from testimony.domain.terms import Avoided, compiled, find_terms
from testimony.domain.wording import Passage, hints, key_of

HOMELESS = Avoided(1, "the homeless", "people without a home")
ADDICT = Avoided(2, "addict", "person with a substance use disorder")
MINORITY = Avoided(3, "minority", "")
ALIEN = Avoided(4, "homeless", "people who are homeless")


def found(text: str, *terms: Avoided) -> list[str]:
    return [text[one.start : one.end] for one in find_terms(text, terms)]


def term(avoid: str, prefer: str = "better", **fields) -> SimpleNamespace:
    known = {"pk": 1, "avoid": avoid, "prefer": prefer, "why": "", "who_asked": "", "link": ""}
    return SimpleNamespace(**{**known, **fields})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We serve the homeless.", ["the homeless"]),
        ("THE HOMELESS wait.", ["THE HOMELESS"]),
        ("the\n homeless", ["the\n homeless"]),
        ("the homelessness crisis", []),
        ("lathe homeless", []),
        ("Addicts and an addict’s family", ["Addicts", "addict’s"]),
        ("addiction, addicted", []),
        ("a minority, two minorities", ["minority", "minorities"]),
        ("", []),
    ],
)
def test_words_are_found_whole_and_with_their_plural(text, expected):
    assert found(text, HOMELESS, ADDICT, MINORITY) == expected


def test_the_longer_expression_wins():
    terms = (Avoided(1, "addict", "x"), Avoided(2, "drug addict", "x"))

    assert [(one.start, one.pk) for one in find_terms("A drug addict, an addict.", terms)] == [
        (2, 2),
        (18, 1),
    ]


def test_what_is_preferred_is_let_pass_where_it_holds_what_is_avoided():
    text = "People who are homeless are not homeless people."

    assert [one.start for one in find_terms(text, [ALIEN])] == [32]


def test_arabic_is_matched_by_whole_words_with_vowels_of_their_own():
    text = "المشرد ليس مُشرّدًا ومشرد"

    assert found(text, Avoided(1, "المشرد", "x")) == ["المشرد"]
    assert (
        found("مشردً", Avoided(1, "مشرد", "x")) == []
    )  # another word: its vowel sign belongs to it


def test_either_apostrophe_and_any_hyphen_are_the_same():
    terms = (Avoided(1, "wheelchair-bound", "x"), Avoided(2, "women's issue", "x"))

    assert found("wheelchair\u2011bound; women’s issues", *terms) == [
        "wheelchair\u2011bound",
        "women’s issues",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two!", ["One.", "Two!"]),
        ("Dr. Diaz read H.B. 12. Then we left.", ["Dr. Diaz read H.B. 12.", "Then we left."]),
        ("It grew 4.5 percent. Good.", ["It grew 4.5 percent.", "Good."]),
        ("J. Doe spoke.\nA new line", ["J. Doe spoke.", "A new line"]),
        ("“Is it so?” she asked.", ["“Is it so?”", "she asked."]),
        ("هل هذا صحيح؟ نعم.", ["هل هذا صحيح؟", "نعم."]),
        ("¿Quién paga? Nadie.", ["¿Quién paga?", "Nadie."]),
        ("  ", []),
    ],
)
def test_sentences(text, expected):
    assert [text[one.start : one.end] for one in sentences(text)] == expected


def advice(text: str, language: str = "en", explained: set[str] | None = None):
    found = advise(text, sentences(text), language, set() if explained is None else explained)
    return [(one.rule, text[one.start : one.end]) for one in found]


def test_a_sentence_of_more_than_thirty_words_is_too_long():
    thirty = " ".join(["word"] * 30) + "."

    assert advice(thirty) == []
    assert advice(f"One {thirty}") == [("long_sentence", f"One {thirty}")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WIC helps.", ["WIC"]),
        ("Women, Infants and Children (WIC) helps. WIC grows.", []),
        ("WIC (Women, Infants and Children) helps.", []),
        ("The US and HB 12 and EITC 4.", []),
        ("A VERY LOUD LINE", []),
        ("WIC and then WIC again.", ["WIC"]),
    ],
)
def test_an_acronym_is_asked_for_once_where_it_is_not_explained(text, expected):
    assert [words for rule, words in advice(text) if rule == "acronym"] == expected


def test_long_words_are_named_in_the_languages_whose_words_stand_apart():
    text = "Intergovernmental telecommunications misunderstandings."

    assert [rule for rule, _words in advice(text)] == ["long_words"]
    assert advice(text, "so") == []


def test_a_hint_marks_its_place_in_its_sentence():
    passage = Passage("b1", "It is so. We serve the homeless here.")
    (hint,) = hints([passage], [term("the homeless", why="People first.")], "en")

    assert (hint.block, hint.before, hint.marked, hint.after, hint.says, hint.why) == (
        "b1",
        "We serve ",
        "the homeless",
        " here.",
        "Say “better” instead of “the homeless”.",
        "People first.",
    )


def test_the_key_changes_with_the_sentence_and_not_with_its_place():
    one = hints([Passage("a", "We serve the homeless.")], [term("the homeless")], "en")
    moved = hints([Passage("b", "So. We serve  the homeless.")], [term("the homeless")], "en")
    changed = hints([Passage("a", "We serve the homeless now.")], [term("the homeless")], "en")

    assert one[0].key == moved[0].key == key_of("term", "1", "We serve the homeless.")
    assert one[0].key != changed[0].key


@given(text=st.text(max_size=400), avoid=st.text(min_size=1, max_size=20))
def test_no_text_and_no_term_breaks_the_hints(text, avoid):
    if not any(character.isalnum() for character in avoid):
        return
    avoid = " ".join(avoid.split())
    for one in find_terms(text, [Avoided(1, avoid, avoid + " x")]):
        assert 0 <= one.start < one.end <= len(text)
    for hint in hints([Passage("", text)], [term(avoid)], "en"):
        assert hint.before + hint.marked + hint.after == hint.sentence
        assert hint.sentence in text


@given(
    before=st.text(max_size=40),
    after=st.text(max_size=40),
    avoid=st.sampled_from(["the homeless", "addict", "المشرد", "wheelchair-bound"]),
)
def test_a_term_between_spaces_is_found_where_it_stands(before, after, avoid):
    text = f"{before} {avoid} {after}"
    places = [(one.start, one.end) for one in find_terms(text, [Avoided(1, avoid, "")])]

    assert (len(before) + 1, len(before) + 1 + len(avoid)) in places


def test_a_long_list_of_terms_is_compiled_once_and_reads_each_passage_once(monkeypatch):
    sentence = "The county serves the people who live here. "
    text = [Passage("", sentence * 4 + "We serve the homeless at WIC. ")] * 3
    terms = [term(f"word{number} of old", pk=number + 10) for number in range(40)]
    terms.append(term("the homeless"))
    read = []
    monkeypatch.setattr(
        wording, "find_terms", lambda text, avoided: read.append(text) or find_terms(text, avoided)
    )
    made = compiled.cache_info().misses
    found = hints(text, terms, "en")
    hints(text, terms, "en")

    assert [hint.marked for hint in found] == ["the homeless", "WIC"]
    assert compiled.cache_info().misses - made == 1
    assert len(read) == 2 * len(text)
