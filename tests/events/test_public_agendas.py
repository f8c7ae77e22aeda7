"""Adopted agendas, as the public reads them: planks, positions, decisions, and what became of each."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms.models import Attachment, Issue
from events.domain.agendas import Progress, shown
from events.models import Position, Vehicle
from testimony.seed.world import attachment
from tests.builders import make_event, make_testimony
from tests.events.agendas import YEAR, decided, in_force, make_agenda, make_plank

pytestmark = pytest.mark.django_db


def test_the_public_page_shows_planks_positions_progress_and_outcomes(client):
    agenda = make_agenda()
    plank = make_plank(agenda)
    make_plank(agenda, "Clean air in schools", "2")
    in_force(plank, outcome="enacted", outcome_on=dt.date(YEAR, 2, 3), outcome_note="By 31 to 2.")
    in_force(plank, "HB 8", outcome="failed", outcome_on=dt.date(YEAR, 2, 4))
    in_force(plank, "HB 9")
    told = shown(agenda)
    assert [len(row.positions) for row in told.planks] == [3, 0]
    assert (told.progress.passed, told.progress.ended, told.progress.pending) == (1, 1, 1)

    words = " ".join(client.get(agenda.url).content.decode().split())

    for sentence in (
        "Board of Supervisors",
        "Paid leave for all",
        "By 31 to 2.",
        "No outcome recorded yet",
        "No position rests on this plank yet.",
    ):
        assert sentence in words, sentence
    assert "Secret aside" not in words


def test_what_is_not_adopted_or_held_back_is_not_there(client):
    hidden = [
        make_agenda(title="Draft", adopted_on=None, adopted_by=""),
        make_agenda(title="Held", is_published=False),
        make_agenda(title="Later", adopted_on=timezone.localdate() + dt.timedelta(days=1)),
    ]
    assert [client.get(agenda.url).status_code for agenda in hidden] == [404, 404, 404]
    assert client.get("/agendas/never/").status_code == 404

    words = client.get(reverse("agendas:list")).content.decode()

    assert "No agenda has been adopted yet." in words
    assert [agenda.title in words for agenda in hidden] == [False, False, False]


def test_proposals_and_exceptions_are_not_shown(client):
    plank = make_plank(make_agenda())
    in_force(plank, "HB 7")
    proposed = in_force(plank, "HB 8")
    Position.objects.filter(pk=proposed.pk).update(status="proposed")
    early = in_force(plank, "HB 9")
    Position.objects.filter(pk=early.pk).update(taken_on=dt.date(YEAR - 1, 12, 31))

    assert [it.vehicle.identifier for it in shown(plank.agenda).planks[0].positions] == ["HB 7"]


@pytest.mark.parametrize(
    ("count", "decisions", "queries"), [(1, 0, 10), (3, 0, 10), (1, 1, 12), (3, 3, 12)]
)
def test_the_public_page_costs_the_same_for_one_and_three(
    client, django_assert_num_queries, count, decisions, queries
):
    agenda = make_agenda()
    for number in range(count):
        plank = make_plank(agenda, number=str(number + 1))
        plank.issues.add(Issue.objects.active().order_by("slug")[number])
        plank.save()
        for bill in range(count):
            in_force(plank, f"HB {number}{bill}")
    for number in range(decisions):
        decided(f"SB {number}")
    client.get(agenda.url)

    with django_assert_num_queries(queries):
        assert client.get(agenda.url).status_code == 200


def words(client, agenda) -> str:
    main = BeautifulSoup(client.get(agenda.url).content, "html.parser").main
    return " ".join(main.get_text(" ").split())


def test_what_was_decided_separately_is_told_and_counted(client):
    agenda = make_agenda()
    in_force(make_plank(agenda), outcome="passed_chamber")
    position = decided(vehicle=Vehicle.objects.create(identifier="SB 2", outcome="failed"))

    told = shown(agenda)
    assert (told.decided, [row.separately for row in told.planks]) == ([position], [[]])
    assert told.progress == Progress(positions=2, passed=0, ended=1, pending=1)
    said = words(client, agenda)
    day = date_format(timezone.localdate())
    assert f"Decided by Board of Health, {day} Decision Support SB 2 as it stands." in said
    assert "Secret aside" not in said
    assert 'href="https://board.example/minutes/"' in client.get(agenda.url).content.decode()


def exception(position: Position) -> None:
    """A named person let it pass, and nothing is recorded of a decision."""
    Position.objects.filter(pk=position.pk).update(
        decision="", decided_on=None, override_at=timezone.now(), override_reason="Zqx urgent"
    )


def proposal(position: Position) -> None:
    Position.objects.filter(pk=position.pk).update(status="proposed")


def before_the_period(position: Position) -> None:
    Position.objects.filter(pk=position.pk).update(taken_on=dt.date(YEAR - 1, 12, 31))


def half_told(position: Position) -> None:
    Position.objects.filter(pk=position.pk).update(decided_by=" ")


@pytest.mark.parametrize("make", [exception, proposal, before_the_period, half_told])
def test_what_rests_on_no_decision_of_the_period_stays_inside(client, make):
    agenda = make_agenda()
    make_plank(agenda)
    make(decided("Zqx 9"))

    told = shown(agenda)
    assert (told.decided, told.progress.positions) == ([], 0)
    assert "Zqx" not in client.get(agenda.url).content.decode()


def test_a_plank_leads_to_what_was_decided_on_its_matter(client):
    """By the issues of what is published about the bill; what is not published tells nothing."""
    agenda, leave = make_agenda(), Issue.objects.get(slug="paid-leave")
    other = Issue.objects.active().exclude(pk=leave.pk).order_by("slug")[0]
    planks = [make_plank(agenda, number="1"), make_plank(agenda, number="2")]
    for plank, issue in zip(planks, (leave, other), strict=True):
        plank.issues.add(issue)
        plank.save()
    position = decided()
    make_testimony("Shown", vehicle=position.vehicle)
    draft = make_testimony("Draft", vehicle=position.vehicle, live=False)
    draft.issues.set([other])
    draft.save()

    assert [row.separately for row in shown(agenda).planks] == [[position], []]
    said = words(client, agenda)
    assert "No position rests on this plank yet. Decided separately: SB 2: Market Act" in said
    link = f'href="#position-{position.pk}"'
    assert client.get(agenda.url).content.decode().count(link) == 1


def test_a_position_on_a_plank_is_not_told_twice(client):
    """Also where a decision was recorded with it."""
    plank = make_plank(make_agenda())
    decided(plank=plank)

    told = shown(plank.agenda)
    assert ([len(row.positions) for row in told.planks], told.decided) == ([1], [])


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [
        ("", "pending"),
        ("pending", "pending"),
        ("passed_chamber", "pending"),
        ("passed_both", "pending"),
        ("enacted", "passed"),
        ("adopted", "passed"),
        ("adopted_rule", "passed"),
        ("approved", "passed"),
        ("failed", "ended"),
        ("withdrawn", "ended"),
        ("vetoed", "ended"),
        ("no_decision", "ended"),
    ],
)
def test_each_outcome_counts_where_the_field_counts_it(outcome, counted):
    """A bill that passed one chamber is not decided."""
    agenda = make_agenda()
    in_force(make_plank(agenda), outcome=outcome)

    progress = shown(agenda).progress
    assert {name for name in ("passed", "ended", "pending") if getattr(progress, name)} == {counted}


def test_the_archive_and_the_pages_of_issues_lead_to_it(client):
    agenda = make_agenda()
    plank = make_plank(agenda)
    issue = Issue.objects.active().order_by("slug")[0]
    plank.issues.add(issue)
    plank.save()

    assert 'href="/agendas/"' in client.get("/archive/").content.decode()
    part = client.get(f"/archive/issues/{issue.slug}/").content.decode()
    assert f'href="{agenda.url}#plank-{plank.pk}"' in part


def test_the_document_as_adopted_is_served_with_the_agenda_and_not_before(client):
    document: Attachment = attachment("Minutes", "As adopted")
    agenda = make_agenda(adopted_on=None, adopted_by="", source_document=document)
    assert client.get(document.url).status_code == 404

    agenda.adopted_by, agenda.adopted_on = "Board", timezone.localdate()
    agenda.save()

    assert client.get(document.url).status_code == 200


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ({}, "No outcome recorded yet"),
        ({"outcome": "pending"}, "Pending"),
        ({"outcome": "enacted", "outcome_on": dt.date(2026, 3, 5)}, "Became law</strong>, <time"),
        (
            {"outcome": "passed_chamber", "outcome_on": dt.date(2026, 3, 5)},
            "Passed one chamber, not law yet, <time",
        ),
    ],
)
def test_testimony_says_what_happened_next_or_that_nobody_knows(client, outcome, words):
    event = make_event()
    page = make_testimony(event=event, vehicle=event.vehicle)
    Vehicle.objects.filter(pk=event.vehicle_id).update(**outcome)

    assert words in " ".join(client.get(page.url).content.decode().split())
