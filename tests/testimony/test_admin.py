"""Lists, choosers, home page and buttons of the admin, as an author sees them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.enums import GroupName
from cms.models import ArchivePage, Issue
from testimony.models import Source, Statistic, TalkingPoint
from tests.builders import (
    make_event,
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
)

ODD_SEARCHES = ['"', "\0", "%", "'; --", "word " * 1000]


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


def fill(count: int, user) -> None:
    issues = list(Issue.objects.all()[:count])
    for number in range(count):
        statistic = make_statistic(
            f"label {number}", source=make_source(f"Survey {number}"), owner=user
        )
        point = make_point(f"Point {number}", owner=user)
        point.issues.set(issues)
        point.save()
        for item in (point, statistic, statistic.source):
            item.save_revision(user=user)
        page = make_testimony(f"Testimony {number}", event=make_event(), user=user, live=number % 2)
        page.issues.set(issues)
        page.save()
        sheet = make_fact_sheet(f"Sheet {number}", user=user)
        sheet.issues.set(issues)
        sheet.save()


LISTS = {
    "testimony_pages:index": 34,
    "fact_sheet_pages:index": 22,
    "wagtailsnippets_testimony_talkingpoint:list": 15,
    "wagtailsnippets_testimony_statistic:list": 12,
    "wagtailsnippets_testimony_source:list": 12,
    "wagtailsnippets_cms_issue:list": 11,
    "wagtailsnippets_cms_person:list": 12,
    "wagtailsnippets_cms_organization:list": 10,
    "wagtailsnippetchoosers_testimony_talkingpoint:choose": 9,
    "wagtailsnippetchoosers_testimony_statistic:choose": 7,
    "wagtailsnippetchoosers_testimony_source:choose": 7,
    "wagtailadmin_home": 30,
}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_number_of_queries_however_long(client, author, count):
    fill(count, author)
    asked = {}
    for name in LISTS:
        client.get(reverse(name))  # content types and sites are cached from here on
        with CaptureQueriesContext(connection) as queries:
            response = client.get(reverse(name))
        assert (name, response.status_code) == (name, 200)
        asked[name] = len(queries)

    assert asked == LISTS


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_of_an_approver_costs_the_same_for_one_task_and_three(client, author, count):
    approver = make_user("approver", GroupName.APPROVERS)
    for number in range(count):
        page = make_testimony(f"Submitted {number}", live=False, user=author)
        page.get_workflow().start(page, author)
    client.force_login(approver)
    client.get(reverse("wagtailadmin_home"))

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("wagtailadmin_home"))

    assert len(queries) == 33


def test_a_search_for_anything_is_answered(client, author):
    fill(1, author)
    answers = {
        (name, words[:8]): client.get(reverse(name), {"q": words}).status_code
        for name in LISTS
        for words in ODD_SEARCHES
    }

    assert answers == dict.fromkeys(answers, 200)


def rows(response) -> list[str]:
    return [str(item) for item in response.context["object_list"]]


def test_testimony_is_listed_with_what_tells_it_apart(client, author):
    page = make_testimony(event=make_event(title="Budget hearing"), user=author)

    html = client.get(reverse("testimony_pages:index")).content.decode()

    for words in (page.title, "Imani Calloway", "Budget hearing", "Support", "March 4, 2026"):
        assert words in html, words


def test_testimony_is_narrowed_by_issue_and_position(client, author):
    kept = make_testimony("Kept")
    other = make_testimony("Other", position="oppose")
    other.issues.set([Issue.objects.exclude(slug="paid-leave").first()])
    other.save()
    url = reverse("testimony_pages:index")
    issue = Issue.objects.get(slug="paid-leave")

    assert rows(client.get(url, {"issues": issue.pk})) == [str(kept)]
    assert rows(client.get(url, {"position": "oppose"})) == [str(other)]
    assert rows(client.get(url, {"speaker": kept.speaker_id})) == [str(kept), str(other)]


def test_testimony_is_exported_as_listed(client, author):
    make_testimony(event=make_event(), speaker_role="Nurse")

    response = client.get(reverse("testimony_pages:index"), {"export": "csv"})

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0].startswith("Title,Date,Speaker,Role at the time,Hearing or event,")
    assert lines[1].startswith("Testimony on HB 1147,2026-03-04,Imani Calloway,Nurse,Hearing")


@pytest.mark.parametrize(
    ("listing", "model"),
    [("testimony_pages", "testimonypage"), ("fact_sheet_pages", "factsheetpage")],
)
def test_adding_from_a_list_goes_straight_to_the_archive(client, author, listing, model):
    archive = ArchivePage.objects.get()
    add = reverse(f"{listing}:choose_parent")

    page = client.get(reverse(f"{listing}:index")).content.decode()
    response = client.get(add)

    assert f'href="{add}"' in page
    assert response.url == f"/admin/pages/add/testimony/{model}/{archive.pk}/"
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize("model", [TalkingPoint, Statistic, Source])
def test_choosers_offer_published_items_only(client, author, model):
    make_statistic("shown", source=make_source("Shown survey"))
    make_point("Shown point")
    make_statistic("hidden", source=make_source("Hidden survey", live=False), live=False)
    make_point("Hidden point", live=False)
    name = f"wagtailsnippetchoosers_testimony_{model._meta.model_name}"
    hidden = model.objects.get(live=False)

    html = client.get(reverse(f"{name}:choose")).json()["html"]

    assert str(model.objects.get(live=True)) in html
    assert str(hidden) not in html
    assert client.get(reverse(f"{name}:chosen", args=[hidden.pk])).status_code == 404


def test_a_chooser_finds_parts_of_words_in_any_order(client, author):
    make_statistic("of workers have paid leave", source=make_source("Compensation survey"))
    make_statistic("of homes have lead pipes", source=make_source("Housing count"))
    url = reverse("wagtailsnippetchoosers_testimony_statistic:choose_results")

    found = [
        [
            label
            for label in ("workers", "homes")
            if label in client.get(url, {"q": words}).content.decode()
        ]
        for words in ("compens lea", "pipe", "27", "nothing like it")
    ]

    assert found == [["workers"], ["homes"], ["workers", "homes"], []]


def test_a_chosen_statistic_brings_what_the_editor_shows(client, author):
    statistic = make_statistic()
    url = reverse("wagtailsnippetchoosers_testimony_statistic:chosen", args=[statistic.pk])

    result = client.get(url).json()["result"]

    assert (result["id"], result["label"], result["title"]) == (
        str(statistic.pk),
        "27%",
        "27% of workers have leave",
    )


def test_a_footnote_is_written_in_a_dialog(client, author):
    url = reverse("testimony:choose_note")

    shown = client.get(url, {"text": "As it was"}).json()
    empty = client.post(url, {"text": "  "}).json()
    done = client.post(url, {"text": " In\nmy  words "}).json()

    assert (shown["step"], "As it was" in shown["html"]) == ("note", True)
    assert (empty["step"], "required" in empty["html"]) == ("note", True)
    assert done == {"step": "chosen", "result": {"text": "In my words"}}


def headings(client) -> list[tuple[str, list[str]]]:
    """Lists of the panel "Waits for you": heading with count, titles."""
    for panel in client.get(reverse("wagtailadmin_home")).context["panels"]:
        if getattr(panel, "name", "") == "waits_for_you":
            request = type("Request", (), {"user": client.current_user})
            lists = panel.get_context_data({"request": request})["lists"]
            return [(f"{x.heading} ({x.total})", [item.title for item in x.items]) for x in lists]
    raise AssertionError("no panel")


def test_the_home_page_shows_what_waits_for_whom(client, author):
    approver = make_user("approver", GroupName.APPROVERS)
    for title in ("My draft", "Submitted", "Returned"):
        make_testimony(title, live=False, user=author)
    point = make_point("My point", live=False)
    point.save_revision(user=author)
    pages = {page.title: page for page in ArchivePage.objects.get().get_children().specific()}
    for title in ("Submitted", "Returned"):
        pages[title].get_workflow().start(pages[title], author)
    state = pages["Returned"].current_workflow_task_state
    state.task.specific.on_action(state, approver, "reject")

    client.current_user = author
    assert headings(client) == [
        ("Sent back to you (1)", ["Returned"]),
        ("Your drafts, not sent for review (2)", ["My point", "My draft"]),
        ("In review (1)", ["Submitted"]),
    ]
    client.force_login(approver)
    client.current_user = approver
    assert headings(client) == [("To approve (1)", ["Submitted"])]


def test_what_one_edited_last_does_not_wait_for_oneself(client, author):
    approver = make_user("approver", GroupName.APPROVERS)
    page = make_testimony("Own words", live=False, user=approver)
    page.get_workflow().start(page, author)
    client.force_login(approver)
    client.current_user = approver

    assert headings(client) == [
        ("A colleague has to approve: you changed it last (1)", ["Own words"])
    ]


def test_what_one_changed_while_it_was_in_review_waits_for_a_colleague(client, author):
    approver = make_user("approver", GroupName.APPROVERS)
    page = make_testimony("Words", live=False, user=author)
    page.get_workflow().start(page, author)
    page.title = "Other words"
    page.save_revision(user=approver)
    client.force_login(approver)
    client.current_user = approver

    assert [heading for heading, _titles in headings(client)] == [
        "A colleague has to approve: you changed it last (1)"
    ]


def test_an_empty_list_says_where_to_begin(client, author):
    words = [
        client.get(reverse(f"{name}:index")).content.decode()
        for name in ("testimony_pages", "fact_sheet_pages")
    ]

    assert "No testimony yet. Add a hearing under Hearings &amp; events and press" in words[0]
    assert "No fact sheets yet. Press Add fact sheet" in words[1]
    assert [html.count("of 0") for html in words] == [0, 0]


def test_long_lists_are_cut_and_counted(client, author):
    for number in range(8):
        make_testimony(f"Draft {number}", live=False, user=author)

    html = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "Your drafts, not sent for review (8)" in html
    assert "and 2 more" in html


def test_documents_offer_their_pdf_and_other_pages_do_not(client, author):
    page = make_testimony(user=author)
    url = reverse("testimony:draft_pdf", args=[page.pk])

    edit = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    listing = client.get(reverse("testimony_pages:index")).content.decode()
    archive = client.get(
        reverse("wagtailadmin_pages:edit", args=[page.get_parent().pk])
    ).content.decode()

    assert [f'href="{url}"' in html for html in (edit, listing)] == [True, True]
    assert "Print PDF" not in archive
