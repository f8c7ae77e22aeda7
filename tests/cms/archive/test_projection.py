from __future__ import annotations

import datetime
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction

from cms.archive import projection, registry, search
from cms.archive.registry import ArchiveRecord
from cms.models import ArchiveEntry, ArchiveEntryIssue, StandardPage

# PostgreSQL is asked once more, to wait for whoever changes the pages.
PROJECTION_QUERIES = 11 + connection.features.has_select_for_update


def dump() -> list[object]:
    """Everything the archive keeps, without the keys of bridge rows."""
    return [
        list(ArchiveEntry.objects.order_by("pk").values()),
        sorted(ArchiveEntryIssue.objects.values_list("entry", "issue", "date")),
        words_in_index(),
    ]


def words_in_index() -> list[tuple]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT entry_id, document::text, content FROM cms_archive_search ORDER BY 1"
            )
            return cursor.fetchall()
        cursor.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.archive_words USING fts5vocab(main, cms_archive_search, instance)"
        )
        cursor.execute(
            'SELECT doc, term, col, "offset" FROM temp.archive_words ORDER BY 1, 2, 3, 4'
        )
        return cursor.fetchall()


def keys() -> list[int]:
    """Entries, which must be the rows of the index too."""
    stored = list(ArchiveEntry.objects.order_by("pk").values_list("pk", flat=True))
    assert search.row_ids() == stored
    return stored


@pytest.fixture
def draft(make_page, make_issue) -> StandardPage:
    issue = make_issue("Water")
    return make_page("Clean water", live=False, issues=[issue.pk], date="2023-04-05", speaker="Ada")


@pytest.fixture
def page(draft) -> StandardPage:
    draft.save_revision().publish()
    return StandardPage.objects.get(pk=draft.pk)


def test_publishing_puts_a_page_in_the_archive(page) -> None:
    entry = ArchiveEntry.objects.get()
    assert (entry.pk, entry.page_id) == (page.pk, page.pk)
    assert (entry.title, entry.url, entry.kind) == (page.title, page.url, "testimony")
    assert (entry.date, entry.year) == (datetime.date(2023, 4, 5), 2023)
    assert (entry.speaker, entry.search_text, entry.keywords) == ("Ada", "Clean water", "Testimony")
    bridge = ArchiveEntryIssue.objects.get()
    assert (bridge.entry, bridge.issue.name, bridge.date) == (entry, "Water", entry.date)
    assert keys() == [page.pk]


def test_a_draft_is_not_in_the_archive(draft) -> None:
    draft.introduction = "Canary"
    draft.save_revision()
    assert projection.project(draft) is False
    assert keys() == []


def test_a_draft_of_a_live_page_changes_nothing(page) -> None:
    before = dump()
    page.title, page.introduction = "Changed", "Canary"
    page.save_revision()
    # Even when it is the draft that is handed over.
    assert projection.project(page) is True
    assert dump() == before


def test_a_page_that_goes_live_later_waits(draft) -> None:
    draft.go_live_at = timezone.now() + datetime.timedelta(days=1)
    draft.save_revision().publish()
    assert keys() == []


def test_publishing_again_replaces_what_was_known(page, titles, make_issue) -> None:
    issue = make_issue("Air")
    page.introduction = "Clean air"
    page.search_description = json.dumps({"issues": [issue.pk], "date": "2020-01-01"})
    page.save_revision().publish()
    assert (titles(q="water"), titles(q="air")) == ([], [page.title])
    assert ArchiveEntryIssue.objects.values_list("issue__name", "date").get() == (
        "Air",
        datetime.date(2020, 1, 1),
    )
    assert keys() == [page.pk]


def test_unpublishing_takes_a_page_out(page) -> None:
    page.unpublish()
    assert keys() == []


def test_deleting_takes_a_page_out(page) -> None:
    page.delete()
    assert keys() == []


def test_deleting_the_parent_takes_a_page_out(page, home) -> None:
    Page.objects.get(pk=home.pk).delete()
    assert keys() == []


def test_a_page_that_was_added_live_is_in_the_archive(
    make_page, archive, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=archive.pk).add_child(
            instance=StandardPage(
                title="Live", slug="live", live=True, first_published_at=timezone.now()
            )
        )
    assert ArchiveEntry.objects.get().title == "Live"


def test_a_copy_and_an_alias_of_a_live_page_are_in_the_archive(
    page, archive, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page.copy(update_attrs={"slug": "copy"}, keep_live=True)
        page.create_alias(update_slug="alias", parent=Page.objects.get(pk=archive.pk))
    urls = ArchiveEntry.objects.order_by("pk").values_list("url", flat=True)
    assert list(urls) == [page.url, "/archive/copy/", "/archive/alias/"]


def test_moving_and_renaming_the_section_changes_the_addresses(
    page, home, django_capture_on_commit_callbacks
) -> None:
    section = Page.objects.get(pk=home.pk).add_child(
        instance=StandardPage(title="Section", slug="section")
    )
    page.move(section, "last-child")
    assert ArchiveEntry.objects.get(pk=page.pk).url == f"/section/{page.slug}/"
    section.slug = "renamed"
    with django_capture_on_commit_callbacks(execute=True):
        section.save()
    assert ArchiveEntry.objects.get(pk=page.pk).url == f"/renamed/{page.slug}/"


def test_moving_under_a_private_section_takes_a_page_out(page, home) -> None:
    section = Page.objects.get(pk=home.pk).add_child(
        instance=StandardPage(title="Section", slug="section")
    )
    PageViewRestriction.objects.create(page=section, restriction_type="login")
    page.move(section, "last-child")
    assert keys() == []


@pytest.mark.parametrize("where", ["page", "archive"])
def test_privacy_takes_pages_out_and_its_end_brings_them_back(
    page, archive, where, django_capture_on_commit_callbacks
) -> None:
    before = dump()
    root = Page.objects.get(pk={"page": page.pk, "archive": archive.pk}[where])
    restriction = PageViewRestriction.objects.create(page=root, restriction_type="login")
    assert keys() == []
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert dump() == before


def test_deleting_a_private_section_leaves_nothing_behind(
    page, archive, django_capture_on_commit_callbacks
) -> None:
    PageViewRestriction.objects.create(page=archive, restriction_type="login")
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=archive.pk).delete()
    assert keys() == []


def test_a_page_outside_every_site_is_not_in_the_archive(make_page) -> None:
    make_page(parent=Page.get_first_root_node())
    assert keys() == []


def test_a_page_that_its_source_leaves_out_is_not_in_the_archive(make_page) -> None:
    make_page(left_out=True)
    assert keys() == []


def test_a_page_without_date_is_filed_under_its_first_publication(draft, monkeypatch) -> None:
    undated = ArchiveRecord(kind="speech", kind_label="Speech", title="Undated", date=None)
    monkeypatch.setattr(registry, "_sources", {})
    registry.register_source(StandardPage, lambda page: undated)
    draft.save_revision().publish()
    assert ArchiveEntry.objects.get().date == timezone.now().date()
    StandardPage.objects.update(first_published_at=None)
    assert projection.project(draft) is False
    assert keys() == []


def test_values_are_made_to_fit_their_columns(make_page) -> None:
    page = make_page("cafe\u0301", vehicle="x" * 300)
    entry = ArchiveEntry.objects.get(pk=page.pk)
    assert (entry.search_text, len(entry.vehicle)) == ("café", 120)
    assert projection.fitting("search_text", "a\x00b") == "ab"


def test_the_language_of_who_publishes_does_not_matter(make_page, monkeypatch) -> None:
    seen = []
    monkeypatch.setattr(registry, "_sources", {})
    registry.register_source(StandardPage, lambda page: seen.append(translation.get_language()))
    with translation.override("es"):
        make_page()
    assert seen == ["en"]


def test_renaming_an_issue_changes_what_its_pages_are_found_by(
    page, titles, django_capture_on_commit_callbacks
) -> None:
    issue = ArchiveEntryIssue.objects.get().issue
    issue.name, issue.synonyms = "Drinking", "taps"
    with django_capture_on_commit_callbacks(execute=True):
        issue.save()
    assert [titles(q=word) for word in ("drinking", "taps", "clean")] == [[page.title]] * 3


def test_deleting_an_issue_changes_what_its_pages_are_found_by(
    make_page, make_issue, titles, django_capture_on_commit_callbacks
) -> None:
    issue = make_issue("Drinking")
    page = make_page("Clean", issues=[issue.pk])
    with django_capture_on_commit_callbacks(execute=True):
        issue.delete()
    assert (titles(q="drinking"), titles(q="clean")) == ([], [page.title])


def test_a_merged_issue_that_an_old_revision_names_counts_as_its_target(
    make_page, make_issue
) -> None:
    target = make_issue("Leave")
    merged = make_issue("Sick days", merged_into=target, is_active=False)
    make_page(issues=[merged.pk, target.pk, 999_999])
    assert ArchiveEntryIssue.objects.get().issue == target


@pytest.fixture
def many(make_page, make_issue) -> list[int]:
    issues = [make_issue("Water").pk, make_issue("Air", synonyms="sky").pk]
    pages = [
        make_page(f"text {i} é", issues=issues[: i % 3], date=f"20{i:02}-01-01")
        for i in range(1, 8)
    ]
    return [page.pk for page in pages]


@pytest.mark.parametrize("batch", [2, 100])
def test_a_rebuild_makes_exactly_the_same(many, monkeypatch, batch) -> None:
    monkeypatch.setattr(projection, "BATCH", batch)
    before = dump()
    assert projection.rebuild() == 7
    assert dump() == before


def test_a_rebuild_mends_whatever_went_wrong(many, make_page, make_issue) -> None:
    before = dump()
    ArchiveEntry.objects.filter(pk=many[0]).delete()
    ArchiveEntry.objects.filter(pk=many[1]).update(title="Wrong", search_text="Wrong")
    ArchiveEntryIssue.objects.filter(entry=many[2]).delete()
    ArchiveEntryIssue.objects.create(entry_id=many[3], issue=make_issue("X"), date="2000-01-01")
    hidden = make_page("hidden")
    Page.objects.filter(pk=hidden.pk).update(live=False)
    search.write([(999_999, "orphan", "orphan"), (many[4], "wrong", "wrong")])
    projection.rebuild()
    assert dump() == before


@pytest.fixture
def breaks(monkeypatch):
    """Makes the archive unable to read the page of this key."""
    build = registry.source_for(StandardPage).build

    def make(broken: int | None) -> None:
        def broken_build(page: StandardPage) -> ArchiveRecord | None:
            if page.pk == broken:
                with connection.cursor() as cursor:  # leaves a transaction unusable on PostgreSQL
                    cursor.execute("SELECT no_such_column FROM cms_archiveentry")
            return build(page)

        monkeypatch.setattr(registry, "_sources", {})
        registry.register_source(StandardPage, broken_build)

    return make


def test_a_page_that_cannot_be_projected_is_published_and_leaves_the_archive(
    page, breaks, caplog
) -> None:
    breaks(page.pk)
    page.title = "Corrected"
    page.save_revision().publish()
    assert Page.objects.get(pk=page.pk).title == "Corrected"
    assert keys() == []
    assert caplog.messages == [f"Page {page.pk} cannot be put in the archive"]
    breaks(None)
    assert projection.rebuild() == 1
    assert ArchiveEntry.objects.get().title == "Corrected"


def test_a_page_that_cannot_be_projected_stops_no_other(many, breaks, caplog) -> None:
    breaks(many[2])
    ArchiveEntry.objects.update(title="Old")
    assert projection.project_ids(many) == 6
    assert keys() == [*many[:2], *many[3:]]
    assert not ArchiveEntry.objects.filter(title="Old").exists()
    assert caplog.messages == [f"Page {many[2]} cannot be put in the archive"]


def test_a_rebuild_forgets_page_types_without_source(many, monkeypatch) -> None:
    monkeypatch.setattr(registry, "_sources", {})
    assert projection.rebuild() == 0
    assert keys() == []


def test_the_command_reports_progress_and_the_number(many, capsys, monkeypatch) -> None:
    monkeypatch.setattr(projection, "BATCH", 4)
    call_command("rebuild_archive")
    out, err = capsys.readouterr()
    assert out == "7 documents are in the archive.\n"
    assert err == "4 of 7 pages read\n7 of 7 pages read\n"


def test_the_command_fails_when_a_page_cannot_be_read(many, breaks, capsys) -> None:
    breaks(many[2])
    with pytest.raises(CommandError, match=f"could not be read and are not in it: {many[2]}."):
        call_command("rebuild_archive", verbosity=0)
    assert capsys.readouterr().out == "6 documents are in the archive.\n"
    assert keys() == [*many[:2], *many[3:]]


@pytest.mark.parametrize("number", [1, 3])
def test_projecting_costs_the_same_queries_however_many_pages(
    make_page, make_issue, number, django_assert_num_queries
) -> None:
    issue = make_issue("Water")
    pages = [make_page("text", issues=[issue.pk]) for _ in range(number)]
    with django_assert_num_queries(PROJECTION_QUERIES):
        assert projection.project_ids([page.pk for page in pages]) == number
