"""The card that speakers carry: three messages, five proofs, what may be asked, and who follows up.

Nothing stands on it that could not be read out in the street: messages that may be released and are proved, proofs and
answers that are published. The names of those who follow up are the one thing for the bearer's eyes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wagtail.rich_text import expand_db_html

from cms.models import Issue, Person
from testimony.domain.message_house import Evidence, Pillar, public_house
from testimony.domain.resolve import plain_text
from testimony.enums import PointKind
from testimony.models import MessageMap, Source, TalkingPoint, TestimonyPage
from testimony.richtext import reference_cache

MESSAGES = 3
PROOFS = 5
QUESTIONS = 8
YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class CardProof:
    """`figure` is empty where a source proves by itself."""

    message: int
    figure: str
    words: str
    source: str

    @property
    def text(self) -> str:
        return " ".join(filter(None, [self.figure, self.words, self.source]))


@dataclass(frozen=True)
class CardQuestion:
    question: str
    answer: str
    follow_up: str

    @property
    def text(self) -> str:
        return "\n".join(filter(None, [self.question, self.answer, self.follow_up]))


@dataclass(frozen=True)
class Card:
    issue: Issue
    messages: tuple[str, ...]
    proofs: tuple[CardProof, ...]
    questions: tuple[CardQuestion, ...]
    people: tuple[Person, ...]

    @property
    def text(self) -> str:
        """Every word of it, in reading order."""
        return "\n".join(
            [*self.messages, *(it.text for it in self.proofs), *(it.text for it in self.questions)]
        )


def map_of(page: TestimonyPage) -> MessageMap | None:
    """The published map of the first of its issues that has one."""
    maps = MessageMap.objects.live().filter(issue__in=page.issues.all())
    return maps.order_by("issue__name").first()


def card_of(message_map: MessageMap) -> Card:
    """Reads what is published, whatever draft of the map is at hand."""
    house = public_house(message_map.issue)
    pillars = house.pillars[:MESSAGES] if house else ()
    points = _questions(message_map.issue)
    people = {point.follow_up.pk: point.follow_up for point in points if point.follow_up}
    return Card(
        issue=message_map.issue,
        messages=tuple(pillar.text for pillar in pillars),
        proofs=tuple(_proofs(pillars)),
        questions=tuple(_answered(points)),
        people=tuple(people.values()),
    )


def _proofs(pillars: Sequence[Pillar]) -> Iterable[CardProof]:
    """One of each message, then a second: no message is left without one. In the order of messages."""
    for number, proof in sorted(_in_turn(pillars), key=lambda one: one[0]):
        item = proof.item
        if isinstance(item, Source):
            yield CardProof(number, "", item.title, _short(item))
        else:
            source = item.source if item.source and item.source.live else None
            yield CardProof(number, item.display, item.label, _short(source) if source else "")


def _in_turn(pillars: Sequence[Pillar]) -> list[tuple[int, Evidence]]:
    """Proofs with the number of their message, none twice, as many as there is room for."""
    waiting = [(number, iter(pillar.proofs)) for number, pillar in enumerate(pillars, start=1)]
    chosen: list[tuple[int, Evidence]] = []
    seen: set[object] = set()
    while waiting and len(chosen) < PROOFS:
        number, proofs = waiting.pop(0)
        fresh = next((proof for proof in proofs if proof.key not in seen), None)
        if fresh is not None:
            seen.add(fresh.key)
            chosen.append((number, fresh))
            waiting.append((number, proofs))
    return chosen


def _short(source: Source) -> str:
    """Enough to answer “says who?”: publisher or author, and the year."""
    who = source.publisher or source.author or source.title
    years = YEAR.findall(source.published)
    return " ".join(filter(None, [who, *years[-1:]]))


def _questions(issue: Issue) -> list[TalkingPoint]:
    points = TalkingPoint.objects.live().filter(kind=PointKind.QUESTION, issues=issue)
    return list(points.select_related("follow_up").order_by("title")[:QUESTIONS])


def _answered(points: Sequence[TalkingPoint]) -> Iterable[CardQuestion]:
    with reference_cache(*(point.text for point in points)):
        for point in points:
            answer = plain_text(expand_db_html(point.text), without=".rn, .note-ref")
            name = point.follow_up.name if point.follow_up else ""
            yield CardQuestion(point.title, answer, name)
