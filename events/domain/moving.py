"""An event is moved, postponed, cancelled, or takes place after all: the verbs, each in one transaction.

With the event go its deadlines (recomputed), its documents (flagged, their planned releases held), a notice
for the public, an entry in the history, and one announcement to each person concerned once it is committed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events.domain.announcing import announce, write_recipients
from events.domain.appearance_links import prolong
from events.domain.arrangements import Before, as_long_after, days_after, move_slots
from events.domain.comment_periods import given_a_time
from events.domain.errors import EventRefused
from events.domain.releases import flag_documents
from events.enums import OFF, Audience, EventStatus, NoticeKind, PresentationStatus
from events.models import Event, EventNotice, Window
from events.permissions import CHANGE_EVENT


@dataclass(frozen=True)
class Told:
    """What a change brought with it, for the words on the screen."""

    notice: EventNotice
    deadlines: int
    to_check: int
    documents: int
    held: int
    people: int
    unreachable: tuple[str, ...]
    stays_inside: bool


def move(
    event: Event,
    *,
    by,
    reason: str,
    starts_at: dt.datetime,
    is_all_day: bool = False,
    zone: str = "",
    place: str | None = None,
    public_text: str = "",
    seen: str = "",
) -> Told:
    """Another day, time or place. What was postponed or cancelled takes place again.

    `seen` is the `state_of` the event that the acting person looked at: where it is another one by now, two people
    would undo one another's change. Raises PermissionDenied, or EventRefused: without a reason, to the past, or where nothing changes.
    """

    def apply(current: Event) -> None:
        wanted = (starts_at, is_all_day, zone or current.timezone)
        elsewhere = place is not None and place != current.place
        same = wanted == (current.starts_at, current.is_all_day, current.timezone)
        if same and not elsewhere and not current.is_off:
            raise EventRefused(_("This is when and where it is already."))
        current.starts_at, current.is_all_day, current.timezone = wanted
        if not current.is_to_come:
            raise EventRefused(_("The new date is past."))
        current.place = current.place if place is None else place
        if current.is_off:
            _give_back(current)

    return _change(
        event, NoticeKind.MOVED, apply, by=by, reason=reason, public_text=public_text, seen=seen
    )


def postpone(event: Event, *, by, reason: str, public_text: str = "", seen: str = "") -> Told:
    """Not on that day, and no new one is known. Raises as `move`."""

    def apply(current: Event) -> None:
        if current.is_off:
            raise EventRefused(_already(current))
        current.status = EventStatus.POSTPONED

    kind = NoticeKind.POSTPONED
    return _change(event, kind, apply, by=by, reason=reason, public_text=public_text, seen=seen)


def cancel(event: Event, *, by, reason: str, public_text: str = "", seen: str = "") -> Told:
    """Not at all. Its page and its documents stay, with the notice. Raises as `move`."""

    def apply(current: Event) -> None:
        if current.status == EventStatus.CANCELLED:
            raise EventRefused(_already(current))
        current.status = EventStatus.CANCELLED

    kind = NoticeKind.CANCELLED
    return _change(event, kind, apply, by=by, reason=reason, public_text=public_text, seen=seen)


def reinstate(event: Event, *, by, reason: str, public_text: str = "", seen: str = "") -> Told:
    """It takes place after all, on the day that stands there. Raises as `move`."""

    def apply(current: Event) -> None:
        if not current.is_off:
            raise EventRefused(_("It is neither postponed nor canceled."))
        if not current.is_to_come:
            raise EventRefused(_("Its date is past: give it a new one instead."))
        _give_back(current)

    kind = NoticeKind.REINSTATED
    return _change(event, kind, apply, by=by, reason=reason, public_text=public_text, seen=seen)


@transaction.atomic
def _change(
    event: Event,
    kind: NoticeKind,
    apply: Callable[[Event], None],
    *,
    by,
    reason: str,
    public_text: str,
    seen: str,
) -> Told:
    _check_asked(by, reason)
    current = _locked(event, seen)
    notice = _as_it_was(current)
    notice.kind, notice.by = kind, by
    notice.reason, notice.public_text = reason.strip(), public_text.strip()
    closings = _closings(current)
    stays_inside = _apply(apply, current)
    notice.new_starts_at = None if current.is_off else current.starts_at
    _save(current, notice)
    flagged = flag_documents(notice, by=by)
    recipients, unreachable = write_recipients(notice, [item.page for item in flagged])
    said = {"old": notice.old_when, "new": current.when, "reason": notice.reason}
    log(current, f"events.{kind}", user=by, data=said)
    # Robust: it has moved, whatever goes wrong with a mail; who was not told stands on its page.
    transaction.on_commit(lambda: announce(notice.pk), robust=True)
    event.refresh_from_db()
    to_check = current.windows.filter(check_again=True, done_at__isnull=True)
    return Told(
        notice=notice,
        deadlines=_differing(closings, _closings(current)),
        to_check=to_check.count(),
        documents=len(flagged),
        held=sum(item.held_go_live_at is not None for item in flagged),
        people=len(recipients),
        unreachable=unreachable,
        stays_inside=stays_inside,
    )


def state_of(event: Event) -> str:
    """When, where and whether, in short: what the verbs change."""
    starts_at = event.starts_at.timestamp() if event.starts_at else ""
    said = (starts_at, event.is_all_day, event.timezone, event.place, event.status)
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()[:16]


def _locked(event: Event, seen: str) -> Event:
    """The row as it stands, so that two people who cancel at once announce it once."""
    current = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    _check_open(current)
    if seen and seen != state_of(current):
        words = _(
            "Somebody else has just changed this event. Open it again, and look before you go on."
        )
        raise EventRefused(words)
    return current


def _give_back(event: Event) -> None:
    """As certain as it was before it was called off, and hidden only where it was hidden then.

    Who opened a called-off event to the public by hand is not overruled.
    """
    status, audience = _before_it_was_off(event)
    event.status = status or EventStatus.CONFIRMED
    if status == EventStatus.TENTATIVE and event.audience == Audience.STAFF:
        event.audience = audience


def _before_it_was_off(event: Event) -> tuple[str, str]:
    """Its status and audience then; empty where no notice knows, since it came in as called off."""
    if not event.is_off:
        return event.status, event.audience
    notice = event.notices.first()
    return (notice.old_status, notice.old_audience) if notice else ("", "")


def _apply(apply: Callable[[Event], None], event: Event) -> bool:
    """True where the public never knew of it, and does not learn of it by its cancellation either."""
    was_certain = event.status != EventStatus.TENTATIVE
    apply(event)
    if was_certain or not event.is_off:
        return False
    event.audience = Audience.STAFF
    return True


def _save(event: Event, notice: EventNotice) -> None:
    """The deadlines follow by signal; the slots of the speakers, how long their links work, and when the materials
    of a press conference go out here."""
    was = Before(notice.old_starts_at, notice.old_timezone, notice.old_is_all_day)
    if was.starts_at is not None and Before.of(event) != was:
        release_at = as_long_after(event.release_at, event, was)
        event.release_at = release_at or days_after(event.release_at, event, was)
    event.save()
    move_slots(event, was)
    given_a_time(event)
    prolong(event)
    notice.save()


def _check_asked(by, reason: str) -> None:
    if not by.has_perm(CHANGE_EVENT):
        raise PermissionDenied
    if not reason.strip():
        raise EventRefused(_("Give the reason: it stands in the history of the event."))


def _as_it_was(event: Event) -> EventNotice:
    """A notice that remembers when and where it was to be, and how certain that was."""
    status, audience = _before_it_was_off(event)
    return EventNotice(
        old_status=status,
        old_audience=audience,
        event=event,
        old_starts_at=event.starts_at,
        old_timezone=event.timezone,
        old_is_all_day=event.is_all_day,
        old_place=event.place,
    )


def _check_open(event: Event) -> None:
    delivered = event.presentations.filter(status=PresentationStatus.DELIVERED)
    if event.status == EventStatus.PASSED or delivered.exists():
        raise EventRefused(_("This event has taken place: what was said there is on record."))


def _closings(event: Event) -> dict[int, dt.datetime | None]:
    return dict(Window.objects.filter(event=event).values_list("pk", "closes_at"))


def _differing(before: dict, after: dict) -> int:
    return sum(before.get(pk) != closes for pk, closes in after.items())


def _already(event: Event) -> str:
    return _("This event is %(state)s already.") % {"state": event.get_status_display().lower()}


def may_change(event: Event, user) -> bool:
    """Whether the buttons of its deadlines are worth showing."""
    return user.has_perm(CHANGE_EVENT) and event.status != EventStatus.PASSED


def is_cancelled(event: Event) -> bool:
    return event.status == EventStatus.CANCELLED


def may_move(event: Event) -> bool:
    """Still to come, or waiting for a new date. What is cancelled is reinstated, be it on another day."""
    if event.status in (EventStatus.PASSED, EventStatus.CANCELLED):
        return False
    return event.is_to_come or event.is_off


def may_be_put_off(event: Event) -> bool:
    return may_move(event) and not event.is_off


def may_be_cancelled(event: Event) -> bool:
    return may_move(event)


def may_take_place_after_all(event: Event) -> bool:
    return event.is_off and event.is_to_come


def current_notice(event: Event) -> EventNotice | None:
    """The newest notice, while it matters: the event is off, or was moved and is still to come."""
    notice = event.notices.select_related("by").first()
    if notice is None or notice.kind == NoticeKind.REINSTATED:
        return None
    recent = event.is_to_come or notice.at > timezone.now() - dt.timedelta(days=30)
    return notice if event.status in OFF or recent else None
