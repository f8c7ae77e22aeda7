"""Personal links: made, e-mailed, opened and revoked. Whoever holds one needs no account.

The address holds 256 random bits; stored is their SHA-256. The first device that opens it keeps it: a cookie proves the
device, and any other gets what a wrong address gets. Nothing is bound by looking: programs that check mail for
harmful links look at every address, so the device is bound by the button on the page.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
from dataclasses import dataclass
from typing import NoReturn

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.models import Person
from events.domain.called_off import check_takes_place
from events.domain.errors import PresentationRefused
from events.enums import Opening
from events.models import AppearanceLink, Event, LinkOpening, Presentation
from events.models.event import going_on
from events.models.presentation import PresentationQuerySet
from events.permissions import CHANGE_PRESENTATION

logger = logging.getLogger(__name__)

SECRET_BYTES = 32
AFTER_THE_LAST = dt.timedelta(days=2)
WITHOUT_A_DATE = dt.timedelta(days=30)
LONGEST = dt.timedelta(days=180)
STILL_SHOWN = dt.timedelta(days=1)  # a hearing that has begun is when the link is needed most
# Refusals of one link that are written down: who hammers it fills no table.
ONE_REFUSAL_A = dt.timedelta(minutes=1)


class LinkRefused(Exception):
    """This attempt gets nothing. The reason is logged, never told."""


@dataclass(frozen=True)
class Issued:
    """A new link with its secret, which exists only here and in the e-mail."""

    link: AppearanceLink
    token: str


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def appearances_of(person: Person) -> PresentationQuerySet:
    """What a personal link shows: still to come, or whose last day began within the last day. Soonest first, undated
    last."""
    since = timezone.now() - STILL_SHOWN
    shown = Q(event__starts_at__gte=since) | Q(event__starts_at__isnull=True)
    several = Q(event__in=Event.objects.filter(going_on(since)))
    own = Presentation.objects.exclude(status="withdrawn").filter(shown | several, speaker=person)
    return own.with_event().order_by("event__starts_at", "slot_at", "pk")


def working_links(person: Person) -> QuerySet[AppearanceLink]:
    now = timezone.now()
    return person.appearance_links.filter(revoked_at__isnull=True, expires_at__gt=now)


@transaction.atomic
def issue(presentation: Presentation, *, user) -> Issued:
    """A new link for the speaker, to all their appearances; those that were sent before stop working.

    Raises PermissionDenied, or PresentationRefused where there is nobody to send it to.
    """
    _require(user)
    person = Person.objects.select_for_update(of=("self",)).get(pk=presentation.speaker_id)
    if not person.email:
        raise PresentationRefused(
            _("No e-mail address of %(speaker)s is recorded. Add it to the person first.")
            % {"speaker": person}
        )
    if not presentation.is_open:
        raise PresentationRefused(_("This presentation is over or withdrawn: nothing is sent."))
    check_takes_place(presentation.event)
    now = timezone.now()
    working_links(person).update(revoked_at=now)
    token = secrets.token_urlsafe(SECRET_BYTES)
    link = AppearanceLink.objects.create(
        person=person,
        token_hash=digest(token),
        sent_to=person.email,
        created_at=now,
        created_by=user,
        expires_at=expiry_for(person),
    )
    _log(presentation.event, "events.link.send", user, person)
    return Issued(link, token)


@transaction.atomic
def take_back(issued: Issued) -> None:
    """The mail did not go out: nobody has the new link, so those that it replaced work again."""
    link = issued.link
    replaced = AppearanceLink.objects.filter(person=link.person_id, revoked_at=link.created_at)
    replaced.exclude(pk=link.pk).update(revoked_at=None)
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])


def prolong(event: Event) -> None:
    """Links of those who speak at `event`, which was moved, work until it is over. None works for less long."""
    speaking = Presentation.objects.open().filter(event=event.pk).values("speaker")
    now = timezone.now()
    working = AppearanceLink.objects.filter(revoked_at__isnull=True, expires_at__gt=now)
    for link in working.filter(person__in=speaking).select_related("person"):
        expires_at = expiry_for(link.person)
        if expires_at > link.expires_at:
            AppearanceLink.objects.filter(pk=link.pk).update(expires_at=expires_at)


def expiry_for(person: Person) -> dt.datetime:
    """Two days after the last appearance that is known; a month where no date is; at most half a year."""
    now = timezone.now()
    starts = [item.event.last_start or now + WITHOUT_A_DATE for item in appearances_of(person)]
    last = max(starts, default=now)
    return min(max(last, now) + AFTER_THE_LAST, now + LONGEST)


@transaction.atomic
def revoke(person: Person, *, event: Event, user) -> int:
    """No link of this speaker works any more. Returns how many did."""
    _require(user)
    count = working_links(person).update(revoked_at=timezone.now())
    if count:
        _log(event, "events.link.revoke", user, person)
    return count


def find(token: str, *, device: str, agent: str) -> AppearanceLink:
    """The link of a token, where it works for the device that holds the secret `device`.

    A link that nobody opened yet works for any. Raises LinkRefused, always without words.
    """
    links = AppearanceLink.objects.select_related("person__organization")
    link = links.filter(token_hash=digest(token)).first()
    if link is None:
        refuse_unknown()
    if link.revoked_at is not None:
        _refuse(link, Opening.REVOKED, agent)
    if link.expires_at <= timezone.now():
        _refuse(link, Opening.EXPIRED, agent)
    if link.device_hash and not secrets.compare_digest(link.device_hash, digest(device)):
        _refuse(link, Opening.OTHER_DEVICE, agent)
    return link


def refuse_unknown() -> NoReturn:
    """What is no link of ours. Raises LinkRefused; the log is told once a minute, however many are tried."""
    if cache.add("events.unknown_link", True, timeout=int(ONE_REFUSAL_A.total_seconds())):
        logger.warning("A personal link that does not exist was asked for.")
    raise LinkRefused


def bind(link: AppearanceLink, *, agent: str) -> str:
    """Keep the link for the device that asks, and return the secret that proves it. The first one wins."""
    device = secrets.token_urlsafe(SECRET_BYTES)
    free = AppearanceLink.objects.filter(pk=link.pk, device_hash="", revoked_at__isnull=True)
    if not free.update(device_hash=digest(device)):
        _refuse(link, Opening.OTHER_DEVICE, agent)
    note(link, Opening.FIRST, agent=agent)
    return device


def note(link: AppearanceLink, outcome: Opening, *, agent: str, detail: str = "") -> None:
    LinkOpening.objects.create(
        link=link,
        at=timezone.now(),
        outcome=outcome,
        detail=detail[:255],
        device=device_name(agent),
    )


def device_name(agent: str) -> str:
    """What staff recognise: the kind of device and of browser, without the version that tells people apart."""
    kinds = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux")
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    kind = next((name for name in kinds if name in agent), "")
    browser = next((name for mark, name in browsers.items() if mark in agent), "")
    return ", ".join(filter(None, [kind, browser])) or str(_("unknown device"))


def _refuse(link: AppearanceLink, outcome: Opening, agent: str) -> NoReturn:
    since = timezone.now() - ONE_REFUSAL_A
    if not link.openings.filter(outcome=outcome, at__gte=since).exists():
        note(link, outcome, agent=agent)
    logger.warning("Personal link %s was refused: %s.", link.pk, outcome.value)
    raise LinkRefused


def _require(user) -> None:
    if not user.has_perm(CHANGE_PRESENTATION):
        raise PermissionDenied


def _log(event: Event, action: str, user, person: Person) -> None:
    log(event, action, user=user, data={"speaker": person.name})
