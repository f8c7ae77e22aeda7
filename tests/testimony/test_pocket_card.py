"""The pocket card: only what may be released, all of it inside its panels, upright once folded."""

from __future__ import annotations

import pytest

from cms.models import Issue, Person
from cms.pdf.choices import PrintChoices
from cms.pdf.registry import kind_for, kinds_for
from cms.pdf.service import document_html, render_html
from testimony.domain.pocket_card import Card, CardProof, CardQuestion, card_of
from testimony.enums import PointKind
from testimony.pdf.card_layout import PADDING, TYPE_SIZES, panels_for
from tests.builders import (
    make_map,
    make_message,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
)
from tests.glyphs import sheets_of

LETTER = PrintChoices().sheet
WORDS = "Paid leave lets a parent stay home with a newborn and keep the job afterwards."


def question(title: str, answer: str, *, live: bool = True, **fields):
    issue = Issue.objects.get(slug="paid-leave")
    point = make_point(title, f"<p>{answer}</p>", kind=PointKind.QUESTION, live=live, **fields)
    point.issues.set([issue])
    point.save()
    return point


def full_map():
    source = make_source("Survey", publisher="Bureau of Labor", published="May 2023")
    figures = [make_statistic(f"of group {n}", str(n), source=source) for n in (11, 22, 33, 44)]
    hidden = make_statistic("kept back", "99", live=False)
    return make_map(
        None,
        make_message("One leads", proofs=[*figures[:3], hidden]),
        make_message("Secret message", proofs=[figures[0]], released=False),
        make_message("Bare claim"),
        make_message("Two follows", proofs=[figures[3], source]),
        make_message("Three rests", proofs=[figures[3], figures[1], figures[0]]),
        make_message("Four is too many", proofs=[figures[0]]),
    )


@pytest.mark.django_db
def test_only_what_may_be_released_is_on_it():
    who = Person.objects.create(name="Ruth Hollis", phone="555-0101", email="r@x.example")
    question("What does it cost?", "Little.", follow_up=who)
    question("An unpublished question?", "Hush.", live=False)
    card = card_of(full_map())
    assert card.messages == ("One leads", "Two follows", "Three rests")
    assert [(proof.message, proof.figure) for proof in card.proofs] == [
        *((1, "11%"), (1, "33%"), (2, "44%"), (2, ""), (3, "22%")),
    ]
    assert card.proofs[0].source == "Bureau of Labor 2023"
    assert card.questions == (CardQuestion("What does it cost?", "Little.", "Ruth Hollis"),)
    assert [person.name for person in card.people] == ["Ruth Hollis"]
    assert "99%" not in card.text


@pytest.mark.django_db
def test_a_draft_map_changes_nothing_on_the_card():
    message_map = make_map(None, make_message("Hidden", proofs=[make_statistic()]), live=False)
    assert card_of(message_map).messages == ()


@pytest.mark.django_db
def test_testimony_has_a_card_where_its_issue_has_a_published_map():
    page = make_testimony()
    assert [kind.name for kind in kinds_for(page)] == ["testimony", "podium"]
    full_map()
    assert [kind.name for kind in kinds_for(page)] == [
        *("testimony", "podium", "testimony-pocket-card")
    ]


def card(questions: int, length: int = 3) -> Card:
    return Card(
        issue=Issue(name="Paid family leave"),
        messages=(WORDS,) * 3,
        proofs=(CardProof(1, "47.3%", WORDS, "Bureau of Labor 2023"),) * 5,
        questions=tuple(
            CardQuestion(f"{n}. {WORDS}", WORDS * length, "Ruth") for n in range(questions)
        ),
        people=(Person(name="Ruth Hollis", phone="555-0101"),),
    )


def test_type_grows_smaller_before_a_question_is_left_out():
    few, some, many = (panels_for(card(count), LETTER) for count in (1, 4, 8))
    assert few.type_size > some.type_size > TYPE_SIZES[-1] == many.type_size
    assert (few.left_out, some.left_out) == (0, 0)
    assert len(many.inside) + len(many.back) + many.left_out == 8
    assert many.left_out > 0


@pytest.mark.django_db
@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_every_panel_keeps_its_words_and_stands_upright_when_folded(paper):
    who = Person.objects.create(name="Ruth Hollis", phone="555-0101")
    for number in range(6):
        question(f"Question {number}: {WORDS}", WORDS * 3, follow_up=who)
    message_map = full_map()
    document = kind_for(message_map, "pocket-card").document(
        message_map, choices=PrintChoices(paper=paper)
    )
    done = render_html(document_html(document), language="en")
    assert (done.pages, done.warnings) == (1, ())
    (sheet,) = sheets_of(done.pdf)
    middle = (sheet.width / 2, sheet.height / 2)
    edge = PADDING * 72 - 4
    for glyph in sheet.glyphs:
        # The upper half is printed upside down: folded back, it reads the right way up.
        assert glyph.turn == (180 if glyph.top < middle[1] else 0)
        for start, end, half, size in (
            (glyph.left, glyph.right, middle[0], sheet.width),
            (glyph.top, glyph.bottom, middle[1], sheet.height),
        ):
            assert edge <= start <= end <= half - edge or half + edge <= start <= end <= size - edge
    assert document.context["panels"].type_size in {glyph.size for glyph in sheet.glyphs}
