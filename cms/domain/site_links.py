"""Public pages that are no Wagtail pages: upper packages register their links and addresses here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists
from django.urls import reverse
from django.utils.functional import Promise

Addresses = Callable[[], Iterable[tuple[str, dt.datetime | None]]]


@dataclass(frozen=True)
class MenuLink:
    """`name` is that of a URL. `shown` asks whether there is anything to read there: an expression that the menu's own
    query carries along, since the menu stands on every page and must cost nothing more."""

    label: str | Promise
    name: str
    shown: Callable[[], Exists] | None = None

    @property
    def url(self) -> str:
        return reverse(self.name)


_links: dict[str, MenuLink] = {}
_addresses: dict[str, Addresses] = {}


def register_menu_link(
    name: str, label: str | Promise, *, shown: Callable[[], Exists] | None = None
) -> None:
    """Called in `AppConfig.ready()`; the same name again replaces it."""
    _links[name] = MenuLink(label, name, shown)


def menu_links() -> list[MenuLink]:
    return list(_links.values())


def register_addresses(name: str, addresses: Addresses) -> None:
    """`addresses` gives paths for the sitemap, each with the moment of its last change where that is known."""
    _addresses[name] = addresses


def registered_addresses() -> list[tuple[str, dt.datetime | None]]:
    return [found for addresses in _addresses.values() for found in addresses()]
