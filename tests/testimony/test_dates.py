"""The day of testimony is that of its hearing, wherever that moves, until it was delivered there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from cms.enums import GroupName
from cms.models import ArchiveEntry
from events.domain.presentations import add_presentation, confirm, deliver
from testimony.domain.citations import cite_document
from testimony.domain.dates import keep_dates
from testimony.models import TestimonyPage
from testimony.pdf import TestimonyPdf
from tests.builders import DAY, make_event, make_fact_sheet, make_testimony, make_user

pytestmark = pytest.mark.django_db
MOVED = dt.date(2026, 4, 1)


def move(event, day: dt.date = MOVED):
    event.starts_at = dt.datetime.combine(day, dt.time(15), tzinfo=dt.UTC)
    event.save()
    return event


def days(page) -> list[dt.date | None]:
    """As the row, the latest draft and the list's column have it."""
    row = TestimonyPage.objects.get(pk=page.pk)
    return [row.effective_date, row.get_latest_revision_as_object().effective_date, row.date]


@pytest.mark.parametrize("live", [True, False])
def test_it_follows_the_hearing_live_and_as_a_draft(live):
    event = make_event()
    page = make_testimony(event=event, live=live)
    before = days(page)

    move(event)

    assert (before, days(page)) == ([DAY] * 3, [MOVED] * 3)


def test_it_follows_another_time_zone():
    event = make_event(starts_at=dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC), timezone="UTC")
    page = make_testimony(event=event)

    event.timezone = "America/New_York"
    event.save()

    assert days(page) == [dt.date(2026, 3, 3)] * 3


def test_without_a_hearing_or_its_day_the_entered_day_counts():
    undated = make_testimony("Undated", event=make_event(starts_at=None))
    alone = make_testimony("Alone")

    assert (days(undated), days(alone)) == ([DAY] * 3, [DAY] * 3)
    assert make_fact_sheet().effective_date == DAY


def test_a_hearing_that_loses_its_day_leaves_what_was_known():
    event = make_event()
    page = make_testimony(event=event)

    event.starts_at = None
    event.save()

    assert (days(page), keep_dates(event)) == ([DAY] * 3, 0)


def test_what_a_person_enters_against_the_hearing_does_not_hold():
    page = make_testimony(event=make_event(), date=dt.date(2020, 1, 1))

    assert days(page) == [DAY] * 3


def test_a_page_saved_from_an_old_draft_has_the_present_day():
    event = make_event()
    page = make_testimony(event=event, live=False)
    move(event)

    page.get_latest_revision().publish()

    assert days(page) == [MOVED] * 3


@pytest.fixture
def delivered():
    """A testimony delivered at its hearing, which moved afterwards."""
    approver = make_user("approver", GroupName.APPROVERS)
    event = make_event()
    page = make_testimony(event=event)
    added = add_presentation(event, page.speaker, user=approver, pages=[page])
    deliver(confirm(added, user=approver), user=approver)
    move(event)
    return page


def test_what_was_delivered_keeps_its_day(delivered):
    assert days(delivered) == [DAY] * 3


def test_a_delivery_elsewhere_freezes_nothing(delivered):
    other = make_event(starts_at=dt.datetime(2026, 5, 1, 15, tzinfo=dt.UTC))
    TestimonyPage.objects.filter(pk=delivered.pk).update(event=other)

    assert TestimonyPage.objects.get().effective_date == dt.date(2026, 5, 1)


def test_every_place_shows_the_one_day(client, django_capture_on_commit_callbacks):
    event = make_event()
    page = make_testimony(event=event)
    with django_capture_on_commit_callbacks(execute=True):
        move(event)
    page = TestimonyPage.objects.get()
    client.force_login(make_user("author"))

    web = client.get(page.get_url()).text
    listing = client.get(reverse("testimony_pages:index")).text

    assert ArchiveEntry.objects.get().date == MOVED
    assert "(2026, April 1)" in cite_document(page)
    assert TestimonyPdf().payload(page)["date"] == "2026-04-01"
    assert [("April 1, 2026" in html, "March 4, 2026" in html) for html in (web, listing)] == [
        (True, False),
        (True, False),
    ]


def test_a_delivered_day_is_shown_without_the_new_hour(client, delivered):
    web = client.get(delivered.get_url()).text

    assert '<time datetime="2026-03-04">March 4, 2026</time>' in web


def test_the_list_is_sorted_and_filtered_by_the_day(client):
    client.force_login(make_user("author"))
    event = make_event()
    make_testimony("Moved", event=event)
    make_testimony("Stays", date=dt.date(2026, 3, 20))
    move(event)
    url = reverse("testimony_pages:index")

    shown = [page.title for page in client.get(url).context["object_list"]]
    found = client.get(url, {"date_from": "2026-03-25"}).context["object_list"]

    assert (shown, [page.title for page in found]) == (["Moved", "Stays"], ["Moved"])


def test_the_form_shows_the_present_day(client):
    client.force_login(make_user("author"))
    event = make_event()
    page = make_testimony(event=event, live=False)
    move(event)

    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    field = response.context["form"]["date"]
    assert field.value() == MOVED
    assert field.help_text == "It follows the hearing or event until it is delivered."
