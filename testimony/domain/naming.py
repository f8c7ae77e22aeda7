"""Whether words name the bill of a document, and say on which side its author stands."""

from __future__ import annotations

import re
from functools import lru_cache

from events.enums import Stance
from testimony.models import DocumentPage

INITIALS = 4  # as many letters may have dots between them
# Beginnings of words, by language: "support", "supported", "in support". Other languages are not judged.
SIDES: dict[str, dict[str, str]] = {
    "en": {
        "for": r"support|in favou?r|favou?r|urge|endorse|back",
        "against": r"oppos|against|reject",
        "neither": r"information|neutral|neither|no position|comment",
        "worried": r"concern|worr|oppos|caution",
    },
    "es": {
        "for": r"apoy|a favor|respald|favorable|pedir|pido|pedimos",
        "against": r"opon|opos|en contra|rechaz",
        "neither": r"informaci|informar|neutral|sin posici|comentario",
        "worried": r"preocup|inquiet|opon|en contra",
    },
}
SIDE_OF: dict[str, str] = {
    Stance.SUPPORT: "for",
    Stance.SUPPORT_IF_AMENDED: "for",
    Stance.NEUTRAL: "neither",
    Stance.CONCERNS: "worried",
    Stance.OPPOSE_UNLESS_AMENDED: "against",
    Stance.OPPOSE: "against",
}


def names_bill(page: DocumentPage, text: str) -> bool:
    """ "HB 1147", however it is written: H.B. 1147, HB1147. True without a bill: there is none to name."""
    vehicle = getattr(page, "vehicle", None)
    pattern = _pattern(vehicle.identifier) if vehicle else None
    return pattern is None or bool(pattern.search(text))


def names_person(name: str, text: str) -> bool:
    """Whether the family name is said; titles and degrees need not be."""
    names = [it for it in name.split(",")[0].split() if len(it) > 1]
    return not names or bool(
        re.search(rf"(?<!\w){re.escape(names[-1])}(?!\w)", text, re.IGNORECASE)
    )


def states_position(page: DocumentPage, text: str) -> bool:
    """True also where the language is not known here, and where no position is recorded."""
    side = SIDE_OF.get(str(getattr(page, "position", "")))
    words = SIDES.get(page.language)
    if side is None or words is None:
        return True
    return bool(re.search(rf"\b(?:{words[side]})", text, re.IGNORECASE))


@lru_cache(maxsize=512)
def _pattern(identifier: str) -> re.Pattern[str] | None:
    """Its letters and numbers, with any dots, dashes and spaces between them."""
    runs = re.findall(r"[^\W\d_]+|\d+", identifier)
    if not runs:
        return None
    parts = [
        r"\.?\s?".join(run) if run.isalpha() and len(run) <= INITIALS else re.escape(run)
        for run in runs
    ]
    # Not within a longer word or number: HB 114 is not HB 1147.
    return re.compile(r"(?<!\w)" + r"[\W_]{0,3}".join(parts) + r"(?!\w)", re.IGNORECASE)
