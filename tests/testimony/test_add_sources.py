"""Adding sources from a reference manager: paste, look, confirm."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.enums import GroupName
from testimony.models import Source
from tests.builders import make_source, make_user

pytestmark = pytest.mark.django_db
TEXT = """@misc{a, title={<b>New</b> survey}, author={Doe, Jane}, year=2020}
@misc{b, title={Known survey}, year=2023}
@misc{c, year=2020}
"""
URL = "/admin/testimony/sources/add/"


@pytest.fixture
def author(client):
    make_source("Known survey")
    user = make_user()
    client.force_login(user)
    return user


def test_the_list_leads_to_it(client, author):
    html = client.get(reverse("wagtailsnippets_testimony_source:list")).content.decode()
    assert f'href="{URL}"' in html
    assert client.get(URL).status_code == 200


def test_what_was_read_is_shown_before_anything_is_added(client, author):
    context = client.post(URL, {"text": TEXT}).context

    assert [
        (row["state"], row["line"], row["label"], row["reason"]) for row in context["rows"]
    ] == [
        ("problem", 3, "c", "It has no title."),
        ("new", 1, "New survey", ""),
        ("known", 2, "Known survey", ""),
    ]
    assert Source.objects.count() == 1


def test_a_file_is_read_instead_of_the_text(client, author):
    file = SimpleUploadedFile("a.bib", TEXT.encode())

    html = client.post(URL, {"text": "ignored", "file": file}).content.decode()

    assert "Read as BibTeX." in html
    assert "New survey" in html


def test_confirming_adds_drafts_and_says_what_was_left_out(client, author):
    response = client.post(URL, {"text": TEXT, "confirm": "1"}, follow=True)

    assert [str(message).strip() for message in response.context["messages"]] == [
        "1 source added as a draft.",
        "1 entry was left out because of a problem.",
    ]
    added = Source.objects.get(title="New survey")
    assert (added.live, added.owner, added.author) == (False, author, "Doe, Jane")


def test_what_was_added_stands_first_in_the_list_that_follows(client, author):
    for known in ("A survey", "Zebra survey"):
        make_source(known).save_revision()
    response = client.post(URL, {"text": TEXT, "confirm": "1"}, follow=True)

    assert next(iter(response.context["object_list"])).title == "New survey"


def test_a_line_of_another_format_is_told(client, author):
    rows = client.post(URL, {"text": f"{TEXT}\nTY  - broken\n"}).context["rows"]

    assert [(row["line"], row["label"]) for row in rows if row["state"] == "problem"] == [
        (3, "c"),
        (5, "TY - broken"),
    ]


def test_a_reason_is_said_once(client, author):
    text = "@misc{a, title={New survey}, url={http://nowhere at all}}"
    (row,) = client.post(URL, {"text": text}).context["rows"]

    assert row["reason"] == "web address: Enter a valid URL."


def test_authors_cannot_publish_by_asking(client, author):
    assert 'name="publish"' not in client.post(URL, {"text": TEXT}).content.decode()
    client.post(URL, {"text": TEXT, "confirm": "1", "publish": "on"})
    assert not Source.objects.get(title="New survey").live


def test_administrators_may_publish_at_once(client, author):
    client.force_login(make_user("adam", GroupName.ADMINISTRATORS))
    assert 'name="publish"' in client.post(URL, {"text": TEXT}).content.decode()
    client.post(URL, {"text": TEXT, "confirm": "1", "publish": "on"})
    assert Source.objects.get(title="New survey").live


def test_confirming_twice_adds_once(client, author):
    for _time in range(2):
        client.post(URL, {"text": TEXT, "confirm": "1"})
    assert Source.objects.filter(title="New survey").count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Paste entries or choose a file."),
        ({"text": "words"}, "This is none of BibTeX, RIS and CSL-JSON."),
        ({"file": b"\x81\x00\xff"}, "The file is not text."),
        ({"file": b"x" * 2_200_000}, "The file is too large. Export fewer entries."),
    ],
)
def test_what_cannot_be_read_is_said(client, author, data, message):
    if "file" in data:
        data = {"file": SimpleUploadedFile("a.ris", data["file"])}
    assert message in client.post(URL, data).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_reading_costs_the_same_for_one_entry_and_three(client, author, count):
    text = "".join(f"@misc{{k{n}, title={{T {n}}}, doi={{10.1/{n}}}}}\n" for n in range(count))
    client.post(URL, {"text": text})

    with CaptureQueriesContext(connection) as queries:
        assert len(client.post(URL, {"text": text}).context["rows"]) == count

    assert len(queries) == 10
