"""Canaries: words that stand nowhere else, so that seeing one proves a leak."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field

LETTERS = string.ascii_lowercase
LENGTH = 14


@dataclass
class Planted:
    """One object of the world and the canaries it hides."""

    model: str
    pk: int
    state: str
    public: bool
    url: str = ""
    pdf_url: str = ""
    files: list[str] = field(default_factory=list)
    canaries: dict[str, str] = field(default_factory=dict)


class Canaries:
    """Makes unique words from a seed: the same seed gives the same words."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311  (reproducible, not secret)
        self._made: set[str] = set()

    def word(self) -> str:
        """A new word of letters only, so that every search engine keeps it in one piece."""
        while True:
            word = "zq" + "".join(self._random.choice(LETTERS) for _ in range(LENGTH))
            if word not in self._made:
                self._made.add(word)
                return word
