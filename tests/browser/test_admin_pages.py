"""The admin's own screens have no serious accessibility fault, on a desk and in a corridor."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cms.enums import GroupName
from cms.models import Issue, Person
from events.domain.presentations import add_presentation, confirm
from events.models import Event
from testimony.models import Statistic, TalkingPoint, TestimonyPage
from tests.browser.stories import publish_everything
from tests.builders import make_testimony, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Wagtail 8.0.1's own: the list of headings beside a long form scrolls and takes no keys.
WAGTAILS_OWN = (".w-minimap__list",)


def screens() -> dict[str, str]:
    """Addresses of the screens that are ours, by name, with what an approver finds on them."""
    publish_everything()
    approver = make_user("approver", GroupName.APPROVERS)
    submitted = make_testimony("To be read", live=False, user=make_user("author"))
    submitted.get_workflow().start(submitted, submitted.owner)
    event = Event.objects.get()
    testimony = TestimonyPage.objects.get(title="Testimony with everything")
    speaker = Person.objects.get()
    Person.objects.filter(pk=speaker.pk).update(user=approver)
    presentation = add_presentation(event, speaker, pages=[testimony], user=approver)
    confirm(presentation, user=approver)

    def of(model, view: str, *args) -> str:
        return reverse(model.snippet_viewset.get_url_name(view), args=args)

    return {
        "home": reverse("wagtailadmin_home"),
        "events": of(Event, "list"),
        "new event": of(Event, "add"),
        "room": f"/admin/events/{event.pk}/",
        "presentation": f"/admin/events/presentations/{presentation.pk}/",
        "appearances": reverse("events:appearances"),
        "deliver": f"/admin/events/presentations/{presentation.pk}/deliver/",
        "testimony": "/admin/testimony/",
        "fact sheets": "/admin/fact-sheets/",
        "editor": reverse("wagtailadmin_pages:edit", args=[testimony.pk]),
        "talking points": of(TalkingPoint, "list"),
        "talking point": of(TalkingPoint, "edit", TalkingPoint.objects.get().pk),
        "statistics": of(Statistic, "list"),
        "issues": of(Issue, "list"),
    }


def test_no_screen_of_ours_has_a_serious_fault(page: Page, login, assert_accessible):
    addresses = screens()
    login(page, "approver")
    for name, address in addresses.items():
        answer = page.goto(address)
        assert (name, answer.status, page.url.endswith(address)) == (name, 200, True)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert_accessible(page, without=WAGTAILS_OWN)


def test_merging_issues_has_no_serious_fault(page: Page, login, assert_accessible):
    make_user("administrator", GroupName.ADMINISTRATORS)
    login(page, "administrator")
    page.goto(reverse("cms_merge_issue", args=[Issue.objects.get(slug="paid-leave").pk]))
    page.get_by_label("Merge into").select_option(label="Food security")
    assert_accessible(page, without=WAGTAILS_OWN)
    page.get_by_role("button", name="See what moves").click()

    expect(page.get_by_role("button", name="Merge", exact=True)).to_be_visible()
    assert_accessible(page, without=WAGTAILS_OWN)
