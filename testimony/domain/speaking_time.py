"""How long a text takes to say, measured against the limit of the hearing.

Words are counted as they are spoken: "47.3%" is four words and so is "HB 1234". Figures are counted as English says
them, which is near enough to plan by in the other languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

WORDS_PER_MINUTE = 130  # calm public speaking; conversation is nearer to 150

TOKEN = re.compile(r"\S+")
NUMBER = re.compile(
    r"^(?P<sign>[-−+])?(?P<currency>[$€£])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?"
    r"(?P<suffix>%|st|nd|rd|th|s)?$"
)
ACRONYM = re.compile(r"^(?:[A-Z]\.?){2,5}s?$")
SAID_AS_WORDS = frozenset({"AIDS", "COVID", "NASA", "NATO", "OSHA", "SNAP", "WIC"})
EDGES = "()[]{}«»“”„‘’\"',;:!?"
POSSESSIVE = re.compile(r"['’]s$")
MAGNITUDES = (1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000)


def spoken_words(text: str) -> int:
    """Number of words that are heard when `text` is read aloud."""
    return sum(
        _spoken(token) for line in text.splitlines() for token in TOKEN.findall(_heard(line))
    )


def _heard(line: str) -> str:
    """A line of words in capitals is a heading or an old typescript, not a row of acronyms."""
    return line.lower() if line.isupper() and len(line.split()) > 2 else line


def _spoken(token: str) -> int:
    """Words of one token; marks that are only seen count as none."""
    if not any(character.isalnum() or character in "%$€£&" for character in token):
        return 0
    core = POSSESSIVE.sub("", token.strip(EDGES))
    core = core if ACRONYM.match(core) and core.endswith(".") else core.rstrip(".")
    number = NUMBER.match(core)
    if number:
        return _number_words(number)
    if ACRONYM.match(core) and core.rstrip("s") not in SAID_AS_WORDS and core.isascii():
        return sum(character.isupper() for character in core)
    parts = [part for part in re.split(r"[-–—/]", core) if part]
    # A hyphenated compound counts as one word; "and/or", "say—and" and "2019-2021" do not.
    if len(parts) > 1 and (core.count("-") + 1 < len(parts) or any(p[0].isdigit() for p in parts)):
        return sum(_spoken(part) for part in parts)
    return 1


def _number_words(number: re.Match[str]) -> int:
    whole, fraction = number["whole"].replace(",", ""), number["fraction"] or ""
    grouped = "," in number["whole"]
    if not (grouped or fraction or number["currency"]) and _reads_in_pairs(whole):
        words = _pairs(whole)
    else:
        words = cardinal_words(int(whole[:16])) if len(whole) <= 16 else len(whole)
    if number["currency"] and len(fraction) == 2:
        words += 1 + (
            1 + cardinal_words(int(fraction)) if int(fraction) else 0
        )  # dollars and cents
    else:
        words += (1 + len(fraction) if fraction else 0) + bool(number["currency"])
    return words + (number["suffix"] == "%") + bool(number["sign"])


def _reads_in_pairs(digits: str) -> bool:
    """Years and bill numbers: 1998, 1234; not round ones such as 2000."""
    return (
        len(digits) == 4 and digits[0] != "0" and not digits.endswith("00") and digits[1:3] != "00"
    )


def _pairs(digits: str) -> int:
    first, second = int(digits[:2]), int(digits[2:])
    tail = 2 if second < 10 else cardinal_words(second)  # "nineteen oh five"
    return cardinal_words(first) + tail


def cardinal_words(number: int) -> int:
    """Words of a whole number in English: 1,250,000 is six, "one million two hundred fifty thousand".
    A hyphenated pair such as "forty-seven" is one."""
    if number < 100:
        return 1
    for magnitude in MAGNITUDES:
        if number >= magnitude:
            above, rest = divmod(number, magnitude)
            return cardinal_words(above) + 1 + (cardinal_words(rest) if rest else 0)
    hundreds, rest = divmod(number, 100)
    return cardinal_words(hundreds) + 1 + (cardinal_words(rest) if rest else 0)


def estimate(words: int, wpm: int = WORDS_PER_MINUTE) -> int:
    """Seconds it takes to say `words`, to the nearest second."""
    return round(words * 60 / wpm)


def clock(seconds: int) -> str:
    """138 → "2:18"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


@dataclass(frozen=True)
class Meter:
    """What the author sees while writing. `limit_seconds` is None where the body sets no limit."""

    words: int
    seconds: int
    limit_seconds: int | None = None

    @classmethod
    def of(cls, text: str, *, limit_seconds: int | None) -> Meter:
        words = spoken_words(text)
        return cls(words, estimate(words), limit_seconds or None)

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

    def as_dict(self) -> dict[str, object]:
        return {
            "words": self.words,
            "seconds": self.seconds,
            "limit_seconds": self.limit_seconds,
            "over_by": self.over_by,
            "label": self.label,
        }
