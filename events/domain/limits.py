"""How long a speaker may speak, and how much longer interpretation makes everything take.

Two separate facts: consecutive interpretation doubles the time that words need; whether the time allowed grows with
it is a rule of the body (`Body.interpreter_factor`). Simultaneous interpretation changes neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from events.domain.durations import say_limit, write_limit
from events.enums import Interpretation
from events.models import Event, Presentation

CONSECUTIVE_TIMES = 2


@dataclass(frozen=True)
class SpeakingLimit:
    """`base` is what everybody gets, None where there is no limit."""

    base: int | None = None
    interpretation: str = Interpretation.NONE
    factor: Decimal = Decimal(1)

    @property
    def is_consecutive(self) -> bool:
        return self.interpretation == Interpretation.CONSECUTIVE

    @property
    def seconds(self) -> int | None:
        """What this speaker gets."""
        if not self.base:
            return None
        return int(self.base * self.factor) if self.is_consecutive else self.base

    @property
    def words(self) -> str:
        """For a table: 2:00, or 4:00 (2:00 doubled for interpretation); empty without a limit."""
        return self._words(write_limit)

    @property
    def said(self) -> str:
        """For a sentence: 2 minutes, or 4 minutes (2 minutes doubled for interpretation); empty without a limit."""
        return self._words(say_limit)

    def _words(self, write: Callable[[int], str]) -> str:
        if not self.base or self.seconds is None:
            return ""
        said = {
            "time": write(self.seconds),
            "base": write(self.base),
            "factor": f"{self.factor.normalize():f}",
        }
        if not self.is_consecutive:
            return said["time"]
        if self.factor == 1:
            return _("%(time)s (not lengthened for interpretation)") % said
        if self.factor == CONSECUTIVE_TIMES:
            return _("%(time)s (%(base)s doubled for interpretation)") % said
        return _("%(time)s (%(base)s × %(factor)s for interpretation)") % said

    def needed(self, seconds: int) -> int:
        """Time that a text of so many spoken seconds takes in the room."""
        return seconds * CONSECUTIVE_TIMES if self.is_consecutive else seconds

    def at(self, base: int | None) -> SpeakingLimit:
        """The same speaker under another limit."""
        return replace(self, base=base)


def limit_of(event: Event | None, presentation: Presentation | None = None) -> SpeakingLimit:
    """What holds at `event` for the speaker of `presentation`: their own limit, else the event's, else the body's."""
    if event is None:
        return SpeakingLimit()
    return SpeakingLimit(
        base=(presentation and presentation.limit_seconds) or event.limit_seconds,
        interpretation=presentation.interpretation if presentation else Interpretation.NONE,
        factor=Decimal(event.body.interpreter_factor) if event.body else Decimal(1),
    )
