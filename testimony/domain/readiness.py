"""Whether a document may be handed in: rules as data, for each kind of document.

`missing` forbids to call it ready to file; `advice` forbids nothing. What publishing needs is less, and stands in
`testimony.models.readiness`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from events.domain import readiness as filing
from testimony.domain.readings import Reading, drafts, read, read_all
from testimony.domain.rules import APPROVAL, RULES, kind_of
from testimony.domain.speaking_time import Meter
from testimony.enums import CheckState
from testimony.models import DocumentPage

FIRST = {CheckState.MISSING: 0, CheckState.ADVICE: 1, CheckState.OK: 2}


@dataclass(frozen=True)
class Result:
    """`field` is what the editor jumps to: the name of a field, or the id of a block; `url` where it is settled when
    that is another page, `link` how that is called."""

    name: str
    label: str | Promise
    state: str
    words: str = ""
    field: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Judgement:
    results: tuple[Result, ...]

    def of(self, state: str) -> list[Result]:
        return [it for it in self.results if it.state == state]

    @property
    def missing(self) -> list[Result]:
        return self.of(CheckState.MISSING)

    @property
    def advice(self) -> list[Result]:
        return self.of(CheckState.ADVICE)

    @property
    def awaits_approval(self) -> bool:
        return any(it.name == APPROVAL for it in self.missing)

    @property
    def label(self) -> str:
        """ "2 missing, 1 to look at", or "Ready"."""
        parts = []
        if count := len(self.missing):
            parts.append(
                ngettext("%(count)d missing", "%(count)d missing", count) % {"count": count}
            )
        if count := len(self.advice):
            words = ngettext("%(count)d to look at", "%(count)d to look at", count)
            parts.append(words % {"count": count})
        return ", ".join(parts) if self.missing else ", ".join([_("Nothing missing"), *parts])

    def as_dict(self) -> dict[str, Any]:
        """For the editor's script: what is missing first."""
        ordered = sorted(self.results, key=lambda it: FIRST[CheckState(it.state)])
        return {
            "label": self.label,
            "missing": len(self.missing),
            "advice": len(self.advice),
            "results": [
                {
                    "name": it.name,
                    "label": str(it.label),
                    "state": str(it.state),
                    "state_label": str(CheckState(it.state).label),
                    "words": it.words,
                    "field": it.field,
                    "url": it.url,
                    "link": it.link,
                }
                for it in ordered
            ],
        }


def judge(page: DocumentPage, *, meter: Meter | None = None) -> Judgement:
    """`page` as it stands in memory, saved or not."""
    return judge_reading(read(page, meter))


def judge_reading(reading: Reading) -> Judgement:
    kind = kind_of(reading.page)
    results = []
    for rule in RULES:
        if kind not in rule.kinds:
            continue
        finding, label = rule.test(reading), rule.label_for(reading.page)
        if finding is None:
            results.append(Result(rule.name, label, CheckState.OK))
        else:
            said = (finding.words, finding.field, finding.url, finding.link)
            results.append(Result(rule.name, label, finding.state, *said))
    return Judgement(tuple(results))


def judge_pages(pages: Sequence[Page], *, filed: bool = False) -> dict[int, Judgement]:
    """By primary key, in a number of queries that does not grow. `filed` judges what would be handed in."""
    documents = drafts(pages, filed=filed) if pages else []
    return {
        reading.page.pk: judge_reading(reading)
        for reading in (read_all(documents, filed=filed) if documents else [])
    }


def judge_for_filing(pages: Sequence[Page]) -> dict[int, filing.Readiness]:
    """For the hearing's own page and its button."""
    return {
        pk: filing.Readiness(
            tuple(it.words for it in judged.missing),
            tuple(it.words for it in judged.advice),
            awaits_approval=judged.awaits_approval,
        )
        for pk, judged in judge_pages(pages, filed=True).items()
    }


def register() -> None:
    """Called once by `TestimonyConfig.ready()`."""
    filing.register_judge("documents", judge_for_filing)
