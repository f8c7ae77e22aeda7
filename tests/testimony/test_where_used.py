"""Where an item is used, as its screens say it: counts, titles, and a cost that does not grow."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.enums import GroupName
from cms.models import User
from testimony.benchmark import copies
from testimony.domain.pinning import settle as pin_for
from testimony.domain.refreshing import job_of
from testimony.domain.where_used import Counts, count_uses, describe
from testimony.enums import ReferenceMode, UseState
from testimony.models import Use
from testimony.views.where_used import UsesBox, uses_of
from tests.builders import (
    embed,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
)

pytestmark = pytest.mark.django_db

BOX = 7  # what the box adds to Wagtail's own edit page; the figure to keep is 15
SCREENS = {"edit": 49, "usage": 16}


@pytest.fixture
def author(client):
    user = make_user("author")
    client.force_login(user)
    return user


@pytest.fixture
def approver():
    return make_user("approver", GroupName.APPROVERS)


def screen(item, view: str) -> str:
    return reverse(item.snippet_viewset.get_url_name(view), args=[item.pk])


def used(count: int):
    """A point with a revision, in `count` published documents, a draft and a record's place."""
    point = make_point()
    point.save_revision().publish()
    point.refresh_from_db()
    page = make_testimony("Page", body=[("talking_point", point)])
    if count > 1:
        copies(page, count - 1)
    make_testimony("Draft", body=[("talking_point", point)], live=False)
    return point


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("count", [1, 3, 5_000])
def test_screens_cost_the_same_however_often_an_item_is_used(client, author, count):
    point = used(count)
    with CaptureQueriesContext(connection) as ours:
        uses_of(point, author)
        job_of(point)

    assert len(ours) == BOX
    assert {view: queries_of(client, screen(point, view)) for view in SCREENS} == SCREENS


def test_the_list_shows_fifty_at_a_time_and_narrows_by_group(client, author):
    point = used(120)
    pages = [client.get(screen(point, "usage"), {"p": number}) for number in (1, 2, 3)]

    assert [page.text.count('class="title"') for page in pages] == [50, 50, 21]
    drafts = client.get(screen(point, "usage"), {"state": "draft"})
    assert drafts.text.count('class="title"') == 1
    assert client.get(screen(point, "usage"), {"state": "nonsense"}).status_code == 200


def test_counts_equal_a_query(author):
    point = used(7)
    pin = pin_for(point, ReferenceMode.PINNED, None)
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": pin}
    make_testimony("Pinned", body=[("talking_point", pinned)])

    counts = count_uses(point)
    assert counts == Counts(living=8, draft=1, pinned=1, living_reached=7, draft_reached=1)
    for state in UseState:
        rows = Use.objects.of(point).filter(state=state)
        assert rows.count() == counts.of(state)


def test_what_is_pinned_behind_the_library_is_marked(author):
    statistic = make_statistic(source=make_source("Survey"))
    statistic.save_revision().publish()
    point = make_point("Point", text=f"<p>{embed(statistic)}</p>")
    point.save_revision().publish()
    point.refresh_from_db()
    pin = pin_for(point, ReferenceMode.PINNED, None)
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": pin}
    make_testimony("Pinned", body=[("talking_point", pinned)])

    def ways(item) -> list[str]:
        uses = Use.objects.of(item).in_pages()
        return [use.how for use in describe(list(uses), author)]

    assert (ways(point), ways(statistic)) == (["pinned"], ["through “Point”, pinned"])
    statistic.value = 31
    statistic.save_revision().publish()
    point.text = f"<p>Only {embed(statistic)}</p>"
    point.save_revision().publish()
    behind = "pinned, the library has changed since"
    assert (ways(point), ways(statistic)) == ([behind], [f"through “Point”, {behind}"])


def test_the_box_says_it_in_plain_words(client, author):
    point = used(3)

    html = client.get(screen(point, "edit")).text
    for words in (
        "Used in 3 published documents, 1 draft, 0 filed and 0 delivered.",
        "A change you publish reaches 3 published documents and 1 draft at once.",
    ):
        assert words in html, words


def test_the_words_of_every_combination():
    box = UsesBox(Counts(3, 2, 0, 1, parts=2, pinned=1, living_reached=2, draft_reached=2), [], "/")

    assert [box.used_in, *box.consequences, box.gap] == [
        "Used in 3 published documents, 2 drafts, 0 filed and 1 delivered.",
        "A change you publish reaches 2 published documents and 2 drafts at once.",
        "1 is pinned and keeps its wording.",
        "Filed and delivered copies stay as they are.",
        "3 published documents will show a gap where it stands.",
    ]
    unused = UsesBox(Counts(), [], "/")
    assert (unused.used_in, unused.consequences, unused.gap) == (
        "Not used anywhere yet.",
        [],
        "No published document shows it.",
    )
    assert UsesBox(Counts(parts=1), [], "/").used_in == "Used in no document yet."


def test_a_figure_names_the_point_it_is_shown_through(client, author):
    statistic = make_statistic(source=make_source("Survey"))
    point = make_point("Point", text=f"<p>{embed(statistic)}</p>")
    make_testimony("Page", body=[("talking_point", point)])

    html = client.get(screen(statistic, "usage")).text
    assert "through “Point”" in html
    assert f'href="{screen(point, "edit")}"' in html


def test_documents_and_other_items_of_the_library_are_told_apart(client, author):
    statistic = make_statistic(source=make_source("Survey"))
    point = make_point("Point", text=f"<p>{embed(statistic)}</p>")
    for number in range(5):
        make_testimony(f"Page {number}", body=[("statistic", statistic)])
    point.text = f"<p>Only {embed(statistic)}</p>"
    point.save_revision()  # shows it in public and in the newer draft: one item

    box = uses_of(statistic, author)
    assert box.used_in == "Used in 5 published documents, 0 drafts, 0 filed and 0 delivered."
    assert [(group.label, [use.title for use in group.uses]) for group in box.groups] == [
        ("Published", ["Page 4", "Page 3", "Page 2"]),
        ("Also shown by 1 other item of the library", ["Point"]),
    ]
    assert box.more == 2
    line = f'and 2 more, <a href="{box.url}">see all</a>'
    assert client.get(screen(statistic, "edit")).text.count(line) == 1
    sizes = {
        state: client.get(box.url, {"state": state}).text.count('class="title"')
        for state in ("", "living", "draft", "parts")
    }
    assert sizes == {"": 6, "living": 5, "draft": 0, "parts": 1}


def test_the_whole_list_says_how_each_use_came_about(client, author):
    statistic = make_statistic(source=make_source("Survey"))
    point = make_point("Point", text=f"<p>{embed(statistic)}</p>")
    point.save_revision().publish()
    point.refresh_from_db()
    pin = pin_for(point, ReferenceMode.PINNED, None)
    make_testimony("Follows", body=[("talking_point", point)])
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": pin}
    make_testimony("Pinned", body=[("talking_point", pinned)])

    def ways(item) -> list[str]:
        table = client.get(screen(item, "usage")).context["table"]
        (how,) = [column for column in table.columns.values() if column.name == "how"]
        return sorted(how.get_value(use) for use in table.data)

    assert ways(point) == ["directly", "directly, pinned"]
    assert ways(statistic) == ["directly", "through “Point”", "through “Point”, pinned"]


def test_titles_are_shown_to_those_who_may_see_them(author):
    point = used(1)
    outsider = User.objects.create_user("outsider", "o@test.example", "a-long-test-password")
    titles = {
        user: sorted(use.title for group in uses_of(point, user).groups for use in group.uses)
        for user in (author, outsider)
    }

    assert titles == {
        author: ["Draft", "Page"],
        outsider: ["(a document you may not see)", "Page"],
    }


def test_those_who_only_keep_the_library_see_no_titles_of_drafts(client, approver):
    point = used(1)
    keeper = make_user("keeper", GroupName.SPEAKERS)
    group = Group.objects.create(name="Keepers")
    group.permissions.set(
        Permission.objects.filter(content_type__app_label="testimony", codename__endswith="point")
    )
    keeper.groups.set([group, Group.objects.get(name=GroupName.SPEAKERS)])
    client.force_login(keeper)

    html = client.get(screen(point, "usage")).text
    assert "(a document you may not see)" in html
    assert "Draft<" not in html
