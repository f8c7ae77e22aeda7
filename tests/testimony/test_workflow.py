"""From submission to publication: a second person approves exactly what was read."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Comment, WorkflowState
from wagtail.rich_text import RichText

from cms.enums import GroupName
from testimony.dashboard import submitted, to_approve
from testimony.models import TestimonyPage as Page
from tests.builders import make_point, make_testimony, make_user, paragraph

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def approver():
    return make_user("approver", GroupName.APPROVERS)


@pytest.fixture
def page(author):
    return make_testimony(live=False, user=author)


def submit(item, user):
    item.get_workflow().start(item, user)
    return item.current_workflow_task_state


def act(item, user, action: str) -> None:
    state = item.current_workflow_task_state
    state.task.specific.on_action(state, user, action)


def test_an_author_submits_and_does_not_publish(author, page):
    submit(page, author)

    page.refresh_from_db()
    assert page.live is False
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    assert page.permissions_for_user(author).can_publish() is False


def test_an_author_has_nothing_to_approve_with(author, page):
    state = submit(page, author)

    assert state.task.specific.get_actions(page, author) == []


def test_who_edited_last_cannot_approve(author, approver, page):
    page.save_revision(user=approver)
    state = submit(page, author)

    names = [name for name, _label, _modal in state.task.specific.get_actions(page, approver)]
    assert names == ["reject"]
    with pytest.raises(PermissionDenied, match="Ask a colleague"):
        act(page, approver, "approve")


def test_another_person_comments_and_publishes_exactly_that_revision(author, approver, page):
    read = page.latest_revision
    submit(page, author)
    Comment.objects.create(
        page=page, user=approver, text="Which year?", contentpath="body", position=""
    )

    act(page, approver, "approve")

    page = Page.objects.get(pk=page.pk)
    assert page.live is True
    assert page.live_revision == read
    assert [comment.text for comment in page.wagtail_admin_comments.all()] == ["Which year?"]


def test_editing_after_submission_demands_approval_anew(author, approver, page):
    submit(page, author)
    page.body = [paragraph("<p>Changed after it was read.</p>")]
    newer = page.save_revision(user=author)

    act(page, approver, "approve")

    page = Page.objects.get(pk=page.pk)
    assert page.live is False
    assert page.current_workflow_task_state.revision == newer
    act(page, approver, "approve")
    assert Page.objects.get(pk=page.pk).live_revision == newer


def test_what_is_sent_back_can_be_submitted_again(author, approver, page):
    submit(page, author)

    act(page, approver, "reject")

    state = page.workflow_states.get()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    state.resume(user=author)
    assert page.workflow_states.get().status == WorkflowState.STATUS_IN_PROGRESS


def test_the_button_of_the_last_editor_is_refused_by_the_server(client, author, approver, page):
    page.save_revision(user=approver)
    state = submit(page, author)
    client.force_login(approver)

    response = client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]),
        {"comment": ""},
    )

    assert response.status_code == 302
    assert Page.objects.get(pk=page.pk).live is False


def test_talking_points_are_approved_the_same_way(author, approver):
    point = make_point(live=False)
    revision = point.save_revision(user=author)
    submit(point, author)

    with pytest.raises(PermissionDenied):
        act(point, author, "approve")
    act(point, approver, "approve")

    point.refresh_from_db()
    assert (point.live, point.live_revision) == (True, revision)


LOADED = '<p data-block-key="a1b2c">Thank you.</p><ul><li data-block-key="d3e4f">First</li></ul>'


def test_the_marks_that_the_editor_sets_in_a_text_by_loading_it_are_no_edit(author, approver):
    page = make_testimony(
        body=[paragraph("<p>Thank you.</p>\n <ul> <li>First</li> </ul>")], live=False, user=author
    )
    submit(page, author)
    read = page.latest_revision
    page.body[0].value = RichText(LOADED)

    assert page.save_revision(user=approver) == read


def test_a_changed_word_is_an_edit(author, approver):
    page = make_testimony(body=[paragraph("<p>Thank you.</p>")], live=False, user=author)
    submit(page, author)
    read = page.latest_revision
    page.body[0].value = RichText(LOADED)

    assert page.save_revision(user=approver) != read


def test_what_waits_is_called_by_its_kind(author, approver, page):
    submit(page, author)
    _sent_back, with_approvers = submitted(author)

    kinds = [item.kind for item in (*to_approve(approver)[0].items, *with_approvers.items)]
    assert kinds == ["testimony", "testimony"]
