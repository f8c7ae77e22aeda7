"""Nothing is called ready to file that nobody let pass: the same words in the editor, the lists and the room."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowPage
from wagtail.rich_text import RichText

from cms.enums import GroupName
from cms.models import Branding
from events.domain.errors import NotReady
from events.domain.filing import mark_ready
from events.domain.readiness import readiness_of
from events.models import PresentationMaterial
from testimony.domain.approvals import approvals_of
from testimony.domain.readiness import judge, judge_pages
from testimony.models import TestimonyPage
from tests.builders import make_event, make_point, make_testimony, make_user, paragraph

pytestmark = pytest.mark.django_db
NOT_SENT = "Not sent for review yet. Send it for review: a colleague approves it."
CHANGED = "Changed since it was approved. Send the changes for review."
SENT_BACK = "Sent back: changes are asked for. Make them, then send it for review again."


@pytest.fixture
def approver():
    return make_user("approver", GroupName.APPROVERS)


@pytest.fixture
def draft(author) -> TestimonyPage:
    """With all that a committee needs, but that nobody else has read it."""
    Branding.objects.update(contact_email="press@test.example")
    event = make_event()
    opening = "<p>My name is Imani Calloway. I support HB 1147.</p>"
    ask = ("ask", RichText("<p>Please vote yes.</p>"))
    body = [paragraph(opening), ("talking_point", make_point()), ask]
    return make_testimony(body=body, event=event, vehicle=event.vehicle, live=False, user=author)


def fresh(page) -> TestimonyPage:
    return TestimonyPage.objects.get(pk=page.pk)


def said(page) -> tuple[str, str]:
    """State and words, the same wherever it is asked."""
    page = fresh(page)
    judged = (
        judge(page.get_latest_revision_as_object()),
        judge_pages([page])[page.pk],
    )
    found = {
        (str(it.state), it.words) for each in judged for it in each.results if it.name == "approval"
    }
    [only] = found
    return only


def said_of_what_is_filed(page) -> tuple[str, str]:
    [found] = [
        it
        for it in judge_pages([fresh(page)], filed=True)[page.pk].results
        if it.name == "approval"
    ]
    return str(found.state), found.words


def decide(page, user, action: str) -> None:
    state = fresh(page).current_workflow_task_state
    state.task.specific.on_action(state, user, action)


def test_a_document_is_approved_step_by_step(draft, author, approver):
    assert said(draft) == ("missing", NOT_SENT)
    draft.get_workflow().start(draft, author)
    task = draft.current_workflow_task_state.task.name
    waits = f"In review with “{task}”: it can be handed in once it is approved."
    assert said(draft) == ("missing", waits)
    decide(draft, approver, "reject")
    assert said(draft) == ("missing", SENT_BACK)
    fresh(draft).current_workflow_state.resume(author)
    decide(draft, approver, "approve")
    assert said(draft) == ("ok", "")
    assert said_of_what_is_filed(draft) == ("ok", "")
    fresh(draft).save_revision(user=author)
    assert said(draft) == ("missing", CHANGED)
    # What is handed in is what the public reads.
    newer = "A newer draft is not published: the published words are what is handed in."
    assert said_of_what_is_filed(draft) == ("advice", newer)


def test_where_no_review_is_set_up_nobody_is_told_to_send_it(draft):
    WorkflowPage.objects.all().delete()
    words = "Not published. No review is set up here: an administrator publishes it."
    assert said(draft) == ("missing", words)


@pytest.mark.parametrize("stage", ["sent", "approved", "waits for its day"])
def test_the_editor_that_stays_open_writes_over_nothing_that_was_read(
    draft, author, approver, stage
):
    if stage == "waits for its day":
        draft.go_live_at = timezone.now() + dt.timedelta(days=2)
        draft.save_revision(user=author)
    draft.get_workflow().start(draft, author)
    read = draft.latest_revision
    if stage != "sent":
        decide(draft, approver, "approve")
    open_still = fresh(draft).get_latest_revision_as_object()
    open_still.title = "Nobody read this"

    newer = open_still.save_revision(user=author, overwrite_revision=read)
    again = open_still.save_revision(user=author, overwrite_revision=newer)

    assert (newer != read, again == newer) == (True, True)
    assert read.as_object().title == draft.title
    assert said(draft)[0] == "missing"


def test_what_is_approved_and_waits_for_its_day_says_that_its_pdf_is_marked(
    draft, author, approver
):
    draft.go_live_at = timezone.now() + dt.timedelta(days=2)
    draft.save_revision(user=author)
    draft.get_workflow().start(draft, author)
    decide(draft, approver, "approve")

    state, words = said(draft)
    assert (state, words.endswith(" – until then the PDF says DRAFT.")) == ("advice", True)
    draft.latest_revision.approved_go_live_at = None  # as when its event is called off
    draft.latest_revision.save()
    held = "Approved, but not published: the PDF still says DRAFT."
    assert said(draft) == ("advice", held)


def test_a_new_document_and_one_that_was_never_sent_say_the_same():
    assert [it.words for it in judge(TestimonyPage()).missing if it.name == "approval"] == [
        NOT_SENT
    ]
    assert approvals_of([None]) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_asked_in_as_many_queries_as_one(author, count, django_assert_num_queries):
    pages = [make_testimony(f"T{number}", live=False, user=author) for number in range(count)]
    keys = [page.pk for page in pages]
    approvals_of(keys)
    with django_assert_num_queries(1):
        found = approvals_of(keys)

    assert [it.words for it in found.values()] == [NOT_SENT] * count


def material_of(page) -> PresentationMaterial:
    presentation = page.event.presentations.create(speaker=page.speaker)
    return PresentationMaterial.objects.create(presentation=presentation, page=page)


def test_an_unapproved_draft_is_not_marked_ready(client, draft, author):
    material = material_of(draft)

    with pytest.raises(NotReady) as refused:
        mark_ready(material, user=author)

    assert refused.value.missing == (NOT_SENT,)
    assert [*readiness_of([draft])[draft.pk].missing] == [NOT_SENT]
    room = client.get(reverse("events:room", args=[draft.event_id])).text
    assert (f"1 missing:</strong> {NOT_SENT}" in room, "Nothing missing" in room) == (True, False)
    listed = client.get(reverse("testimony_pages:index")).text
    assert "<strong>1 missing</strong>" in listed


def test_what_was_called_ready_and_is_taken_off_the_site_waits_for_its_approval(
    client, draft, author
):
    draft.latest_revision.publish()
    material = material_of(fresh(draft))
    mark_ready(material, user=author)
    room, rows = reverse("events:room", args=[draft.event_id]), reverse("testimony_pages:index")
    assert "once approved" not in client.get(room).text + client.get(rows).text

    fresh(draft).unpublish()

    assert "Ready to file once approved" in client.get(room).text
    assert f"1 missing:</strong> {NOT_SENT}" in client.get(room).text
    assert "ready once approved" in client.get(rows).text


def test_nor_over_a_published_talking_point(author):
    point = make_point()
    published = point.save_revision(user=author)
    published.publish()
    point.refresh_from_db()

    assert point.save_revision(user=author, overwrite_revision=published) != published
