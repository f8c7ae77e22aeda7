from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex

from cms.enums import GroupName
from cms.models import HomePage, Person, StandardPage
from events.domain.deletion import why_keep, why_keep_pages
from events.models import Agenda, Body, Event, Plank, Position, Vehicle
from tests.builders import make_event, make_user

RECORDED = (
    "“Paper” cannot be deleted: it is recorded as delivered by Ada Okafor at Hearing on HB 1147."
)
BROUGHT = (
    "“Paper” cannot be deleted: Ada Okafor brings it to Hearing on HB 1147 (2026-03-04). "
    "Take it off that presentation first."
)
EVENT = (
    "“Hearing on HB 1147 (2026-03-04)” cannot be deleted: Ada Okafor has a presentation there. "
    "Use “Cancel event…” on its page instead."
)
SPEAKER = (
    "“Ada Okafor” cannot be deleted: they are the speaker of a presentation at "
    "Hearing on HB 1147 (2026-03-04)."
)


@pytest.fixture
def boss(client, db):
    user = make_user("boss", GroupName.ADMINISTRATORS)
    user.is_superuser = True
    user.save()
    client.force_login(user)
    return client


def messages(response) -> list[str]:
    return [str(message).strip() for message in response.context["messages"]]


def delete_page(page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def bulk(app: str, model: str, *objects) -> str:
    address = reverse("wagtail_bulk_action", args=[app, model, "delete"])
    return f"{address}?{'&'.join(f'id={item.pk}' for item in objects)}"


def test_a_recorded_page_stays(boss, record, page):
    response = boss.post(delete_page(page), follow=True)

    assert messages(response) == [RECORDED]
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_page_that_somebody_is_to_bring_stays(boss, planned, page):
    assert messages(boss.get(delete_page(page), follow=True)) == [BROUGHT]


def test_a_page_above_a_recorded_page_stays(boss, record, page):
    parent = StandardPage(title="Parent")
    HomePage.objects.get().add_child(instance=parent)
    page.move(parent, "last-child")
    parent.refresh_from_db()

    assert messages(boss.post(delete_page(parent), follow=True)) == [RECORDED]
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_list_of_pages_with_a_recorded_one_offers_no_deletion(boss, record, page, make_page):
    other = make_page("Other")
    text = boss.get(bulk("wagtailcore", "page", page, other)).text
    boss.post(bulk("wagtailcore", "page", page, other))

    assert "One or more references to this page prevent it from being deleted." in text
    assert "Yes, delete" not in text
    assert Page.objects.filter(pk__in=[page.pk, other.pk]).count() == 2


@pytest.mark.parametrize("case", ["beneath the chosen page", "not in the index of references yet"])
def test_a_recorded_page_stays_when_wagtail_does_not_know_of_it(
    boss, record, page, make_page, case
):
    chosen, other = page, make_page("Other")
    if case == "beneath the chosen page":
        chosen = StandardPage(title="Parent")
        HomePage.objects.get().add_child(instance=chosen)
        page.move(chosen, "last-child")
    else:
        ReferenceIndex.objects.all().delete()
    response = boss.post(bulk("wagtailcore", "page", chosen, other), follow=True)

    assert messages(response) == [RECORDED]
    assert Page.objects.filter(pk__in=[page.pk, other.pk]).count() == 2


def test_other_pages_are_deleted_as_ever(boss, make_page):
    one, two, three = make_page("One"), make_page("Two"), make_page("Three")
    boss.post(delete_page(one))
    boss.post(bulk("wagtailcore", "page", two, three))

    assert Page.objects.filter(pk__in=[one.pk, two.pk, three.pk]).count() == 0


@pytest.mark.parametrize("many", [False, True])
def test_an_event_with_presentations_stays(boss, planned, hearing, many):
    address = reverse("wagtailsnippets_events_event:delete", args=[hearing.pk])
    other = make_event(title="Other")
    response = boss.post(bulk("events", "event", hearing, other) if many else address, follow=True)

    assert messages(response) == [EVENT]
    assert Event.objects.count() == 2


@pytest.mark.parametrize("many", [False, True])
def test_a_speaker_stays(boss, planned, person, many):
    namespace = Person.snippet_viewset.get_url_name("delete")
    address = reverse(namespace, args=[person.pk])
    response = boss.post(bulk("cms", "person", person) if many else address, follow=True)

    assert messages(response) == [SPEAKER]
    assert Person.objects.filter(pk=person.pk).exists()


def test_an_event_without_presentations_is_deleted_as_ever(boss, hearing):
    boss.post(reverse("wagtailsnippets_events_event:delete", args=[hearing.pk]))

    assert Event.objects.count() == 0


def test_a_body_with_events_stays(boss, planned, hearing):
    address = reverse("wagtailsnippets_events_body:delete", args=[hearing.body_id])
    response = boss.post(address, follow=True)

    (said,) = messages(response)
    assert said.startswith(f"“{hearing.body}” cannot be deleted, because it is used: 1 event (")
    assert Body.objects.count() == 1


def test_nothing_needs_no_reason(db):
    assert (why_keep_pages([]), why_keep([])) == ([], [])


def test_uses_of_a_page_count_presentations_and_records(record, page, person):
    models = {
        reference.model_name
        for reference in ReferenceIndex.get_references_to(page).select_related("base_content_type")
    }

    assert models == {"presentation", "record"}
    assert ReferenceIndex.get_references_to(person).count() >= 1


def test_the_page_of_uses_links_to_the_room(boss, record, page):
    address = reverse("wagtailadmin_pages:usage", args=[page.pk])
    room = reverse("events:room", args=[record.presentation.event_id])

    assert boss.get(address).text.count(f'href="{room}"') == 2


def test_an_agenda_on_which_positions_rest_stays(boss):
    day = dt.date(2026, 1, 1)
    agenda = Agenda.objects.create(title="Agenda 2026", period_from=day, period_to=day)
    plank = Plank.objects.create(agenda=agenda, number="1", text="Leave")
    bill = Vehicle.objects.create(identifier="HB 7")
    Position.objects.create(vehicle=bill, stance="support", plank=plank)
    address = reverse("wagtailsnippets_events_agenda:delete", args=[agenda.pk])
    response = boss.post(address, follow=True)

    said = "“Agenda 2026” cannot be deleted: positions rest on its planks."
    assert messages(response) == [said]
