"""What documents still need before they are handed in. Upper packages know; they register in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page


@dataclass(frozen=True)
class Readiness:
    """Sentences: `missing` forbids to call a document ready, `advice` does not. `awaits_approval`: one of those that
    are missing is that somebody approves it."""

    missing: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    awaits_approval: bool = False

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def label(self) -> str:
        """ "Ready", or "2 missing"."""
        if self.is_ready:
            return _("Nothing missing")
        count = len(self.missing)
        return ngettext("%(count)d missing", "%(count)d missing", count) % {"count": count}


Judge = Callable[[Sequence[Page]], dict[int, Readiness]]
_judges: dict[str, Judge] = {}


def register_judge(name: str, judge: Judge) -> None:
    """`judge` answers, by primary key, for the pages it knows, in a number of queries that does not grow."""
    _judges[name] = judge


def readiness_of(pages: Sequence[Page]) -> dict[int, Readiness]:
    """By primary key, of what would be handed in of each page. Kinds that nobody judges are left out."""
    found: dict[int, Readiness] = {}
    for judge in _judges.values() if pages else ():
        found.update(judge(pages))
    return found
