"""Where people land after they submitted, approved or published, and what the lists of documents find."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.enums import GroupName
from cms.models import Person
from tests.builders import make_event, make_fact_sheet, make_testimony, make_user
from tests.testimony.test_readiness import form_of

pytestmark = pytest.mark.django_db
READY = {"text": "<p>Words.</p>", "issues": ["paid-leave"]}
MAKERS = {
    "testimony_pages:index": make_testimony,
    "fact_sheet_pages:index": lambda **fields: make_fact_sheet(**fields),
}


@pytest.fixture
def author(client):
    user = make_user("author")
    client.force_login(user)
    return user


def finish(client, page, **post):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, {**form_of(page, **READY), **post})


@pytest.mark.parametrize("listing", MAKERS)
def test_who_submits_lands_in_the_list_of_what_they_wrote(client, author, listing):
    page = MAKERS[listing](live=False, user=author)

    assert finish(client, page, **{"action-submit": "yes"}).url == reverse(listing)


@pytest.mark.parametrize("listing", MAKERS)
def test_who_publishes_lands_there_too(client, listing):
    client.force_login(make_user("admin", GroupName.ADMINISTRATORS))
    page = MAKERS[listing](live=False)

    response = finish(client, page, **{"action-publish": "yes"})

    page.refresh_from_db()
    assert (response.url, page.live) == (reverse(listing), True)


@pytest.mark.parametrize("listing", MAKERS)
def test_who_approves_lands_there_too(client, author, listing):
    page = MAKERS[listing](live=False, user=author)
    page.get_workflow().start(page, author)
    client.force_login(make_user("approver", GroupName.APPROVERS))
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}

    assert finish(client, page, **approve).url == reverse(listing)


def test_who_came_from_a_hearing_goes_back_to_it(client, author):
    page = make_testimony(live=False, user=author)
    room = reverse("events:room", args=[make_event().pk])

    assert finish(client, page, **{"action-submit": "yes", "next": room}).url == room


def test_an_address_elsewhere_is_not_followed(client, author):
    page = make_testimony(live=False, user=author)
    post = {"action-submit": "yes", "next": "https://elsewhere.example/"}

    assert finish(client, page, **post).url == reverse("testimony_pages:index")


def test_saving_stays_in_the_editor(client, author):
    page = make_testimony(live=False, user=author)

    assert finish(client, page).url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def found(client, listing: str, words: str) -> list[str]:
    response = client.get(reverse(listing), {"q": words})
    return [page.title for page in response.context["object_list"]]


@pytest.mark.parametrize(
    "words",
    [
        "calloway",
        "budget hear",
        "committee on labor",
        "1147",
        "leave act",
        "first IMANI",
        "Labor Budget",
    ],
)
def test_testimony_is_found_by_who_where_and_what(client, author, words):
    make_testimony("First words", event=make_event(title="Budget hearing"))
    event = make_event(title="Town hall", body=None, vehicle=None)
    other = Person.objects.create(name="Ben Ito")
    make_testimony("Other", event=event, speaker=other)
    page = make_testimony("First words again", event=make_event(title="Budget hearing"), live=False)
    page.vehicle = page.event.vehicle
    page.save()
    first = page.__class__.objects.get(title="First words")
    first.vehicle = first.event.vehicle
    first.save()

    assert found(client, "testimony_pages:index", words) == ["First words", "First words again"]


def test_fact_sheets_are_found_by_message_and_bill(client, author):
    sheet = make_fact_sheet("Leave", headline="Few have it.")
    sheet.vehicle = make_event().vehicle
    sheet.save()
    make_fact_sheet("Water", headline="Lead in pipes.")

    assert [found(client, "fact_sheet_pages:index", q) for q in ("few", "1147", "pipes")] == [
        ["Leave"],
        ["Leave"],
        ["Water"],
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_a_search_costs_the_same_for_one_and_three(
    client, author, count, django_assert_num_queries
):
    for number in range(count):
        make_testimony(f"Testimony {number}", event=make_event())
    url = reverse("testimony_pages:index")
    client.get(url, {"q": "calloway labor"})

    with django_assert_num_queries(34):
        client.get(url, {"q": "calloway labor"})
