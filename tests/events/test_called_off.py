"""The page of an event that is postponed or cancelled: what it still offers, and what it refuses in words."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cms.models import Person
from events.domain import window_changes
from events.domain.errors import EventRefused
from events.models import AffectedDocument, Event, Window
from tests.events.rooms import buttons, messages, room, url


@pytest.mark.parametrize(
    ("status", "left"), [("cancelled", []), ("postponed", ["change", "withdraw"])]
)
def test_a_hearing_that_is_off_says_why_it_offers_so_little(
    client, approver, planned, status, left
):
    client.force_login(approver)
    Event.objects.filter(pk=planned.event_id).update(status=status)
    shown = client.get(room(planned.event))

    offers = ("Send personal link", "Mark ready to file", "Confirm<", "Cut limit")
    assert buttons(shown) == left
    assert [words for words in offers if words in shown.text] == []
    assert "nothing is written, confirmed, filed or sent for it" in shown.text
    assert "Add presentation" in shown.text or status == "cancelled"


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_what_a_hearing_that_is_off_does_not_offer_is_refused_in_words(
    client, approver, planned, status
):
    client.force_login(approver)
    Person.objects.update(email="ada@county.example")
    Event.objects.filter(pk=planned.event_id).update(status=status)
    material = planned.materials.get()
    asked = {
        url("presentation_confirm", planned): {},
        url("presentation_link_send", planned): {},
        reverse("events:material_ready", args=[material.pk]): {"ready": "yes"},
        reverse("events:day_of", args=[planned.event_id]): {"limit": "60"},
    }
    if status == "cancelled":
        asked[url("presentation_withdraw", planned)] = {}
    for address, answer in asked.items():
        [words] = messages(client.post(address, answer, follow=True))
        assert "nothing is written, confirmed, filed or sent for it" in words

    planned.refresh_from_db()
    material.refresh_from_db()
    assert (planned.status, material.ready_at) == ("planned", None)


def test_an_advisory_that_is_not_out_yet_is_named_to_staff_only(client, author, planned, make_page):
    client.force_login(author)
    advisory = make_page("The secret of Tuesday", live=False)
    Event.objects.filter(pk=planned.event_id).update(kind="press_conference", advisory=advisory)
    assert "The secret of Tuesday" in client.get(room(planned.event)).text

    client.force_login(planned.speaker.user)
    shown = client.get(room(planned.event)).text

    assert "The secret of Tuesday" not in shown
    assert "Draft, not released yet" in shown


@pytest.mark.parametrize(
    ("status", "badges", "links", "buttons"),
    [("postponed", ["Planned"], 1, 1), ("cancelled", [], 0, 0)],
)
def test_nobody_is_planned_and_no_deadline_kept_for_what_is_cancelled(
    client, approver, planned, status, badges, links, buttons
):
    client.force_login(approver)
    window = Window.objects.create(event=planned.event, what="written", overridden=True)
    AffectedDocument.objects.create(event=planned.event, page=planned.materials.get().page)
    Event.objects.filter(pk=planned.event_id).update(status=status)
    shown = BeautifulSoup(client.get(room(planned.event)).content, "html.parser")
    head = shown.select_one(".room__presentation header")

    assert [it.get_text(strip=True) for it in head.select(".w-status")] == badges
    assert ("Was planned" in head.get_text()) == (status == "cancelled")
    address = reverse("events:deadline", args=[window.pk])
    assert len(shown.select(f'a[href="{address}"]')) == links
    assert len(shown.select('button[name="checked"]')) == buttons
    state = {"postponed": "On hold", "cancelled": "Canceled"}[status]
    assert shown.select_one(".deadline__left").get_text(strip=True) == state
    board = client.get(reverse("events:deadlines"), {"state": window_state(window)})
    assert [str(entry.state.label) for entry in board.context["entries"]] == [state]


def window_state(window) -> str:
    return Window.objects.select_related("event").get(pk=window.pk).state


def test_a_deadline_that_is_gone_with_its_event_cannot_be_changed(author, hearing):
    Event.objects.update(status="cancelled")
    window = Window.objects.create(event=hearing, what="written", overridden=True)

    for verb in (window_changes.mark_done, window_changes.mark_undone, window_changes.remove):
        with pytest.raises(EventRefused, match="This event is canceled"):
            verb(window, by=author)
    assert Window.objects.filter(done_at=None).count() == 1
