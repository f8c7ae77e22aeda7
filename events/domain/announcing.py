"""One announcement of a change to each person concerned: who they are, and the mail.

A person is an address: whoever speaks, answers for a deadline and owns a document of the same event reads one
mail. Rows are written with the change; mail goes out after the commit, and each row is claimed before its mail is
sent, so that no second run tells anybody twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page

from cms.domain.visibility import default_site
from cms.models import Branding, Person, User
from events.domain.documents import pages_of
from events.domain.languages import languages_of
from events.enums import EventKind
from events.models import Event, EventNotice, NoticeRecipient, Presentation, Window
from events.permissions import VIEW_EVENT

logger = logging.getLogger(__name__)


def write_recipients(
    notice: EventNotice, pages: Iterable[Page]
) -> tuple[list[NoticeRecipient], tuple[str, ...]]:
    """Rows for everybody concerned, and the names of those who have no address."""
    addresses: dict[str, NoticeRecipient] = {}
    without: set[str] = set()
    reached: set[str] = set()
    for name, address in _concerned(notice.event, pages):
        if not address:
            without.add(name)
            continue
        reached.add(name)
        key = address.casefold()
        addresses.setdefault(key, NoticeRecipient(notice=notice, name=name, address=key))
    rows = NoticeRecipient.objects.bulk_create(addresses.values())
    return rows, tuple(sorted(without - reached))


def _concerned(event: Event, pages: Iterable[Page]) -> Iterator[tuple[str, str]]:
    """Speakers who are still on the list, the press contact, whoever answers for an open deadline, owners of
    documents."""
    speaking = Presentation.objects.filter(event=event).open().select_related("speaker__user")
    people = [presentation.speaker for presentation in speaking.order_by("pk")]
    people += [event.press_contact] if _has_press_contact(event) else []
    yield from ((person.name, _address_of(person)) for person in people if person)
    to_do = Window.objects.filter(event=event, done_at__isnull=True, responsible__isnull=False)
    users = [window.responsible for window in to_do.select_related("responsible").order_by("pk")]
    users += [page.owner for page in pages if page.owner]
    for user in users:
        if user is not None and user.is_active:
            yield user.get_full_name() or user.get_username(), user.email


def _has_press_contact(event: Event) -> bool:
    """What another kind of event keeps of a press conference is not shown, and concerns nobody."""
    return event.kind == EventKind.PRESS_CONFERENCE and event.press_contact_id is not None


def _address_of(person: Person) -> str:
    """That of the account where there is one, so that who has two parts is told once."""
    if person.user and person.user.is_active and person.user.email:
        return person.user.email
    return person.email


def anybody_concerned(event: Event) -> bool:
    """Whether somebody would have to be told if it moved: speakers, the press contact, those who answer for its
    deadlines, and those whose documents would be marked and held."""
    speaking = Presentation.objects.filter(event=event).open()
    to_do = Window.objects.filter(event=event, done_at__isnull=True, responsible__isnull=False)
    told = _has_press_contact(event) or speaking.exists() or to_do.exists()
    return told or bool(pages_of(event))


def announce(notice_pk: int) -> int:
    """Send what is not sent yet of one notice; the number of mails that went out.

    A mail that cannot be handed over is logged, and its row stays without `sent_at`: the page of the event says
    so and offers to try again.
    """
    notice = EventNotice.objects.select_related("event__body", "event__vehicle", "by").get(
        pk=notice_pk
    )
    waiting = list(notice.recipients.filter(sent_at__isnull=True))
    if not waiting:
        return 0
    staff = _staff_addresses(waiting)
    branding = _branding()
    reply_to = [branding.contact_email] if branding.contact_email else None
    languages = languages_of({row.address for row in waiting})
    words: dict[tuple[bool, str], tuple[str, str]] = {}
    sent = 0
    connection = get_connection()
    try:
        connection.open()
    except (SMTPException, OSError):
        logger.exception("No mail server to announce notice %s", notice_pk)
        return 0
    try:
        for row in waiting:
            wanted = (row.address in staff, languages.get(row.address, ""))
            if wanted not in words:
                words[wanted] = _message(notice, branding, inside=wanted[0], language=wanted[1])
            subject, body = words[wanted]
            message = EmailMessage(
                subject, body, to=[row.address], reply_to=reply_to, connection=connection
            )
            sent += _send(row, message)
    finally:
        connection.close()
    return sent


def _send(row: NoticeRecipient, message: EmailMessage) -> bool:
    claimed = NoticeRecipient.objects.filter(pk=row.pk, sent_at__isnull=True)
    if not claimed.update(sent_at=timezone.now()):
        return False
    try:
        message.send()
    except (SMTPException, OSError):
        NoticeRecipient.objects.filter(pk=row.pk).update(sent_at=None)
        logger.exception("Notice %s did not reach %s", row.notice_id, row.address)
        return False
    return True


def _message(
    notice: EventNotice, branding: Branding, *, inside: bool, language: str
) -> tuple[str, str]:
    """Subject and text, in `language` or else the site's. `inside` adds what is for staff alone: the reason and the
    way to the event's page."""
    event = notice.event
    with translation.override(language or settings.LANGUAGE_CODE.partition("-")[0]):
        deadlines = Window.objects.filter(event=event, done_at__isnull=True).select_related("event")
        context = {
            "notice": notice,
            "event": event,
            "inside": inside,
            "address": f"{settings.ROSTRUM_BASE_URL}{reverse('events:room', args=[event.pk])}",
            "deadlines": [] if event.is_off else deadlines.overdue_first(),
            "branding": branding,
        }
        subject = f"{notice.get_kind_display()}: {event.title}"
        body = render_to_string("events/mail/change.txt", context)
    return " ".join(subject.split()), body


def _staff_addresses(rows: Iterable[NoticeRecipient]) -> set[str]:
    """Of those who see every event: speakers, with an account or without, are not told the reason."""
    wanted = {row.address for row in rows}
    emails = User.objects.with_perm(VIEW_EVENT).exclude(email="").values_list("email", flat=True)
    return {email.casefold() for email in emails} & wanted


def _branding() -> Branding:
    site = default_site()
    return Branding.for_site(site) if site else Branding()


def untold(notice: EventNotice) -> str:
    """Names of those whose mail did not go out, for the page of the event."""
    waiting = notice.recipients.filter(sent_at__isnull=True)
    return ", ".join(waiting.values_list("name", flat=True))
