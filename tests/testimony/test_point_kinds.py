"""Talking points are messages, questions with answers, or boilerplate; each is printed as what it is."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cms.models import Person
from testimony.domain.pinning import pin_current
from testimony.domain.resolve import resolve
from testimony.enums import PointKind
from testimony.models import TalkingPoint
from tests.builders import make_point, make_testimony, make_user

pytestmark = pytest.mark.django_db

ASKED = "What does it cost?"


@pytest.fixture
def author(client):
    user = make_user()
    client.force_login(user)
    return user


def question(text: str = "<p>Less than waiting.</p>", **fields) -> TalkingPoint:
    return make_point(ASKED, text, kind=PointKind.QUESTION, **fields)


def placed(point: TalkingPoint, **fields) -> tuple[str, dict]:
    return "talking_point", {"point": point, **fields}


def test_a_point_is_a_message_unless_it_is_said_otherwise():
    assert make_point().kind == PointKind.MESSAGE


@pytest.mark.parametrize("medium", ["web", "print"])
def test_a_question_is_printed_with_its_answer(medium):
    page = make_testimony(body=[placed(question())])

    assert (
        '<div class="qa"><p class="qa__question"><strong>What does it cost?</strong></p>'
        "<p>Less than waiting.</p></div>"
    ) in resolve(page, medium=medium).html
    assert resolve(page).text == "What does it cost?\nLess than waiting."


def test_messages_and_boilerplate_are_printed_without_their_titles():
    points = [
        make_point("Title of a message", "<p>A message.</p>"),
        make_point("About us", "<p>Who we are.</p>", kind=PointKind.BOILERPLATE),
    ]
    page = make_testimony(body=[placed(point) for point in points])

    assert resolve(page).text == "A message.\nWho we are."


def test_a_pinned_question_keeps_what_was_asked():
    point = question()
    point.save_revision().publish()
    pin = pin_current(point)
    page = make_testimony(body=[placed(point, mode="pinned", pin=pin.pk)])
    point.title = "What will it cost?"
    point.save_revision().publish()

    assert resolve(page).text == "What does it cost?\nLess than waiting."


def test_an_adapted_answer_stands_under_the_question():
    page = make_testimony(
        body=[placed(question(), mode="adapted", adapted="<p>Nothing here.</p>", pin=None)]
    )

    assert resolve(page).text == "What does it cost?\nNothing here."


def test_a_question_without_an_answer_is_left_out_and_editors_see_why():
    page = make_testimony(body=[placed(question(text=""))])

    assert resolve(page).text == ""
    assert resolve(page, show_gaps=True).text == (
        "The question “What does it cost?” has no answer yet, so it is left out."
    )


def test_who_follows_up_is_never_printed():
    person = Person.objects.create(name="Xenia Zagorski", phone="555 0199")
    page = make_testimony(body=[placed(question(follow_up=person))])

    words = resolve(page, show_gaps=True).html

    assert [word in words for word in ("Zagorski", "0199")] == [False, False]


def test_a_question_needs_an_answer_or_somebody_who_follows_up():
    with pytest.raises(ValidationError) as refused:
        TalkingPoint(title=ASKED, kind=PointKind.QUESTION).clean()
    TalkingPoint(title=ASKED, kind=PointKind.QUESTION, follow_up=Person(pk=1)).clean()

    assert refused.value.message_dict == {"text": ["Write the answer, or choose who follows up."]}


def test_only_a_question_has_somebody_who_follows_up():
    with pytest.raises(ValidationError) as refused:
        TalkingPoint(title="Message", follow_up=Person(pk=1)).clean()

    assert list(refused.value.message_dict) == ["follow_up"]


def test_the_form_says_for_which_kind_a_field_matters(client, author):
    html = client.get(reverse("wagtailsnippets_testimony_talkingpoint:add")).content.decode()

    assert html.count('data-controller="w-rules"') >= 1
    assert html.count("data-w-rules=") == 3


def test_the_list_is_narrowed_by_kind(client, author):
    make_point("A message")
    question()
    url = reverse("wagtailsnippets_testimony_talkingpoint:list")

    rows = client.get(url, {"kind": "question"}).context["object_list"]

    assert [point.title for point in rows] == [ASKED]


def test_the_chooser_names_the_kind_and_is_narrowed_by_it(client, author):
    make_point("A message")
    question()
    viewset = TalkingPoint.snippet_viewset.chooser_viewset
    response = client.get(reverse(viewset.get_url_name("choose_results")), {"kind": "question"})

    html = response.content.decode()
    assert ("Question and answer" in html, ASKED in html, "A message" in html) == (
        True,
        True,
        False,
    )
