"""The desk says who may approve, what is still discussed, and what is missing before it is sent."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Comment

from cms.enums import GroupName
from cms.models import Issue
from events.models import Vehicle
from testimony.domain.known_issues import issues_known_of
from testimony.domain.new_comment import start_comment
from testimony.domain.readiness import judge, judge_pages
from testimony.models import TestimonyPage as Page
from tests.builders import make_point, make_testimony, make_user

pytestmark = pytest.mark.django_db
YOURS = "You changed this last: a colleague has to approve it."


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def approver(client):
    user = make_user("approver", GroupName.APPROVERS)
    client.force_login(user)
    return user


@pytest.fixture
def page(author):
    page = make_testimony(live=False, user=author)
    page.get_workflow().start(page, author)
    return page


def open_editor(client, item):
    if isinstance(item, Page):
        return client.get(reverse("wagtailadmin_pages:edit", args=[item.pk]))
    return client.get(reverse("wagtailsnippets_testimony_talkingpoint:edit", args=[item.pk]))


def messages(response) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


def buttons(response) -> list[str]:
    """Names of the editor's buttons, the one that shows first."""
    menu = response.context["action_menu"]
    return [item.name for item in (menu.default_item, *menu.menu_items)]


def test_approving_is_the_button_that_shows_to_who_may(client, approver, page):
    response = open_editor(client, page)

    assert buttons(response)[0] == "approve"
    assert messages(response) == []


def test_who_changed_it_last_reads_why_they_cannot_approve(client, author, approver, page):
    page.title = "Another title"
    page.save_revision(user=approver)
    response = open_editor(client, page)

    assert buttons(response)[0] == "action-save-draft"
    assert messages(response) == [YOURS]


def test_a_talking_point_says_it_too(client, author, approver):
    point = make_point(live=False)
    point.save_revision(user=approver)
    point.get_workflow().start(point, author)

    assert messages(open_editor(client, point)) == [YOURS]


def test_an_author_who_waits_is_not_told_of_approving(client, author, page):
    client.force_login(author)

    assert [words for words in messages(open_editor(client, page)) if words == YOURS] == []


def test_an_open_comment_stands_on_the_button_and_after_it(client, author, approver, page):
    for text, resolved in (("Is it so?", None), ("Done", page.latest_revision_created_at)):
        Comment.objects.create(
            page=page, user=author, text=text, contentpath="title", resolved_at=resolved
        )

    html = open_editor(client, page).content.decode()
    url = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", page.current_workflow_task_state.pk],
    )
    response = client.post(url, {"comment": ""}, follow=True)

    assert "Approve (1 open comment)" in html
    assert messages(response) == ["Approved with 1 open comment: see to it in the editor."]
    page.refresh_from_db()
    assert page.live is True


def issues_of(judgement) -> list[tuple[str, str]]:
    return [(it.field, it.words) for it in judgement.missing if it.name == "issues"]


def test_the_checks_name_the_issue_that_sending_asks_for(author, page):
    said = ("issues", "Choose at least one issue before you submit or publish it.")
    ready = [issues_of(judge(page)), issues_of(judge_pages([page])[page.pk])]
    page.issues.clear()
    page.save_revision(user=author)

    assert ready == [[], []]
    assert [issues_of(judge(page)), issues_of(judge_pages([page])[page.pk])] == [[said], [said]]


def test_a_draft_begins_with_the_issues_of_what_was_published_on_the_bill(author):
    bill = Vehicle.objects.create(identifier="HB 1147")
    make_testimony("Draft", vehicle=bill, live=False)
    before = start_comment(bill, user=make_user("before"))
    make_testimony("Published", vehicle=bill)
    after = start_comment(bill, user=author)

    known = Issue.objects.get(slug="paid-leave")
    assert [list(before.issues.all()), list(after.issues.all())] == [[], [known]]
    assert issues_known_of(None) == []
