"""The web page of a record: the frozen words, as public as the page they were delivered from."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from events.domain import records
from events.domain.frozen import frozen_document
from events.domain.presentations import add_presentation, confirm, deliver
from events.models import Record
from tests.builders import make_event

ASK = "public, no-cache"
NEVER = "private, no-store"
PAYLOAD = {
    "title": "Paper",
    "language": "en",
    "speaker_role": "Acting officer",
    "salutation": "Chair Rivera:",
    "parts": {"ask": "<p>Vote <b>yes</b>.</p>", "key_figure": "<p>27%</p>"},
    "html": '<p>One in four.<sup class="note-ref"><a href="#note-1" id="note-ref-1">1</a></sup></p>',
    "notes": ["<cite>Bureau</cite>, 2023"],
}


@pytest.fixture
def freeze(confirmed, page, approver, monkeypatch):
    """Delivers the confirmed presentation with this resolved content."""

    def deliver_with(**changes) -> Record:
        payload = {**PAYLOAD, **changes}
        monkeypatch.setattr(records.kind_for(page), "payload", lambda obj: payload)
        return deliver(confirmed, user=approver)[0]

    return deliver_with


def test_the_page_shows_the_frozen_words_exactly(client, freeze):
    record = freeze()
    text = client.get(record.url).text

    assert record.url == f"/records/{record.pk}/{record.pdf_sha256[:12]}/"
    for words in (
        "<title>As delivered: Paper",
        '<span class="state">As delivered</span>',
        "<h1>Paper</h1>",
        "<strong>Ada Okafor</strong>, Acting officer",
        "<dd>Hearing on HB\u00a01147</dd>",
        '<p class="salutation">Chair Rivera:</p>',
        PAYLOAD["html"],
        PAYLOAD["parts"]["ask"],
        PAYLOAD["parts"]["key_figure"],
        '<li id="note-1" value="1"><cite>Bureau</cite>, 2023 <a',
        f'href="{record.pdf_url}">The delivered document as PDF</a>',
        "1 page, 32\xa0bytes",
        record.pdf_sha256,
        f'<a href="{record.page.url}">The living page follows the latest figures</a>',
    ):
        assert words in text


def test_what_is_edited_afterwards_does_not_reach_it(client, freeze, person, hearing, page):
    record = freeze()
    before = client.get(record.url).text
    person.name, hearing.title = "Somebody Else", "Another hearing"
    person.save()
    hearing.save()
    living = page.specific
    living.title = living.introduction = "Other words"
    living.save_revision().publish()

    assert client.get(record.url).text == before


def test_the_date_is_that_of_the_event_s_own_zone(client, confirmed, approver):
    confirmed.event.timezone = "Asia/Tokyo"
    confirmed.event.save()
    evening = dt.datetime(2026, 3, 4, 20, tzinfo=dt.UTC)
    [record] = deliver(confirmed, user=approver, delivered_at=evening)

    assert '<time datetime="2026-03-05">March 5, 2026</time>' in client.get(record.url).text


def test_a_kind_that_froze_text_only_shows_its_text(client, record):
    assert "<p>As written.</p>" in client.get(record.url).text


def test_text_is_escaped_where_html_is_not(client, freeze):
    record = freeze(salutation="Chair <Rivera>", html="")

    assert "Chair &lt;Rivera&gt;" in client.get(record.url).text


def test_the_language_and_direction_are_those_of_the_document(client, freeze):
    assert (
        '<html lang="ar" dir="rtl" class="pair-public">'
        in client.get(freeze(language="ar").url).text
    )


def test_parts_stand_in_reading_order_whatever_the_database_makes_of_it():
    parts = {"ask": "2", "zebra": "4", "key_figure": "1", "map": "3"}
    document = frozen_document(Record(payload={"parts": parts}))

    assert [text for name, text in document.parts] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("html", "expected"), [("<p>Words</p>", False), ('<img src="/x.png" alt="">', True)]
)
def test_the_page_owns_up_to_pictures_that_are_not_frozen(client, freeze, html, expected):
    text = client.get(freeze(html=html).url).text

    assert ("Pictures stand here as long as the site shows them." in text) == expected


def test_every_cache_has_to_ask_each_time(client, record):
    response = client.get(record.url)
    again = client.get(record.url, headers={"If-None-Match": response["ETag"]})

    assert (response["Cache-Control"], again.status_code, again.content) == (ASK, 304, b"")
    assert "Cookie" not in response.get("Vary", "")
    assert response.cookies == {}


def test_somebody_signed_in_gets_a_copy_of_their_own(client, record, author):
    client.force_login(author)

    assert client.get(record.url)["Cache-Control"] == "private, no-cache"


def hide(page, how: str) -> None:
    if how == "unpublished":
        page.specific.unpublish()
    elif how == "expired":
        type(page).objects.filter(pk=page.pk).update(
            expire_at=timezone.now() - dt.timedelta(minutes=1)
        )
    else:
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")


@pytest.mark.parametrize("how", ["unpublished", "expired", "under a private page"])
def test_a_page_that_is_not_public_hides_it(client, record, page, how):
    etag = client.get(record.url)["ETag"]
    hide(page, how)

    assert client.get(record.url).status_code == 404
    assert client.get(record.url, headers={"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("role", ["author", "approver", "administrator", "speaker_user"])
def test_staff_and_the_speaker_read_it_all_the_same(request, client, record, page, role):
    hide(page, "unpublished")
    client.force_login(request.getfixturevalue(role))
    response = client.get(record.url)

    assert (response.status_code, response["Cache-Control"]) == (200, NEVER)
    assert "The living page" not in response.text


def test_another_speaker_does_not(client, record, page, speaker_user, person):
    person.user = None
    person.save()
    hide(page, "unpublished")
    client.force_login(speaker_user)

    assert client.get(record.url).status_code == 404


def test_other_addresses_are_not_found_and_nothing_can_be_sent(client, record):
    wrong_digest = f"/records/{record.pk}/{'0' * 12}/"
    wrong_record = f"/records/999999/{record.pdf_sha256[:12]}/"

    assert [client.get(url).status_code for url in (wrong_digest, wrong_record)] == [404, 404]
    assert client.post(record.url).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_often_the_page_was_delivered(
    client, record, page, person, approver, count, django_assert_num_queries
):
    for _number in range(count):
        added = add_presentation(make_event(), person, user=approver, pages=[page])
        deliver(confirm(added, user=approver), user=approver)
    client.get(record.url)
    with django_assert_num_queries(6):
        client.get(record.url)
