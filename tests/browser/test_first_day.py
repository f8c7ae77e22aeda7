"""The main job, from a hearing on the calendar to a record of what was said there, by the people who do it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cms.enums import GroupName
from cms.models import Issue, Organization, Person, User
from events.domain.presentations import add_presentation
from events.models import Body, Event, Record, Vehicle
from testimony.domain.new_testimony import start_testimony
from testimony.models import Statistic, TalkingPoint, TestimonyPage
from tests.builders import (
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)

pytestmark = pytest.mark.browser

expect.set_options(timeout=60_000)
# The form as it was last saved by itself, and the one on its way.
NOTE_AUTOSAVES = """
  addEventListener("w-autosave:save", (event) => {
    window.sending = JSON.stringify([...event.detail.formData]);
  });
  addEventListener("w-autosave:success", () => {
    window.kept = window.sending;
    window.sending = null;
  });
"""
GAP_DAY = "2027-03-14"  # in New York the clocks go from 2:00 to 3:00


@dataclass
class Office:
    """A department on its first day: people, a committee, and a small library."""

    author: User
    approver: User
    body: Body
    statistic: Statistic
    point: TalkingPoint

    def hearing(self) -> Event:
        """In three days, on HB 1234, two minutes a speaker."""
        vehicle = Vehicle.objects.create(
            identifier="HB 1234", title="Paid Leave Act", position="support", body=self.body
        )
        return Event.objects.create(
            title="Hearing on HB 1234",
            body=self.body,
            vehicle=vehicle,
            starts_at=timezone.now() + dt.timedelta(days=3),
            speaking_limit_seconds=120,
        )


@pytest.fixture
def office(live_server) -> Office:
    author = make_user("author")
    department = Organization.objects.create(name="Example County")
    Person.objects.create(
        name="Ada Okafor", role_title="Health Officer", organization=department, user=author
    )
    body = Body.objects.create(
        name="House Committee on Labor", chair_name="Rivera", timezone="America/New_York"
    )
    source = make_source("National Compensation Survey")
    return Office(
        author=author,
        approver=make_user("approver", GroupName.APPROVERS),
        body=body,
        statistic=make_statistic(
            "of workers have paid family leave", "27", unit="percent", source=source
        ),
        point=make_point("Leave follows the paycheck", "<p>Leave follows the paycheck upward.</p>"),
    )


def choose(page: Page, button: str, name: str) -> None:
    """Take a row of the chooser that `button` opens."""
    page.get_by_role("button", name=button).click()
    choose_in_dialog(page, name)


def choose_in_dialog(page: Page, name: str) -> None:
    page.locator(".modal").get_by_role("link", name=name).click()
    # Gone, not only fading: until then it may still take the focus away.
    expect(page.locator(".modal")).to_have_count(0)


def wait_until_kept(page: Page, text: str) -> None:
    """The editor saves by itself; an action pressed meanwhile would be a second version at once."""
    page.wait_for_function("text => !window.sending && window.kept?.includes(text)", arg=text)


def finish(page: Page, action: str) -> None:
    """What the buttons at the foot of an editor offer besides saving."""
    footer = page.get_by_role("navigation", name="Actions (footer)")
    button = footer.get_by_role("button", name=action, exact=True)
    if not button.is_visible():
        footer.get_by_role("button", name="More actions").click()
    button.click()


def panel(page: Page, heading: str) -> Locator:
    return page.locator("section", has=page.get_by_role("heading", name=heading, exact=True))


def open_draft(page: Page, draft: TestimonyPage) -> Locator:
    """The editor, with the caret behind the last word of the first paragraph."""
    page.add_init_script(NOTE_AUTOSAVES)
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    text = page.locator(".public-DraftEditor-content").first
    text.click()
    page.keyboard.press("Control+End")
    return text


def command(page: Page, text: str, option: str) -> None:
    """Choose from what `/` offers in the text."""
    page.keyboard.type(f"/{text}", delay=30)
    page.get_by_role("option", name=option, exact=True).first.click()


def test_an_author_signs_in_and_sees_what_is_due_and_what_waits(page, office):
    office.hearing()
    make_testimony("A draft of mine", live=False, user=office.author)

    page.goto(reverse("wagtailadmin_home"))
    page.get_by_label("Username").fill("author")
    page.get_by_label("Password").fill("a-long-test-password")
    page.get_by_role("button", name="Sign in").click()

    due = panel(page, "Due next")
    expect(due.get_by_role("link", name="Hearing on HB 1234")).to_be_visible()
    expect(due).to_contain_text("in 3 days")
    expect(panel(page, "Waits for you").get_by_role("link", name="A draft of mine")).to_be_visible()


def test_an_author_adds_a_hearing_and_begins_testimony_without_typing_anything_twice(
    page, login, office
):
    login(page, "author")
    page.goto(reverse("wagtailadmin_home"))
    page.get_by_role("button", name="Hearings & events").click()
    page.get_by_role("link", name="Events", exact=True).click()
    page.get_by_role("link", name="Add event").click()
    choose(page, "Choose body", "House Committee on Labor")
    page.get_by_label("Place").fill("Room 204")
    page.get_by_role("button", name="Choose bill or rule").click()
    dialog = page.locator(".modal")
    dialog.get_by_role("tab", name="New").click()
    dialog.get_by_label("Identifier").fill("HB 1234")
    dialog.get_by_label("Our position").select_option("support")
    dialog.get_by_role("button", name="Add").click()
    expect(dialog).to_have_count(0)
    page.get_by_label("Speaking limit").fill("2:00")
    # Last, since their calendars open over other fields.
    page.get_by_label("Date", exact=True).fill(GAP_DAY)
    page.get_by_label("Time", exact=True).fill("02:30")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("02:30 did not exist on March 14, 2027")).to_be_visible()
    expect(page.get_by_label("Place")).to_have_value("Room 204")
    expect(page.get_by_label("Time", exact=True)).to_have_value("02:30")
    assert Event.objects.count() == 0

    page.get_by_label("Time", exact=True).fill("13:30")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".room")).to_contain_text("March 14, 2027, 1:30 p.m. EDT")
    page.get_by_role("button", name="New testimony").click()
    expect(page.get_by_role("heading", name="Who will speak?").last).to_be_visible()
    page.get_by_role("button", name="You, Ada Okafor").click()

    expect(page.get_by_label("Salutation")).to_have_value(
        "Chair Rivera and members of the committee:"
    )
    expect(page.get_by_label("Position")).to_have_value("support")
    expect(page.get_by_label("Date", exact=True)).to_have_value(GAP_DAY)
    draft = TestimonyPage.objects.get().get_latest_revision_as_object()
    assert (draft.event.body, draft.vehicle.identifier) == (office.body, "HB 1234")
    assert draft.speaker.name == "Ada Okafor"
    assert [item.speaker for item in draft.event.presentations.all()] == [draft.speaker]


def test_an_author_begins_testimony_for_a_speaker_and_for_somebody_who_is_not_on_the_list(
    page, login, office
):
    hearing = office.hearing()
    Person.objects.create(name="Ben Ito")
    add_presentation(hearing, Person.objects.create(name="Lin Park"), user=office.approver)
    login(page, "author")
    room = reverse("events:room", args=[hearing.pk])
    page.goto(room)
    page.get_by_role("button", name="New testimony for Lin Park").click()
    expect(page.get_by_label("Salutation")).to_be_visible()

    page.goto(reverse("testimony:new", args=[hearing.pk]))
    choose(page, "Choose person", "Ben Ito")
    page.get_by_role("button", name="Begin for this person").click()
    expect(page.get_by_label("Salutation")).to_be_visible()
    page.goto(room)

    expect(page.get_by_role("heading", name="Lin Park")).to_be_visible()
    expect(page.get_by_role("heading", name="Ben Ito")).to_be_visible()
    drafts = TestimonyPage.objects.order_by("pk")
    assert [draft.speaker.name for draft in drafts] == ["Lin Park", "Ben Ito"]


def test_an_author_writes_with_references_watches_the_time_and_submits(page, login, office):
    login(page, "author")
    draft = start_testimony(office.hearing(), user=office.author)
    draft.issues.set([Issue.objects.get(slug="paid-leave")])
    draft.save_revision(user=office.author)
    text = open_draft(page, draft)
    page.keyboard.type(" Today only ")
    command(page, "stat", "Statistic in the line")
    choose_in_dialog(page, "of workers have paid family leave")
    expect(text).to_be_focused()
    expect(text.locator(".reference-pill--STATISTIC")).to_have_text("27%")
    page.keyboard.type(" have it.")
    command(page, "sour", "Source in the line")
    choose_in_dialog(page, "National Compensation Survey")
    expect(text).to_be_focused()
    meter = page.get_by_role("status").filter(has_text="limit 2:00")
    expect(meter).to_contain_text("left")

    page.keyboard.type(" It")
    page.keyboard.insert_text(" is little, and every county pays for what is not there." * 25)
    expect(meter).to_contain_text("over")
    expect(page.locator(".speaking-meter--over")).to_be_visible()

    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Talking point", exact=True).click()
    choose(page, "Choose talking point", "Leave follows the paycheck")
    wait_until_kept(page, "talking_point")
    finish(page, "Send for review")

    waiting = page.get_by_text("has been sent for review")
    expect(waiting).to_be_visible()
    expect(page.get_by_role("row", name="HB 1234")).to_contain_text(re.compile("in review", re.I))
    page.goto(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    expect(page.get_by_role("button", name="More actions")).to_be_visible()
    assert page.get_by_role("button", name="Approve").count() == 0
    draft.refresh_from_db()
    written = draft.get_latest_revision_as_object().body
    assert f'<embed embedtype="statistic" id="{office.statistic.pk}"' in written[0].value.source
    assert written[1].value["point"] == office.point


def test_the_preview_panel_shows_the_web_page_and_the_pdf(page, login, office):
    login(page, "author")
    open_draft(page, start_testimony(office.hearing(), user=office.author))
    page.get_by_role("button", name="Toggle preview").click()
    web = page.frame_locator("iframe[title='Preview'][src]:not(.w-preview__proxy)")
    web.get_by_text("Chair Rivera and members of the committee:").wait_for()

    page.get_by_label("Preview mode").select_option("pdf")

    web.get_by_role("link", name="Open the PDF").wait_for()
    assert web.get_by_role("img", name="Page 1 as it prints").is_visible()


def test_an_approver_comments_and_approves_and_the_public_finds_it(page, login, office):
    draft = make_testimony(live=False, user=office.author, event=office.hearing())
    draft.get_workflow().start(draft, office.author)
    login(page, "approver")
    page.add_init_script(NOTE_AUTOSAVES)
    page.goto(reverse("wagtailadmin_home"))
    panel(page, "Waits for you").get_by_role("link", name="Testimony on HB 1147").click()
    # Wagtail looks at the form two seconds after it opened, and takes what it finds then for unchanged.
    page.locator("[data-contentpath='salutation']").wait_for()
    page.wait_for_timeout(2500)
    # The first button approves; a slip of the finger in a field does not.
    page.get_by_label("Salutation").press("Enter")

    page.locator("[data-contentpath='salutation']").hover()
    page.locator("[data-contentpath='salutation'] [data-comment-add]").click()
    page.get_by_placeholder("Enter your comments...").fill("Lovely; leave it at that.")
    page.get_by_role("button", name="Comment", exact=True).click()
    wait_until_kept(page, "Lovely")
    finish(page, "Approve")
    expect(page.get_by_text("“Testimony on HB 1147” is approved and published.")).to_be_visible()
    expect(page.get_by_role("row", name="Testimony on HB 1147")).to_contain_text("published")
    assert draft.wagtail_admin_comments.get().text == "Lovely; leave it at that."

    page.context.clear_cookies()
    page.goto("/")
    page.get_by_role("link", name="Archive").first.click()
    page.get_by_role("searchbox").fill("hearing me")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Paid family and sick leave").first.click()
    page.get_by_role("link", name="Testimony on HB 1147").click()
    expect(page.get_by_role("article")).to_contain_text("Thank you for hearing me.")
    link = page.get_by_role("link", name="Read as PDF").get_attribute("href")
    assert page.request.get(link).body().startswith(b"%PDF-")


def test_what_was_delivered_stays_when_the_figure_is_corrected(page, login, office):
    figure = f'<embed embedtype="statistic" id="{office.statistic.pk}"/>'
    testimony = make_testimony(body=[paragraph(f"<p>Only {figure} have leave.</p>")])
    hearing = office.hearing()
    Event.objects.update(starts_at=timezone.now() - dt.timedelta(hours=1))
    add_presentation(hearing, speaker=testimony.speaker, pages=[testimony], user=office.approver)
    login(page, "approver")
    page.goto(reverse("events:room", args=[hearing.pk]))
    page.get_by_role("button", name="Confirm Imani Calloway").click()
    page.get_by_role("link", name="Mark delivered Imani Calloway").click()
    page.get_by_role("button", name="Yes, mark delivered").click()

    record = Record.objects.get()
    expect(panel(page, "Records, as delivered")).to_contain_text(record.pdf_sha256)
    delivered = page.request.get(record.pdf_url).body()
    assert hashlib.sha256(delivered).hexdigest() == record.pdf_sha256

    login(page, "author")
    page.goto(reverse("wagtailsnippets_testimony_statistic:edit", args=[office.statistic.pk]))
    page.get_by_label("Value").fill("31")
    finish(page, "Send for review")
    expect(page.get_by_text("sent for review")).to_be_visible()
    login(page, "approver")
    page.goto(reverse("wagtailadmin_home"))
    panel(page, "Waits for you").get_by_role("link", name="of workers").click()
    finish(page, "Approve")
    expect(page.get_by_role("row", name="31% of workers")).to_contain_text("published")

    page.context.clear_cookies()
    page.goto(testimony.get_url())
    expect(page.get_by_role("article")).to_contain_text("Only 31%")
    kept = page.get_by_role("link", name="The delivered document as PDF").get_attribute("href")
    assert page.request.get(kept).body() == delivered
