"""Nobody publishes their own last edit: every way to publish, tried by everybody, over HTTP.

Administrators are the exception, for a department of one; the history names them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import lxml.html
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, Task
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html

from cms.enums import GroupName
from cms.models import ArchivePage, Issue, User
from testimony.models import DocumentPage, FactSheetPage, Source
from tests.builders import (
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
)

pytestmark = pytest.mark.django_db

GROUPS = {
    "author": GroupName.AUTHORS,
    "approver": GroupName.APPROVERS,
    "administrator": GroupName.ADMINISTRATORS,
}
PAGES = [make_testimony, make_fact_sheet]
ITEMS = [make_point, make_statistic, make_source]
# As the editor writes it, so that a form that comes back untouched counts as unchanged.
TEXT = '<p data-block-key="a1b2c">So it is.</p>'
WORDS = {"type": "preformatted", "value": "So it is.", "id": "1b9c7b0e-6c0c-4a0e-9d53-0f3c2d1e4a5b"}
# Blocks are made by script: a form that comes back without script holds none of them.
BODY = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0"}
BODY |= {f"body-0-{name}": value for name, value in WORDS.items()}
TEXTS = {make_fact_sheet: {"ask": TEXT}, make_point: {"text": TEXT}}
# Whoever acts edited last, except for this one, who approves what the author wrote.
SECOND_PERSON = "second person"
NOBODY: list[str] = []


@pytest.fixture
def people() -> dict[str, User]:
    people = {name: make_user(name, group) for name, group in GROUPS.items()}
    return {**people, SECOND_PERSON: make_user("second", GroupName.APPROVERS)}


def draft(make: Callable, editor: User):
    item = make(live=False, **TEXTS.get(make, {}), **({"user": editor} if make in PAGES else {}))
    item.body = json.dumps([WORDS])
    item.save_revision(user=editor)
    return item


def submit(item, user: User) -> None:
    item.get_workflow().start(item, user)


def is_live(item) -> bool:
    return type(item).objects.get(pk=item.pk).live


def address(item, view: str, *more) -> str:
    if isinstance(item, DocumentPage):
        return reverse(f"wagtailadmin_pages:{view}", args=[item.pk, *more])
    return reverse(item.snippet_viewset.get_url_name(view), args=[item.pk, *more])


def send_form(client, url: str, **changes: str) -> None:
    """Open an editor, change something, send it."""
    html = client.get(url).content.decode()
    editor = "page-edit-form" if "page-edit-form" in html else "w-editor-form"
    form = lxml.html.fromstring(html).get_element_by_id(editor)
    data: dict[str, str | list[str]] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    client.post(url, {**data, **BODY, **changes})


def publish_in_editor(client, item, people) -> None:
    send_form(client, address(item, "edit"), **{"action-publish": "1"})


def publish_an_older_version(client, item, people) -> None:
    url = address(item, "revisions_revert", item.latest_revision.pk)
    data = querydict_from_html(client.get(url).content.decode(), form_index=1)
    data = {**data.dict(), **BODY, "action-publish": "1"}
    client.post(address(item, "edit"), data)


def publish_in_bulk(client, item, people) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={item.pk}", {"include_descendants": ""})


def publish_with_the_archive(client, item, people) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{url}?id={item.get_parent().pk}", {"include_descendants": "on"})


def publish_submitted(client, item, people) -> None:
    submit(item, people["author"])
    publish_in_editor(client, item, people)


def cancel_and_publish(client, item, people) -> None:
    submit(item, people["author"])
    send_form(client, address(item, "edit"), **{"action-cancel-workflow": "1"})
    publish_in_editor(client, item, people)


def approve(client, item, people) -> None:
    submit(item, people["author"])
    state = item.current_workflow_task_state
    client.post(address(item, "workflow_action", "approve", state.pk), {"comment": ""})


def approve_in_editor(client, item, people, **changes: str) -> None:
    submit(item, people["author"])
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    send_form(client, address(item, "edit"), **action, **changes)


def comment_and_approve(client, item, people) -> None:
    comment = {
        "text": "Lovely",
        "contentpath": "title",
        **dict.fromkeys(("id", "position", "DELETE", "resolved"), ""),
        "replies": inline_formset([]),
    }
    data = nested_form_data({"comments": inline_formset([comment])})
    approve_in_editor(client, item, people, **{name: str(value) for name, value in data.items()})


def change_and_approve(client, item, people) -> None:
    """What the approver changed needs the approval of somebody else."""
    names = ("headline", "speaker_role", "label", "title")
    name = next(name for name in names if hasattr(item, name))
    approve_in_editor(client, item, people, **{name: "Changed while approving"})


BOTH = {
    publish_in_editor: ["administrator"],
    publish_an_older_version: ["administrator"],
    publish_submitted: NOBODY,
    cancel_and_publish: NOBODY,
    approve: [SECOND_PERSON],
    approve_in_editor: [SECOND_PERSON],
    change_and_approve: NOBODY,
}
ONLY_PAGES = {
    publish_in_bulk: ["administrator"],
    publish_with_the_archive: ["administrator"],
    comment_and_approve: [SECOND_PERSON],
}


# What an approver may not, an author may not either: they go the ways that are offered to them.
AUTHORS_WAYS = (publish_in_editor, publish_submitted, approve)
# Pages differ in nothing that decides here, nor do items: one of each goes every way, the others the common ones.
COMMON = (publish_in_editor, approve)
CASES = [
    *((make, way) for make in (make_fact_sheet, make_point) for way in BOTH),
    *((make, way) for make in (make_testimony, make_statistic, make_source) for way in COMMON),
    *((make_fact_sheet, way) for way in ONLY_PAGES),
]


@pytest.mark.parametrize(("make", "way"), CASES, ids=lambda value: value.__name__)
def test_who_publishes_by_which_way(client, people, make, way):
    published = []
    for role, actor in people.items():
        if role == "author" and way not in AUTHORS_WAYS:
            continue
        item = draft(make, people["author"] if role == SECOND_PERSON else actor)
        client.force_login(actor)
        way(client, item, people)
        if is_live(item):
            published.append(role)
        item.delete()

    assert published == {**BOTH, **ONLY_PAGES}[way]


def add_and_publish(client, model: str, **fields: str) -> None:
    """The form of a new object, filled in and sent with "Publish"."""
    archive = ArchivePage.objects.get()
    url = (
        reverse("wagtailadmin_pages:add", args=["testimony", model, archive.pk])
        if model.endswith("page")
        else reverse(f"wagtailsnippets_testimony_{model}:add")
    )
    issue = Issue.objects.get(slug="paid-leave")
    send_form(client, url, **{"action-publish": "1", "issues": str(issue.pk), **fields})


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (
            FactSheetPage,
            {"title": "New", "slug": "new", "headline": "Few do.", "date": "2026-03-04"},
        ),
        (Source, {"title": "New", "publisher": "Bureau", "published": "2023"}),
    ],
)
def test_only_administrators_publish_what_they_add(client, people, model, fields):
    live = {}
    for role in GROUPS:
        client.force_login(people[role])
        add_and_publish(client, model._meta.model_name, **fields)
        live[role] = model.objects.get().live
        model.objects.get().delete()

    assert live == {"author": False, "approver": False, "administrator": True}


@pytest.mark.parametrize("choice", ["publish_copies", "alias"])
def test_only_administrators_publish_copies(client, people, choice):
    page = make_fact_sheet()
    copies = {}
    for role in GROUPS:
        client.force_login(people[role])
        where = {"new_slug": f"by-{role}", "new_parent_page": page.get_parent().pk}
        url = reverse("wagtailadmin_pages:copy", args=[page.pk])
        client.post(url, {"new_title": "Copy", choice: "on", **where})
        copies[role] = FactSheetPage.objects.get(slug=f"by-{role}").live

    assert copies == {"author": False, "approver": False, "administrator": True}


@pytest.mark.parametrize(
    ("make", "allowed"),
    [(make_fact_sheet, ["approver", "administrator"]), (make_source, ["administrator"])],
)
def test_who_takes_back_what_is_public(client, people, make, allowed):
    taken = []
    for role in GROUPS:
        item = make()
        client.force_login(people[role])
        client.post(address(item, "unpublish"))
        if not is_live(item):
            taken.append(role)
        item.delete()

    assert taken == allowed


def test_an_approved_date_publishes_that_revision_and_an_approver_may_cancel_it(client, people):
    page = draft(make_fact_sheet, people["author"])
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    revision = page.save_revision(user=people["author"])
    client.force_login(people["approver"])

    approve(client, page, people)

    assert (is_live(page), page.revisions.get(approved_go_live_at__isnull=False)) == (
        False,
        revision,
    )
    client.post(address(page, "revisions_unschedule", revision.pk))
    assert page.revisions.filter(approved_go_live_at__isnull=False).count() == 0


def test_publishing_on_the_date_is_done_by_the_clock(client, people):
    page = draft(make_fact_sheet, people["author"])
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    page.save_revision(user=people["author"])
    client.force_login(people["approver"])
    approve(client, page, people)

    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        call_command("publish_scheduled")

    assert is_live(page)


def test_a_workflow_that_asks_nobody_publishes_nothing(people):
    page = draft(make_fact_sheet, people["author"])
    Task.objects.update(active=False)

    with pytest.raises(PermissionDenied):
        submit(page, people["author"])

    assert not is_live(page)


def test_words_written_after_a_comment_are_an_edit_of_their_own(people):
    page = draft(make_fact_sheet, people["author"])
    submitted = page.latest_revision
    submit(page, people["author"])
    page = FactSheetPage.objects.get(pk=page.pk).get_latest_revision_as_object()

    kept = page.save_revision(user=people["approver"])
    page.headline = "Changed"
    newer = page.save_revision(user=people["approver"], overwrite_revision=kept)

    assert (kept, newer == submitted, newer.user) == (submitted, False, people["approver"])
    assert [revision.user for revision in page.revisions.order_by("pk")][-2:] == [
        people["author"],
        people["approver"],
    ]


def test_the_history_names_who_published(client, people):
    alone = draft(make_fact_sheet, people["administrator"])
    client.force_login(people["administrator"])
    publish_in_editor(client, alone, people)
    read = draft(make_testimony, people["author"])
    client.force_login(people["approver"])
    approve(client, read, people)

    published = PageLogEntry.objects.filter(action="wagtail.publish").order_by("pk")
    assert [(entry.page_id, entry.user.username) for entry in published] == [
        (alone.pk, "administrator"),
        (read.pk, "approver"),
    ]


@pytest.mark.parametrize("make", [make_testimony, make_point])
def test_who_changed_it_last_is_told_why_it_is_not_approved(client, people, make):
    item = draft(make, people["author"])
    submit(item, people["author"])
    item.title = "Changed while reading"
    item.save_revision(user=people["approver"])
    client.force_login(people["approver"])
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}

    send_form(client, address(item, "edit"), **action)

    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Not approved: you were the last to change it." in shown
    assert is_live(item) is False
