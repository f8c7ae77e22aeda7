"""What a hand may post that no form of ours would: an answer in words, never a page that breaks."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cms.enums import GroupName
from cms.models import Person
from events.models import Presentation
from tests.builders import make_event, make_testimony, make_user

pytestmark = pytest.mark.django_db

HUGE = "9" * 5000
FORMSET = {
    "materials-TOTAL_FORMS": "1",
    "materials-INITIAL_FORMS": "0",
    "materials-0-page": "x",
    "materials-0-ORDER": "x",
}


def _snippet(name: str, *args: int) -> str:
    return reverse(f"wagtailsnippets_events_{name}", args=args)


# Where it goes, given an event, a presentation and a page; what is posted.
POSTS = {
    "a presentation": (
        lambda it: reverse("events:presentation_add", args=[it["event"]]),
        {"speaker": "x", "partner": "x", "capacity": "x", "slot_time": "x", **FORMSET},
    ),
    "a changed presentation": (
        lambda it: reverse("events:presentation_edit", args=[it["presentation"]]),
        {"speaker": HUGE, "partner": "\0", **FORMSET},
    ),
    "an event": (
        lambda it: _snippet("event:edit", it["event"]),
        {"body": "x", "vehicle": "x", "advisory": "x", "host": "x", "lasts_days": "x"},
    ),
    "testimony": (
        lambda it: reverse("wagtailadmin_pages:edit", args=[it["page"]]),
        {"event": "x", "vehicle": "x", "speaker": "x", "contact": "x", "body-count": "0"},
    ),
    "who speaks": (
        lambda it: reverse("testimony:new", args=[it["event"]]),
        {"who": "person", "person": "x"},
    ),
    "who speaks, in digits": (
        lambda it: reverse("testimony:new", args=[it["event"]]),
        {"who": HUGE},
    ),
    "who speaks a draft": (
        lambda it: reverse("testimony:speaker", args=[it["page"]]),
        {"who": "person", "person": HUGE},
    ),
    "disclosures": (
        lambda it: reverse("events:presentation_witness", args=[it["presentation"]]),
        {"cv": "x", "disclosure_table": HUGE},
    ),
    "a packet": (
        lambda it: reverse("events:packet", args=[it["event"]]),
        {"outside": "x", "part": "x", "copies": "x", "place-run": HUGE},
    ),
    "a deadline": (
        lambda it: reverse("events:deadline_add", args=[it["event"]]),
        {"responsible": "x", "what": "x", "closes_day": "x"},
    ),
    "a deadline that is done": (lambda it: reverse("events:deadline_action"), {"done": HUGE}),
    "a checked document": (
        lambda it: reverse("events:after_change", args=[it["event"]]),
        {"checked": "x"},
    ),
    "a change at the door": (
        lambda it: reverse("events:day_of", args=[it["event"]]),
        {"presentation": HUGE, "limit": HUGE},
    ),
    "an address of nothing": (
        lambda it: reverse("events:presentation_edit", args=[10**30]),
        {"speaker": "x"},
    ),
}


@pytest.mark.parametrize("what", POSTS)
def test_what_no_form_of_ours_posts_is_answered_in_words(client, what):
    user = make_user("boss", GroupName.ADMINISTRATORS)
    client.force_login(user)
    event = make_event()
    presentation = Presentation.objects.create(
        event=event, speaker=Person.objects.create(name="Ada Okafor")
    )
    page = make_testimony(live=False, event=event)
    address, posted = POSTS[what]
    known = {"event": event.pk, "presentation": presentation.pk, "page": page.pk}

    response = client.post(address(known), posted)

    assert response.status_code in {200, 302, 400, 404}
    presentation.refresh_from_db()
    assert (presentation.speaker.name, presentation.status) == ("Ada Okafor", "planned")
    assert Presentation.objects.count() == 1
