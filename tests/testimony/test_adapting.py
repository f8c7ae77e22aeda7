"""The screens of adapted versions: the question, the badge, the box, the comparison and its buttons."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.enums import GroupName
from testimony.domain.adaptation import changes
from testimony.domain.adapting import derive
from testimony.models import Derivation, TestimonyPage
from tests.builders import make_fact_sheet, make_point, make_statistic, make_testimony, make_user
from tests.testimony.test_adaptation import FOR, body, fresh, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    user = make_user("author")
    client.force_login(user)
    return user


@pytest.fixture
def original(author):
    body = [("preformatted", words) for words in ("One", "Two", "Three")]
    return make_testimony("On leave", body, user=author, owner=author)


@pytest.fixture
def version(original, author):
    return fresh(derive(original, **FOR, user=author))


@pytest.fixture
def behind(original, version):
    """The version has words of its own in the first of two blocks that the original changed."""
    rewrite(version, publish=False, texts={0: "Ours"})
    rewrite(original, texts={0: "Won", 1: "Too"})
    return Derivation.objects.get()


def adapt_url(item) -> str:
    return reverse("testimony:adapt", args=[item._meta.model_name, item.pk])


def edit_url(item) -> str:
    if isinstance(item, TestimonyPage):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    return reverse(item.snippet_viewset.get_url_name("edit"), args=[item.pk])


def answer(client, derivation, **data):
    seen = client.get(derivation.url).context["seen"]
    return client.post(derivation.url, {"seen": seen, **data}, follow=True)


def said(response) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


def test_one_question_and_the_draft_opens(client, author, original):
    question = client.get(adapt_url(original))
    assert [field.name for field in question.context["form"]] == ["kind", "for_whom"]
    response = client.post(adapt_url(original), {"kind": "local", "for_whom": "  Harbor  "})

    version = TestimonyPage.objects.get(title="On leave — for Harbor")
    assert response.url == edit_url(version)


def test_points_and_fact_sheets_are_adapted_in_the_same_way(client, author):
    for item in (make_point("Leave pays"), make_fact_sheet("Who has leave")):
        client.post(adapt_url(item), {"kind": "shorter", "for_whom": ""})

    assert sorted(str(row.child) for row in Derivation.objects.all()) == [
        "Leave pays — shorter version",
        "Who has leave — shorter version",
    ]


@pytest.mark.parametrize("data", [{"kind": "local", "for_whom": " "}, {"kind": "own"}, {}])
def test_an_incomplete_answer_is_asked_again(client, author, original, data):
    response = client.post(adapt_url(original), data)

    assert (response.status_code, Derivation.objects.count()) == (200, 0)
    assert response.context["form"].is_valid() is False


def test_speakers_and_other_things_are_refused(client, author, original):
    statistic = make_statistic()
    assert client.get(f"/admin/testimony/adapt/statistic/{statistic.pk}/").status_code == 404
    assert client.get("/admin/testimony/adapt/talkingpoint/999/").status_code == 404

    client.force_login(make_user("speaker", GroupName.SPEAKERS))
    assert client.post(adapt_url(original), FOR).status_code == 302
    assert Derivation.objects.count() == 0


def test_lists_and_editors_offer_it_to_who_may_add(client, author, original):
    point = make_point()
    for address, item in (
        ("/admin/testimony/", original),
        (edit_url(original), original),
        (reverse(point.snippet_viewset.get_url_name("list")), point),
        (edit_url(point), point),
    ):
        assert client.get(address).text.count(f'href="{adapt_url(item)}"') == 1, address


def test_a_version_that_is_behind_says_so_where_its_owner_looks(client, author, original, behind):
    link = f'href="{behind.url}"'
    for address, count in (
        ("/admin/testimony/", 1),
        (edit_url(behind.child), 1),
        (reverse("wagtailadmin_home"), 1),
        (edit_url(original), 1),
    ):
        assert client.get(address).text.count(link) == count, address
    assert (
        "Adapted versions: 1 (1 without the latest change)" in client.get(edit_url(original)).text
    )

    client.force_login(make_user("ann"))
    assert client.get(reverse("wagtailadmin_home")).text.count(link) == 0


def test_a_point_that_is_behind_has_its_badge_in_the_list(client, author):
    point = make_point("Leave pays", "<p>It pays.</p>")
    derive(point, **FOR, user=author)
    point.text = "<p>It pays off.</p>"
    point.save_revision().publish()

    listed = client.get(reverse(point.snippet_viewset.get_url_name("list"))).text
    assert listed.count(f'href="{Derivation.objects.get().url}"') == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("make", "name", "queries"),
    [
        (make_testimony, "testimony_pages:index", 30),
        (make_fact_sheet, "fact_sheet_pages:index", 22),
        (make_point, "wagtailsnippets_testimony_talkingpoint:list", 14),
        (make_testimony, "wagtailadmin_home", 32),
    ],
)
def test_badges_cost_the_same_for_one_version_and_three(
    client, author, make, name, queries, count, django_assert_num_queries
):
    for number in range(count):
        derive(make(f"Original {number}"), kind="shorter", for_whom="", user=author)
    Derivation.objects.update(behind_since="2026-03-04T12:00Z")
    client.get(reverse(name))  # content types and site are read once for each process
    with django_assert_num_queries(queries):
        html = client.get(reverse(name)).text

    assert html.count("/admin/testimony/adapted/") == count


def test_the_comparison_shows_the_original_before_and_now_and_the_version(client, behind):
    rows = client.get(behind.url).context["changes"]

    assert [(row.label, str(row.before), str(row.after), row.own) for row in rows] == [
        (
            "Fixed-width text",
            '<span class="deletion">One</span>',
            '<span class="addition">Won</span>',
            "Ours",
        ),
        (
            "Fixed-width text",
            '<span class="deletion">Two</span>',
            '<span class="addition">Too</span>',
            "Two",
        ),
    ]
    assert [row.change.is_clean for row in rows] == [False, True]


def test_fields_and_blocks_that_come_and_go_are_named(client, original, version):
    draft = fresh(original)
    block = {"type": "preformatted", "value": "New", "id": "6f8f9d3a-0000-4000-8000-000000000001"}
    stored = [*draft.body.get_prep_value()[:2], block]
    rewrite(original, position="oppose", body=draft.body.stream_block.to_python(stored))
    rows = client.get(Derivation.objects.get().url).context["changes"]

    assert [(row.label, str(row.after), row.note) for row in rows] == [
        ("Position", '<span class="addition">Oppose</span>', ""),
        ("Fixed-width text", "", "No longer in the original."),
        ("Fixed-width text", '<span class="addition">New</span>', "New in the original."),
    ]


def test_taking_what_is_clean_leaves_ones_own_words(client, behind):
    response = answer(client, behind, take_all="1")

    assert said(response) == ["Taken into a new draft of this version."]
    assert body(behind.child) == ["Ours", "Too", "Three"]
    assert [change.is_clean for change in changes(fresh(behind.child))] == [False]


def test_the_last_answer_leads_to_the_editor(client, behind):
    own = changes(behind.child)[0].path
    answer(client, behind, take_all="1")
    response = answer(client, behind, keep=own)

    assert response.redirect_chain == [(edit_url(behind.child), 302)]
    assert (body(behind.child)[0], Derivation.objects.behind().count()) == ("Ours", 0)


def test_declining_all_asks_why(client, behind):
    assert said(answer(client, behind, seen_all="1", reason=" ")) == [
        "Say why this version stays as it is."
    ]
    assert Derivation.objects.behind().count() == 1
    answer(client, behind, seen_all="1", reason="Not here.")

    assert Derivation.objects.behind().count() == 0
    history = client.get(reverse("wagtailadmin_pages:history", args=[behind.child_id])).text
    assert "Not here." in history


def test_an_answer_to_an_older_comparison_is_refused(client, original, behind):
    seen = client.get(behind.url).context["seen"]
    rewrite(original, texts={1: "Also"})
    response = client.post(behind.url, {"seen": seen, "take_all": "1"}, follow=True)

    assert said(response) == [
        "The original or this version has changed meanwhile. Look at it once more."
    ]
    assert body(behind.child) == ["Ours", "Two", "Three"]


def test_strange_answers_change_nothing(client, behind):
    for data in ({}, {"take": "body.nonsense"}, {"take": "../x"}, {"keep": ""}):
        answer(client, behind, **data)

    assert body(behind.child) == ["Ours", "Two", "Three"]
    assert Derivation.objects.behind().count() == 1


def test_only_who_may_edit_the_version_sees_the_comparison(client, behind):
    client.force_login(make_user("speaker", GroupName.SPEAKERS))

    assert client.get(behind.url).status_code == 302
    client.logout()
    assert client.get(behind.url).status_code == 302


def test_the_comparison_never_shows_a_draft_of_the_original(client, original, behind):
    rewrite(original, publish=False, texts={1: "Secretdraft"})

    assert "Secretdraft" not in client.get(behind.url).text


def test_deleting_an_original_says_what_becomes_of_its_versions(client, author, original, version):
    client.force_login(make_user("chief", GroupName.ADMINISTRATORS))
    point = make_point("Leave pays")
    derive(point, **FOR, user=author)
    words = "1 version was adapted from it. It stays, and says that its original was deleted."
    delete = reverse("wagtailadmin_pages:delete", args=[original.pk])
    assert words in client.get(delete).text
    delete_point = reverse(point.snippet_viewset.get_url_name("delete"), args=[point.pk])
    assert words in client.get(delete_point).text

    client.post(delete)
    assert TestimonyPage.objects.get() == version
    assert "The original was deleted." in client.get(edit_url(version)).text
    assert client.get(Derivation.objects.of_child(version).get().url).status_code == 200
