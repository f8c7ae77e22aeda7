"""The panel of hints on the wording: what it reads, what it keeps, who may ask."""

from __future__ import annotations

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.enums import GroupName
from testimony.domain.wording import dismiss, passages, wording_of, wording_of_point
from testimony.models import DismissedHint, PreferredTerm, TestimonyPage
from tests.builders import make_fact_sheet, make_point, make_testimony, make_user, paragraph

SENTENCE = "We serve the homeless."


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


@pytest.fixture
def term(db) -> PreferredTerm:
    return PreferredTerm.objects.create(avoid="the homeless", prefer="people without a home")


def draft(*texts: str, user=None, **fields) -> TestimonyPage:
    body = [paragraph(f"<p>{text}</p>") for text in texts]
    return make_testimony(body=body, live=False, user=user, **fields)


def found(page: TestimonyPage) -> list[str]:
    return [hint.sentence for hint in wording_of(page).hints]


def post(client, page: TestimonyPage, *texts: str, **answer: str):
    """What the script sends: the whole form, and an answer to a hint."""
    form = {
        "title": page.title,
        "language": page.language,
        "body": streamfield([("paragraph", rich_text(f"<p>{text}</p>")) for text in texts]),
    }
    url = reverse("testimony:wording", args=[page.pk])
    return client.post(url, {**nested_form_data(form), **answer})


def sentences(response) -> list[str]:
    cells = re.findall(r'class="wording__sentence">(.*?)</p>', response.content.decode())
    return [unescape(re.sub(r"<[^>]+>", "", cell)) for cell in cells]


def test_quotations_tables_and_notes_are_not_ours(term):
    page = make_testimony(
        body=[
            paragraph(f"<p>{SENTENCE}</p><blockquote>The homeless, he said.</blockquote>"),
            ("quote", {"text": "I am the homeless.", "attribution": ""}),
            ("preformatted", "the homeless   12"),
        ]
    )

    assert [passage.text for passage in passages(page)] == [SENTENCE]
    assert found(page) == [SENTENCE]


def test_words_of_talking_points_and_of_the_ask_are_read(term):
    point = make_point(text="<p>So it is for the homeless.</p>")
    page = make_fact_sheet(body=[("talking_point", point)], ask=f"<p>{SENTENCE}</p>")

    assert found(page) == [SENTENCE, "So it is for the homeless."]


def test_terms_of_another_language_and_those_not_in_use_are_silent(term):
    spanish = draft(SENTENCE, language="es")
    assert found(spanish) == []

    term.is_active = False
    term.save()
    assert found(draft(SENTENCE, title="Another")) == []


def test_a_dismissed_hint_stays_away_until_its_sentence_changes(term, author):
    page = draft(SENTENCE)
    (hint,) = wording_of(page).hints
    dismiss(page, hint.key, "It is a name", user=author)

    assert found(page) == []
    assert [one.reason for one in wording_of(page).dismissed] == ["It is a name"]

    page.body = [paragraph("<p>We always serve the homeless.</p>")]
    assert found(page) == ["We always serve the homeless."]
    assert wording_of(page).dismissed == ()


def test_a_hint_is_dismissed_once_with_the_newest_reason(term, author):
    page = draft(SENTENCE)
    (hint,) = wording_of(page).hints
    for reason in ("First", "Second"):
        dismiss(page, hint.key, reason, user=author)

    assert [(one.reason, one.user, one.hint) for one in DismissedHint.objects.all()] == [
        ("Second", author, "Say “people without a home” instead of “the homeless”.")
    ]
    assert dismiss(page, "0" * 64, "Of nothing", user=author) is None


def test_the_panel_reads_what_stands_in_the_form(client, author, term):
    page = draft("Nothing to say.", user=author)

    assert sentences(post(client, page, SENTENCE, "And it is so.")) == [SENTENCE]
    assert (
        TestimonyPage.objects.get(pk=page.pk).get_latest_revision_as_object().body[0].value.source
    )
    assert sentences(post(client, page)) == []


def test_a_reason_is_needed(client, author, term):
    page = draft(SENTENCE, user=author)
    (hint,) = wording_of(page).hints
    response = post(client, page, SENTENCE, dismiss=hint.key, reason="  ")

    assert sentences(response) == [SENTENCE]
    assert "Say why the hint does not fit here." in response.content.decode()
    assert DismissedHint.objects.count() == 0


def test_dismissing_and_bringing_back(client, author, term):
    page = draft(SENTENCE, user=author)
    (hint,) = wording_of(page).hints
    dismissed = post(client, page, SENTENCE, dismiss=hint.key, reason="It\0is <b>so</b>")

    assert 'data-wording-count="0"' in dismissed.content.decode()
    assert DismissedHint.objects.get().reason == "It is <b>so</b>"
    assert "“It is &lt;b&gt;so&lt;/b&gt;”" in dismissed.content.decode()

    back = post(client, page, SENTENCE, back=hint.key)
    assert 'data-wording-count="1"' in back.content.decode()
    assert DismissedHint.objects.count() == 0


def test_who_may_not_edit_may_not_ask(client, term, db):
    page = draft(SENTENCE)
    client.force_login(make_user("speaker", GroupName.SPEAKERS))

    assert post(client, page, SENTENCE).status_code in (302, 403)
    assert client.get(reverse("testimony:wording", args=[page.pk])).status_code != 200


def test_other_pages_have_no_wording(client, author):
    assert client.post(reverse("testimony:wording", args=[2])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_hints_cost_the_same_for_one_and_three(term, count, author):
    page = draft(*[f"{number}: we serve the homeless." for number in range(count)])
    for hint in wording_of(page).hints[1:]:
        dismiss(page, hint.key, "So", user=author)
    wording_of(page)
    with CaptureQueriesContext(connection) as queries:
        wording_of(page)

    assert len(queries) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_dismissed_hints_costs_the_same_for_one_and_three(client, author, term, count):
    for number in range(count):
        page = draft(SENTENCE, title=f"Document {number}", user=author)
        (hint,) = wording_of(page).hints
        dismiss(page, hint.key, f"Reason {number}", user=author)
    url = reverse("testimony:dismissed_hints_results")
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)

    assert response.content.decode().count("Reason ") == count
    assert len(queries) == 8


def test_only_approvers_and_administrators_keep_the_terms(client, term, db):
    url = reverse("wagtailsnippets_testimony_preferredterm:edit", args=[term.pk])
    answers = {}
    for group in (GroupName.AUTHORS, GroupName.APPROVERS, GroupName.ADMINISTRATORS):
        client.force_login(make_user(group.value.lower(), group))
        answers[group.value] = client.get(url).status_code

    assert answers == {"Authors": 302, "Approvers": 200, "Administrators": 200}


@pytest.mark.parametrize("avoid", ["…", " - ", "—"])
def test_a_term_without_a_word_is_refused(avoid):
    with pytest.raises(ValidationError) as refused:
        PreferredTerm(avoid=avoid, prefer="x").clean()
    assert refused.value.message_dict == {"avoid": ["Write a word or a few words."]}


@pytest.mark.parametrize("kind", ["testimony", "fact-sheet", "talking-point"])
def test_what_has_no_row_yet_gets_hints_that_cannot_be_dismissed(client, author, term, kind):
    words = rich_text(f"<p>{SENTENCE}</p>", features=["bold"])
    data = nested_form_data(
        {"title": "New", "text": words, "body": streamfield([("paragraph", words)])}
    )
    url = reverse("testimony:wording_new", args=[kind])

    soup = BeautifulSoup(
        client.post(url, {**data, "slug": "new", "language": "en"}).content, "html.parser"
    )

    assert soup.select_one("[data-wording-count]")["data-wording-count"] == "1"
    assert [mark.text for mark in soup.select("mark")] == [term.avoid]
    assert soup.select(".wording__answer") == []


def test_a_hint_on_a_talking_point_is_dismissed_with_a_reason_and_brought_back(
    client, author, term
):
    point = make_point(text=f"<p>{SENTENCE}</p>")
    url = reverse("testimony:wording_point", args=[point.pk])
    form = nested_form_data(
        {"title": point.title, "text": rich_text(point.text, features=["bold"])}
    )
    (hint,) = wording_of_point(point).hints

    asked = client.post(url, form)
    assert (sentences(asked), b"wording__answer" in asked.content) == ([SENTENCE], True)
    dismissed = client.post(url, {**form, "dismiss": hint.key, "reason": "A name"})
    assert b'data-wording-count="0"' in dismissed.content
    assert [(it.holder, it.reason) for it in DismissedHint.objects.all()] == [(point, "A name")]
    listed = client.get(reverse("testimony:dismissed_hints")).content.decode()
    edit = reverse("wagtailsnippets_testimony_talkingpoint:edit", args=[point.pk])
    assert (f'href="{edit}"' in listed, "A name" in listed) == (True, True)
    assert sentences(client.post(url, {**form, "back": hint.key})) == [SENTENCE]


def test_hints_on_a_talking_point_are_for_those_who_may_change_it(client, db):
    client.force_login(make_user("speaker", GroupName.SPEAKERS))
    url = reverse("testimony:wording_point", args=[make_point().pk])

    assert client.post(url, {"title": "x"}).status_code == 302


def test_hints_on_nothing_known_are_not_found(client, author):
    assert client.post(reverse("testimony:wording_new", args=["record"])).status_code == 404


@pytest.mark.parametrize("kind", ["testimony", "talking-point"])
def test_hints_are_for_those_who_write(client, db, kind):
    client.force_login(make_user("speaker", GroupName.SPEAKERS))

    assert client.post(reverse("testimony:wording_new", args=[kind])).status_code == 302
