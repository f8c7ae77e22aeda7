"""What may be started from an event: upper packages register here, the event's own page shows it.

A registry at the bottom of `events`, so that `testimony` can offer its documents without being known here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from events.models import Event

MayStart = Callable[[AbstractBaseUser | AnonymousUser], bool]


@dataclass(frozen=True)
class EventAction:
    name: str
    label: str | Promise
    url: Callable[[Event], str]
    permitted: MayStart
    icon: str
    order: int
    post: bool


@dataclass(frozen=True)
class EventLink:
    """An action as it stands on the page of one event."""

    label: str
    url: str
    icon: str
    post: bool = False


_actions: dict[str, EventAction] = {}


def register_event_action(
    name: str,
    label: str | Promise,
    url: Callable[[Event], str],
    *,
    permission: str | MayStart,
    icon: str = "plus",
    order: int = 100,
    post: bool = False,
) -> None:
    """Offer `label` on every event. Called in `AppConfig.ready()`; the same name again replaces it.

    `url` gets the event; `permission` is the name of a Django permission or a test of the user. `post` makes it
    a button that posts, for what creates something at once.
    """

    def has_permission(user) -> bool:
        return user.has_perm(permission)

    permitted = permission if callable(permission) else has_permission
    _actions[name] = EventAction(name, label, url, permitted, icon, order, post)


def unregister_event_action(name: str) -> None:
    _actions.pop(name, None)


def event_links(event: Event, user) -> list[EventLink]:
    """What `user` may start from `event`, in order."""
    actions = sorted(_actions.values(), key=lambda action: (action.order, action.name))
    return [
        EventLink(str(action.label), action.url(event), action.icon, action.post)
        for action in actions
        if action.permitted(user)
    ]
