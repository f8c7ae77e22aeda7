"""What may be begun from a bill or rule. Upper packages register here, its form shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from events.models import Vehicle


@dataclass(frozen=True)
class VehicleLink:
    """A way to begin something. `suits` says for which vehicles it can be begun, `permitted` by whom."""

    label: str | Promise
    url: Callable[[Vehicle], str]
    suits: Callable[[Vehicle], bool]
    permitted: Callable[[AbstractBaseUser | AnonymousUser], bool]
    icon: str = "plus"


_links: dict[str, VehicleLink] = {}


def register_vehicle_action(name: str, link: VehicleLink) -> None:
    """Called in `AppConfig.ready()`; the same name again replaces it."""
    _links[name] = link


def vehicle_links(vehicle: Vehicle, user) -> list[VehicleLink]:
    """What `user` may begin for `vehicle`."""
    return [it for it in _links.values() if it.suits(vehicle) and it.permitted(user)]
