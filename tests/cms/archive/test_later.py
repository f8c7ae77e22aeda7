"""A change that reaches many documents: little at once, the rest a chunk at a time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.archive import later, projection, search
from cms.domain import worker
from cms.domain.issues import merge_issue
from cms.models import ArchiveEntry, Issue, StandardPage

# What was said before, the row itself, and four of Wagtail's reference index.
SAVING = 6
RENAMING = SAVING + 2  # the ends of a transaction
# Rows of the index, of the bridge, entries.
WITHDRAWING = 3


@pytest.fixture
def begun(monkeypatch) -> list[tuple[str, int]]:
    """What is left to the background, which does nothing here."""
    found: list[tuple[str, int]] = []
    monkeypatch.setattr(later, "_starts", [lambda model, key: found.append((model.__name__, key))])
    return found


@pytest.fixture
def section(home) -> StandardPage:
    """No document itself."""
    page = StandardPage(title="S", slug="section", search_description='{"left_out": true}')
    return Page.objects.get(pk=home.pk).add_child(instance=page)


def statements(queries: CaptureQueriesContext, *starts: str) -> int:
    return sum(query["sql"].startswith(starts) for query in queries)


@pytest.mark.parametrize(
    "change", [{"description": "New"}, {"is_active": False}, {"slug": "new"}, {}]
)
def test_what_the_archive_does_not_say_of_an_issue_costs_it_nothing(
    make_issue, make_page, begun, change, django_assert_num_queries
) -> None:
    issue = make_issue("Water", synonyms="taps")
    make_page(issues=[issue.pk])
    issue = Issue.objects.get(pk=issue.pk)
    for name, value in change.items():
        setattr(issue, name, value)
    with django_assert_num_queries(SAVING):
        issue.save()
    assert begun == []


def test_what_is_not_saved_of_an_issue_is_not_followed(make_issue, begun) -> None:
    issue = make_issue("Water")
    issue.name, issue.description = "Drinking", "New"
    issue.save(update_fields=["description"])
    assert begun == []
    issue.save(update_fields=["name"])
    assert begun == [("Issue", issue.pk)]


@pytest.mark.parametrize("number", [1, 3])
def test_renaming_an_issue_asks_the_same_however_many_documents_it_has(
    make_issue, make_page, begun, number, django_assert_num_queries
) -> None:
    issue = make_issue("Water")
    for _ in range(number):
        make_page(issues=[issue.pk])
    issue.name = "Drinking"
    with django_assert_num_queries(RENAMING):
        issue.save()
    assert begun == [("Issue", issue.pk)]


def test_where_nobody_keeps_account_rows_are_made_anew_on_the_spot(
    make_issue, make_page, monkeypatch, titles
) -> None:
    monkeypatch.setattr(later, "_starts", [])
    monkeypatch.setattr(projection, "BATCH", 2)
    issue = make_issue("Water")
    pages = [make_page(issues=[issue.pk]) for _ in range(3)]
    issue.name = "Drinking"
    issue.save()
    assert sorted(titles(q="drinking")) == sorted(page.title for page in pages)


def test_merging_writes_the_words_of_each_document_once(
    make_issue, make_page, monkeypatch, titles, django_capture_on_commit_callbacks
) -> None:
    source, target = make_issue("Taps"), make_issue("Water", synonyms="wells")
    pages = [make_page(issues=[issue.pk]) for issue in (source, source, target)]
    write, written = search.write, []

    def note(rows) -> None:
        rows = list(rows)
        written.extend(row[0] for row in rows)
        write(rows)

    monkeypatch.setattr(search, "write", note)
    with django_capture_on_commit_callbacks(execute=True):
        merge_issue(source, target, user=None)
        assert (target.entry_issues.count(), written) == (3, [])
    assert written == [page.pk for page in pages]
    assert sorted(titles(q="taps")) == sorted(titles(q="wells")) == [page.title for page in pages]


@pytest.mark.parametrize("number", [1, 3])
def test_what_became_private_leaves_the_archive_at_once_however_much_it_is(
    make_page, make_issue, section, begun, number
) -> None:
    issue = make_issue("Water")
    outside = make_page("stays", issues=[issue.pk])
    for _ in range(number):
        make_page("goes", parent=section, issues=[issue.pk])
    with CaptureQueriesContext(connection) as queries:
        PageViewRestriction.objects.create(page=section, restriction_type="login")
    assert statements(queries, "DELETE") == WITHDRAWING
    assert search.row_ids() == list(ArchiveEntry.objects.values_list("pk", flat=True))
    assert [entry.pk for entry in issue.archive_entries.all()] == search.row_ids() == [outside.pk]


def test_what_moves_out_of_every_site_leaves_the_archive_at_once(make_page, section, begun) -> None:
    make_page(parent=section)
    Page.objects.get(pk=section.pk).move(Page.get_first_root_node(), "last-child")
    assert (ArchiveEntry.objects.count(), search.row_ids()) == (0, [])


def test_another_order_of_pages_leaves_nothing_to_do(
    make_page, begun, django_capture_on_commit_callbacks
) -> None:
    first, second = make_page(), make_page()
    with (
        CaptureQueriesContext(connection) as queries,
        django_capture_on_commit_callbacks(execute=True),
    ):
        Page.objects.get(pk=second.pk).move(Page.objects.get(pk=first.pk), "left")
    assert (begun, sum("cms_archive" in query["sql"] for query in queries)) == ([], 0)


def test_what_moves_out_of_a_private_section_comes_into_the_archive(
    make_page, section, archive, django_capture_on_commit_callbacks
) -> None:
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    page = make_page(parent=section)
    assert ArchiveEntry.objects.count() == 0
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=page.pk).move(Page.objects.get(pk=archive.pk), "last-child")
    assert ArchiveEntry.objects.get().url == f"/archive/{page.slug}/"


@pytest.mark.parametrize("number", [1, 3])
def test_another_address_of_a_section_is_one_statement(
    make_page, section, begun, number, django_capture_on_commit_callbacks
) -> None:
    outside = make_page()
    pages = [make_page(parent=section) for _ in range(number)]
    section.slug = "façade"
    with (
        CaptureQueriesContext(connection) as queries,
        django_capture_on_commit_callbacks(execute=True),
    ):
        section.save()
    assert statements(queries, 'UPDATE "cms_archiveentry"', 'INSERT INTO "cms_archiveentry"') == 1
    urls = dict(ArchiveEntry.objects.values_list("pk", "url"))
    assert urls == {page.pk: Page.objects.get(pk=page.pk).url for page in (outside, *pages)}
    assert urls[pages[0].pk] == f"/fa%C3%A7ade/{pages[0].slug}/"
    before = list(ArchiveEntry.objects.order_by("pk").values())
    projection.rebuild()
    assert list(ArchiveEntry.objects.order_by("pk").values()) == before


def test_a_page_that_is_gone_has_nothing_below_it(db) -> None:
    assert list(later.pages_of_tree(999_999)) == []


@pytest.mark.parametrize(
    ("vendor", "inside", "pauses"),
    [("sqlite", False, [worker.PAUSE]), ("sqlite", True, []), ("postgresql", False, [])],
)
def test_others_come_to_write_on_sqlite_between_two_pieces_of_work(
    monkeypatch, vendor, inside, pauses
) -> None:
    class Connection:
        in_atomic_block = inside

    Connection.vendor = vendor
    slept: list[float] = []
    monkeypatch.setattr(worker, "connection", Connection)
    monkeypatch.setattr(worker.time, "sleep", slept.append)
    worker.let_others_write()
    assert slept == pauses
