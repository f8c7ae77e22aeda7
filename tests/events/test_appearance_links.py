"""A speaker's personal link: sent with one button, kept for one device, nothing for anybody else."""

from __future__ import annotations

import datetime as dt
import re
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.models import Branding, Organization, Person, User
from events.domain import appearance_links, moving
from events.domain.appearance_links import appearances_of
from events.domain.presentations import add_presentation, confirm
from events.models import AppearanceLink, Event, LinkOpening, Presentation, Window
from events.models.event import still_to_come
from events.views.phone import capacity_to_speaker
from tests.builders import make_event

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Safari/604"
ADDRESS = re.compile(r"/my/([A-Za-z0-9_-]{43})/")
PRIVATE = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


@pytest.fixture
def soon(db):
    start = timezone.now() + dt.timedelta(hours=20)
    return make_event(
        title="Hearing on HB 1147",
        starts_at=start,
        place="Room 112",
        video_url="https://video.example/1",
        speaking_limit_seconds=120,
    )


@pytest.fixture
def speaking(soon, person, page, author):
    person.email = "ada@county.example"
    person.save()
    Branding.objects.update(contact_phone="555 0100")
    return add_presentation(soon, person, user=author, pages=[page])


@pytest.fixture
def staff(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def phone():
    return Client(headers={"user-agent": IPHONE})


def send(client, presentation) -> str:
    """The address in the e-mail."""
    client.post(reverse("events:presentation_link_send", args=[presentation.pk]))
    return ADDRESS.search(mail.outbox[-1].body)[0]


def outcomes() -> list[str]:
    return list(LinkOpening.objects.order_by("pk").values_list("outcome", flat=True))


def test_one_button_sends_a_link_whose_secret_is_stored_nowhere(staff, speaking):
    address = send(staff, speaking)
    token = ADDRESS.search(address)[1]
    [message] = mail.outbox
    link = AppearanceLink.objects.get()

    assert (message.to, message.subject) == (
        ["ada@county.example"],
        "Your appearance: Hearing on HB 1147",
    )
    assert len(token) * 6 >= 256  # bits
    stored = AppearanceLink.objects.values().get()
    assert token not in str(stored)
    assert link.token_hash == appearance_links.digest(token)


def test_the_page_opens_on_one_device_and_leads_to_the_pdf_in_two_taps(
    staff, speaking, phone, soon
):
    Window.objects.create(
        event=soon, what="sign_up", closes_at=dt.datetime(2030, 3, 4, 17, tzinfo=dt.UTC)
    )
    address = send(staff, speaking)
    first = phone.get(address)
    assert "Ada Okafor" not in first.text  # nothing before the device is known
    shown = phone.post(address, follow=True)

    for words in (
        "Ada Okafor",
        "Hearing on HB\u00a01147",  # on one line
        soon.when,
        "<dd>2 minutes</dd>",
        "Room 112",
        "https://video.example/1",
        "March 4, 2030, noon EST",
        "555 0100",
        "You speak officially.",
        "You are not signed up yet.",
    ):
        assert words in shown.text
    pdf = phone.get(re.search(r'href="([^"]+\.pdf)"', shown.text)[1])
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    b"".join(pdf.streaming_content)
    assert outcomes() == ["first", "opened", "document"]
    assert LinkOpening.objects.values_list("device", flat=True)[0] == "iPhone, Safari"


def test_every_answer_is_kept_nowhere_listed_nowhere_and_told_to_nobody(staff, speaking, phone):
    address = send(staff, speaking)
    start = phone.get(address)
    shown = phone.post(address, follow=True)
    lost = phone.get(f"/my/{'x' * 43}/")

    assert [{name: answer[name] for name in PRIVATE} for answer in (shown, lost)] == [PRIVATE] * 2
    # A form of a page without a referrer is refused by the protection against forgery.
    assert start["Referrer-Policy"] == "same-origin"
    cookie = phone.cookies["appearance"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", address)


def test_the_button_works_with_the_protection_against_forgery(staff, speaking):
    careful = Client(enforce_csrf_checks=True)
    address = send(staff, speaking)
    secret = re.search(r'csrfmiddlewaretoken" value="(\w+)"', careful.get(address).text)[1]

    assert careful.post(address).status_code == 403
    assert careful.post(address, {"csrfmiddlewaretoken": secret}).status_code == 302


def guessed(address, phone, speaking):
    return phone.get(f"/my/{'A' * 43}/")


def expired(address, phone, speaking):
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        return phone.get(address)


def revoked(address, phone, speaking):
    AppearanceLink.objects.update(revoked_at=timezone.now())
    return phone.get(address)


def cut_off(address, phone, speaking):
    return phone.get(address[:-3])


def forwarded(address, phone, speaking):
    return Client().get(address)


def forwarded_form(address, phone, speaking):
    return Client().post(address)


def forwarded_pdf(address, phone, speaking):
    return Client().get(f"{address}{speaking.pk}/{speaking.materials.get().page_id}/filed.pdf")


@pytest.mark.parametrize(
    ("attempt", "noted"),
    [
        (guessed, []),
        (expired, ["expired"]),
        (revoked, ["revoked"]),
        (cut_off, []),
        (forwarded, ["other_device"]),
        (forwarded_form, ["other_device"]),
        (forwarded_pdf, ["other_device"]),
    ],
)
def test_whoever_should_not_gets_the_same_plain_answer_and_is_logged(
    staff, speaking, phone, attempt, noted, caplog
):
    address = send(staff, speaking)
    phone.post(address)
    LinkOpening.objects.all().delete()
    plain = Client().get(f"/my/{'z' * 43}/")
    caplog.clear()
    response = attempt(address, phone, speaking)

    assert (response.status_code, response.headers) == (404, plain.headers)
    assert response.content == plain.content
    assert "ask the person who invited you for a new one" in response.text
    assert ("555 0100" in response.text, "Ada Okafor" in response.text) == (True, False)
    assert outcomes() == noted
    assert "personal link" in caplog.text.lower()


def test_an_address_without_its_last_slash_is_the_right_one(staff, speaking, phone):
    address = send(staff, speaking)

    assert phone.get(address.removesuffix("/"), follow=True).redirect_chain == [(address, 301)]


def test_looking_binds_nothing_so_programs_that_check_mail_lock_nobody_out(staff, speaking, phone):
    address = send(staff, speaking)
    Client().get(address)
    Client().head(address)

    assert phone.post(address, follow=True).status_code == 200


def test_a_new_link_ends_the_old_one_and_staff_may_end_both(staff, speaking, phone):
    old, new = send(staff, speaking), send(staff, speaking)
    assert [phone.get(it).status_code for it in (old, new)] == [404, 200]

    told = staff.post(reverse("events:presentation_link_revoke", args=[speaking.pk]), follow=True)
    assert phone.get(new).status_code == 404
    assert "The personal link was revoked." in told.text


def test_a_document_of_somebody_else_is_not_there(staff, speaking, phone, author, make_page, soon):
    lin = Person.objects.create(name="Lin Park")
    paper = make_page("Theirs")
    theirs = add_presentation(soon, lin, user=author, pages=[paper])
    address = send(staff, speaking)
    phone.post(address)
    own = speaking.materials.get().page_id
    tried = [f"{theirs.pk}/{paper.pk}", f"{speaking.pk}/{paper.pk}", f"{theirs.pk}/{own}"]

    assert [phone.get(f"{address}{it}/filed.pdf").status_code for it in tried] == [404] * 3


def test_without_an_address_nothing_is_sent_and_the_reason_is_told(staff, speaking, person):
    Person.objects.update(email="")
    url = reverse("events:presentation_link_send", args=[speaking.pk])
    told = [str(it).strip() for it in staff.post(url, follow=True).context["messages"]]

    assert told == ["No e-mail address of Ada Okafor is recorded. Add it to the person first."]
    assert (mail.outbox, AppearanceLink.objects.count()) == ([], 0)


def test_a_mail_that_cannot_be_sent_leaves_no_link_that_works(staff, speaking, monkeypatch):
    def failing(message, *args, **kwargs):
        raise SMTPException("down")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", failing)
    url = reverse("events:presentation_link_send", args=[speaking.pk])
    told = [str(it).strip() for it in staff.post(url, follow=True).context["messages"]]

    assert told == ["The e-mail to ada@county.example could not be sent. Try again."]
    assert appearance_links.working_links(speaking.speaker).count() == 0


@pytest.mark.parametrize("name", ["presentation_link_send", "presentation_link_revoke"])
def test_only_those_who_arrange_appearances_may(client, speaking, speaker_user, name):
    client.force_login(speaker_user)

    assert client.post(reverse(f"events:{name}", args=[speaking.pk])).status_code == 302
    assert AppearanceLink.objects.count() == 0


def test_a_link_ends_two_days_after_the_last_appearance(soon, speaking, author):
    later = make_event(starts_at=soon.starts_at + dt.timedelta(days=20))
    add_presentation(later, speaking.speaker, user=author)

    assert appearance_links.expiry_for(speaking.speaker) == later.starts_at + dt.timedelta(days=2)


def test_who_hammers_a_link_fills_no_table(staff, speaking, phone):
    address = send(staff, speaking)
    phone.post(address)
    for _again in range(5):
        Client().get(address)

    assert outcomes() == ["first", "other_device"]


def test_a_mail_that_cannot_be_sent_leaves_the_link_before_as_it_was(
    staff, speaking, phone, monkeypatch
):
    address = send(staff, speaking)

    def fail(self, **kwargs):
        raise SMTPException("no")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    staff.post(reverse("events:presentation_link_send", args=[speaking.pk]))
    assert phone.get(address).status_code == 200
    assert AppearanceLink.objects.filter(revoked_at__isnull=True).count() == 1


def test_a_link_lives_as_long_as_its_hearing_when_that_moves(soon, speaking, author):
    issued = appearance_links.issue(speaking, user=author)
    later = soon.starts_at + dt.timedelta(days=14)
    moving.move(soon, by=author, reason="Flood", starts_at=later)

    issued.link.refresh_from_db()
    assert issued.link.expires_at == later + dt.timedelta(days=2)


def phone_page(staff, phone, presentation) -> str:
    return phone.post(send(staff, presentation), follow=True).text


def test_whether_a_speaker_is_signed_up_is_theirs_and_not_the_office_s(
    staff, speaking, phone, soon
):
    now = timezone.now()
    Window.objects.create(
        event=soon, what="sign_up", closes_at=now + dt.timedelta(hours=9), done_at=now
    )
    assert "You are not signed up yet." in phone_page(staff, phone, speaking)

    confirm(speaking, user=User.objects.get(username="author"))
    assert "You are signed up." in phone_page(staff, Client(), speaking)


@pytest.mark.parametrize(
    ("capacity", "partner", "own", "words"),
    [
        ("official", "", "Larkmoor County", "You speak officially, for Larkmoor County."),
        ("partner", "Nurses Together", "", "You speak for a partner: Nurses Together."),
        ("personal", "", "Larkmoor County", "You speak for yourself, not for Larkmoor County."),
        ("personal", "", "", "You speak for yourself."),
    ],
)
def test_for_whom_they_speak_is_said_in_a_sentence(capacity, partner, own, words):
    speaker = Person(name="Ada", organization=Organization(name=own) if own else None)
    other = Organization(name=partner) if partner else None
    presentation = Presentation(capacity=capacity, partner=other, speaker=speaker)

    assert capacity_to_speaker(presentation, speaker) == words


@pytest.mark.parametrize(
    ("recorded", "account", "subject"),
    [
        ("es", "", "Su comparecencia: "),
        ("", "es", "Su comparecencia: "),
        ("en", "es", "Your appearance: "),
    ],
)
def test_the_link_is_written_in_the_language_of_the_person(
    staff, speaking, phone, recorded, account, subject
):
    Person.objects.update(language=recorded)
    UserProfile.objects.create(user=speaking.speaker.user, preferred_language=account)
    page = phone.get(send(staff, speaking))

    assert mail.outbox[-1].subject == f"{subject}Hearing on HB 1147"
    assert page["Content-Language"] == (recorded or account)


def test_a_hearing_of_several_days_stays_until_the_last_one_has_ended(soon, speaking):
    Event.objects.filter(pk=soon.pk).update(lasts_days=3)
    soon.refresh_from_db()
    last_morning = soon.starts_at + dt.timedelta(days=2, hours=1)
    with time_machine.travel(last_morning, tick=False):
        assert (soon.is_to_come, list(appearances_of(speaking.speaker))) == (True, [speaking])
        assert list(Event.objects.filter(still_to_come())) == [soon]
    with time_machine.travel(last_morning + dt.timedelta(days=1), tick=False):
        assert (soon.is_to_come, list(appearances_of(speaking.speaker))) == (False, [])
        assert list(Event.objects.filter(still_to_come())) == []
    assert appearance_links.expiry_for(speaking.speaker) == soon.starts_at + dt.timedelta(days=4)


@pytest.mark.django_db
def test_a_page_of_the_site_may_be_called_my(client):
    refused = "ask the person who invited you for a new one"
    pages = ["county/", "", "paid-leave-for-everybody-in-the-county/"]
    links = ["A" * 41, "z" * 30 + "/", "Ab-_" * 9 + "%0A", "B" * 43 + "/1/2/x.pdf"]

    assert [refused in client.get(f"/my/{it}").text for it in pages] == [False] * 3
    assert [refused in client.get(f"/my/{it}").text for it in links] == [True] * 4


@pytest.mark.django_db
def test_who_guesses_fills_no_log(client, caplog, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    for number in range(3):
        client.get(f"/my/{str(number) * 43}/")
        client.get(f"/my/{str(number) * 41}/")

    assert caplog.text.count("does not exist") == 1
