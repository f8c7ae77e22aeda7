"""Speaking limits are written as people say them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cms.enums import GroupName
from events.domain.durations import LONGEST, read_limit, say_limit, write_limit
from events.models import Body
from tests.builders import make_user


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("", None),
        ("   ", None),
        ("2:00", 120),
        (" 2:30 ", 150),
        ("0:45", 45),
        ("120:00", 7200),
        ("2", 120),
        ("60", 3600),
        ("90 s", 90),
        ("90s", 90),
        ("90 sec.", 90),
        ("90 SECONDS", 90),
        ("2 min", 120),
        ("2m", 120),
        ("2 min 30 s", 150),
        ("2m30s", 150),
        ("120 min", 7200),
        ("٢", 120),
    ],
)
def test_what_people_write_is_understood(written, seconds):
    assert read_limit(written) == seconds


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("two minutes", "unreadable"),
        ("2:60", "unreadable"),
        ("2:5", "unreadable"),
        ("-2", "unreadable"),
        ("1.5", "unreadable"),
        ("2:00:00", "unreadable"),
        ("s", "unreadable"),
        ("0", "nothing"),
        ("0:00", "nothing"),
        ("120", "minutes_or_seconds"),
        ("999 min", "too_long"),
        ("99999 s", "too_long"),
    ],
)
def test_nonsense_is_refused(written, code):
    with pytest.raises(ValidationError) as caught:
        read_limit(written)

    assert caught.value.code == code


@given(st.integers(min_value=1, max_value=LONGEST))
def test_what_is_shown_is_read_back(seconds):
    assert read_limit(write_limit(seconds)) == seconds


@given(st.text(max_size=20))
def test_any_text_is_a_limit_or_a_refusal(text):
    try:
        seconds = read_limit(text)
    except ValidationError:
        return
    assert seconds is None or 0 < seconds <= LONGEST


@pytest.fixture
def administrator(client, db):
    client.force_login(make_user("admin", GroupName.ADMINISTRATORS))
    return client


def save_body(client, limit: str, body: Body | None = None):
    name = "wagtailsnippets_events_body"
    address = reverse(f"{name}:edit", args=[body.pk]) if body else reverse(f"{name}:add")
    fields = {"name": "House Health", "chair_title": "Chair", "timezone": "America/Chicago"}
    for formset in ("deadline_rules", "position_labels"):
        fields |= {f"{formset}-TOTAL_FORMS": "0", f"{formset}-INITIAL_FORMS": "0"}
    return client.post(address, {**fields, "speaking_limit_seconds": limit})


def test_a_body_keeps_seconds_and_shows_minutes(administrator):
    save_body(administrator, "1:30")
    body = Body.objects.get()
    form = administrator.get(reverse("wagtailsnippets_events_body:edit", args=[body.pk])).context[
        "form"
    ]

    assert body.speaking_limit_seconds == 90
    assert form["speaking_limit_seconds"].value() == "1:30"


def test_a_limit_that_makes_no_sense_is_refused_beside_the_field(administrator):
    response = save_body(administrator, "120")

    assert response.context["form"].errors == {
        "speaking_limit_seconds": ["120 minutes? Write 120 s for seconds, or 120 min."]
    }
    assert response.context["form"]["speaking_limit_seconds"].value() == "120"
    assert Body.objects.count() == 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (60, "1 minute"),
        (120, "2 minutes"),
        (150, "2 min 30 s"),
        (45, "45 seconds"),
        (1, "1 second"),
    ],
)
def test_a_limit_is_told_in_words(seconds, words):
    assert say_limit(seconds) == words
