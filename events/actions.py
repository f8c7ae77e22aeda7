"""What may be started from an event or from one presentation.

Upper packages register here, the event's own page shows it. A registry at the bottom of `events`, so that
`testimony` can offer its documents without being known here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists
from django.utils.functional import Promise

from events.models import Event, Presentation
from events.models.event import EventQuerySet

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
    quiet: bool
    suits: Callable[[Event], bool]


@dataclass(frozen=True)
class EventLink:
    """An action as it stands on the page of one event."""

    label: str
    url: str
    icon: str
    post: bool = False
    quiet: bool = False


@dataclass(frozen=True)
class PresentationAction:
    """What a speaker without a document needs first. A button that posts."""

    label: Callable[[Presentation], str]
    url: Callable[[Presentation], str]
    permitted: MayStart
    icon: str


@dataclass(frozen=True)
class LooseDraft:
    """A draft for an event that nobody on its list brings. `who` is its speaker, where it names one already."""

    title: str
    edit_url: str
    speaker_url: str  # where somebody says who will speak
    who: str = ""


_actions: dict[str, EventAction] = {}
_presentation_actions: dict[str, PresentationAction] = {}
_loose: dict[str, tuple[Callable[[Event], Iterable[LooseDraft]], Callable[[], Exists]]] = {}


def register_loose_drafts(
    name: str,
    find: Callable[[Event], Iterable[LooseDraft]],
    there_are: Callable[[], Exists],
) -> None:
    """`find` reads them in one query; `there_are` tells in the query of the event itself (`OuterRef("pk")`) whether
    that is worth asking. Called in `AppConfig.ready()`."""
    _loose[name] = find, there_are


def aware_of_loose_drafts(events: EventQuerySet) -> EventQuerySet:
    return events.annotate(**{f"loose_{name}": it[1]() for name, it in _loose.items()})


def loose_drafts(event: Event) -> list[LooseDraft]:
    """Free for an event of `aware_of_loose_drafts` that has none."""
    asked = [find for name, (find, _any) in _loose.items() if getattr(event, f"loose_{name}", True)]
    return [draft for find in asked for draft in find(event)]


def register_event_action(
    name: str,
    label: str | Promise,
    url: Callable[[Event], str],
    *,
    permission: str | MayStart,
    icon: str = "plus",
    order: int = 100,
    post: bool = False,
    quiet: bool = False,
    suits: Callable[[Event], bool] = lambda event: True,
) -> None:
    """Offer `label` on every event that it `suits`. Called in `AppConfig.ready()`; the same name again replaces it.

    `url` gets the event; `permission` is the name of a Django permission or a test of the user. `post` makes it
    a button that posts, for what creates something at once; `quiet` one that stands back beside the others.
    """

    def has_permission(user) -> bool:
        return user.has_perm(permission)

    permitted = permission if callable(permission) else has_permission
    _actions[name] = EventAction(name, label, url, permitted, icon, order, post, quiet, suits)


def unregister_event_action(name: str) -> None:
    _actions.pop(name, None)


def event_links(event: Event, user) -> list[EventLink]:
    """What `user` may start from `event`, in order."""
    actions = sorted(_actions.values(), key=lambda action: (action.order, action.name))
    return [
        EventLink(str(action.label), action.url(event), action.icon, action.post, action.quiet)
        for action in actions
        if action.suits(event) and action.permitted(user)
    ]


def register_presentation_action(
    name: str,
    label: Callable[[Presentation], str],
    url: Callable[[Presentation], str],
    *,
    permission: MayStart,
    icon: str = "plus",
) -> None:
    """Offer `label` on every open presentation that has no document yet. Called in `AppConfig.ready()`."""
    _presentation_actions[name] = PresentationAction(label, url, permission, icon)


def presentation_actions(user) -> list[PresentationAction]:
    """What `user` may start. Asked once for an event, then put on each presentation by `on()`."""
    return [action for action in _presentation_actions.values() if action.permitted(user)]


def on(presentation: Presentation, actions: list[PresentationAction]) -> list[EventLink]:
    """The buttons of one presentation; its `materials` should be prefetched."""
    if not presentation.is_open or presentation.materials.all():
        return []
    return [
        EventLink(action.label(presentation), action.url(presentation), action.icon, post=True)
        for action in actions
    ]
