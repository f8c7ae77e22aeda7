"""Publishing a shared change asks the owner of each document that it reaches to look."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.enums import GroupName
from testimony.domain import ripples
from testimony.domain.differences import differences, places
from testimony.domain.pinning import settle as pin_for
from testimony.enums import ReferenceMode, RippleState
from testimony.models import RippleReview
from testimony.views.ripples import ChangedUnderYouPanel
from tests.builders import (
    embed,
    make_fact_sheet,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def approver():
    return make_user("approver", GroupName.APPROVERS)


@pytest.fixture
def point():
    point = make_point(text="<p>One in four.</p>")
    publish(point)
    point.refresh_from_db()
    return point


@pytest.fixture
def page(point, author):
    return make_testimony("Page", body=[("talking_point", point)], user=author, owner=author)


def change(item, **values) -> None:
    for name, value in values.items():
        setattr(item, name, value)
    publish(item)
    item.refresh_from_db()


def open_on() -> list[str]:
    return sorted(str(review.page) for review in RippleReview.objects.open())


def test_a_shared_change_opens_one_review_for_each_published_document(point, page, author):
    make_testimony("Second", body=[("talking_point", point)], owner=None)
    make_testimony("Draft", body=[("talking_point", point)], live=False)
    make_testimony("Other", body=[paragraph("<p>Else</p>")])
    before = point.live_revision
    change(point, text="<p>One in three.</p>")

    reviews = RippleReview.objects.order_by("pk")
    assert [(r.page.title, r.assignee, r.before, r.after) for r in reviews] == [
        ("Page", author, before, point.live_revision),
        ("Second", None, before, point.live_revision),
    ]
    (entry,) = ModelLogEntry.objects.filter(action=ripples.OPENED)
    assert entry.data == {"count": 2}


@pytest.mark.parametrize(
    "values",
    [{"text": "<p>One in four.</p>"}, {"review_by": "2027-01-01"}, {"audience": "press"}],
)
def test_what_readers_do_not_see_opens_none(point, page, values):
    change(point, **values)

    assert open_on() == []


def test_a_new_owner_opens_none(point, page, approver):
    change(point, owner=approver)

    assert open_on() == []


def test_first_publication_and_drafts_open_none(author):
    point = make_point(text="<p>New.</p>", live=False)
    page = make_testimony("Page", body=[("talking_point", point)])
    publish(point)
    point.text = "<p>Newer.</p>"
    point.save_revision()

    assert (open_on(), page.live) == ([], True)


def test_what_was_unpublished_and_comes_back_opens_none(point, page):
    point.unpublish()
    change(point, text="<p>One in three.</p>")

    assert open_on() == []


def test_a_second_change_goes_into_the_open_review(point, page):
    first = point.live_revision
    change(point, text="<p>One in three.</p>")
    change(point, text="<p>One in two.</p>")

    (review,) = RippleReview.objects.all()
    assert (review.before, review.after) == (first, point.live_revision)
    (difference,) = differences(review.before, review.after)
    assert str(difference.before) == 'One in <span class="deletion">four.</span>'
    assert str(difference.after) == 'One in <span class="addition">two.</span>'


def test_after_it_was_cleared_the_next_change_opens_another(point, page, author):
    change(point, text="<p>One in three.</p>")
    review = RippleReview.objects.get()
    ripples.keep(review, user=author, note="Fits.")
    second = point.live_revision
    change(point, text="<p>One in two.</p>")

    cleared, opened = RippleReview.objects.order_by("pk")
    assert (cleared.state, cleared.cleared_by, cleared.note) == ("kept", author, "Fits.")
    assert (opened.state, opened.before) == ("open", second)
    (entry,) = PageLogEntry.objects.filter(action=ripples.KEPT)
    assert (entry.page_id, entry.user, entry.message) == (
        page.pk,
        author,
        "Kept as it reads after “Leave follows the paycheck” was changed",
    )
    with pytest.raises(ripples.ReviewRefused, match="cleared this review already"):
        ripples.keep(review, user=author)


def test_pinned_documents_are_left_alone_and_adapted_ones_are_not(point):
    pin = pin_for(point, ReferenceMode.PINNED, None)
    pinned = {"point": point, "mode": ReferenceMode.PINNED, "pin": pin}
    adapted = {**pinned, "mode": ReferenceMode.ADAPTED, "adapted": "<p>Ours.</p>"}
    make_testimony("Pinned", body=[("talking_point", pinned)])
    make_testimony("Adapted", body=[("talking_point", adapted)])
    change(point, text="<p>One in three.</p>")

    assert open_on() == ["Adapted"]


def test_a_figure_reaches_documents_through_points_and_key_figures(author):
    statistic = make_statistic(source=make_source("Survey"))
    point = make_point("Point", text=f"<p>Only {embed(statistic)}.</p>")
    page = make_testimony("Page", body=[("talking_point", point)])
    sheet = make_fact_sheet("Sheet", key_figure=statistic)
    change(statistic, value=31)

    assert open_on() == ["Page", "Sheet"]
    review = RippleReview.objects.get(page=page)
    assert [
        (difference.label, str(difference.before), str(difference.after))
        for difference in differences(review.before, review.after)
    ] == [
        (
            "Value",
            '<span class="deletion">27</span>',
            '<span class="addition">31</span>',
        )
    ]
    assert places(page, statistic) == ["Only 31%."]
    assert places(sheet, statistic) == ["31% of workers have leave"]


def test_an_item_made_by_a_program_has_a_before_too(author):
    point = make_point(text="<p>One in four.</p>")
    make_testimony("Page", body=[("talking_point", point)])
    change(point, text="<p>One in three.</p>")

    assert RippleReview.objects.get().before.content["text"] == "<p>One in four.</p>"
    assert point.latest_revision.content["text"] == "<p>One in three.</p>"


@pytest.fixture
def adjusting(client, point, page, author):
    change(point, text="<p>One in three.</p>")
    client.force_login(author)
    review = RippleReview.objects.get()
    response = client.post(review.url, {"decision": "adjust"})
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    page.refresh_from_db()
    return review


def adjust(page, point):
    page.body = [("talking_point", point), paragraph("<p>That is more than before.</p>")]
    return page.save_revision(user=page.owner)


def test_adjusting_is_done_when_the_changed_document_is_published(adjusting, point, page, author):
    revision = adjust(page, point)
    assert open_on() == ["Page"]

    revision.publish()
    adjusting.refresh_from_db()
    assert (adjusting.state, adjusting.cleared_by) == (RippleState.ADJUSTED, author)
    (entry,) = PageLogEntry.objects.filter(action=ripples.ADJUSTED)
    assert (entry.page_id, entry.user) == (page.pk, author)


def test_who_adjusts_by_taking_it_out_is_credited(adjusting, page, author):
    page.body = [paragraph("<p>Else</p>")]
    page.save_revision(user=author).publish()

    adjusting.refresh_from_db()
    assert (adjusting.state, adjusting.cleared_by) == (RippleState.ADJUSTED, author)


@pytest.mark.parametrize("way", ["lock", "workflow", "draft of another", "discarded", "same words"])
def test_what_publishes_no_other_words_leaves_the_review_open(
    client, adjusting, point, page, approver, way
):
    before = page.live_revision or page.save_revision()
    client.force_login(approver)
    if way == "lock":
        client.post(reverse("wagtailadmin_pages:lock", args=[page.pk]))
        client.post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
    elif way == "workflow":
        adjust(page, point)
        page.get_workflow().start(page, page.owner)
        page.refresh_from_db()
        page.save()
    elif way == "draft of another":
        page.summary = "Of another"
        page.save_revision(user=approver)
    elif way == "discarded":
        adjust(page, point)
        before.as_object().save_revision(user=page.owner, previous_revision=before).publish()
    else:
        page.save_revision(user=approver).publish()

    adjusting.refresh_from_db()
    assert (adjusting.state, adjusting.cleared_by) == (RippleState.OPEN, None)
    shown = [client.get(it).text for it in (adjusting.url, reverse("testimony:ripples"))]
    assert [text.count("being adjusted by author") for text in shown] == [1, 1]


def test_before_is_what_was_read_also_where_a_program_changed_the_item(point, page):
    first = point.live_revision
    type(point).objects.filter(pk=point.pk).update(text="<p>One in five.</p>")
    point.refresh_from_db()
    change(point, text="<p>One in three.</p>")

    review = RippleReview.objects.get()
    assert review.before != first
    assert review.before.content["text"] == "<p>One in five.</p>"
    assert (review.after, point.latest_revision) == (point.live_revision, point.live_revision)


@pytest.mark.parametrize("way", ["unpublish page", "take it out", "unpublish", "delete"])
def test_what_is_no_longer_shown_needs_no_review(point, page, way):
    change(point, text="<p>One in three.</p>")
    page.refresh_from_db()
    if way == "unpublish page":
        page.unpublish()
    elif way == "take it out":
        page.body = [paragraph("<p>Else</p>")]
        page.save_revision().publish()
    else:
        getattr(point, way)()

    assert [review.state for review in RippleReview.objects.all()] == [RippleState.GONE]


def test_a_figure_that_left_its_point_needs_no_review():
    statistic = make_statistic()
    point = make_point(text=f"<p>{embed(statistic)}</p>")
    make_testimony("Page", body=[("talking_point", point)])
    change(statistic, value=31)
    change(point, text="<p>No figure.</p>")

    assert {review.item_title: review.state for review in RippleReview.objects.all()} == {
        "31% of workers have leave": RippleState.GONE,
        "Leave follows the paycheck": RippleState.OPEN,
    }


def test_the_page_shows_the_difference_and_keeping_clears_it(client, point, page, author):
    change(point, text="<p>One in three.</p>")
    client.force_login(author)
    review = RippleReview.objects.get()
    html = client.get(review.url).text

    for words in (
        'One in <span class="deletion">four.</span>',
        'One in <span class="addition">three.</span>',
        "Keep it as it now reads",
        "Adjust the document",
    ):
        assert words in html, words
    assert client.post(review.url, {"decision": "keep", "note": "Fine"}).url == reverse(
        "wagtailadmin_home"
    )
    review.refresh_from_db()
    assert (review.state, review.note) == (RippleState.KEPT, "Fine")
    assert "Keep it as it now reads" not in client.get(review.url).text
    assert client.post(review.url, {"decision": "keep"}).url == review.url


def test_a_review_whose_versions_were_purged_still_opens(client, point, page, author):
    change(point, text="<p>One in three.</p>")
    review = RippleReview.objects.get()
    review.before.delete()
    client.force_login(author)

    assert "not kept any more" in client.get(review.url).text


def test_speakers_may_not_look(client, point, page):
    change(point, text="<p>One in three.</p>")
    client.force_login(make_user("speaker", GroupName.SPEAKERS))

    assert client.get(RippleReview.objects.get().url).status_code in {302, 403}
    assert client.get(reverse("testimony:ripples")).status_code in {302, 403}


def panel(client) -> str:
    html = client.get(reverse("wagtailadmin_home")).text
    return html.partition('id="changed-under-you')[2].partition("</table>")[0]


def test_the_home_page_lists_what_changed_under_its_reader(client, point, page, author, approver):
    make_testimony("Nobody's", body=[("talking_point", point)], owner=None)
    change(point, text="<p>One in three.</p>")
    seen = {}
    for user in (author, approver, make_user("other")):
        client.force_login(user)
        shown = panel(client)
        seen[user.username] = (">Page<" in shown, ">Nobody&#x27;s<" in shown)

    assert seen == {"author": (True, False), "approver": (False, True), "other": (False, False)}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(client, point, author, rf, count):
    for number in range(count):
        make_testimony(f"Page {number}", body=[("talking_point", point)], owner=author)
    change(point, text="<p>One in three.</p>")
    client.force_login(author)
    client.get(reverse("testimony:ripples"))
    with CaptureQueriesContext(connection) as listing:
        html = client.get(reverse("testimony:ripples")).text
    request = rf.get("/")
    request.user = author
    with CaptureQueriesContext(connection) as home:
        shown = ChangedUnderYouPanel().get_context_data({"request": request})

    titles = {f"Page {number}" for number in range(count)}
    assert {review.page.title for review in shown["reviews"]} == titles
    assert all(title in html for title in titles)
    assert (len(listing), len(home)) == (12, 3)  # one of the three asks for rights


@pytest.mark.parametrize("count", [1, 3])
def test_a_review_costs_the_same_however_many_places(client, author, count):
    statistic = make_statistic()
    points = [make_point(f"Point {n}", text=f"<p>{embed(statistic)}</p>") for n in range(count)]
    make_testimony("Page", body=[("talking_point", point) for point in points], owner=author)
    change(statistic, value=31)
    client.force_login(author)
    review = RippleReview.objects.get()
    client.get(review.url)
    with CaptureQueriesContext(connection) as asked:
        html = client.get(review.url).text

    assert (html.count('class="ripple__place"'), len(asked)) == (count, 25)


def test_the_list_narrows_by_state_and_person(client, point, page, author, approver):
    make_testimony("Second", body=[("talking_point", point)], owner=approver)
    change(point, text="<p>One in three.</p>")
    ripples.keep(RippleReview.objects.get(page=page), user=author)
    client.force_login(author)

    def listed(**query) -> list[str]:
        response = client.get(reverse("testimony:ripples"), query)
        return sorted(str(review.page) for review in response.context["object_list"])

    assert listed() == ["Page", "Second"]
    assert listed(state="open") == ["Second"]
    assert listed(assignee="mine") == ["Page"]
    assert listed(kind="statistic") == []
    assert listed(kind="talkingpoint") == ["Page", "Second"]
