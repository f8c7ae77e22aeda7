"""The screens from which people print have no serious accessibility fault and fit, on a desk and in a corridor."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from cms.enums import GroupName
from cms.models import Issue, Person, PrintJob
from cms.models.print_job import JobState
from cms.pdf.print_jobs import creating
from events.domain.presentations import add_presentation
from tests.browser.test_library_screens import look
from tests.builders import make_event, make_fact_sheet, make_testimony, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def screens(user) -> dict[str, str]:
    """By name. A job that waits for a decision, as it shows the most; nothing is rendered."""
    event = make_event(speaking_limit_seconds=120)
    page = make_testimony(event=event, user=user)
    add_presentation(event, Person.objects.get(name="Imani Calloway"), pages=[page], user=user)
    sheet = make_fact_sheet()
    job: PrintJob = creating.create_job(
        [creating.Wanted(page), creating.Wanted(sheet)], owner=user, title="Two documents"
    )
    job.items.filter(position=2).update(state="failed", reason="The table is too wide.")
    PrintJob.objects.filter(pk=job.pk).update(state=JobState.HELD, done=2)
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "print"])
    return {
        "selection": f"{bulk}?id={page.pk}&id={sheet.pk}",
        "of an issue": reverse("printing:issue", args=[Issue.objects.get(slug="paid-leave").pk]),
        "jobs": reverse("printing:list"),
        "job": reverse("printing:job", args=[job.pk]),
        "ways to print": reverse("testimony:print", args=[page.pk]),
        "packet": reverse("events:packet", args=[event.pk]),
    }


def test_no_screen_for_printing_has_a_serious_fault(page: Page, login, assert_accessible):
    addresses = screens(make_user("boss", GroupName.ADMINISTRATORS))
    login(page, "boss")
    for name, address in addresses.items():
        answer = page.goto(address)
        assert (name, answer.status) == (name, 200)
        look(page, name, assert_accessible)
