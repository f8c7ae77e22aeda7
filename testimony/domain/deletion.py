"""What was said keeps its items: an item that a filed or delivered record shows cannot be deleted."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model
from django.utils.translation import ngettext

from testimony.domain.where_used import describe
from testimony.models import Use

SHOWN = 5  # enough to see what it is about


class ItemIsOnRecord(Exception):
    """Raised when somebody deletes an item that a record shows. `str(error)` names the item and the number."""


def refuse(item: Model) -> None:
    """Raise ItemIsOnRecord if a record shows `item`."""
    count = Use.objects.of(item).frozen().count()
    if count:
        raise ItemIsOnRecord(_sentence(item, count))


def why_keep(items: Sequence[Model], user) -> list[str]:
    """A sentence for each item that must stay, each followed by the records; empty when all may go."""
    reasons = []
    for item in items:
        uses = Use.objects.of(item).frozen()
        count = uses.count()
        if count:
            named = [use.title for use in describe(list(uses.order_by("-pk")[:SHOWN]), user)]
            more = count - len(named)
            if more:
                named.append(
                    ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
                )
            reasons.append(f"{_sentence(item, count)} {'; '.join(named)}")
    return reasons


def _sentence(item: Model, count: int) -> str:
    words = ngettext(
        "“%(item)s” cannot be deleted: it stands in %(count)d document that was filed or delivered.",
        "“%(item)s” cannot be deleted: it stands in %(count)d documents that were filed or delivered.",
        count,
    )
    return words % {"item": item, "count": count}
