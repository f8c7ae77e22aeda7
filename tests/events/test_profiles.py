"""A body's profile is data: it names files, judges them, and calls positions as the body does."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from cms.pdf.registry import kind_for
from events.domain.file_names import bill_number, file_stem
from events.domain.rule_words import profile_in_words
from events.models import Body, BodyPosition, DeadlineRule
from events.validators import validate_file_name_pattern
from testimony.domain.readiness import judge
from tests.builders import make_event, make_testimony

VALUES = {
    "bill": "HB 83",
    "organization": "Larkmoor County Health",
    "position": "Favorable",
    "name": "Tomás O'Neill",
    "date": "2026-03-04",
}


@pytest.mark.parametrize(
    ("pattern", "values", "expected"),
    [
        (
            "{bill:04}_{organisation}_{position}_{name}",
            VALUES,
            "HB0083_Larkmoor-County-Health_Favorable_Tomas-O-Neill",
        ),
        ("{bill}-{date}", VALUES, "HB83-2026-03-04"),
        ("{bill:06} ({name})", VALUES, "HB000083 (Tomas-O-Neill)"),
        ("{bill}_{position}_{name}", {**VALUES, "position": ""}, "HB83_Tomas-O-Neill"),
        ("{organization}", VALUES, "Larkmoor-County-Health"),
        ("{name}", {"name": "../../etc/passwd\x00.exe"}, "etc-passwd-exe"),
        ("{name}", {"name": "CON"}, "CON-file"),
        ("{name}", {"name": "سلمى"}, "سلمى"),
        ("{name}", {"name": "x" * 500}, "x" * 120),
        ("{bill}", {}, ""),
        ("", VALUES, ""),
        ("{broken", VALUES, ""),
    ],
)
def test_files_are_named_after_the_pattern_and_safely(pattern, values, expected):
    assert file_stem(pattern, values) == expected


def test_bills_get_leading_zeros_in_their_first_number_only():
    assert [
        bill_number("H.B. 1147", 5),
        bill_number("S 9 of 2026", 3),
        bill_number("Budget", 4),
    ] == [
        "HB01147",
        "S009of2026",
        "Budget",
    ]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{bill", "braces"),
        ("{chair}", "placeholder"),
        ("{bill!r}", "placeholder"),
        ("{bill.pk}", "placeholder"),
        ("{0}", "placeholder"),
        ("{name:04}", "digits"),
        ("{bill:>9000000}", "digits"),
        ("../{bill}", "sign"),
        ("a:{bill}", "sign"),
        ("testimony", "constant"),
    ],
)
def test_a_pattern_that_cannot_be_is_refused_with_words(pattern, code):
    with pytest.raises(ValidationError) as refused:
        validate_file_name_pattern(pattern)

    assert refused.value.code == code
    assert len(refused.value.messages[0]) > 20


def form_of(**fields) -> dict[str, str]:
    """What the form of a new committee sends: two deadline rules and two words for positions."""
    return {
        "name": "Joint Committee on Rivers",
        "timezone": "America/Denver",
        "chair_title": "Chair",
        "interpreter_factor": "1",
        "file_name_pattern": "{bill:05}_{position}_{name}",
        "accepted_formats": "pdf",
        "page_limit": "2",
        "deadline_rules-TOTAL_FORMS": "1",
        "deadline_rules-INITIAL_FORMS": "0",
        "deadline_rules-0-what": "written",
        "deadline_rules-0-amount": "24",
        "deadline_rules-0-unit": "hours",
        "deadline_rules-0-side": "before",
        "deadline_rules-0-opens_side": "before",
        "deadline_rules-0-on_closed_day": "stands",
        "deadline_rules-0-ORDER": "1",
        "position_labels-TOTAL_FORMS": "2",
        "position_labels-INITIAL_FORMS": "0",
        "position_labels-0-stance": "support",
        "position_labels-0-label": "Pro",
        "position_labels-0-ORDER": "1",
        "position_labels-1-stance": "support_if_amended",
        "position_labels-1-label": "",
        "position_labels-1-is_discarded": "on",
        "position_labels-1-ORDER": "2",
        **fields,
    }


def test_a_new_committee_with_rules_of_its_own_changes_the_next_export(admin_client):
    event = make_event(starts_at=timezone.now() + dt.timedelta(days=9))
    page = make_testimony(event=event, vehicle=event.vehicle)
    before = kind_for(page).document(page)
    assert (before.filename, page.position_words) == ("testimony-on-hb-1147.pdf", "Support")

    added = admin_client.post(reverse("wagtailsnippets_events_body:add"), form_of())
    assert added.status_code == 302, added.context["form"].errors
    body = Body.objects.get(name="Joint Committee on Rivers")
    page.event.body = body
    page.event.save()
    page = type(page).objects.get(pk=page.pk)

    after = kind_for(page).document(page)
    assert after.filename == "HB01147_Pro_Imani-Calloway.pdf"
    assert kind_for(page).document(page, draft=True).filename == f"DRAFT-{after.filename}"
    assert page.position_words == "Pro"
    assert page.event.windows.get().closes_at == page.event.starts_at - dt.timedelta(days=1)
    shown = admin_client.get(reverse("wagtailsnippets_events_body:edit", args=[body.pk]))
    for words in (
        "Written testimony: closes 24 hours before the hearing",
        "“Support” is “Pro” there.",
        "“Support if amended” counts as no position there.",
        "All times by the clock of: Mountain Time – Denver.",
    ):
        assert words in shown.content.decode(), words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file_name_pattern": "{speaker}"}, "is not known"),
        ({"position_labels-1-stance": "support"}, "duplicate"),
        ({"position_labels-1-is_discarded": ""}, "Give its word"),
        ({"deadline_rules-0-unit": "days"}, "Give the time of day"),
        ({"jurisdiction_code": "US-XX"}, "are not known"),
        ({"timezone": "Mars/Olympus"}, "Select a valid choice"),
        ({"size_limit_mb": "0"}, "greater than or equal to 0.1"),
    ],
)
def test_rules_that_cannot_be_are_said_beside_the_field(admin_client, changes, words):
    response = admin_client.post(reverse("wagtailsnippets_events_body:add"), form_of(**changes))

    assert (response.status_code, Body.objects.count()) == (200, 0)
    assert words in response.content.decode()


@pytest.fixture
def committee(db) -> Body:
    body = Body.objects.create(name="Committee on Housing", short_name="Housing")
    BodyPosition.objects.create(body=body, stance="support_if_amended", is_discarded=True)
    DeadlineRule.objects.create(
        body=body, what="written", amount=1, unit="weekday", weekday=4, at=dt.time(12)
    )
    DeadlineRule.objects.create(
        body=body,
        what="sign_up",
        amount=0,
        unit="days",
        at=dt.time(15),
        opens_amount=2,
        opens_unit="business_days",
        opens_at=dt.time(10),
    )
    return body


def test_rules_are_read_out_as_sentences(committee):
    assert profile_in_words(committee)[:3] == [
        "Written testimony: closes on Friday of the week before, at noon",
        "Sign-up to speak: opens 2 business days before the hearing, at 10 a.m., "
        "closes on the day of the hearing, at 3 p.m.",
        "“Support if amended” counts as no position there.",
    ]


def results(page, name: str) -> list[tuple[str, str]]:
    return [(it.state, it.words) for it in judge(page).results if it.name == name]


def test_a_position_that_the_body_discards_is_warned_of(committee):
    page = make_testimony(event=make_event(body=committee), position="support_if_amended")

    assert results(page, "counts") == [
        (
            "advice",
            "Housing counts “Support if amended” as no position. Choose another one, or know that it will "
            "not be listed.",
        )
    ]
    assert page.position_words == "Support if amended"


def test_a_body_that_takes_no_pdf_says_what_it_takes(committee):
    committee.accepted_formats = ["docx", "odt", "an old value"]
    committee.save()
    page = make_testimony(event=make_event(body=committee))
    assert results(page, "format") == [
        (
            "advice",
            "Housing takes no PDF: hand in the Word document. It is under “More ways to print”.",
        )
    ]

    committee.accepted_formats = ["odt"]
    committee.save()
    page = type(page).objects.get(pk=page.pk)
    assert results(page, "format") == [
        ("advice", "Housing takes no PDF: hand the text in as OpenDocument (.odt).")
    ]

    committee.accepted_formats = ["docx", "pdf"]
    committee.save()
    page = type(page).objects.get(pk=page.pk)
    assert results(page, "format") == [("ok", "")]
