"""How long a text takes to say, measured against the limit of the hearing.

Words are counted as they are spoken: "47.3%" is four words and so is "HB 1234" (`testimony.domain.reading_aloud`).
Consecutive interpretation doubles what they take (`events.domain.limits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from events.domain.limits import SpeakingLimit, limit_of
from events.enums import PresentationStatus
from events.models import Presentation
from testimony.domain.reading_aloud import count_words
from testimony.models import TestimonyPage

NO_LIMIT = SpeakingLimit()
WORDS_PER_MINUTE = 130  # calm public speaking; conversation is nearer to 150


def estimate(words: int, wpm: int | None = None) -> int:
    """Seconds it takes to say `words`, to the nearest second, at the usual rate if none is known."""
    return round(words * 60 / (wpm or WORDS_PER_MINUTE))


def clock(seconds: int) -> str:
    """138 → "2:18"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def rate_of(page: TestimonyPage) -> int:
    """Words a minute of whoever speaks."""
    return (page.speaker and page.speaker.words_per_minute) or WORDS_PER_MINUTE


@dataclass(frozen=True)
class Meter:
    """What the author sees while writing. `said` are the seconds of the words themselves."""

    words: int
    said: int
    limit: SpeakingLimit = NO_LIMIT

    @classmethod
    def of(
        cls, text: str, *, limit_seconds: int | None, language: str = "en", wpm: int | None = None
    ) -> Meter:
        """`wpm` is the speaker's own rate (`Person.words_per_minute`), None where it is not known."""
        words = count_words(text, language)
        return cls(words, estimate(words, wpm), SpeakingLimit(limit_seconds))

    @property
    def seconds(self) -> int:
        """What the words take in the room."""
        return self.limit.needed(self.said)

    @property
    def limit_seconds(self) -> int | None:
        return self.limit.seconds

    @cached_property
    def over_by(self) -> int:
        """Seconds beyond the limit; 0 within it or without one."""
        return max(0, self.seconds - self.limit_seconds) if self.limit_seconds else 0

    @property
    def label(self) -> str:
        """ "2:18, 18 s over" """
        spoken = clock(self.seconds)
        if not self.limit_seconds:
            return spoken
        difference = abs(self.seconds - self.limit_seconds)
        apart = (
            _("%(seconds)d s") % {"seconds": difference} if difference < 60 else clock(difference)
        )
        wording = _("%(time)s, %(apart)s over") if self.over_by else _("%(time)s, %(apart)s left")
        return wording % {"time": spoken, "apart": apart}

    @property
    def limit_label(self) -> str:
        """ "Limit 4:00 (2:00 doubled for interpretation)"; empty without a limit."""
        return _("Limit %(time)s") % {"time": self.limit.words} if self.limit.words else ""

    @property
    def doubled_label(self) -> str:
        """Why it takes twice the time of its words; empty when it does not."""
        if not self.limit.is_consecutive:
            return ""
        return _("%(time)s doubled by consecutive interpretation") % {"time": clock(self.said)}

    def as_dict(self) -> dict[str, object]:
        return {
            "words": self.words,
            "seconds": self.seconds,
            "limit_seconds": self.limit_seconds,
            "over_by": self.over_by,
            "label": self.label,
            "limit_label": self.limit_label,
            "doubled_label": self.doubled_label,
        }


def limits_for(pages: Sequence[TestimonyPage]) -> list[SpeakingLimit]:
    """What holds for each: the limit of its event, and whether its speaker is interpreted. Two queries at most.

    The presentation that brings the document decides, else that of its speaker at the same event.
    """
    events = {page.event_id for page in pages} - {None}
    found: list[Presentation] = []
    if events:
        found = list(
            Presentation.objects.filter(event__in=events)
            .filter(
                Q(materials__page__in=[page.pk for page in pages if page.pk])
                | Q(speaker__in={page.speaker_id for page in pages} - {None})
            )
            .exclude(status=PresentationStatus.WITHDRAWN)
            .distinct()
            .prefetch_related("materials")
            .order_by("pk")
        )
    return [limit_of(page.event, _presentation(page, found)) for page in pages]


def _presentation(page: TestimonyPage, found: Sequence[Presentation]) -> Presentation | None:
    here = [it for it in found if it.event_id == page.event_id]
    brings = [it for it in here if any(m.page_id == page.pk for m in it.materials.all())]
    speaks = [it for it in here if it.speaker_id == page.speaker_id]
    return next(iter([*brings, *speaks]), None)
