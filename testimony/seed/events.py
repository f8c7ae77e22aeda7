"""Events of the world that the public may not know of, and the private words of one that it may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from events.enums import Audience, EventKind, EventStatus
from events.models import Body, Event, EventNotice, Window
from testimony.seed.canaries import Canaries, Planted

Note = Callable[..., Planted]
# By state, what keeps it from the public.
HIDDEN: dict[str, dict[str, str]] = {
    "press-conference": {"kind": EventKind.PRESS_CONFERENCE},
    "community-event": {"kind": EventKind.COMMUNITY_EVENT},
    "tentative": {"status": EventStatus.TENTATIVE},
    "tentative-announced": {"status": EventStatus.TENTATIVE, "audience": Audience.PUBLIC},
    "staff-only": {"audience": Audience.STAFF},
}
WORDS = (
    *("title", "place", "notes", "run_of_show", "languages", "interpretation_offered"),
    *("accessibility", "childcare", "food"),
)
PRIVATE_WORDS = ("notes", "run_of_show")


def plant_events(canaries: Canaries, note: Note, body: Body) -> None:
    starts_at = timezone.now() + dt.timedelta(days=3)
    for state, fields in HIDDEN.items():
        secret = {name: canaries.word() for name in WORDS}
        event = Event.objects.create(body=body, starts_at=starts_at, **secret, **fields)
        secret |= _around(event, starts_at, canaries, announced=False)
        note(event, state, False, secret).url = f"/events/{event.pk}/"
    secret = {name: canaries.word() for name in PRIVATE_WORDS}
    event = Event.objects.create(
        title="Seed open hearing", body=body, starts_at=starts_at, place="Room 1", **secret
    )
    secret |= _around(event, starts_at, canaries, announced=True)
    video = canaries.word()
    Event.objects.filter(pk=event.pk).update(video_url=f"https://video.example/{video}")
    note(event, "open", True, {**secret, "video_url": video}).url = f"/events/{event.pk}/"


def _around(
    event: Event, starts_at: dt.datetime, canaries: Canaries, *, announced: bool
) -> dict[str, str]:
    """What staff wrote beside it: a deadline of their own, why it moved, and for whom."""
    names = ("window_label", "window_reason", "notice_reason", "notice_text")
    secret = {name: canaries.word() for name in names}
    for what in ("written", "other"):
        Window.objects.create(
            event=event,
            what=what,
            label=secret["window_label"],
            reason=secret["window_reason"],
            closes_at=starts_at - dt.timedelta(days=1),
            overridden=True,
        )
    public_text = "Another room." if announced else secret["notice_text"]
    EventNotice.objects.create(
        event=event, kind="moved", reason=secret["notice_reason"], public_text=public_text
    )
    if announced:
        secret.pop("notice_text")
    return secret
