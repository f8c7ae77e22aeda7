"""Choosing a document for a presentation: the event's own first, then the rest."""

from __future__ import annotations

import pytest
from django.urls import reverse

from events.choosers import DocumentChooserWidget, documents_to_choose
from events.models import Presentation, PresentationMaterial
from tests.builders import make_event, make_fact_sheet, make_testimony, make_user

pytestmark = pytest.mark.django_db
CHOOSE = "presentation_documents:choose"
RESULTS = "presentation_documents:choose_results"


@pytest.fixture
def staff(client):
    client.force_login(make_user("author"))
    return client


@pytest.fixture
def hearing():
    return make_event(title="Hearing on HB 1147")


@pytest.fixture
def papers(hearing, person):
    """Of this event, brought to this event, and neither; the last is the youngest."""
    make_testimony("Own", event=hearing)
    brought = make_fact_sheet("Brought")
    presentation = Presentation(event=hearing, speaker=person)
    presentation.materials.add(PresentationMaterial(page=brought))
    presentation.save()
    make_testimony("Draft of another", event=make_event(), live=False)


def titles(pages) -> list[tuple[str, bool]]:
    return [(page.title, page.is_own) for page in pages]


def test_the_event_s_own_documents_come_first(hearing, papers):
    assert titles(documents_to_choose(hearing)) == [
        ("Brought", True),
        ("Own", True),
        ("Draft of another", False),
    ]


def test_without_an_event_the_latest_come_first(papers):
    assert titles(documents_to_choose(None)) == [
        ("Draft of another", False),
        ("Brought", False),
        ("Own", False),
    ]


def test_the_form_of_a_presentation_asks_for_the_documents_of_its_event(staff, hearing, papers):
    presentation = Presentation.objects.get()
    address = f"{reverse(CHOOSE)}?event={hearing.pk}"

    opened = [
        staff.get(reverse("events:presentation_add", args=[hearing.pk])).text,
        staff.get(reverse("events:presentation_edit", args=[presentation.pk])).text,
    ]

    assert [address in html for html in opened] == [True, True]
    assert DocumentChooserWidget(hearing).get_chooser_modal_url() == address


def test_the_dialog_says_which_were_written_for_the_event(staff, hearing, papers):
    html = staff.get(reverse(CHOOSE), {"event": hearing.pk}).json()["html"]

    assert html.count("Written for this event") == 2
    assert html.index("Brought") < html.index("Own") < html.index("Draft of another")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("anoth draf", ["Draft of another"]),
        ("own", ["Own"]),
        ('"', []),
        ("nothing like it", []),
    ],
)
def test_the_rest_is_found_by_parts_of_words(staff, hearing, papers, words, expected):
    response = staff.get(reverse(RESULTS), {"q": words, "event": hearing.pk})

    assert [page.title for page in response.context["results"]] == expected


@pytest.mark.parametrize("event", ["", "x", "999999", "-1"])
def test_an_event_that_does_not_exist_changes_nothing(staff, papers, event):
    response = staff.get(reverse(RESULTS), {"event": event})

    assert len(response.context["results"]) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_dialog_costs_the_same_for_one_and_three(
    staff, hearing, count, django_assert_num_queries
):
    for number in range(count):
        make_testimony(f"Paper {number}", event=hearing)
    staff.get(reverse(RESULTS), {"event": hearing.pk})

    with django_assert_num_queries(8):
        staff.get(reverse(RESULTS), {"event": hearing.pk})
