from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from wagtail.models import Page, PageViewRestriction

from cms.archive.listing import PER_PAGE, with_issue_keys
from cms.models import ArchiveEntry, User

# Three by the archive (numbers and entries; the issue when one is asked for), the rest by Wagtail's routing and
# privacy, the menu, the addresses of sites (from the cache in production) and the branding.
ARCHIVE_QUERIES = 10
HOME_QUERIES = 10


@pytest.fixture
def issues(make_issue) -> list[int]:
    return [make_issue("Paid leave").pk, make_issue("Housing").pk]


@pytest.mark.parametrize("number", [1, 3, 40])
def test_the_list_costs_the_same_queries_however_long_it_is(
    client, make_page, issues, number, django_assert_num_queries
) -> None:
    for _ in range(number):
        make_page("Everybody needs sick leave.", issues=issues)
    client.get("/archive/")  # content types are read once in the life of a process
    for query in ("", "?q=leave", "?q=leave&sort=relevance&year=2024&kind=testimony"):
        with django_assert_num_queries(ARCHIVE_QUERIES):
            response = client.get(f"/archive/{query}")
        listing = response.context["listing"]
        assert (listing.total, len(listing.entries)) == (number, min(number, PER_PAGE))
    with django_assert_num_queries(ARCHIVE_QUERIES + 1):
        assert client.get("/archive/?issue=housing").context["listing"].total == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_front_page_costs_the_same_queries_however_much_there_is(
    client, make_page, issues, number, django_assert_num_queries
) -> None:
    for _ in range(number):
        make_page(issues=issues)
    client.get("/")
    with django_assert_num_queries(HOME_QUERIES):
        assert client.get("/").context["total"] == number


def plan(queryset) -> str:
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's own query plan")
@pytest.mark.parametrize(
    ("parts", "index"),
    [
        ({}, "SCAN cms_archiveentry USING INDEX archive_newest"),
        ({"kind": "speech"}, "SEARCH cms_archiveentry USING INDEX archive_kind_newest (kind=?)"),
        ({"year": "2024"}, "SEARCH cms_archiveentry USING INDEX archive_year_newest (year=?)"),
        (
            {"issue": "housing"},
            "SEARCH cms_archiveentryissue USING COVERING INDEX archive_issue_newest (issue_id=?)",
        ),
    ],
)
def test_a_page_of_the_list_is_read_in_order_from_an_index(issues, ask, parts, index) -> None:
    steps = plan(with_issue_keys(ask(**parts).queryset())[:PER_PAGE]).splitlines()
    assert steps[0] == index
    assert [step for step in steps if "TEMP B-TREE FOR ORDER BY" in step] == []


def test_the_page_shows_entries_with_words_for_everything(client, make_page, issues) -> None:
    make_page("Sick leave <now>.", title="Doc", position="support", issues=issues, kind="speech")
    response = client.get("/archive/?q=leave")
    entry = response.context["listing"].entries[0]
    assert [issue.name for issue in entry.issue_list] == ["Housing", "Paid leave"]
    assert (entry.kind_label, entry.position_label) == ("Speech", "Support")
    assert entry.excerpt == "Sick <mark>leave</mark> &lt;now&gt;."
    assert entry.excerpt in response.content.decode()


def test_facets_chips_and_orders_lead_to_the_lists_they_name(client, make_page, issues) -> None:
    make_page("text", kind="speech", date="2020-01-01", issues=issues[:1])
    make_page("text", date="2021-01-01", issues=issues)
    listing = client.get("/archive/?q=text&year=2021").context["listing"]
    assert [
        [facet.name, *((option.label, option.count, option.selected) for option in facet.options)]
        for facet in listing.facets
    ] == [
        ["issue", ("Housing", 1, False), ("Paid leave", 1, False)],
        ["kind", ("Testimony", 1, False)],
        ["year", ("2021", 1, True), ("2020", 1, False)],
    ]
    for facet in listing.facets:
        for option in facet.options:
            total = client.get(option.url).context["listing"].total
            assert total == (2 if option.selected else option.count)
    assert [(chip.name, chip.value, chip.label) for chip in listing.active] == [
        ("q", "text", "“text”"),
        ("year", "2021", "2021"),
    ]
    assert [chip.remove_url for chip in listing.active] == [
        "/archive/?year=2021",
        "/archive/?q=text",
    ]
    assert [(sort.url, sort.selected) for sort in listing.sorts] == [
        ("/archive/?q=text&year=2021", True),
        ("/archive/?q=text&year=2021&sort=relevance", False),
    ]
    assert listing.clear_url == "/archive/"


def test_a_filter_that_fits_nothing_can_still_be_taken_off(client, make_page, issues) -> None:
    make_page()
    listing = client.get("/archive/?issue=housing&language=es").context["listing"]
    assert (listing.total, [chip.label for chip in listing.active]) == (0, ["Housing", "Spanish"])
    options = {facet.name: facet.options for facet in listing.facets}
    assert [(o.label, o.count, o.selected) for o in options["issue"]] == [("Housing", 0, True)]


def test_pages_are_chained_and_a_page_beyond_the_end_is_the_last(client, make_page) -> None:
    pages = [make_page(date="2024-01-01") for _ in range(PER_PAGE + 1)]
    first, second, beyond = (
        client.get(f"/archive/?year=2024{page}").context["listing"]
        for page in ("", "&page=2", "&page=999")
    )
    assert [entry.pk for entry in (*first.entries, *second.entries)] == [
        page.pk for page in reversed(pages)
    ]
    assert (first.previous_url, first.next_url) == ("", "/archive/?year=2024&page=2")
    assert (second.previous_url, second.next_url) == ("/archive/?year=2024", "")
    assert (beyond.page_number, beyond.page_count) == (2, 2)
    assert beyond.notes == ("There are only 2 pages of results; this is the last.",)


def test_deep_pages_end_at_a_limit_that_is_explained(client, make_page, monkeypatch) -> None:
    monkeypatch.setattr("cms.archive.listing.MAX_PAGES", 2)
    monkeypatch.setattr("cms.archive.listing.PER_PAGE", 1)
    for _ in range(3):
        make_page()
    listing = client.get("/archive/?page=2").context["listing"]
    assert (listing.total, listing.page_count, listing.next_url) == (3, 2, "")
    assert listing.notes == ("To see older documents, choose a year or an issue.",)


def test_the_address_of_a_merged_issue_moves_for_good(client, make_issue) -> None:
    target = make_issue("Leave")
    make_issue("Sick days", merged_into=target, is_active=False)
    response = client.get("/archive/?issue=sick-days&year=2024&page=2")
    assert response.status_code == 301
    assert response["Location"] == "/archive/?issue=leave&year=2024&page=2"


@pytest.mark.parametrize(
    "query",
    [
        "q=%22",
        "q=%00",
        "q=" + "a" * 5000,
        "q=%ff%fe",
        "page=1e9",
        "q=%22a%22%22",
        "year=%00",
        "kind=%00",
        "issue=%00",
    ],
)
def test_odd_questions_are_answered(client, make_page, query) -> None:
    make_page()
    assert client.get(f"/archive/?{query}").status_code == 200


def test_a_visitor_gets_a_page_that_anybody_may_keep_for_a_minute(client, make_page) -> None:
    make_page()
    response = client.get("/archive/")
    assert response["Cache-Control"] == "public, max-age=60"
    assert response.cookies == {}
    again = client.get("/archive/", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_page()
    assert client.get("/archive/", headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_a_person_who_is_signed_in_gets_a_page_of_their_own(client, make_page) -> None:
    client.force_login(User.objects.create_superuser("ada"))
    response = client.get("/archive/")
    assert response["Cache-Control"] == "private, no-cache"
    assert "ETag" not in response


def test_a_private_archive_is_not_shown_on_the_front_page(client, make_page, archive) -> None:
    make_page(title="Canary")
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=archive.pk), restriction_type="login"
    )
    response = client.get("/")
    assert (response.context["latest"], response.context["archive_url"]) == ([], "")
    assert b"Canary" not in response.content
    assert client.get("/archive/").status_code == 302


def test_the_front_page_shows_the_latest_and_the_issues_most_spoken_of(
    client, make_page, issues
) -> None:
    for year in range(2018, 2025):
        make_page(title=str(year), date=f"{year}-01-01", issues=issues[: 1 + (year > 2022)])
    context = client.get("/").context
    assert [entry.title for entry in context["latest"]] == ["2024", "2023", "2022", "2021", "2020"]
    assert [(issue.name, count) for issue, count in context["issues"]] == [
        ("Paid leave", 7),
        ("Housing", 2),
    ]
    assert (context["total"], context["archive_url"]) == (7, "/archive/")
    assert ArchiveEntry.objects.count() == 7


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("leave", "1 result for “leave”"),
        ('"sick leave"', "1 result for “sick leave”"),
        ("“sick leave”", "1 result for “sick leave”"),
        ('"sick" leave', '1 result for “"sick" leave”'),
        ('"', "1 document"),
        ("*", "1 document"),
    ],
)
def test_the_heading_says_what_was_looked_for(client, make_page, typed, status) -> None:
    make_page("Sick leave now.")
    page = BeautifulSoup(client.get("/archive/", {"q": typed}).content, "html.parser")
    assert page.find(id="results-status").get_text().strip() == status
    assert page.find(id="archive-search")["value"] == typed
