from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry, Page
from wagtail.rich_text import RichText

from cms.archive import projection, registry
from cms.archive.filters import ArchiveFilter
from cms.archive.registry import ArchiveRecord
from cms.domain.issues import final_issue, follow_merges, merge_issue, tagging_models
from cms.models import ArchivePage, Issue, User
from testimony.models import FactSheetPage, TalkingPoint
from testimony.models import TestimonyPage as Statement  # a name in Test… is collected


@pytest.fixture
def user(db) -> User:
    return User.objects.create_user("ada")


@pytest.fixture
def source(db) -> Issue:
    return Issue.objects.create(name="Sick days", slug="sick-days-x", synonyms="PSL\nleave")


@pytest.fixture
def target(db) -> Issue:
    return Issue.objects.create(name="Leave", slug="leave-x", synonyms="Time off")


@pytest.fixture
def testimony(monkeypatch):
    """Makes live testimony with given issues, in an archive of testimony."""
    monkeypatch.setattr(registry, "_sources", {})
    registry.register_source(
        Statement,
        lambda page: ArchiveRecord(
            kind="testimony",
            kind_label="Testimony",
            title=page.title,
            date=page.date,
            issues=tuple(page.issues.values_list("pk", flat=True)),
        ),
    )

    def make(slug: str, *issues: Issue) -> Statement:
        words = [("paragraph", RichText("<p>Words.</p>"))]
        # As imported: whatever was said elsewhere may be without an issue.
        key = None if issues else slug
        page = Statement(title=slug, slug=slug, date="2024-01-01", body=words, source_key=key)
        page.issues.add(*issues)
        Page.objects.get(pk=ArchivePage.objects.get().pk).add_child(instance=page)
        projection.project(page)
        return page

    return make


def issues_of(item) -> list[str]:
    return sorted(type(item).objects.get(pk=item.pk).issues.names())


def found(query: str) -> list[str]:
    from django.http import QueryDict

    archive = ArchiveFilter.from_querydict(QueryDict(query))
    return sorted(archive.queryset().values_list("title", flat=True))


def test_merging_tags_everything_with_the_target_once(source, target, user, testimony) -> None:
    one, both, other = (
        testimony("one", source),
        testimony("both", source, target),
        testimony("other"),
    )
    point = TalkingPoint(title="Point")
    point.issues.add(source)
    point.save()
    merge_issue(source, target, user=user)
    assert [issues_of(item) for item in (one, both, other, point)] == [
        ["Leave"],
        ["Leave"],
        [],
        ["Leave"],
    ]


def test_merging_moves_the_archive_and_keeps_the_old_words(
    source, target, user, testimony, django_capture_on_commit_callbacks
) -> None:
    testimony("one", source)
    testimony("both", source, target)
    testimony("other")
    with django_capture_on_commit_callbacks(execute=True):
        merge_issue(source, target, user=user)
        assert found("issue=leave-x") == found("issue=sick-days-x") == ["both", "one"]  # at once
    for query in ("issue=leave-x", "issue=sick-days-x", "q=psl", "q=%22sick+days%22", "q=time+off"):
        assert found(query) == ["both", "one"]
    archive = ArchiveFilter()
    assert archive.facets()["issue"] == {"leave-x": 2}


def test_a_rebuild_after_a_merge_changes_nothing(source, target, user, testimony) -> None:
    testimony("one", source)
    merge_issue(source, target, user=user)
    projection.rebuild()
    assert found("issue=leave-x") == found("q=psl") == ["one"]


def test_the_merged_issue_stays_as_a_retired_row(source, target, user) -> None:
    merged = merge_issue(source, target, user=user)
    assert merged == target
    assert merged.synonym_list == ["Time off", "Sick days", "PSL"]
    source.refresh_from_db()
    assert (source.is_active, source.merged_into) == (False, target)
    assert source not in Issue.objects.active()


def test_issues_merged_before_follow_to_the_new_target(source, target, user) -> None:
    last = Issue.objects.create(name="Care", slug="care-x")
    merge_issue(source, target, user=user)
    merge_issue(target, last, user=user)
    source.refresh_from_db()
    assert source.merged_into == last
    assert final_issue(source) == last
    last.refresh_from_db()
    assert last.synonym_list == ["Leave", "Time off", "Sick days", "PSL"]


def test_a_merge_is_in_the_log(source, target, user, testimony) -> None:
    testimony("one", source)
    merge_issue(source, target, user=user)
    entry = ModelLogEntry.objects.get(action="cms.merge_issue")
    assert (entry.user, entry.object_id) == (user, str(source.pk))
    assert entry.data == {
        "source": "Sick days",
        "target": "Leave",
        "target_id": target.pk,
        "moved": 1,
    }
    assert entry.message == "Merged into another issue"


def test_an_issue_is_not_merged_into_itself(source, user) -> None:
    with pytest.raises(ValidationError, match="“Sick days” cannot be merged into itself"):
        merge_issue(source, source, user=user)


def test_a_circle_of_merges_is_refused(source, target, user) -> None:
    merge_issue(source, target, user=user)
    with pytest.raises(ValidationError, match="“Sick days” has itself been merged into “Leave”"):
        merge_issue(target, source, user=user)
    with pytest.raises(ValidationError, match="“Sick days” has been merged already"):
        merge_issue(source, target, user=user)
    target.refresh_from_db()
    assert (target.merged_into, target.is_active) == (None, True)


def retire(issue: Issue) -> None:
    """As the form of an issue does it."""
    issue.is_active = False
    issue.save()


def test_nothing_is_merged_into_a_retired_issue(source, target, user) -> None:
    retire(target)
    with pytest.raises(ValidationError, match="“Leave” is retired"):
        merge_issue(source, target, user=user)


def test_a_refused_merge_changes_nothing(source, target, user, testimony) -> None:
    page = testimony("one", source)
    retire(target)
    with pytest.raises(ValidationError):
        merge_issue(source, target, user=user)
    assert issues_of(page) == ["Sick days"]
    assert not ModelLogEntry.objects.filter(action="cms.merge_issue").exists()


def test_retiring_keeps_the_tags(source, testimony) -> None:
    page = testimony("one", source)
    retire(source)
    assert issues_of(page) == ["Sick days"]
    assert found("issue=sick-days-x") == ["one"]


@pytest.mark.parametrize("backwards", [False, True])
def test_issues_are_locked_in_one_order_whichever_is_merged(
    source, target, user, backwards
) -> None:
    pair = (target, source) if backwards else (source, target)
    with CaptureQueriesContext(connection) as queries:
        merge_issue(*pair, user=user)
    locking = next(query["sql"] for query in queries if 'FROM "cms_issue"' in query["sql"])
    assert 'ORDER BY "cms_issue"."id" ASC' in locking


def test_a_draft_older_than_a_merge_is_published_with_the_target(
    source, target, user, testimony
) -> None:
    one, both = testimony("one", source), testimony("both", source, target)
    drafts = [page.save_revision() for page in (one, both)]
    merge_issue(source, target, user=user)
    for draft in drafts:
        draft.publish()
    assert [issues_of(page) for page in (one, both)] == [["Leave"], ["Leave"]]
    assert found("issue=leave-x") == ["both", "one"]


def test_an_alias_of_such_a_draft_gets_the_target_too(source, target, user, testimony) -> None:
    page = testimony("one", source)
    alias = page.create_alias(update_slug="alias", parent=Page.objects.get(slug="archive"))
    draft = page.save_revision()
    merge_issue(source, target, user=user)
    draft.publish()
    assert issues_of(alias) == ["Leave"]


def test_a_draft_of_a_talking_point_older_than_a_merge_is_published_with_the_target(
    source, target, user
) -> None:
    point = TalkingPoint(title="Point")
    point.issues.add(source)
    point.save()
    draft = point.save_revision()
    merge_issue(source, target, user=user)
    draft.publish()
    assert issues_of(point) == ["Leave"]


def test_publishing_a_page_reads_once_whether_its_issues_were_merged(
    source, testimony, django_assert_num_queries
) -> None:
    page = testimony("one", source)
    with django_assert_num_queries(3):  # between the ends of a transaction
        follow_merges(page)
    assert issues_of(page) == ["Sick days"]


def test_every_model_with_issues_is_known_to_the_merge() -> None:
    tagged = {model.content_object.field.related_model for model in tagging_models()}
    assert tagged == {Statement, FactSheetPage, TalkingPoint}


def test_a_chain_of_merges_made_by_hand_does_not_run_for_ever(source, target) -> None:
    source.merged_into, target.merged_into = target, source
    assert final_issue(source) in {source, target}
