"""Owner and day to review by: what is stale, who is told, and saying that it is still right."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.enums import GroupName
from testimony.columns import freshness_words
from testimony.domain.care import next_review, still_right
from testimony.models import LibraryEntry, RecentPick, Statistic, TalkingPoint
from tests.builders import make_point, make_source, make_statistic, make_testimony, make_user

TODAY = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def today(monkeypatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def author(client, db):
    user = make_user("author")
    client.force_login(user)
    return user


def in_days(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def test_an_item_is_stale_from_the_day_after_its_day(db):
    for days in (-1, 0, 30, 31):
        make_point(f"In {days}", review_by=in_days(days))
    make_point("Never")

    def titles(items) -> list[str]:
        return sorted(items.values_list("title", flat=True))

    assert titles(TalkingPoint.objects.stale()) == ["In -1"]
    assert titles(TalkingPoint.objects.due_soon()) == ["In 0", "In 30"]
    states = {point.title: point.freshness for point in TalkingPoint.objects.all()}
    assert states == {
        "In -1": "stale",
        "In 0": "due",
        "In 30": "due",
        "In 31": "fresh",
        "Never": "",
    }


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 11, 3), "Stale since 3 Nov"),
        (dt.date(2025, 11, 3), "Stale since 3 Nov 2025"),
        (dt.date(2026, 12, 12), "Review by 12 Dec"),
        (dt.date(2027, 6, 1), ""),
        (None, ""),
    ],
)
def test_what_the_badge_says(day, words):
    assert freshness_words(day) == words


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-11-22", "2027-05-22"), ("2026-08-31", "2027-02-28"), ("2027-08-31", "2028-02-29")],
)
def test_six_months_later(day, later):
    assert next_review(dt.date.fromisoformat(day)).isoformat() == later


def test_still_right_moves_the_day_in_the_row_and_in_what_will_be_edited(author):
    point = make_point("Leave", review_by=in_days(-5), owner=author)
    point.save_revision().publish()
    point.refresh_from_db()
    point.title = "Leave, newer draft"
    point.save_revision()
    published = TalkingPoint.objects.get(pk=point.pk)

    assert still_right(published, user=author) == dt.date(2027, 5, 22)

    stored = TalkingPoint.objects.get(pk=point.pk)
    draft = stored.get_latest_revision_as_object()
    entry = LibraryEntry.objects.get(item_id=point.pk, kind="message")
    days = {stored.review_by, draft.review_by, stored.live_revision.as_object().review_by}
    assert days | {entry.review_by} == {dt.date(2027, 5, 22)}
    assert (stored.title, draft.title, stored.revisions.count()) == (
        "Leave",
        "Leave, newer draft",
        2,
    )
    log = ModelLogEntry.objects.get(action="testimony.still_right")
    assert (log.user, log.data, log.message) == (
        author,
        {"review_by": "2027-05-22"},
        "Looked at and still right; to be looked at again by May 22, 2027",
    )


def test_one_click_says_that_it_is_still_right(client, author):
    statistic = make_statistic(review_by=in_days(-5), owner=author)
    url = reverse("testimony:still_right", args=["statistic", statistic.pk])

    assert client.get(url).status_code == 405
    assert client.post(url, {"next": "//elsewhere.example/"}).url == reverse("wagtailadmin_home")
    assert Statistic.objects.get().review_by == dt.date(2027, 5, 22)
    assert client.post(reverse("testimony:still_right", args=["user", 1])).status_code == 404


def test_who_may_not_change_it_cannot_vouch_for_it(client, db):
    statistic = make_statistic(review_by=in_days(-5))
    client.force_login(make_user("speaker", GroupName.SPEAKERS))
    client.post(reverse("testimony:still_right", args=["statistic", statistic.pk]))

    assert Statistic.objects.get().review_by == in_days(-5)


@pytest.mark.parametrize("count", [1, 3])
def test_the_home_page_names_what_its_owner_has_to_review(client, author, count):
    for number in range(count):
        make_point(f"Point {number}", review_by=in_days(number - 9), owner=author)
    make_point("Fresh", review_by=in_days(90), owner=author)
    make_point("Of somebody else", review_by=in_days(-9), owner=make_user("other"))
    client.get(reverse("wagtailadmin_home"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("wagtailadmin_home")).content.decode()

    panel = page.partition('id="needs-review-section"')[2].partition("</table>")[0]
    assert [f"Point {number}" in panel for number in range(count)] == [True] * count
    assert ("Fresh</a>" in panel, "somebody else" in panel) == (False, False)
    assert panel.count("Stale since") == count
    asked = [query["sql"] for query in queries if "testimony_libraryentry" in query["sql"]]
    assert len(asked) == 2


def test_lists_and_choosers_carry_the_badge(client, author):
    make_point("Leave", review_by=dt.date(2026, 11, 3))
    make_statistic(review_by=dt.date(2026, 11, 3))
    make_source("Old survey", review_by=dt.date(2026, 11, 3))
    addresses = [
        f"wagtailsnippet{kind}_testimony_{model}:{page}"
        for model in ("talkingpoint", "statistic", "source")
        for kind, page in (("s", "list"), ("choosers", "choose_results"))
    ]
    counts = [
        client.get(reverse(name)).content.decode().count("Stale since 3 Nov") for name in addresses
    ]

    assert counts == [1] * 6


def chosen(client, item, **query) -> dict:
    name = f"wagtailsnippetchoosers_testimony_{item._meta.model_name}:chosen"
    return json.loads(client.get(reverse(name, args=[item.pk]), query).content)


def test_a_stale_item_asks_first(client, author):
    stale = make_point("Old news", review_by=in_days(-1), owner=author)
    asked = chosen(client, stale)

    assert (asked["step"], "Use it anyway" in asked["html"], "Old news" in asked["html"]) == (
        "choose",
        True,
        True,
    )
    assert RecentPick.objects.count() == 0
    assert chosen(client, stale, confirmed="1")["step"] == "chosen"
    assert chosen(client, make_point("Fresh news"))["step"] == "chosen"


def test_the_last_eight_picks_of_a_person_are_kept(client, author):
    points = [make_point(f"Point {number}") for number in range(10)]
    for point in points:
        chosen(client, point)
    chosen(client, points[4])
    chosen(client, make_statistic())
    picks = RecentPick.objects.of(author, TalkingPoint).values_list("item_id", flat=True)

    newest_first = [points[number].pk for number in (4, 9, 8, 7, 6, 5, 3, 2)]
    assert list(picks) == newest_first
    other = make_user("other")
    assert list(RecentPick.objects.of(other, TalkingPoint)) == []


def test_recent_picks_stand_first_until_something_is_searched(client, author):
    for number in range(3):
        make_point(f"Point {number}")
    last = TalkingPoint.objects.get(title="Point 2")
    chosen(client, last)
    url = reverse("wagtailsnippetchoosers_testimony_talkingpoint:choose_results")
    whole, searched = (client.get(url, query).content.decode() for query in ({}, {"q": "Point"}))

    assert ("Recently used" in whole, "Recently used" in searched) == (True, False)
    recent = whole.partition("Recently used")[2].partition("The whole library")[0]
    assert [f"Point {number}" in recent for number in range(3)] == [False, False, True]
    TalkingPoint.objects.filter(pk=last.pk).update(live=False)
    assert "Recently used" not in client.get(url).content.decode()


def test_the_editor_of_a_stale_item_says_so(client, author):
    stale = make_point("Old news", review_by=dt.date(2026, 11, 3))
    fresh = make_point("Fresh news", review_by=in_days(90))
    counts = [
        client.get(reverse("wagtailsnippets_testimony_talkingpoint:edit", args=[item.pk]))
        .content.decode()
        .count("Still right: review again in 6 months")
        for item in (stale, fresh)
    ]

    assert counts == [1, 0]


def test_documents_are_never_stale(author):
    make_testimony(user=author)

    assert [entry.review_by for entry in LibraryEntry.objects.filter(kind="testimony")] == [None]
