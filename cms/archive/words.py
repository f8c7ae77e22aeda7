"""Words as the archive's search knows them: the same folding for texts and for questions.

A leaf module without database. Both engines are fed folded words, so that what counts as a word does not
depend on the engine: SQLite and PostgreSQL disagree on apostrophes, accents, hyphens and full stops.
"""

from __future__ import annotations

import re
import unicodedata

WORD = re.compile(r"[^\W_]+")
# Letters to Unicode, apostrophes to writers: "don't" is two words in every spelling.
APOSTROPHES = dict.fromkeys(map(ord, "ʹʻʼʽˈˊˋ"), " ")
SPELLED_OUT_BILLS = {
    "house bill": "hb",
    "senate bill": "sb",
    "assembly bill": "ab",
    "house file": "hf",
    "senate file": "sf",
    "legislative bill": "lb",
    "legislative document": "ld",
    "house resolution": "hr",
    "senate resolution": "sr",
}
BILL_PREFIXES = re.findall(
    r"\w+",
    "hconres sconres hjres sjres hres sres hjr sjr hcr scr ajr acr hjm sjm hcm scm aca sca eshb essb shb "
    "ssb hb sb ab hr sr hf sf lb ld hp sp hd sd bdr h s",
)


def _bill_pattern() -> re.Pattern[str]:
    """HB, H.B., H. B. or "House Bill", then a number, with or without space, hyphen or "No."."""
    dotted = "|".join(r"\.?\s?".join(prefix) for prefix in BILL_PREFIXES)
    spelled = "|".join(name.replace(" ", r"\s+") for name in SPELLED_OUT_BILLS)
    return re.compile(
        rf"(?<![\w'’.])(?P<prefix>{spelled}|{dotted})"
        r"(?:-|\.?\s?(?:no\.?\s?)?)(?P<number>\d{1,5})(?!\w)",
        re.IGNORECASE,
    )


BILL = _bill_pattern()


class _PlainTable(dict[int, int | None]):
    """Drops accents (category Mn) and what is invisible inside words, such as soft hyphens (Cf)."""

    def __missing__(self, code: int) -> int | None:
        dropped = unicodedata.category(chr(code)) in {"Mn", "Cf"}
        self[code] = plain = None if dropped else code
        return plain


PLAIN = _PlainTable()


def fold(text: str) -> str:
    """`text` as lower-case words without accents, each separated by one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
        text = unicodedata.normalize("NFKD", text).translate(PLAIN)
    return " ".join(WORD.findall(text.lower()))


def bill_token(match: re.Match[str]) -> str:
    """The one spelling of a bill number: "H.B. 1234" is `hb1234`."""
    prefix = " ".join(match["prefix"].lower().split())
    letters = SPELLED_OUT_BILLS.get(prefix) or re.sub(r"[^a-z]", "", prefix)
    return f"{letters}{int(match['number'])}"


def bill_tokens(text: str) -> list[str]:
    """Every bill number in `text`, once, in the one spelling, and the bare number for those run together."""
    found = {bill_token(match) for match in BILL.finditer(text)}
    return sorted(found | {token.lstrip("abcdefghijklmnopqrstuvwxyz") for token in found})


def searchable(*parts: str) -> str:
    """The words that the index keeps for texts read one after the other."""
    text = "\n".join(part for part in parts if part)
    return " ".join([fold(text), *bill_tokens(text)]).strip()
