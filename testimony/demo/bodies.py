"""Loads the demo's bodies: four fictional ones, and six real ones whose rules are stated with their sources."""

from __future__ import annotations

from typing import Any

from events.models import Body, BodyPosition, DeadlineRule
from testimony.demo.reader import rows

NESTED = {"key", "rules", "positions"}


def load_bodies() -> dict[str, Body]:
    """By the keys of the files. Everything is checked as the form checks it."""
    return {row["key"]: _body(row) for name in ("bodies", "profiles") for row in rows(name)}


def _body(row: dict[str, Any]) -> Body:
    fields = {name: value for name, value in row.items() if name not in NESTED}
    body = Body(**{**fields, "address": "\n".join(row.get("address", ()))})
    body.full_clean()
    body.save()
    for number, rule in enumerate(row.get("rules", ())):
        _add(DeadlineRule(body=body, sort_order=number, **rule))
    for number, position in enumerate(row.get("positions", ())):
        _add(BodyPosition(body=body, sort_order=number, **position))
    return body


def _add(item: DeadlineRule | BodyPosition) -> None:
    item.full_clean()
    item.save()
