"""Message maps on the screens of staff and on paper."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.enums import GroupName
from cms.models import Issue
from cms.pdf.registry import kind_for
from testimony.models import MessageMap
from tests.builders import (
    make_map,
    make_message,
    make_point,
    make_statistic,
    make_user,
)
from tests.testimony.maps import full_map, own_url, soup_of
from tests.testimony.printed import Printed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("maps", [1, 3])
def test_the_list_asks_as_often_for_any_number_of_maps(client, author, maps):
    for number in range(maps):
        issue = Issue.objects.create(name=f"Issue {number}")
        make_map(issue, make_message(proofs=[make_statistic()]), make_message(), owner=author)
    url = own_url("list")
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)

    assert [row.hollow_count for row in response.context["object_list"]] == [1] * maps
    assert len(queries) == 16


def test_the_list_says_how_many_messages_have_no_proof(client, author, issue):
    make_map(issue, make_message(), make_message(proofs=[make_statistic()]))
    rows = client.get(own_url("list")).context["object_list"]

    assert [row.hollow_count for row in rows] == [1]


def test_the_page_shows_hollow_messages_as_such_in_words(client, author, issue):
    message_map = make_map(
        issue,
        make_message("Proved", points=[make_point("Carried by")], proofs=[make_statistic()]),
        make_message("Bare", released=False),
        narrative="<p>The roof.</p>",
    )
    soup = soup_of(client.get(own_url("map", message_map.pk)))

    assert [item["class"] for item in soup.select(".pillar")] == [
        ["pillar"],
        ["pillar", "pillar--hollow"],
    ]
    assert [item.get_text() for item in soup.select(".pillar__state")] == [
        "May be released",
        "No proof yet",
    ]
    assert soup.select_one(".house__narrative").get_text() == "The roof."


@pytest.mark.parametrize("messages", [1, 3])
def test_the_page_asks_as_often_for_any_number_of_messages(client, author, issue, messages):
    made = [make_message(f"M{n}", proofs=[make_statistic()]) for n in range(messages)]
    url = own_url("map", make_map(issue, *made).pk)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)

    assert len(queries) == 16


def test_an_issue_leads_to_its_map_or_to_the_form_for_one(client, author, issue):
    begun = client.get(own_url("of_issue", issue.pk))
    form = client.get(begun.url).context["form"]
    message_map = make_map(issue)

    assert begun.url == f"{own_url('add')}?issue={issue.pk}"
    assert (form.instance.issue, form.instance.owner) == (issue, author)
    assert client.get(own_url("of_issue", issue.pk)).url == own_url("map", message_map.pk)


@pytest.mark.parametrize("name", ["map", "pdf"])
def test_speakers_see_no_maps(client, issue, name):
    message_map = make_map(issue)
    client.force_login(make_user("speaker", GroupName.SPEAKERS))

    assert client.get(own_url(name, message_map.pk)).status_code == 302


@pytest.mark.parametrize("group", [GroupName.AUTHORS, GroupName.APPROVERS])
def test_authors_and_approvers_write_maps_and_do_not_publish_alone(issue, group):
    user = make_user("worker", group)
    names = ["add", "change", "view", "publish", "delete"]

    held = [name for name in names if user.has_perm(f"testimony.{name}_messagemap")]
    assert held == ["add", "change", "view"]
    assert make_map(issue).get_workflow().name == "Review"


def test_a_printed_map_holds_every_word_and_its_marks(issue):
    message_map = full_map(issue)
    printed = Printed(message_map)
    said = kind_for(MessageMap).text(message_map)

    assert printed.warnings == ()
    missing = [word for word in said.split() if word not in printed.text]
    assert missing == []
    assert printed.bookmarks == [
        issue.name,
        "Narrative",
        "Most have none",
        "Supporting points",
        "Proofs",
        "Bare claim",
        "Third",
        "Proofs",
        "Audience note",
        "Sources and notes",
    ]
    assert "DRAFT" not in printed.text
    box = printed.file.pages[0].mediabox
    assert (float(box[2]), float(box[3])) == (792.0, 612.0)
    assert printed.metadata == {"dc:title": f"Message map: {issue.name}", "pdfuaid:part": "1"}
    assert (len(printed.tagged("H1")), len(printed.tagged("Table"))) == (1, 0)


@pytest.mark.parametrize("words", [40, 400])
def test_a_long_map_loses_no_word_on_paper(issue, words):
    def many(stem: str) -> str:
        return " ".join(f"{stem}{number}" for number in range(words))

    points = [make_point(f"p{n} {many(f'w{n}x')}"[:250]) for n in range(12)]
    proofs = [make_statistic(f"s{n} {many(f'v{n}x')}"[:250]) for n in range(12)]
    message_map = make_map(
        issue,
        *(make_message(f"M{n}", points=points, proofs=proofs) for n in range(5)),
        narrative=f"<p>{many('roof')}</p>",
        audience_note=many("note"),
    )
    printed = Printed(message_map)
    said = kind_for(MessageMap).text(message_map).split()

    assert [word for word in set(said) if word not in printed.text] == []
    assert printed.warnings == ()


def test_a_map_that_is_not_published_is_printed_as_a_draft(issue):
    message_map = full_map(issue, live=False)
    document = kind_for(MessageMap).document(message_map)

    assert (document.draft, document.filename) == (True, "DRAFT-message-map-paid-leave.pdf")
    assert "Draft" in Printed(message_map).text


def test_staff_read_the_print_of_the_newest_version(client, author, issue):
    message_map = full_map(issue)
    response = client.get(own_url("pdf", message_map.pk))
    for close in response._resource_closers:  # response.close() would close the connection as well
        close()

    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == ("private, no-cache, max-age=0, no-store, must-revalidate")
    assert response["Content-Disposition"] == 'inline; filename="message-map-paid-leave.pdf"'
