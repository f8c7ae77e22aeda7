"""Plain-language advice, sentence by sentence. Only what can be told reliably without understanding the text.

Passive voice and nominalisations are left out: told by endings alone they are wrong too often, and an author who has
been told wrongly three times reads no further advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_WORDS = 30
LONG_WORD = 13  # letters; names and figures of a hearing rarely have as many
MOST_LONG_WORDS = 3
# Written without spaces between words, or joined up: their words cannot be counted by spaces and letters.
LONG_WORD_LANGUAGES = frozenset({"en", "es", "ht"})

STOP = re.compile(r"[.!?…؟۔]+[\"'”’»)\]]*(?=\s|\Z)|[。！？]+[”’」』）]*|\n+")
WORD = re.compile(r"[^\W\d_]+(?:[-'’\u2011][^\W\d_]+)*|\d[\d.,:/%]*")
LONG_WORDS = re.compile(rf"[^\W\d_]{{{LONG_WORD},}}")
LETTERS = re.compile(r"[^\W\d_]+")
LAST_WORD = re.compile(r"[^\s(\[“\"'‘]+\Z")
ABBREVIATIONS = frozenset(
    re.findall(
        r"\S+",
        "mr mrs ms dr prof rev hon gov sen rep sens reps atty gen col lt st no nos vs etc e.g i.e cf al inc "
        "co corp jr sr dept est fig sec art p pp vol u.s u.n d.c h.b s.b h.r h.j.r s.j.r a.b a.m p.m jan feb "
        "mar apr jun jul aug sept sep oct nov dec sra srta dra ud uds pág núm art ee.uu tp ts th",
    )
)
# Understood by everybody who hears testimony, or no acronym at all.
KNOWN = frozenset(
    re.findall(
        r"\S+",
        "US USA UN EU UK DC TV PDF OK AM PM ID FAQ CEO COVID AIDS HIV DNA NASA FBI CIA IRS ZIP ATM USD GDP "
        "PHD MD RN HB SB AB HR SR HJR SJR HCR SCR II III IV VI VII VIII IX XI XII XIII XIV ASAP CV PTA NGO",
    )
)
ACRONYM = re.compile(r"(?<![\w.&/-])([A-Z][A-Z&]{0,4}[A-Z])(s?)(?![\w&/]|\.\w)")
OPENING = re.compile(r"[(\[“\"]\s*\Z")
MEANING = re.compile(r"\s*\(\s*[^\W\d_]{3,}")
FOLLOWED_BY_NUMBER = re.compile(r"[\s\u00a0-]*(?:No\.?\s*)?\d")


@dataclass(frozen=True)
class Sentence:
    start: int
    end: int


@dataclass(frozen=True)
class Advice:
    """`rule` names what is wrong, `start` and `end` where, `subject` is the acronym or the number of words."""

    rule: str
    start: int
    end: int
    subject: str


def sentences(text: str) -> list[Sentence]:
    """Where the sentences of `text` stand, without the space around them."""
    found, start = [], 0
    for stop in STOP.finditer(text):
        if not ends_sentence(text, stop):
            continue
        found.append(trimmed(text, start, stop.end()))
        start = stop.end()
    found.append(trimmed(text, start, len(text)))
    return [sentence for sentence in found if sentence.start < sentence.end]


def ends_sentence(text: str, stop: re.Match[str]) -> bool:
    sign = stop[0]
    if sign[0] == "\n" or sign[0] in "!?؟۔。！？" or len(sign.rstrip("\"'”’»)]")) > 1:
        return True
    following = text[stop.end() :].lstrip()[:1]
    if following.islower():
        return False
    before = LAST_WORD.search(text, max(0, stop.start() - 20), stop.start())
    word = before[0].lower() if before else ""
    # "J. Doe", "Dr. Doe", "H.B. 12"; an abbreviation that does end a sentence joins it to the next.
    return not (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()))


def trimmed(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    return Sentence(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def advise(text: str, found: list[Sentence], language: str, explained: set[str]) -> list[Advice]:
    """Advice on the sentences of one passage. `explained` grows by the acronyms that were met: each is asked for
    once in a document, where it first stands."""
    advice: list[Advice] = []
    for sentence in found:
        advice += _length(text, sentence)
        if language in LONG_WORD_LANGUAGES:
            advice += _long_words(text, sentence)
    advice += _acronyms(text, explained)
    return sorted(advice, key=lambda one: (one.start, one.end, one.rule))


def _length(text: str, sentence: Sentence) -> Iterator[Advice]:
    count = len(WORD.findall(text, sentence.start, sentence.end))
    if count > MOST_WORDS:
        yield Advice("long_sentence", sentence.start, sentence.end, str(count))


def _long_words(text: str, sentence: Sentence) -> Iterator[Advice]:
    long = LONG_WORDS.findall(text, sentence.start, sentence.end)
    if len(long) >= MOST_LONG_WORDS:
        words = ", ".join(dict.fromkeys(long))
        yield Advice("long_words", sentence.start, sentence.end, words)


def _acronyms(text: str, explained: set[str]) -> Iterator[Advice]:
    for match in ACRONYM.finditer(text):
        name = match[1]
        if name in explained or name in KNOWN or FOLLOWED_BY_NUMBER.match(text, match.end()):
            continue
        explained.add(name)
        if not is_explained(text, match) and not is_shouted(text, match):
            yield Advice("acronym", match.start(1), match.end(1), name)


def is_explained(text: str, match: re.Match[str]) -> bool:
    """ "Earned Income Tax Credit (EITC)" or "EITC (Earned Income Tax Credit)"."""
    if OPENING.search(text, max(0, match.start() - 3), match.start()):
        return True
    return MEANING.match(text, match.end()) is not None


def is_shouted(text: str, match: re.Match[str]) -> bool:
    """Part of a line in capitals, where nothing tells an acronym from a word."""
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    line = LETTERS.findall(text, start, end if end >= 0 else len(text))
    return len(line) > 1 and all(word.isupper() for word in line)
