"""Words as they are spoken, the time they take, and the meter in the editor."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.enums import GroupName
from testimony.domain.speaking_time import Meter, estimate, spoken_words
from tests.builders import make_event, make_point, make_statistic, make_testimony, make_user


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Thank you, Chair Rivera.", 4),
        ("1,250,000", 6),  # one million two hundred fifty thousand
        ("47.3%", 4),  # forty-seven point three percent
        ("47.3 %", 4),
        ("$7.25", 4),
        ("$1,000,000", 3),  # one million dollars
        ("HB 1234", 4),  # H B twelve thirty-four
        ("H.B. 1234.", 4),
        ("in 1998", 3),
        ("in 2000", 3),  # two thousand
        ("2019-2021", 4),
        ("the CDC’s", 4),
        ("WIC", 1),
        ("and/or", 2),
        ("long-term", 1),
        ("yes — no", 2),
        ("WHY THIS MATTERS", 3),
        ("-5", 2),
        ("10,000,000,000,000,000,000", 20),  # beyond names: digit by digit
    ],
)
def test_words_are_counted_as_they_are_spoken(text, words):
    assert spoken_words(text) == words


def test_three_hundred_plain_words_are_eighteen_seconds_over_two_minutes():
    meter = Meter.of("word " * 300, limit_seconds=120)

    assert meter.as_dict() == {
        "words": 300,
        "seconds": 138,
        "limit_seconds": 120,
        "over_by": 18,
        "label": "2:18, 18 s over",
    }


@pytest.mark.parametrize(
    ("words", "limit", "label"),
    [
        (0, 120, "0:00, 2:00 left"),
        (260, 120, "2:00, 0 s left"),
        (217, 120, "1:40, 20 s left"),
        (455, 120, "3:30, 1:30 over"),
        (300, None, "2:18"),
        (300, 0, "2:18"),
    ],
)
def test_the_meter_says_how_far_from_the_limit(words, limit, label):
    assert Meter.of("word " * words, limit_seconds=limit).label == label


def test_a_faster_speaker_needs_less_time():
    assert estimate(300, wpm=150) == 120


def form(body, **fields) -> dict:
    """The editor's form as it is posted."""
    return nested_form_data(
        {
            "title": "Testimony",
            "slug": "testimony",
            "language": "en",
            "document_kind": "testimony",
            "body": streamfield(body),
            "comments": inline_formset([]),
            **fields,
        }
    )


def plain(count: int) -> tuple:
    return "paragraph", rich_text(f"<p>{'word ' * count}</p>", features=["bold"])


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


def test_the_editor_measures_what_is_not_saved_against_the_chosen_event(client, author):
    event = make_event(speaking_limit_seconds=120)
    page = make_testimony(live=False)

    response = client.post(
        reverse("testimony:meter", args=[page.pk]), form([plain(300)], event=event.pk)
    )

    assert response.json()["label"] == "2:18, 18 s over"
    page.refresh_from_db()
    assert (page.event, page.revisions.count()) == (None, 1)


def test_another_event_brings_another_limit(client, author):
    page = make_testimony(live=False, event=make_event(speaking_limit_seconds=120))
    longer = make_event(speaking_limit_seconds=180)

    response = client.post(
        reverse("testimony:meter", args=[page.pk]), form([plain(300)], event=longer.pk)
    )

    assert response.json()["label"] == "2:18, 42 s left"


def test_a_page_that_was_never_saved_is_measured_too(client, author):
    response = client.post(reverse("testimony:meter_new"), form([plain(130)], title="", slug=""))

    assert response.json()["label"] == "1:00"


def test_words_of_talking_points_and_figures_count(client, author):
    statistic = make_statistic(value="47.3", decimals=1)
    point = make_point(text=f'<p>Only <embed embedtype="statistic" id="{statistic.pk}"/> do.</p>')

    response = client.post(reverse("testimony:meter_new"), form([("talking_point", point.pk)]))

    assert response.json()["words"] == 6


def test_half_written_blocks_do_not_stop_the_meter(client, author):
    body = [plain(130), ("statistic", {"statistic": "", "emphasis": ""}), ("heading", "")]

    response = client.post(reverse("testimony:meter_new"), form(body))

    assert response.json()["words"] == 130


def test_a_title_that_is_taken_does_not_stop_the_meter(client, author):
    make_testimony("Taken")

    response = client.post(reverse("testimony:meter_new"), form([plain(13)], slug="taken"))

    assert response.json()["words"] == 13


@pytest.mark.parametrize("name", ["meter", "meter_new"])
def test_the_meter_is_for_those_who_write(client, db, name):
    page = make_testimony()
    client.force_login(make_user("speaker", GroupName.SPEAKERS))
    args = [page.pk] if name == "meter" else []

    response = client.post(reverse(f"testimony:{name}", args=args), form([plain(3)]))

    assert response.status_code == 302


def test_the_meter_answers_no_link(client, author):
    assert client.get(reverse("testimony:meter_new")).status_code == 405


@pytest.mark.parametrize("kind", ["saved", "new"])
def test_the_editor_of_testimony_carries_the_meter(client, author, kind):
    page = make_testimony(live=False, user=author)
    address = {
        "saved": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "new": reverse(
            "wagtailadmin_pages:add", args=["testimony", "testimonypage", page.get_parent().pk]
        ),
    }
    meter = {
        "saved": reverse("testimony:meter", args=[page.pk]),
        "new": reverse("testimony:meter_new"),
    }

    html = client.get(address[kind]).content.decode()

    assert html.count(f'data-speaking-meter data-url="{meter[kind]}"') == 1
    assert html.count("testimony/js/meter.js") == 1
