"""The page of an event that is postponed or cancelled: what it still offers, and what it refuses in words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.models import Person
from events.models import Event
from tests.events.test_room import buttons, messages, room, url


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
