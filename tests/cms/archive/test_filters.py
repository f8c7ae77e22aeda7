from __future__ import annotations

import datetime
from collections import Counter

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from cms.archive import projection
from cms.archive.filters import ArchiveFilter
from cms.archive.listing import make_listing
from cms.models import ArchiveEntry, ArchiveEntryIssue

EXAMPLES = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, ["New", "Middle", "Old"]),
        ({"issue": "water"}, ["New", "Old"]),
        ({"kind": "speech"}, ["Old"]),
        ({"year": "2024"}, ["New"]),
        ({"language": "es"}, ["Middle"]),
        ({"issue": "water", "year": "2020", "kind": "speech", "q": "text"}, ["Old"]),
        ({"issue": "air"}, []),
    ],
)
def test_entries_are_chosen_by_every_filter_and_the_newest_come_first(
    make_page, make_issue, titles, parts, expected
) -> None:
    water, _air = make_issue("Water"), make_issue("Air")
    make_page("text", title="Old", date="2020-01-01", kind="speech", issues=[water.pk])
    make_page("text", title="New", date="2024-01-01", issues=[water.pk])
    make_page("text", title="Middle", date="2022-01-01", language="es")
    assert titles(**parts) == expected


@pytest.mark.parametrize(
    ("parts", "note"),
    [
        ({"issue": "none"}, "There is no such issue, so all issues are shown."),
        ({"issue": "\x00"}, None),
        ({"kind": "novel"}, "There is no such kind of document, so all kinds are shown."),
        ({"year": "20x4"}, "That is not a year, so all years are shown."),
        ({"year": "٢٠٢٤"}, "That is not a year, so all years are shown."),
        ({"year": "99999999999"}, "That is not a year, so all years are shown."),
        ({"language": "tlh"}, "There is no such language, so all languages are shown."),
        ({"page": "-1"}, "There is no such page of results; this is the first."),
        ({"page": "0"}, "There is no such page of results; this is the first."),
        ({"page": "2"}, "There is only 1 page of results; this is it."),
        ({"q": '"'}, "Type at least one word or number to search for."),
        ({"q": "text " * 1000}, "Your search was long: only its beginning was used."),
        ({"sort": "sideways"}, None),
        ({"q": "text", "sort": "relevance"}, None),
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(make_page, ask, parts, note) -> None:
    make_page("text", title="All")
    listing = make_listing(ask(**parts))
    assert [entry.title for entry in listing.entries] == ["All"]
    assert listing.notes == ((note,) if note else ())


def test_two_issues_at_once_are_refused_in_words(make_issue, db) -> None:
    make_issue("Water"), make_issue("Air")
    archive = ArchiveFilter.from_querydict(QueryDict("issue=water&issue=air"))
    assert archive.issue.slug == "air"
    assert archive.notes == ("The archive shows one issue at a time.",)


def test_a_kind_is_taken_at_its_word_when_no_source_declares_kinds(ask, monkeypatch) -> None:
    monkeypatch.setattr("cms.archive.registry._sources", {})
    assert ask(kind="speech").kind == "speech"
    assert ask(kind="a b").kind == ""


def test_addresses_keep_the_other_filters_and_start_at_page_one(make_issue, ask) -> None:
    make_issue("Water")
    archive = ask(q="a b", issue="water", kind="speech", year="2024", page="3", sort="relevance")
    assert archive.url() == "/archive/?q=a+b&issue=water&kind=speech&year=2024&sort=relevance"
    assert archive.url(year=None, page=2) == (
        "/archive/?q=a+b&issue=water&kind=speech&sort=relevance&page=2"
    )
    assert archive.url(q=None) == "/archive/?issue=water&kind=speech&year=2024"
    assert ArchiveFilter(path="/archive/").url() == "/archive/"
    assert ArchiveFilter().url(kind="speech") == "?kind=speech"
    assert ArchiveFilter().url() == "?"


def test_a_merged_issue_stands_for_its_target(make_issue, ask) -> None:
    target = make_issue("Leave")
    make_issue("Sick days", merged_into=target, is_active=False)
    archive = ask(issue="sick-days")
    assert (archive.issue, archive.merged) == (target, True)
    assert archive.url() == "/archive/?issue=leave"


def test_a_retired_issue_can_still_be_asked_for(make_page, make_issue, titles) -> None:
    issue = make_issue("Old cause", is_active=False)
    make_page(title="This", issues=[issue.pk])
    make_page(title="Other")
    assert titles(issue="old-cause") == ["This"]


def test_an_issue_that_was_added_after_counting_is_left_out_of_the_list(
    make_page, make_issue, ask
) -> None:
    water = make_issue("Water")
    page = make_page(issues=[water.pk])
    archive = ask()
    assert archive.counts.total == 1
    air = make_issue("Air")
    ArchiveEntryIssue.objects.create(entry_id=page.pk, issue=air, date="2024-05-01")
    assert make_listing(archive).entries[0].issue_list == [water]


def test_an_expired_entry_is_gone_at_that_moment(make_page, ask, titles) -> None:
    page = make_page("text", title="Gone")
    make_page("text", title="Here")
    for moment, expected in ((1, {"Gone", "Here"}), (-1, {"Here"})):
        ArchiveEntry.objects.filter(pk=page.pk).update(
            expires_at=timezone.now() + datetime.timedelta(seconds=60 * moment)
        )
        assert set(titles()) == expected
        assert ask().count() == make_listing(ask()).total == len(expected)


def test_an_entry_left_behind_by_its_page_is_neither_shown_nor_counted(
    make_page, ask, titles
) -> None:
    page = make_page("text", title="Left behind", kind="speech")
    make_page("text", title="Here")
    Page.objects.filter(pk=page.pk).update(live=False)
    assert ArchiveEntry.objects.count() == 2
    for parts in ({}, {"q": "text"}, {"q": "text", "sort": "relevance"}, {"year": "2024"}):
        assert titles(**parts) == ["Here"]
        archive = ask(**parts)
        assert (archive.count(), archive.counts.total) == (1, 1)
        assert archive.facets()["kind"] == {"testimony": 1}


PARTS = ["q", "issue", "kind", "year", "language", "page", "sort", "x"]
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["water", "speech", "2024", "es", "2", "relevance", '"', "\x00", "text", "%", "-1"]
    ),
)


@pytest.mark.django_db
@EXAMPLES
@given(pairs=st.lists(st.tuples(st.sampled_from(PARTS), VALUES), max_size=8))
def test_no_query_string_breaks_the_filter(archive_of_one, pairs) -> None:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    listing = make_listing(ArchiveFilter.from_querydict(data))
    assert listing.total == len(listing.entries) <= 1


@pytest.mark.django_db
@EXAMPLES
@given(raw=st.binary(max_size=200))
def test_no_bytes_break_the_filter(archive_of_one, raw) -> None:
    listing = make_listing(ArchiveFilter.from_querydict(QueryDict(raw.decode("latin-1"))))
    assert listing.total == len(listing.entries) <= 1


@pytest.fixture
def archive_of_one(make_page, make_issue) -> None:
    make_page("text", issues=[make_issue("Water").pk])


POOL = 9
ENTRY = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["testimony", "speech", "fact_sheet"]),
        "year": st.sampled_from([2022, 2023, 2024]),
        "language": st.sampled_from(["en", "es"]),
        "search_text": st.sampled_from(["water", "air", "water and air", ""]),
        "issues": st.sets(st.sampled_from([0, 1, 2])),
        "live": st.sampled_from([True, True, True, False]),
    }
)
ASKED = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["water", "air", '"water and air"']),
        "issue": st.sampled_from(["one", "two", "three"]),
        "kind": st.sampled_from(["testimony", "speech"]),
        "year": st.sampled_from(["2022", "2023"]),
        "language": st.sampled_from(["en", "es"]),
        "sort": st.just("relevance"),
    },
)


@pytest.mark.django_db
@EXAMPLES
@given(rows=st.lists(ENTRY, min_size=1, max_size=POOL), asked=ASKED)
def test_counts_are_what_counting_by_hand_gives(pool, ask, rows, asked) -> None:
    pages, issues = pool
    fill(pages, issues, rows)
    archive = ask(**asked)
    listing = make_listing(archive)
    assert listing.total == archive.count() == len(by_hand(rows, asked))
    assert {entry.pk for entry in listing.entries} == {
        pages[number] for number in by_hand(rows, asked)
    }
    for name in ("issue", "kind", "year", "language"):
        others = {key: value for key, value in asked.items() if key != name}
        counted: Counter[str] = Counter()
        for number in by_hand(rows, others):
            counted.update(values_of(rows[number], name))
        assert archive.facets()[name] == dict(counted)


@pytest.fixture
def pool(make_page, make_issue):
    issues = [make_issue(name).pk for name in ("One", "Two", "Three")]
    return [make_page("text").pk for _ in range(POOL)], issues


def fill(pages: list[int], issues: list[int], rows: list[dict]) -> None:
    """Make the first entries of the pool what `rows` say and hide the rest."""
    ArchiveEntryIssue.objects.all().delete()
    Page.objects.filter(pk__in=pages).update(live=False)
    for pk, row in zip(pages, rows, strict=False):
        values = {key: value for key, value in row.items() if key not in {"issues", "live"}}
        date = datetime.date(row["year"], 1, 1)
        ArchiveEntry.objects.filter(pk=pk).update(date=date, **values)
        Page.objects.filter(pk=pk).update(live=row["live"])
        for number in row["issues"]:
            ArchiveEntryIssue.objects.create(entry_id=pk, issue_id=issues[number], date=date)
    projection.write_search_rows(pages)


def values_of(row: dict, name: str) -> list[str]:
    if name == "issue":
        return [("one", "two", "three")[number] for number in row["issues"]]
    return [str(row[name])]


def by_hand(rows: list[dict], asked: dict[str, str]) -> list[int]:
    """Numbers of the rows that are public and fit everything asked for."""
    found = []
    for number, row in enumerate(rows):
        fits = all(
            value in values_of(row, name)
            for name, value in asked.items()
            if name in {"issue", "kind", "year", "language"}
        )
        if row["live"] and fits and asked.get("q", "").strip('"') in row["search_text"]:
            found.append(number)
    return found
