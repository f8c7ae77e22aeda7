"""What was delivered, in a real browser: nothing grave for axe, and its notes lead there and back."""

from __future__ import annotations

import pytest

from cms.enums import GroupName
from events.domain.presentations import add_presentation, confirm, deliver
from tests.builders import make_event, make_statistic, make_testimony, make_user, paragraph

pytestmark = pytest.mark.browser


@pytest.fixture
def record():
    embed = f'<embed embedtype="statistic" id="{make_statistic().pk}"/>'
    testimony = make_testimony(
        body=[paragraph(f"<p>Of all nurses: {embed}</p>")], event=make_event()
    )
    approver = make_user("approver", GroupName.APPROVERS)
    added = add_presentation(testimony.event, testimony.speaker, user=approver, pages=[testimony])
    return deliver(confirm(added, user=approver), user=approver)[0]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_record_is_accessible_and_fits_the_screen(page, assert_accessible, record, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(record.url, wait_until="networkidle")

    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_testimony_and_record_lead_to_one_another(page, live_server, record):
    page.goto(record.url)
    page.get_by_role("link", name="The living page follows the latest figures").click()
    page.get_by_role("link", name="Read it as it was delivered").click()
    page.locator(".note-ref a").click()
    page.get_by_role("link", name="Back to note 1 in the text").click()

    assert page.url == f"{live_server.url}{record.url}#note-ref-1"
