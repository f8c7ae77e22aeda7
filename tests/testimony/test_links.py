"""When a link counts as dead, who is told, and the daily command."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.enums import GroupName
from testimony.domain import links
from testimony.domain.link_requests import Answer
from testimony.domain.links import check_source, dead_links_of, due_sources
from testimony.enums import LinkState
from testimony.management.commands import check_links as command
from testimony.models import LinkCheck, LinkReason, Source, link_state
from testimony.views.link_warnings import warn_of_dead_links
from tests.builders import (
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
SERVER, TIMEOUT = Answer(status=503), Answer(reason=LinkReason.NO_ANSWER)


def check(source: Source, answer: Answer, *, day: float = 0) -> LinkState:
    with time_machine.travel(MONDAY + dt.timedelta(days=day), tick=False):
        return LinkState(check_source(source, request=lambda url: answer).state)


def linked(title: str = "Survey", **fields) -> Source:
    return make_source(title, url=f"https://x.example/{title}", **fields)


def dead(title: str = "Survey", **fields) -> Source:
    source = linked(title, **fields)
    check(source, Answer(status=404))
    return source


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_dead_at_once(status):
    assert check(linked(), Answer(status=status)) == LinkState.DEAD


@pytest.mark.parametrize("answer", [SERVER, TIMEOUT, Answer(reason=LinkReason.NO_ADDRESS)])
def test_other_failures_count_on_a_second_day(answer):
    source = linked()
    assert check(source, answer) == LinkState.UNKNOWN
    assert check(source, answer, day=0.1) == LinkState.UNKNOWN
    assert check(source, answer, day=1) == LinkState.DEAD
    assert LinkCheck.objects.get().first_failed_at == MONDAY
    assert check(source, Answer(status=200), day=2) == LinkState.OK
    assert LinkCheck.objects.get().first_failed_at is None


@pytest.mark.parametrize(
    "answer", [Answer(status=403), Answer(status=429), Answer(reason=LinkReason.NOT_PUBLIC)]
)
def test_a_site_that_keeps_programs_out_says_nothing_about_the_page(answer):
    source = linked()
    assert [check(source, answer, day=day) for day in range(3)] == [LinkState.UNKNOWN] * 3
    check(source, Answer(status=404), day=3)
    assert check(source, answer, day=4) == LinkState.DEAD


def test_a_new_address_begins_anew():
    source = dead()
    source.url = "https://x.example/new"
    source.save()
    assert link_state(Source.objects.select_related("link_check").get()) == LinkState.UNKNOWN
    assert dead_links_of(make_testimony()) == []
    assert check(source, SERVER, day=1) == LinkState.UNKNOWN


def test_a_source_without_an_address_has_no_state():
    assert link_state(make_source()) is None


def test_what_was_found_is_said_in_words():
    dead()
    assert LinkCheck.objects.get().words == "the page is not there (404)"


def test_an_older_version_of_a_source_brings_no_older_answer_back():
    source = linked()
    revision = source.save_revision()
    check(source, Answer(status=404))
    revision.publish()
    assert LinkCheck.objects.get().state == LinkState.DEAD


def test_due_is_what_was_never_checked_or_not_today_or_has_changed():
    fresh, old, changed, never = (linked(name) for name in ("fresh", "old", "changed", "never"))
    make_source("no address")
    for source, day in ((fresh, 0.5), (old, 0), (changed, 0.5)):
        check(source, Answer(status=200), day=day)
    changed.url = "https://x.example/other"
    changed.save()
    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        assert list(due_sources()) == [old, changed, never]
        assert due_sources(everything=True).count() == 4


def run(monkeypatch, answers: dict[str, Answer], *arguments: str) -> list[str]:
    asked = lambda url: answers[url.rpartition("/")[2]]  # noqa: E731
    monkeypatch.setattr(command, "check_links", lambda s: links.check_links(s, request=asked))
    out = StringIO()
    call_command("check_links", *arguments, stdout=out)
    return out.getvalue().split("\n")


def test_the_command_reports_what_it_found(monkeypatch):
    linked("a"), linked("b"), linked("c")
    answers = {"a": Answer(status=200), "b": Answer(status=404), "c": SERVER}

    lines = run(monkeypatch, answers)

    assert lines[:3] == [
        "Checking: 30 % (1 of 3)",
        "Checking: 60 % (2 of 3)",
        "Checking: 100 % (3 of 3)",
    ]
    assert lines[3].split("  ") == ["Works", "Dead link", "Not known"]
    assert lines[4].split() == ["1", "1", "1"]
    assert lines[7].split("  ")[::1][0] == "b"
    assert run(monkeypatch, answers) == ["No link is due.", ""]
    assert run(monkeypatch, answers, "--all")[4].split() == ["1", "1", "1"]


def test_the_task_checks_what_is_due(monkeypatch):
    linked("a"), linked("b")
    monkeypatch.setattr(links, "check_source", lambda source, request: None)
    assert links.check_due_links.call() == 2


# Who is told --------------------------------------------------------------------------------


def embed(item) -> str:
    return f'<embed embedtype="{item._meta.model_name}" id="{item.pk}"/>'


def documents(source: Source, user=None) -> list:
    """A document for each way to show a source: in text, by a figure, by a talking point, in a draft."""
    statistic = make_statistic(source=source)
    point = make_point(text=f"<p>So{embed(statistic)}</p>")
    return [
        make_testimony("By source", [paragraph(f"<p>a{embed(source)}</p>")], user=user),
        make_fact_sheet("By figure", [paragraph(f"<p>a{embed(statistic)}</p>")], user=user),
        make_testimony("By point", [("talking_point", {"point": point})], user=user),
        make_testimony("Draft", [paragraph(f"<p>a{embed(source)}</p>")], live=False, user=user),
    ]


@pytest.fixture
def author(client):
    user = make_user()
    client.force_login(user)
    return user


def test_each_document_that_shows_a_dead_link_knows():
    source = dead()
    pages = documents(source)
    other = make_testimony("Other")
    assert [[found.source for found in dead_links_of(page)] for page in pages] == [[source]] * 4
    assert dead_links_of(other) == []


def test_the_editor_of_a_document_warns(client, author, rf):
    page = documents(dead("The survey"), author)[0]
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    told = [str(message) for message in client.get(url).context["messages"]]

    assert len(told) == 1
    assert told[0].startswith("A source of this document has a dead link: <a href=")
    assert told[0].endswith(">The survey</a>, the page is not there (404).")
    # Saves come every few seconds; this one could not carry a message.
    assert warn_of_dead_links(rf.post("/"), page) is None
    LinkCheck.objects.update(state=LinkState.OK)
    assert list(client.get(url).context["messages"]) == []


def test_the_report_names_source_reason_and_documents(client, author):
    documents(dead("The survey"), author)
    linked("Unchecked")

    html = client.get(reverse("testimony:dead_links")).content.decode()

    for words in (
        "The survey",
        "the page is not there (404)",
        "By source",
        "By figure",
        "By point",
        "Draft",
    ):
        assert words in html, words
    assert "Unchecked" not in html


def test_the_report_is_exported(client, author):
    documents(dead("The survey"), author)

    response = client.get(reverse("testimony:dead_links"), {"export": "csv"})

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0] == "Source,Web address,What was found,Since,Shown in"
    assert lines[1].startswith(
        "The survey,https://x.example/The survey,the page is not there (404),"
    )
    assert lines[1].endswith(",By figure; By point; By source; Draft")


def test_an_empty_report_says_how_links_are_checked(client, author):
    assert "check_links" in client.get(reverse("testimony:dead_links")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_report_costs_the_same_for_one_link_and_three(client, author, count):
    for number in range(count):
        source = dead(f"Survey {number}")
        make_testimony(f"Page {number}", [paragraph(f"<p>a{embed(source)}</p>")], user=author)
    url = reverse("testimony:dead_links")
    client.get(url)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200

    assert len(queries) == 14


def test_speakers_see_no_report(client):
    client.force_login(make_user("sam", GroupName.SPEAKERS))
    for name in ("testimony:dead_links", "testimony:add_sources"):
        assert client.get(reverse(name)).status_code in {302, 403, 404}


def test_lists_and_choosers_carry_a_badge(client, author):
    dead("Dead one"), linked("Other one")
    for name in (
        "wagtailsnippets_testimony_source:list",
        "wagtailsnippetchoosers_testimony_source:choose",
    ):
        html = client.get(reverse(name)).content.decode()
        assert html.count("w-status--critical") == 1, name


def test_the_list_is_narrowed_to_dead_links(client, author):
    source = dead("Dead one")
    linked("Other one")
    url = reverse("wagtailsnippets_testimony_source:list")
    assert list(client.get(url, {"link": "dead"}).context["object_list"]) == [source]
