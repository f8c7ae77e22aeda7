"""What people do to a deadline: set it by hand, give it to somebody, say that it is done.

Every verb asks for the acting user, refuses with EventRefused in words, and writes to the event's history.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from events.domain.called_off import off_words
from events.domain.errors import EventRefused
from events.domain.windows import recompute
from events.enums import EventStatus
from events.models import Event, Window
from events.permissions import CHANGE_EVENT


@transaction.atomic
def add_by_hand(
    event: Event,
    *,
    by,
    what: str,
    closes_at: dt.datetime,
    opens_at: dt.datetime | None = None,
    label: str = "",
    reason: str = "",
    responsible=None,
) -> Window:
    """A deadline that no rule gives. `reason` says where it comes from; it may be empty."""
    _require(by)
    _check_stands(event)
    _check_order(opens_at, closes_at)
    window = Window.objects.create(
        event=event,
        what=what,
        label=label,
        opens_at=opens_at,
        closes_at=closes_at,
        overridden=True,
        anchored_at=event.starts_at,
        reason=reason,
        responsible=responsible,
    )
    _log(window, "events.window.add", by)
    return window


@transaction.atomic
def override(
    window: Window, *, by, closes_at: dt.datetime, opens_at: dt.datetime | None, reason: str
) -> Window:
    """Set the moment by hand; it stays when the event moves, and asks to be checked then."""
    window = _lock(window, by)
    if not reason.strip():
        raise EventRefused(_("Say why, for whoever asks later."))
    _check_order(opens_at, closes_at)
    window.opens_at, window.closes_at = opens_at, closes_at
    window.overridden, window.reason = True, reason.strip()
    window.problem, window.check_again = "", False
    window.anchored_at = window.event.starts_at
    window.save()
    _log(window, "events.window.change", by)
    return window


@transaction.atomic
def follow_rule(window: Window, *, by) -> Window:
    """Give up what was entered by hand."""
    window = _lock(window, by)
    if window.rule_id is None:
        raise EventRefused(_("The body has no rule for this deadline."))
    window.overridden, window.reason, window.check_again = False, "", False
    window.save()
    recompute(window.event)
    window.refresh_from_db()
    _log(window, "events.window.follow", by)
    return window


@transaction.atomic
def keep_as_is(window: Window, *, by) -> Window:
    """What was entered by hand still holds after the event moved."""
    window = _lock(window, by)
    if window.check_again:
        window.check_again = False
        window.save(update_fields=["check_again"])
        _log(window, "events.window.change", by)
    return window


@transaction.atomic
def describe(
    window: Window, *, by, reason: str, what: str = "", label: str | None = None
) -> Window:
    """Other words for it. What a rule gives keeps the words of the rule; its moment stays."""
    window = _lock(window, by)
    before = (window.what, window.label, window.reason)
    window.reason = reason.strip()
    if window.rule_id is None:
        window.what = what or window.what
        window.label = window.label if label is None else label
    if before != (window.what, window.label, window.reason):
        window.save(update_fields=["what", "label", "reason"])
        _log(window, "events.window.change", by)
    return window


@transaction.atomic
def assign(window: Window, *, by, responsible) -> Window:
    """Who sees to it; None for nobody."""
    window = _lock(window, by)
    if window.responsible_id != (responsible.pk if responsible else None):
        window.responsible = responsible
        window.save(update_fields=["responsible"])
        _log(window, "events.window.assign", by)
    return window


@transaction.atomic
def mark_done(window: Window, *, by) -> Window:
    """Handed in, signed up, asked for. Twice changes nothing."""
    window = _lock(window, by)
    if window.done_at is None:
        window.done_at, window.done_by = timezone.now(), by
        window.save(update_fields=["done_at", "done_by"])
        _log(window, "events.window.done", by)
    return window


@transaction.atomic
def mark_undone(window: Window, *, by) -> Window:
    """Not done after all: from now on it follows its rule again."""
    window = _lock(window, by)
    if window.done_at is not None:
        window.done_at = window.done_by = None
        window.save(update_fields=["done_at", "done_by"])
        recompute(window.event)
        window.refresh_from_db()
        _log(window, "events.window.undone", by)
    return window


@transaction.atomic
def remove(window: Window, *, by) -> None:
    """Only what was entered by hand: a rule would bring its window back."""
    window = _lock(window, by)
    if window.rule_id is not None:
        raise EventRefused(_("This deadline comes from a rule of the body: change the rule."))
    _log(window, "events.window.remove", by)
    window.delete()


def _check_order(opens_at: dt.datetime | None, closes_at: dt.datetime) -> None:
    if opens_at is not None and opens_at >= closes_at:
        raise EventRefused(_("It would close before it opens."))


def _lock(window: Window, by) -> Window:
    _require(by)
    windows = Window.objects.select_for_update(of=("self",))
    current = windows.select_related("event__body", "rule", "responsible").get(pk=window.pk)
    _check_stands(current.event)
    return current


def _check_stands(event: Event) -> None:
    """With a cancelled event its deadlines are gone."""
    if event.status == EventStatus.CANCELLED:
        raise EventRefused(off_words(event))


def _require(user) -> None:
    if not user.has_perm(CHANGE_EVENT):
        raise PermissionDenied


def _log(window: Window, action: str, by) -> None:
    """On the event, whose history people read."""
    who = window.responsible
    data = {
        "window": window.name,
        "closes": window.closes_words,
        "reason": window.reason,
        "responsible": (who.get_full_name() or who.get_username()) if who else "–",
    }
    log(window.event, action, user=by, data=data)
