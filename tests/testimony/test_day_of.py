"""The limit is cut at the door: the shorter version, its PDF in seconds, and the page of the speaker follows."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText

from cms.models import ArchiveEntry, Issue, Organization, Person, StoredPdf
from events.domain.arrangements import Arrangement
from events.domain.packets import usual_version
from events.domain.presentations import add_presentation, change_presentation
from events.domain.releases import marks_on
from events.enums import Capacity
from events.models import Event, Presentation
from testimony.domain.new_testimony import start_testimony
from testimony.domain.resolve import resolve
from tests.builders import make_event, make_testimony, make_user, paragraph
from tests.pdf_reading import text_of

pytestmark = pytest.mark.django_db

LONG = "Families wait for leave that never comes, and their health suffers for it every day. " * 12


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def today():
    start = timezone.now() + dt.timedelta(hours=1)
    return make_event(starts_at=start, speaking_limit_seconds=180)


@pytest.fixture
def speaker():
    county = Organization.objects.create(name="Example County")
    return Person.objects.create(
        name="Ada Okafor",
        pronunciation="AH-dah oh-KAH-for",
        organization=county,
        email="ada@county.example",
    )


@pytest.fixture
def speaking(today, speaker, author):
    body = [
        paragraph("<p>I am Ada Okafor. I am here in support of HB 1147. It costs $3,250,000.</p>"),
        *[paragraph(f"<p>{number}. {LONG}</p>") for number in (1, 2, 3)],
        ("ask", RichText("<p>Please vote yes on HB 1147.</p>")),
    ]
    page = make_testimony(
        body=body, event=today, vehicle=today.vehicle, speaker=speaker, position="support"
    )
    return add_presentation(today, speaker, user=author, pages=[page])


def fits(presentation) -> str:
    """The version of the podium copy that this speaker gets."""
    current = Presentation.objects.with_event().get(pk=presentation.pk)
    return usual_version("podium", current, current.materials.get().page.specific)


def test_one_tap_gives_the_shorter_cut_and_its_pdf_is_there_with_the_answer(
    client, author, speaking
):
    client.force_login(author)
    assert fits(speaking) == "180"
    address = reverse("events:day_of", args=[speaking.event_id])
    told = client.post(address, {"limit": "60"}, follow=True)
    stored = StoredPdf.objects.get(kind="podium")
    with stored.open() as file:
        printed = text_of(file.read())

    assert "1 podium copy is up to date." in told.text
    assert fits(speaking) == "60"
    assert "1-minute version" in printed
    assert "Please vote yes" in printed
    assert "3. Families wait" not in printed

    # Said as it is spoken: the name, the bill, the sum.
    for said in ("AH-dah oh-KAH-for", "[H B eleven forty-seven]", "million"):
        assert said in printed
    # On whose behalf, at the head of the copy.
    assert "Officially, for Example County" in printed


def test_the_speaker_s_own_page_has_the_new_cut_as_its_last_change(client, author, speaking):
    client.force_login(author)
    client.post(reverse("events:presentation_link_send", args=[speaking.pk]))
    phone, address = Client(), re.search(r"/my/[\w-]{43}/", mail.outbox[0].body)[0]
    client.post(reverse("events:day_of", args=[speaking.event_id]), {"limit": "60"})
    shown = phone.post(address, follow=True).text
    first = re.search(r'href="([^"]+read\.pdf)"', shown)[1]
    pdf = b"".join(phone.get(first).streaming_content)

    assert "The limit is 1 minute now." in shown
    assert "To read aloud, 1 minute" in shown
    assert "1-minute version" in text_of(pdf)


def draft(event, author, speaker) -> str:
    return resolve(start_testimony(event, user=author, speaker=speaker)).text


def test_the_opening_says_the_capacity(today, author, speaker):
    partner = Organization.objects.create(name="Nurses Together")
    arrangement = Arrangement(capacity=Capacity.PARTNER, partner=partner)
    add_presentation(today, speaker, user=author, arrangement=arrangement)

    assert draft(today, author, speaker) == (
        "My name is Ada Okafor, of Example County. I speak on behalf of Nurses Together. "
        "I am here in support of HB 1147, the Leave Act."
    )


def test_drafts_follow_the_capacity_and_what_somebody_wrote_stays(today, author, speaker):
    presentation = add_presentation(today, speaker, user=author)
    page = start_testimony(today, user=author, presentation=presentation)
    assert "I speak in my official capacity." in resolve(page).text

    def now_personal(capacity: Capacity) -> str:
        current = Presentation.objects.get(pk=presentation.pk)
        pages = [item.page for item in current.materials.all()]
        change_presentation(
            current,
            user=author,
            speaker=speaker,
            pages=pages,
            arrangement=Arrangement(capacity=capacity),
        )
        page.refresh_from_db()
        return resolve(page.get_latest_revision_as_object()).text

    assert "I speak for myself, not for Example County." in now_personal(Capacity.PERSONAL)
    edited = page.get_latest_revision_as_object()
    edited.body = [paragraph("<p>Good morning, I am Ada.</p>")]
    edited.save_revision(user=author)
    assert now_personal(Capacity.OFFICIAL) == "Good morning, I am Ada."


def now_speaks(presentation, author, capacity: Capacity) -> None:
    current = Presentation.objects.get(pk=presentation.pk)
    change_presentation(
        current,
        user=author,
        speaker=current.speaker,
        pages=[item.page for item in current.materials.all()],
        arrangement=Arrangement(capacity=capacity),
    )


def test_published_words_follow_the_capacity_with_archive_and_paper(
    client, today, author, speaker, django_capture_on_commit_callbacks
):
    page = start_testimony(today, user=author, speaker=speaker)
    page.issues.add(Issue.objects.create(name="Leave", slug="leave"))
    page.save_revision().publish()
    presentation = Presentation.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        now_speaks(presentation, author, Capacity.PERSONAL)

    page.refresh_from_db()
    said = "I speak for myself, not for Example County."
    assert said in resolve(page).text
    assert said in ArchiveEntry.objects.get(page_id=page.pk).search_text
    assert said in resolve(page.live_revision.as_object()).text
    assert (page.has_unpublished_changes, marks_on(page)) == (False, [])

    goes_out = page.go_live_at = timezone.now() + dt.timedelta(minutes=5)
    planned = page.save_revision(user=author)
    planned.publish()
    now_speaks(presentation, author, Capacity.OFFICIAL)
    page.refresh_from_db()
    draft = page.latest_revision
    assert said in resolve(page).text
    assert "in my official capacity" in resolve(draft.as_object()).text
    assert draft.approved_go_live_at == goes_out
    assert page.revisions.filter(approved_go_live_at__isnull=False).count() == 1
    assert [mark.page_id for mark in marks_on(page)] == [page.pk]
    client.force_login(author)
    words = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    assert "The speaker speaks in another capacity now" in words


def test_without_a_cut_that_fits_nothing_is_lost(client, author, today, speaker):
    """Somebody whose document is not read aloud is told of the limit all the same."""
    add_presentation(today, speaker, user=author)
    client.force_login(author)
    told = client.post(reverse("events:day_of", args=[today.pk]), {"limit": "60"}, follow=True)

    assert "Everybody: The limit is 1 minute now." in told.text
    assert Event.objects.get().speaking_limit_seconds == 60
