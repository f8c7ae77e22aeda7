"""Words that the office avoids, found in a text: positions only, what is said about them stands in `wording`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

# Signs over and under letters (accents typed apart, Arabic vowels) belong to the word, which `\w` denies.
MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
BEGIN, END = rf"(?<![\w{MARKS}])", rf"(?![\w{MARKS}])"
SIGNS = {"'": "['’]", "’": "['’]", "-": "[-\u2010\u2011]"}
LATIN_WORD = re.compile(r"[a-z\u00df-\u024f]+\Z", re.IGNORECASE)
SHORTEST_PLURAL = 3


@dataclass(frozen=True)
class Avoided:
    """What is looked for. `prefer` is let pass where it holds what is avoided."""

    pk: int
    avoid: str
    prefer: str = ""


@dataclass(frozen=True)
class FoundTerm:
    start: int
    end: int
    pk: int


def find_terms(text: str, terms: Sequence[Avoided]) -> list[FoundTerm]:
    """Every place where `text` says what `terms` avoid, in order; the longest expression wins."""
    if not terms:
        return []
    pattern, owners = compiled(tuple(terms))
    return [
        FoundTerm(*match.span(), owners[match.lastindex - 1])
        for match in pattern.finditer(text)
        if match.lastindex
    ]


@lru_cache(maxsize=16)
def compiled(terms: tuple[Avoided, ...]) -> tuple[re.Pattern[str], list[int]]:
    """One pattern for the whole list, and whose its groups are. Groups, since folding cannot be trusted to lead
    back from a match: ignoring case, "i" also matches "İ"."""
    groups = [(term.avoid, f"({expression(term.avoid)})", term.pk) for term in terms]
    # What is preferred may hold what is avoided ("people who are homeless"): it matches first, in no group.
    allowed = [
        (term.prefer, f"(?:{expression(term.prefer)})", 0) for term in terms if holds(term, terms)
    ]
    longest_first = sorted([*groups, *allowed], key=lambda entry: -len(entry[0]))
    # By first letter, so that most words of a text are passed over after one look.
    by_letter: dict[str, list[tuple[str, str, int]]] = {}
    for entry in longest_first:
        by_letter.setdefault(entry[0].strip()[0].casefold()[0], []).append(entry)
    alternatives = "|".join(_of_letter(entries) for entries in by_letter.values())
    letters = "".join(dict.fromkeys(re.escape(entry[0].strip()[0]) for entry in longest_first))
    pattern = re.compile(f"{BEGIN}(?=[{letters}])(?:{alternatives}){END}", re.IGNORECASE)
    return pattern, [pk for entries in by_letter.values() for _w, _s, pk in entries if pk]


def _of_letter(entries: list[tuple[str, str, int]]) -> str:
    letters = "".join(dict.fromkeys(re.escape(words.strip()[0]) for words, _source, _pk in entries))
    return f"(?=[{letters}])(?:{'|'.join(source for _words, source, _pk in entries)})"


def holds(term: Avoided, terms: Sequence[Avoided]) -> bool:
    """Whether what `term` prefers would itself be found."""
    if not term.prefer.strip():
        return False
    return any(
        re.search(f"{BEGIN}(?:{expression(other.avoid)}){END}", term.prefer, re.IGNORECASE)
        for other in terms
    )


def expression(phrase: str) -> str:
    """A phrase with any space between its words, either apostrophe, and the plural of its last word."""
    *first, last = phrase.split()
    return r"\s+".join([*map(escaped, first), inflected(last)])


def inflected(word: str) -> str:
    if not LATIN_WORD.match(word) or len(word) < SHORTEST_PLURAL:
        return escaped(word)
    if word[-1] in "yY" and word[-2] not in "aeiouAEIOU":
        return rf"{escaped(word[:-1])}(?:y|ies)(?:['’]s?)?"
    return rf"{escaped(word)}(?:e?s)?(?:['’]s?)?"


def escaped(word: str) -> str:
    return "".join(SIGNS.get(sign) or re.escape(sign) for sign in word)
