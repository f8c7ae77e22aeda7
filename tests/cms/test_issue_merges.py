"""A merge moves what it said it would: rows, drafts, scheduled versions, columns and archive entries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.domain.issues import merge_issue, what_moves
from cms.enums import GroupName
from cms.models import ArchiveEntryIssue, Issue
from testimony.models import MessageMap, TestimonyPage
from tests.builders import make_fact_sheet, make_point, make_testimony, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Issue:
    return Issue.objects.create(name="Sick days", slug="sick-days-x", synonyms="PSL\nleave")


@pytest.fixture
def target() -> Issue:
    return Issue.objects.create(name="Leave", slug="leave-x", synonyms="Time off")


@pytest.fixture
def administrator(client):
    user = make_user("administrator", GroupName.ADMINISTRATORS)
    client.force_login(user)
    return user


def draft_naming(page, *issues: Issue, **fields):
    """A newer draft of `page` with these issues."""
    draft = page.get_latest_revision_as_object()
    draft.issues.set(issues)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def names(item) -> list[str]:
    return sorted(item.issues.names())


def newest(page) -> TestimonyPage:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def test_what_is_shown_is_what_moves(source, target):
    page, sheet, point = make_testimony(), make_fact_sheet(), make_point()
    for item in (page, sheet, point):
        item.issues.set([source])
        item.save_revision().publish()
    draft_naming(page, source, title="Newer")
    MessageMap.objects.create(issue=source)

    moves = what_moves(source, target)
    merge_issue(source, target, user=None, seen=moves.digest)

    assert dict(moves.tagged) == {"talking points": 1, "testimony": 1, "fact sheets": 1}
    assert (moves.versions, moves.entries) == (1, 2)
    assert moves.held == ("Message map: Sick days",)
    assert moves.staying == moves.merged_before == ()
    assert moves.words == ("Sick days", "PSL")
    nothing = what_moves(source, target)
    assert [count for _kind, count in nothing.tagged] == [0, 0, 0]
    assert (nothing.versions, nothing.entries, nothing.held) == (0, 0, ())
    assert ArchiveEntryIssue.objects.filter(issue=target).count() == 2
    assert MessageMap.objects.get().issue == target


def test_a_draft_that_names_the_merged_issue_opens_with_the_target(source, target):
    page = make_testimony()
    draft_naming(page, source)

    merge_issue(source, target, user=None)

    assert names(newest(page)) == ["Leave"]
    assert "Leave" not in names(TestimonyPage.objects.get(pk=page.pk))


def test_a_draft_that_names_both_names_the_target_once(source, target):
    page = make_testimony()
    draft_naming(page, source, target)

    merge_issue(source, target, user=None)

    assert names(newest(page)) == ["Leave"]


def test_a_scheduled_version_goes_live_with_the_target_and_stays_scheduled(source, target):
    page = make_testimony()
    at = timezone.now() + dt.timedelta(hours=1)
    draft_naming(page, source, go_live_at=at).publish()
    draft_naming(page, title="Newer, without issues")

    moves = what_moves(source, target)
    merge_issue(source, target, user=None)
    scheduled = TestimonyPage.objects.get(pk=page.pk).scheduled_revision

    assert moves.versions == 1
    assert names(scheduled.as_object()) == ["Leave"]
    past = timezone.now() - dt.timedelta(minutes=1)
    type(scheduled).objects.filter(pk=scheduled.pk).update(
        approved_go_live_at=past, content={**scheduled.content, "go_live_at": past.isoformat()}
    )
    call_command("publish_scheduled")
    assert names(TestimonyPage.objects.get(pk=page.pk)) == ["Leave"]
    assert ArchiveEntryIssue.objects.filter(issue=target, entry__page=page).count() == 1


def test_a_draft_on_the_schedule_of_a_point_follows(source, target):
    point = make_point()
    point.issues.set([source])
    point.go_live_at = timezone.now() + dt.timedelta(days=1)
    point.save_revision().publish()

    merge_issue(source, target, user=None)

    point.refresh_from_db()
    assert names(point.scheduled_revision.as_object()) == ["Leave"]


def test_older_versions_are_history_and_follow_when_they_are_published_again(source, target):
    page = make_testimony()
    old = draft_naming(page, source)
    draft_naming(page, Issue.objects.get(slug="paid-leave"))

    merge_issue(source, target, user=None)
    old.refresh_from_db()
    assert names(old.as_object()) == ["Sick days"]

    old.publish()
    assert names(TestimonyPage.objects.get(pk=page.pk)) == ["Leave"]


def test_an_older_version_opens_in_the_editor_with_the_target_ticked(source, target, client):
    page = make_testimony()
    old = draft_naming(page, source)
    draft_naming(page, Issue.objects.get(slug="paid-leave"))
    merge_issue(source, target, user=None)
    form_class = TestimonyPage.get_edit_handler().get_form_class()
    field = form_class(instance=old.as_object(), for_user=make_user("eve"))["issues"]

    assert [str(box.data["value"]) for box in field if box.data["selected"]] == [str(target.pk)]


def test_a_form_that_was_open_during_the_merge_saves_the_target(source, target):
    form_class = TestimonyPage.get_edit_handler().get_form_class()
    form = form_class(instance=make_testimony(), for_user=make_user("eve"))
    field = form.fields["issues"]
    form["issues"]
    merge_issue(source, target, user=None)

    assert list(field.clean([str(source.pk)])) == [target]


def test_a_map_goes_along_and_so_does_its_draft(source, target):
    message_map = MessageMap.objects.create(issue=source, live=False)
    message_map.save_revision()

    merge_issue(source, target, user=None)
    message_map.refresh_from_db()

    assert message_map.issue == target
    assert message_map.get_latest_revision_as_object().issue == target


def test_a_map_stays_where_the_target_has_its_own(source, target):
    kept, own = (MessageMap.objects.create(issue=issue) for issue in (source, target))
    kept.save_revision()

    moves = what_moves(source, target)
    merge_issue(source, target, user=None)

    assert (moves.held, moves.staying) == ((), ("Message map: Sick days",))
    kept.refresh_from_db()
    own.refresh_from_db()
    assert (kept.issue, own.issue) == (source, target)


def test_what_changed_since_it_was_shown_is_not_merged(source, target):
    digest = what_moves(source, target).digest
    point = make_point()
    point.issues.set([source])
    point.save()

    with pytest.raises(ValidationError, match="Look at what moves, then confirm"):
        merge_issue(source, target, user=None, seen=digest)
    source.refresh_from_db()
    assert source.merged_into is None


def test_the_page_shows_what_moves_before_anything_does(client, administrator, source, target):
    point = make_point()
    point.issues.set([source])
    point.save()
    url = reverse("cms_merge_issue", args=[source.pk])

    preview = client.get(url, {"into": target.pk})
    unseen = client.post(url, {"into": target.pk})
    done = client.post(url, {"into": target.pk, "seen": preview.context["moves"].digest})

    moves = preview.context["moves"]
    assert (dict(moves.tagged)["talking points"], moves.versions, moves.entries) == (1, 0, 0)
    assert "Sick days, PSL" in preview.content.decode()
    assert "Nothing is merged yet." in unseen.content.decode()
    assert done.url == reverse("wagtailsnippets_cms_issue:list")


def test_retired_issues_are_not_offered_and_synonyms_find_what_is(client, administrator, target):
    Issue.objects.create(name="Retired leave", slug="r", synonyms="Time off", is_active=False)
    viewset = Issue.snippet_viewset.chooser_viewset
    url = reverse(viewset.get_url_name("choose_results"))

    found = client.get(url, {"q": "time off"}).context["results"]

    assert [issue.name for issue in found] == ["Leave"]


def test_ticks_show_the_other_words_for_an_issue(target):
    form_class = TestimonyPage.get_edit_handler().get_form_class()
    field = form_class(instance=TestimonyPage(), for_user=make_user("eve"))["issues"]
    labels = {str(box.data["value"]): str(box.choice_label) for box in field}

    assert labels[str(target.pk)] == (
        'Leave <span class="issue-ticks__also">(also: Time off)</span>'
    )
