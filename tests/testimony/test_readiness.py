"""Drafts are free; what is submitted, approved or published has some text and an issue."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.enums import GroupName
from cms.models import ArchivePage, Issue
from testimony.models import FactSheetPage, TestimonyPage
from testimony.models.readiness import says_something, what_is_missing
from tests.builders import (
    make_fact_sheet,
    make_point,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)

pytestmark = pytest.mark.django_db
NO_TEXT = "Write some text before you submit or publish it."
NO_ISSUE = "Choose at least one issue before you submit or publish it."


@pytest.fixture
def author(client):
    user = make_user("author")
    client.force_login(user)
    return user


@pytest.fixture
def admin(client):
    user = make_user("admin", GroupName.ADMINISTRATORS)
    client.force_login(user)
    return user


def draft(*, text: str = "", issue: bool = False, user=None, **fields) -> TestimonyPage:
    page = make_testimony(body=[paragraph(text)], live=False, user=user, **fields)
    if not issue:
        page.issues.clear()
    page.save_revision(user=user)
    return page


def said(response) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


def words(raised) -> dict[str, list[str]]:
    return raised.value.message_dict


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p></p>",
        "<p> </p>",
        "<p>&nbsp;</p>",
        "<p>\u200b</p>",
        "<p><br/></p>",
        "<p><b> </b></p>",
    ],
)
def test_what_only_looks_like_text_is_none(html):
    [block] = TestimonyPage(body=[paragraph(html)]).body

    assert says_something(block.block_type, block.value) is False


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (("paragraph", "<p>Yes.</p>"), True),
        (("paragraph", '<p><embed embedtype="statistic" id="1"/></p>'), True),
        (("heading", "Why"), False),
        (("subheading", "Why"), False),
        (("ask", "<p>Vote.</p>"), True),
        (("preformatted", " "), False),
        (("quote", {"text": " ", "attribution": "Ann"}), False),
        (("quote", {"text": "So.", "attribution": ""}), True),
        (("statistic", {"statistic": None, "emphasis": "many"}), False),
        (("chart", {"title": "T", "kind": "bar", "rows": [], "alt": "x"}), False),
        (("chart", {"rows": [{"label": "a", "value": 1}]}), True),
        (("talking_point", None), False),
    ],
)
def test_each_kind_of_block_says_something_or_not(block, expected):
    name, value = block
    stream = TestimonyPage.body.field.stream_block
    read = stream.child_blocks[name].to_python(value)

    assert says_something(name, read) is expected


def test_items_of_the_library_are_text():
    items = [("talking_point", make_point()), ("statistic", {"statistic": make_statistic()})]

    found = [
        what_is_missing(body=TestimonyPage(body=[item]).body, texts=[], issues=[1], imported=False)
        for item in items
    ]

    assert found == [{}, {}]


def test_a_draft_is_saved_empty_and_published_with_text_and_issue():
    page = draft()
    page.body = [paragraph("<p>Now there is text.</p>")]
    page.issues.set([Issue.objects.get(slug="paid-leave")])

    page.save_revision().publish()
    page.refresh_from_db()

    assert page.live is True


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {"body": [NO_TEXT], "issues": [NO_ISSUE]}),
        ({"text": "<p>Words.</p>"}, {"issues": [NO_ISSUE]}),
        ({"issue": True}, {"body": [NO_TEXT]}),
    ],
)
def test_a_direct_publication_is_refused(fields, expected):
    page = draft(**fields)
    revision = page.latest_revision

    with pytest.raises(ValidationError) as refused:
        revision.publish()
    with pytest.raises(ValidationError) as again:
        PublishPageRevisionAction(revision).execute()
    page.refresh_from_db()

    assert (words(refused), words(again), page.live) == (expected, expected, False)


def test_a_page_made_live_at_once_is_refused():
    page = TestimonyPage(title="At once", live=True)

    with pytest.raises(ValidationError) as refused:
        ArchivePage.objects.get().add_child(instance=page)

    assert words(refused) == {"body": [NO_TEXT], "issues": [NO_ISSUE]}


def test_a_fact_sheet_needs_a_message_an_ask_or_text_and_an_issue():
    sheet = make_fact_sheet(live=False, headline=" ")
    with pytest.raises(ValidationError) as refused:
        sheet.save_revision().publish()
    sheet.ask = "<p>Pass it.</p>"
    sheet.save_revision().publish()

    assert words(refused) == {"body": [NO_TEXT]}
    assert FactSheetPage.objects.get().live is True


def test_an_imported_testimony_may_lack_an_issue_but_not_the_text():
    page = draft(text="<p>As found.</p>", source_key="gao-1")
    empty = draft(source_key="gao-2")

    page.latest_revision.publish()
    with pytest.raises(ValidationError) as refused:
        empty.latest_revision.publish()

    page.refresh_from_db()
    assert (page.live, words(refused)) == (True, {"body": [NO_TEXT]})


def test_a_published_page_is_saved_as_it_stands():
    page = make_testimony()
    page.issues.clear()
    page.save()
    page.locked = True
    page.save()

    page.refresh_from_db()
    assert (page.live, page.locked) == (True, True)


def test_submitting_is_refused_before_anybody_is_told(author, mailoutbox):
    make_user("approver", GroupName.APPROVERS)
    page = draft(user=author)

    with pytest.raises(ValidationError) as refused:
        page.get_workflow().start(page, author)

    assert words(refused) == {"body": [NO_TEXT], "issues": [NO_ISSUE]}
    assert (page.current_workflow_state, mailoutbox) == (None, [])


def submitted(author) -> TestimonyPage:
    """In review, and emptied since, as it may stand from before the rules."""
    page = draft(text="<p>Words.</p>", issue=True, user=author)
    page.get_workflow().start(page, author)
    page.issues.clear()
    revision = page.save_revision(user=author)
    state = page.current_workflow_task_state
    type(state).objects.filter(pk=state.pk).update(revision=revision)
    return TestimonyPage.objects.get(pk=page.pk)


def test_an_approval_is_refused_and_sending_back_is_not(author):
    approver = make_user("approver", GroupName.APPROVERS)
    page = submitted(author)
    state = page.current_workflow_task_state

    with pytest.raises(ValidationError) as refused:
        state.task.specific.on_action(state, approver, "approve")
    state.refresh_from_db()
    state.task.specific.on_action(state, approver, "reject")

    page.refresh_from_db()
    assert (words(refused), page.live) == ({"issues": [NO_ISSUE]}, False)
    assert page.current_workflow_state.status == "needs_changes"


def test_an_approval_from_the_list_is_answered_in_words(client, author):
    client.force_login(make_user("approver", GroupName.APPROVERS))
    page = submitted(author)
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])

    response = client.post(url, follow=True)

    assert response.redirect_chain == [(f"/admin/pages/{page.pk}/edit/", 302)]
    assert f"“{page.title}”: {NO_ISSUE}" in said(response)


def form_of(page, **changes) -> dict:
    body = streamfield([("paragraph", rich_text(changes.pop("text", "")))])
    issues = Issue.objects.filter(slug__in=changes.pop("issues", ()))
    form = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "language": page.language,
            "document_kind": "testimony",
            "page_budget": "2",
            "position": "support",
            "body": body,
            "comments": {
                "TOTAL_FORMS": "0",
                "INITIAL_FORMS": "0",
                "MIN_NUM_FORMS": "0",
                "MAX_NUM_FORMS": "",
            },
            **changes,
        }
    )
    return {**form, "issues": [issue.pk for issue in issues]}


def test_the_editor_keeps_an_empty_draft(client, author):
    page = draft(user=author)

    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page))

    assert response.status_code == 302


@pytest.mark.parametrize("action", ["action-submit", "action-publish"])
def test_the_editor_says_what_is_missing_beside_the_field(client, author, admin, action):
    page = draft(user=author)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    response = client.post(url, {**form_of(page), action: "yes"})

    errors = response.context["form"].errors
    assert (errors["body"].as_data()[0].messages, errors["issues"]) == ([NO_TEXT], [NO_ISSUE])
    assert [response.text.count(sentence) > 0 for sentence in (NO_TEXT, NO_ISSUE)] == [True, True]
    page.refresh_from_db()
    assert (page.live, page.current_workflow_state) == (False, None)


def test_the_editor_submits_what_is_complete(client, author):
    page = draft(user=author)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = form_of(page, text="<p>Words.</p>", issues=["paid-leave"])

    response = client.post(url, {**form, "action-submit": "yes"})

    assert response.url == reverse("testimony_pages:index")
    assert TestimonyPage.objects.get().workflow_in_progress is True


def test_publishing_several_from_the_list_publishes_none_while_one_is_not_ready(client, admin):
    ready, unready = draft(text="<p>Words.</p>", issue=True), draft(title="Bare")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = f"?id={ready.pk}&id={unready.pk}&next=/admin/"

    response = client.post(url + query, follow=True)

    assert said(response) == [f"“Bare”: {NO_TEXT} {NO_ISSUE}"]
    assert TestimonyPage.objects.live().count() == 0


def test_publishing_the_archive_with_what_is_below_asks_the_documents_too(client, admin):
    draft(title="Bare")
    archive = ArchivePage.objects.get()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = client.post(
        f"{url}?id={archive.pk}&next=/admin/", {"include_descendants": "on"}, follow=True
    )

    assert said(response) == [f"“Bare”: {NO_TEXT} {NO_ISSUE}"]


def test_scheduling_is_refused():
    page = draft(go_live_at=timezone.now() + dt.timedelta(days=1))

    with pytest.raises(ValidationError):
        page.latest_revision.publish()

    assert page.revisions.filter(approved_go_live_at__isnull=False).count() == 0


def test_what_became_unready_is_not_published_by_the_clock_and_stops_no_other():
    tomorrow = timezone.now() + dt.timedelta(days=1)
    first = draft(title="First", text="<p>Words.</p>", issue=True, go_live_at=tomorrow)
    second = draft(title="Second", text="<p>Words.</p>", issue=True, go_live_at=tomorrow)
    for page in (first, second):
        page.latest_revision.publish()
    revision = first.latest_revision
    revision.content["issue_tagged_items"] = []
    revision.save()

    with time_machine.travel(tomorrow + dt.timedelta(minutes=1)):
        call_command("publish_scheduled")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.live, second.live) == (False, True)
    assert first.revisions.filter(approved_go_live_at__isnull=False).count() == 0
