"""What shows what in the library, as far as `Use` knows it: the steps from a document to a source behind a figure.

A leaf of `uses`: reads, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from testimony.domain.references import references_of
from testimony.models import PinPart, Use

MAX_DEPTH = 3  # a document shows a talking point, which shows a statistic, which names a source


class Key(NamedTuple):
    """An item of the library."""

    type_id: int
    pk: int


class Shown(NamedTuple):
    """How a holder shows an item. Several places may differ, so that more than one flag can be true."""

    through: Key | None = None
    follows: bool = True
    is_pinned: bool = False
    is_adapted: bool = False
    pin: int | None = None

    def joined(self, other: Shown) -> Shown:
        """Both places of one holder; the first says what it came through."""
        return Shown(
            self.through,
            self.follows or other.follows,
            self.is_pinned or other.is_pinned,
            self.is_adapted or other.is_adapted,
            self.pin or other.pin,
        )


@dataclass
class Named:
    """What a content names itself, and the pins that hold some of it."""

    items: dict[Key, Shown] = field(default_factory=dict)
    pins: dict[int, Key] = field(default_factory=dict)

    @property
    def following(self) -> set[Key]:
        return {key for key, shown in self.items.items() if shown.follows}


def key_of(item: Any) -> Key:
    return Key(ContentType.objects.get_for_model(item).pk, item.pk)


def row_key(use: Use) -> Key:
    return Key(use.item_type_id, use.item_id)


def row_shown(use: Use) -> Shown:
    through = None
    if use.through_type_id and use.through_id:
        through = Key(use.through_type_id, use.through_id)
    return Shown(through, use.follows, use.is_pinned, use.is_adapted, use.pin)


def direct(content: Model) -> Named:
    """Items that `content` itself names. Asks the database nothing."""
    named = Named()
    for reference in references_of(content):
        key = Key(ContentType.objects.get_for_model(reference.model).pk, reference.object_id)
        pin = None if reference.adapted else reference.pin
        follows = pin is None and not reference.adapted
        shown = Shown(None, follows, pin is not None, reference.adapted, reference.pin)
        named.items[key] = named.items[key].joined(shown) if key in named.items else shown
        if pin is not None:
            named.pins[pin] = key
    return named


def with_indirect(named: Named) -> dict[Key, Shown]:
    """What `named` holds and what its items show in turn: as they are now, or as they were pinned."""
    found = add_indirect(named, below(named.following))
    parts = PinPart.objects.filter(pin__in=named.pins).values_list(
        "pin", "revision__content_type", "revision__object_id"
    )
    pinned = sorted((named.pins[pin], Key(kind, int(pk)), pin) for pin, kind, pk in parts)
    for through, key, pin in pinned:
        shown = Shown(through, follows=False, is_pinned=True, pin=pin)
        if key not in named.items:
            found[key] = found[key].joined(shown) if key in found else shown
    return found


def add_indirect(named: Named, parts: dict[Key, set[Key]]) -> dict[Key, Shown]:
    """In a fixed order, so that of several ways to an item the same is kept each time."""
    found = dict(named.items)
    for through in sorted(named.following):
        for key in parts.get(through, ()):
            found.setdefault(key, Shown(through))
    return found


def parts_of(keys: Iterable[Key]) -> dict[Key, set[Key]]:
    """What published items show themselves: one query."""
    by_type: dict[int, set[int]] = {}
    for key in keys:
        by_type.setdefault(key.type_id, set()).add(key.pk)
    if not by_type:
        return {}
    wanted = Q()
    for type_id, pks in by_type.items():
        wanted |= Q(part_type=type_id, part_id__in=pks)
    parts: dict[Key, set[Key]] = {}
    rows = Use.objects.living().filter(wanted)
    for type_id, pk, *item in rows.values_list("part_type", "part_id", "item_type", "item_id"):
        parts.setdefault(Key(type_id, pk), set()).add(Key(*item))
    return parts


def below(keys: set[Key]) -> dict[Key, set[Key]]:
    """All that each of `keys` shows, over every step: a query for each step."""
    graph: dict[Key, set[Key]] = {}
    frontier = set(keys)
    for _step in range(MAX_DEPTH):
        found = parts_of(frontier)
        graph.update(found)
        frontier = {part for parts in found.values() for part in parts} - graph.keys()
    return {key: _reachable(key, graph) for key in keys}


def _reachable(start: Key, graph: dict[Key, set[Key]]) -> set[Key]:
    seen = {start}
    waiting = [start]
    while waiting:
        fresh = graph.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting += fresh
    return seen - {start}
