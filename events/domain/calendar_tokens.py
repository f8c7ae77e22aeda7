"""Secret addresses of private calendars: made, shown once, revoked, and found again by their hash."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from events.domain.access import sees_everything
from events.enums import CalendarScope
from events.models import CalendarToken

BYTES = 32  # 256 bits: guessing is hopeless at any rate
USE_NOTED = dt.timedelta(hours=1)


@transaction.atomic
def make_address(user, *, scope: str) -> tuple[CalendarToken, str]:
    """A new address and its secret part, which is kept nowhere. Raises PermissionDenied for what `user` may not see."""
    if scope == CalendarScope.ALL and not sees_everything(user):
        raise PermissionDenied
    secret = secrets.token_urlsafe(BYTES)
    token = CalendarToken.objects.create(
        user=user, scope=CalendarScope(scope), token_hash=_hash(secret)
    )
    log(user, "events.calendar.made", user=user, data={"shows": str(token.scope)})
    return token, secret


@transaction.atomic
def revoke(token: CalendarToken, *, user) -> None:
    """The address answers nothing from now on. Only its owner, or who manages users, may."""
    if token.user_id != user.pk and not user.has_perm("cms.change_user"):
        raise PermissionDenied
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        log(token.user, "events.calendar.revoked", user=user, data={"shows": token.scope})


def token_for(secret: str) -> CalendarToken | None:
    """The working address with this secret. None also when its owner may no longer see what it shows."""
    token = (
        CalendarToken.objects.working()
        .select_related("user")
        .filter(token_hash=_hash(secret))
        .first()
    )
    if token is None or (token.scope == CalendarScope.ALL and not sees_everything(token.user)):
        return None
    return token


def note_use(token: CalendarToken) -> None:
    """Calendars ask every few minutes: once an hour is written down."""
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > USE_NOTED:
        CalendarToken.objects.filter(pk=token.pk).update(last_used_at=now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
