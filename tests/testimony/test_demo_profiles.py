"""The demo's real bodies: every rule names where it stands and when somebody last looked."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest

from events.domain.rule_words import profile_in_words
from events.models import Body
from testimony.demo.bodies import load_bodies
from testimony.demo.reader import rows


def stated() -> list[dict]:
    """Every place of the file that states something, with its body's name."""
    return [
        {"body": row["key"], **place}
        for row in rows("profiles")
        for place in (row, *row.get("rules", ()))
    ]


def test_there_are_six_and_none_names_a_person():
    assert [row["key"] for row in rows("profiles")] == [
        "hawaii",
        "maryland",
        "washington",
        "california-senate-housing",
        "us-house",
        "uk-commons",
    ]
    assert [row for row in rows("profiles") if {"chair_name", "address"} & set(row)] == []


def test_each_statement_has_an_address_and_a_day():
    wrong = [
        place
        for place in stated()
        if not (
            urlsplit(place.get("source_url", "")).scheme == "https"
            and place.get("last_checked") == date(2026, 11, 23)
        )
    ]

    assert wrong == []


@pytest.mark.django_db
def test_they_load_as_the_form_would_take_them_and_read_as_their_sources_do():
    bodies = load_bodies()

    assert Body.objects.count() == len(bodies) == len(rows("bodies")) + 6
    assert profile_in_words(bodies["maryland"])[0] == (
        "Written testimony: opens 2 business days before the hearing, at 10 a.m., "
        "closes 2 business days before the hearing, at 3 p.m."
    )
    assert profile_in_words(bodies["washington"])[:3] == [
        "Sign-up to speak: closes 1 hour before the hearing",
        "Written testimony: closes 24 hours after the start",
        "“Support” is “Pro” there.",
    ]
    assert profile_in_words(bodies["california-senate-housing"])[0] == (
        "“Support if amended” counts as no position there."
    )
    assert [str(it.label) for it in bodies["uk-commons"].formats] == [
        "Word (.docx)",
        "OpenDocument (.odt)",
    ]
    assert profile_in_words(bodies["uk-commons"]) == [
        "Files it takes: Word (.docx), OpenDocument (.odt).",
        "Files for it are made without logo and colors.",
    ]
    assert profile_in_words(bodies["maryland"])[-1] == "Files it takes: PDF."
    assert [key for key, body in bodies.items() if body.no_branding] == ["uk-commons"]
    assert [key for key, body in bodies.items() if body.wants_word] == ["uk-commons"]
    assert (bodies["hawaii"].size_limit_mb, bodies["us-house"].asks_disclosure) == (20, True)
