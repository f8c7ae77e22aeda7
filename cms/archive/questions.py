"""What a person typed in the search box, made safe and taken apart. A leaf module without database."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from cms.archive.words import BILL, bill_token, fold

MAX_CHARACTERS = 500
MAX_TERMS = 200
QUOTES = str.maketrans("“”„‟«»＂", '"""""""')


@dataclass(frozen=True)
class Question:
    """`text` as it is shown again, `terms` as the index is asked: each one word or a run of words,
    folded, and every term must be found."""

    text: str = ""
    terms: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)


def clean_query(raw: str) -> str:
    """`raw` without control characters, with single spaces, cut to MAX_CHARACTERS."""
    # The rest of a very long text cannot change the answer, so it is not looked at.
    head = raw[: MAX_CHARACTERS * 10]
    spaced = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in head)
    text = " ".join(spaced.split())
    if len(text) <= MAX_CHARACTERS:
        return text
    # Half a word at the end would be a word that no document holds.
    return text[: MAX_CHARACTERS + 1].rpartition(" ")[0] or text[:MAX_CHARACTERS]


def without_quotes(text: str) -> str:
    """A phrase that is all of `text`, without the marks around it."""
    inner = text.translate(QUOTES)
    whole = len(text) > 1 and inner[0] == inner[-1] == '"' and '"' not in inner[1:-1]
    return text[1:-1] if whole else text


def parse_question(raw: str) -> Question:
    """Words in quotation marks are a phrase, everything else is a word; nothing is an operator.

    A quotation mark that was not closed quotes the rest. "H.B. 1234" is one term in any spelling.
    """
    text = clean_query(raw)
    terms: list[str] = []
    for position, part in enumerate(text.translate(QUOTES).split('"')):
        terms.extend([quoted(part)] if position % 2 else loose(part))
    unique = dict.fromkeys(term for term in terms if term)
    return Question(text, tuple(unique)[:MAX_TERMS])


def quoted(part: str) -> str:
    bill = BILL.fullmatch(part.strip())
    return bill_token(bill) if bill else fold(part)


def loose(part: str) -> list[str]:
    """Single words; what hangs together without a space, such as "long-term", stays together."""
    bills = [bill_token(match) for match in BILL.finditer(part)]
    return [*bills, *(fold(chunk) for chunk in re.split(r"\s+", BILL.sub(" ", part)))]
