"""The time that words take, and the meter in the editor."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.enums import GroupName
from cms.models import Person
from testimony.domain.speaking_time import Meter, estimate
from tests.builders import make_event, make_point, make_statistic, make_testimony, make_user


def test_three_hundred_plain_words_are_eighteen_seconds_over_two_minutes():
    meter = Meter.of("word " * 300, limit_seconds=120)

    assert meter.as_dict() == {
        "words": 300,
        "seconds": 138,
        "limit_seconds": 120,
        "over_by": 18,
        "label": "2:18, 18 s over",
        "limit_label": "Limit 2:00",
        "doubled_label": "",
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


@pytest.mark.parametrize(("rate", "seconds"), [(150, 120), (130, 138), (100, 180), (None, 138)])
def test_a_faster_speaker_needs_less_time(rate, seconds):
    assert estimate(300, rate) == seconds


def test_words_are_counted_in_the_language_of_the_text():
    assert Meter.of("2,1 millones", limit_seconds=None, language="es").words == 4
    assert Meter.of("2.1 million", limit_seconds=None).words == 4
    assert Meter.of("47,3 %", limit_seconds=None, language="es").words == 7


@pytest.mark.parametrize("rate", [None, 60, 260])
def test_people_speak_at_sixty_to_two_hundred_sixty_words_a_minute(rate):
    Person(name="Ada", words_per_minute=rate).clean_fields()


@pytest.mark.parametrize("rate", [0, 59, 261])
def test_a_rate_at_which_nobody_speaks_is_refused_beside_its_field(rate):
    with pytest.raises(ValidationError) as refusal:
        Person(name="Ada", words_per_minute=rate).clean_fields()
    assert list(refusal.value.message_dict) == ["words_per_minute"]


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


def test_the_speakers_own_rate_measures_what_stands_in_the_form(client, author):
    event = make_event(speaking_limit_seconds=120)
    page = make_testimony(live=False)
    slow = Person.objects.create(name="Sol Slow", words_per_minute=100)

    response = client.post(
        reverse("testimony:meter", args=[page.pk]),
        form([plain(300)], event=event.pk, speaker=slow.pk),
    )

    assert response.json()["label"] == "3:00, 1:00 over"


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

    placed = {"point": point.pk, "mode": "follow", "pin": "", "adapted": rich_text("")}
    response = client.post(reverse("testimony:meter_new"), form([("talking_point", placed)]))

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


def test_each_version_says_in_words_what_it_cannot_do(client, author):
    """Two blocks may go: for five and three minutes nothing has to, for two and one the same does not help."""
    event = make_event(speaking_limit_seconds=300)
    marked = {"type": "paragraph", "value": rich_text("<p>Go.</p>", features=["bold"])}
    body = [plain(325), ("paragraph", marked["value"])]

    response = client.post(reverse("testimony:meter_new"), form(body, event=event.pk))

    assert [(it["label"], it["time"]) for it in response.json()["versions"]] == [
        ("5:00", "2:30, whole text"),
        ("3:00", "2:30, whole text"),
        ("2:00", "2:30, too long"),
        ("1:00", "2:30, too long, same text as 2:00"),
        ("", "2:30"),
        ("", ""),
    ]
