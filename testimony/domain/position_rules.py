"""Rules of readiness about where we stand: on whose authority, on which version, and what the agency asked."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from events.domain.authority import authority_for
from testimony.domain.comments import answers_to, box_limit
from testimony.domain.findings import Finding, advice
from testimony.domain.portal_text import characters
from testimony.domain.readings import Reading, words_of
from testimony.models.readiness import HEADINGS


def authorised(reading: Reading) -> Finding | None:
    """A stance that nothing stands behind is not handed in."""
    page = reading.page
    vehicle, position = page.vehicle, getattr(page, "position", "")
    if vehicle is None or not position:
        return None
    authority = authority_for(position, reading.mandate.positions, vehicle)
    if authority.is_enough:
        return None
    words = _("Nobody has authorized this position yet. %(why)s An approver can put it in force.")
    return Finding(words % {"why": authority.words}, "position")


def newest_version(reading: Reading) -> Finding | None:
    """Committees want the most current version cited."""
    review = reading.mandate.review
    if review is None:
        return None
    words = _(
        "%(vehicle)s has a new version, “%(after)s”; this was made for “%(before)s”. Look at it, then confirm "
        "that it still holds."
    )
    said = {
        "vehicle": review.vehicle.identifier,
        "before": review.before,
        "after": review.after,
    }
    link = _("Compare the versions and confirm")
    return Finding(words % said, "vehicle", url=review.url, link=link)


def answered(reading: Reading) -> Finding | None:
    """Each question of the notice: a heading without an answer is missing it; no heading may be meant so."""
    sections = _sections(reading)
    absent = []
    for question in reading.mandate.questions:
        own = [it for it in sections if answers_to(question, it[1])]
        if not own:
            absent.append(question.number)
        elif not any(filled for _key, _heading, filled in own):
            words = _("Question %(number)s has no answer yet. Write it, or take its heading out.")
            return Finding(words % {"number": question.number}, own[0][0])
    if absent:
        words = _("Not answered: question %(numbers)s of the agency.")
        return advice(words % {"numbers": ", ".join(absent)}, "body")
    return None


def fits_box(reading: Reading) -> Finding | None:
    """What is too long for the portal's box goes in as a file."""
    if reading.portal_text is None:
        return None
    limit, count = box_limit(reading.page), characters(reading.portal_text)
    if count <= limit:
        return None
    words = _(
        "%(count)d characters: %(over)d too many for the box of the portal. Shorten it, or hand it in as a PDF."
    )
    return advice(words % {"count": count, "over": count - limit}, "body")


def _sections(reading: Reading) -> list[tuple[str, str, bool]]:
    """Id and words of each heading, and whether anything is said beneath it."""
    found: list[tuple[str, str, bool]] = []
    for block in reading.blocks:
        if block["type"] == "heading":
            found.append((block["id"], str(block["value"] or ""), False))
        elif found and block["type"] not in HEADINGS and _says(block):
            found[-1] = (*found[-1][:2], True)
    return found


def _says(block: dict[str, Any]) -> bool:
    value = block["value"]
    return bool(words_of(value) or "<embed" in value) if isinstance(value, str) else bool(value)
