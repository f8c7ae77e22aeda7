"""How large the type of a pocket card may be, and which questions stand on which of its panels.

A panel does not grow: what is on it is measured beforehand, so that nothing ever runs over a fold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cms.charts.lettering import text_width, wrap
from testimony.domain.pocket_card import Card, CardQuestion

TYPE_SIZES = (14.0, 13.0, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
LEADING = 1.3
GAP = 0.55  # between items, in parts of the type's size
PADDING = 0.32  # inches, on each side of a panel
HEADING = 30.0  # points
SAFETY = 1.06  # widths are estimates


@dataclass(frozen=True)
class Panels:
    """`width` and `height` of one panel in inches; `left_out` counts questions without room."""

    width: float
    height: float
    type_size: float
    inside: tuple[CardQuestion, ...]
    back: tuple[CardQuestion, ...]
    left_out: int


def panels_for(card: Card, sheet: tuple[float, float]) -> Panels:
    """The largest type in which everything stands; in the smallest, as many questions as there is room for."""
    width, height = sheet[0] / 2, sheet[1] / 2
    room = Room((width - 2 * PADDING) * 72, (height - 2 * PADDING) * 72 - HEADING)
    for size in TYPE_SIZES:
        inside, back = room.share_out(card, size)
        if len(inside) + len(back) == len(card.questions) and room.holds_front(card, size):
            break
    return Panels(width, height, size, inside, back, len(card.questions) - len(inside) - len(back))


@dataclass(frozen=True)
class Room:
    """What one panel holds, in points."""

    width: float
    height: float

    def holds_front(self, card: Card, size: float) -> bool:
        """Messages are set larger than proofs, with the issue above them."""
        title = self._lines(str(card.issue), size * 1.5) * size * 1.5 * 1.15 + 14
        messages = sum(self._height([message], size * 1.2, indent=1.6) for message in card.messages)
        proofs = sum(
            self._height([f"{proof.figure} {proof.words}", proof.source], size, indent=1.6)
            for proof in card.proofs
        )
        return title + messages <= self.height and proofs <= self.height

    def share_out(
        self, card: Card, size: float
    ) -> tuple[tuple[CardQuestion, ...], tuple[CardQuestion, ...]]:
        """Questions for the inside, then for the back beneath the people who follow up."""
        waiting = list(card.questions)
        inside = self._take(waiting, size, self.height)
        people = sum(size * LEADING * 2 + size * GAP for _person in card.people)
        back = self._take(waiting, size, self.height - people - size * LEADING * 7)
        return tuple(inside), tuple(back)

    def _take(self, waiting: list[CardQuestion], size: float, height: float) -> list[CardQuestion]:
        taken = []
        while waiting:
            height -= self._height(self._said(waiting[0]), size)
            if height < 0:
                break
            taken.append(waiting.pop(0))
        return taken

    @staticmethod
    def _said(question: CardQuestion) -> Sequence[str]:
        follow_up = f"→ {question.follow_up} ........." if question.follow_up else ""
        return [question.question, *question.answer.splitlines(), follow_up]

    def _height(self, texts: Iterable[str], size: float, indent: float = 0.0) -> float:
        lines = sum(self._lines(text, size, indent) for text in texts if text)
        return lines * size * LEADING + size * GAP

    def _lines(self, text: str, size: float, indent: float = 0.0) -> int:
        width = (self.width - indent * size) / SAFETY
        return max(len(wrap(text, size, width)), 1) if text_width(text, size) > 0 else 0
