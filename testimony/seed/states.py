"""How an object gets into a state: the same steps as staff take, except that the clock is turned by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.models import ArchiveEntry, User

# State -> is what the object says public?
LIBRARY_STATES = {
    "never-published": False,
    "scheduled": False,
    "in-moderation": False,
    "live": True,
    "live-with-newer-draft": True,
    "unpublished": False,
    "expired": False,
}
PAGE_STATES = {**LIBRARY_STATES, "past-expiry": False, "login-private": False}


class Staff(NamedTuple):
    """Who writes, who approves, and who withdraws library items."""

    author: User
    approver: User
    administrator: User


Write = Callable[[object, bool], None]  # (object, secret): fill in public words or canaries


def bring_into(obj, state: str, write: Write, staff: Staff) -> None:
    """Save `obj` (already in the database, not live) and take it to `state`.

    `write(obj, secret)` fills the text fields, with canaries when `secret`.
    """
    public = PAGE_STATES[state]
    write(obj, not public)
    steps = {
        "never-published": _draft,
        "scheduled": _schedule,
        "in-moderation": _submit,
        "live": _publish,
        "live-with-newer-draft": _publish,
        "unpublished": _publish_and_withdraw,
        "expired": _expire,
        "past-expiry": _pass_expiry,
        "login-private": _restrict,
    }
    steps[state](obj, staff)
    if state == "live-with-newer-draft":
        newer = type(obj)._default_manager.get(pk=obj.pk)
        write(newer, True)
        newer.save_revision(user=staff.author, log_action=True)


def _draft(obj, staff: Staff):
    return obj.save_revision(user=staff.author, log_action=True)


def _publish(obj, staff: Staff) -> None:
    _approve(obj, staff)
    obj.refresh_from_db()


def _schedule(obj, staff: Staff) -> None:
    obj.go_live_at = timezone.now() + dt.timedelta(days=30)
    _approve(obj, staff)


def _submit(obj, staff: Staff) -> None:
    _draft(obj, staff)
    obj.get_workflow().start(obj, staff.author)


def _approve(obj, staff: Staff) -> None:
    _submit(obj, staff)
    state = obj.current_workflow_task_state
    state.task.specific.on_action(state, staff.approver, "approve")


def _publish_and_withdraw(obj, staff: Staff) -> None:
    _publish(obj, staff)
    obj.unpublish(user=staff.administrator, log_action=True)


def _expire(obj, staff: Staff) -> None:
    _publish(obj, staff)
    obj.unpublish(user=staff.administrator, set_expired=True, log_action=True)


def _pass_expiry(page: Page, staff: Staff) -> None:
    """Live in the database, past its expiry by the clock: `publish_scheduled` has not run yet."""
    page.expire_at = timezone.now() + dt.timedelta(hours=1)
    _publish(page, staff)
    past = timezone.now() - dt.timedelta(hours=1)
    Page.objects.filter(pk=page.pk).update(expire_at=past)
    ArchiveEntry.objects.filter(page_id=page.pk).update(expires_at=past)


def _restrict(page: Page, staff: Staff) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    _publish(page, staff)
