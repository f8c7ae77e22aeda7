"""Three versions of the same words: what the original said, what it says now, and a version of somebody's own.

Knows fields and blocks as plain data, no models. A block is the stored form of a stream: type, value, id.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

BODY = "body"  # as a path: the order of the blocks; "body.<id>" is one block
# The editor marks each paragraph for itself when it saves.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
Block = dict[str, Any]


@dataclass(frozen=True)
class Words:
    fields: dict[str, Any] = field(default_factory=dict)
    blocks: Sequence[Block] = ()

    def by_id(self) -> dict[str, Block]:
        return {block["id"]: block for block in self.blocks}

    def ids(self) -> list[str]:
        return [block["id"] for block in self.blocks]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Change:
    """One field or block that the original changed. None stands for a block that is not there.

    `is_clean`: the version still reads as the original did before, so taking it loses nothing.
    """

    path: str
    before: Any
    after: Any
    own: Any
    is_clean: bool


def same(one: Any, other: Any) -> bool:
    return _bare(one) == _bare(other)


def differ(one: Words, other: Words) -> bool:
    fields = one.fields.keys() | other.fields.keys()
    return not (
        same(list(one.blocks), list(other.blocks))
        and all(same(one.fields.get(name), other.fields.get(name)) for name in fields)
    )


def compare(base: Words, now: Words, own: Words) -> list[Change]:
    """What the original changed between `base` and `now` and `own` does not say yet, in reading order."""
    old, new, ours = base.by_id(), now.by_id(), own.by_id()
    found = [
        _change(name, base.fields.get(name), value, own.fields.get(name))
        for name, value in now.fields.items()
    ]
    found += [
        _change(f"{BODY}.{pk}", old.get(pk), new.get(pk), ours.get(pk))
        for pk in _reading_order(now, base)
    ]
    common = old.keys() & new.keys() & ours.keys()
    orders = [[pk for pk in words.ids() if pk in common] for words in (base, now, own)]
    found.append(_change(BODY, *orders))
    return [change for change in found if change is not None]


def take_over(own: Words, now: Words, paths: Collection[str]) -> Words:
    """`own` with what `now` says at `paths`; everything else as it was."""
    fields = own.fields | {name: value for name, value in now.fields.items() if name in paths}
    new = now.by_id()
    blocks = [
        block for block in own.blocks if f"{BODY}.{block['id']}" not in paths or block["id"] in new
    ]
    before: str | None = None
    for block in now.blocks:
        place = _place(blocks, block["id"])
        if f"{BODY}.{block['id']}" in paths:
            if place is None:
                place = 0 if before is None else (_place(blocks, before) or 0) + 1
                blocks.insert(place, block)
            blocks[place] = block
        if place is not None:
            before = block["id"]
    if BODY in paths:
        blocks = _in_order(blocks, now.ids())
    return Words(fields, blocks)


def settle(
    base: Words, now: Words, own: Words, offered: Collection[str], paths: Collection[str]
) -> Words:
    """`base` once `paths` of what was `offered` are answered, and `own` reads as it does after that.

    A block that becomes known may stand elsewhere here and there: that is no offer of another order.
    """
    settled = take_over(base, now, paths)
    open_paths = {change.path for change in compare(settled, now, own)}
    return take_over(settled, now, {BODY} & open_paths - set(offered))


def _change(path: str, before: Any, after: Any, own: Any) -> Change | None:
    if same(before, after) or same(own, after):
        return None
    return Change(path, before, after, own, is_clean=same(own, before))


def _reading_order(now: Words, base: Words) -> list[str]:
    """The blocks of `now`, and those that are gone behind what they stood behind."""
    ids = now.ids()
    before: str | None = None
    for pk in base.ids():
        if pk not in ids:
            ids.insert(0 if before is None else ids.index(before) + 1, pk)
        before = pk
    return ids


def _in_order(blocks: Sequence[Block], ids: Sequence[str]) -> list[Block]:
    """The blocks of `ids` in their order, each in a place where one of them stood; others stay."""
    ranks = {pk: rank for rank, pk in enumerate(ids)}
    moving = iter(
        sorted((b for b in blocks if b["id"] in ranks), key=lambda block: ranks[block["id"]])
    )
    return [next(moving) if block["id"] in ranks else block for block in blocks]


def _place(blocks: Iterable[Block], pk: str) -> int | None:
    return next((place for place, block in enumerate(blocks) if block["id"] == pk), None)


def _bare(value: Any) -> Any:
    """Without the marks that differ between two savings of the same words."""
    if isinstance(value, str):
        return BLOCK_KEY.sub("", value)
    if isinstance(value, dict):
        return {key: _bare(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_bare(one) for one in value]
    return value
