"""Public comments: what a docket's comment says first, under which headings it answers, and what the portal's box takes.

Practice: an agency weighs reasons, not numbers, and answers by the questions of its notice; a comment under a wrong
identifier is misfiled. Regulations.gov takes 5,000 characters in its box, and longer comments as a file.
"""

from __future__ import annotations

import re
from functools import cache

from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.enums import Language
from events.enums import EventKind, Stance
from events.models import Body, Vehicle, VehicleQuestion
from testimony.enums import DocumentKind
from testimony.models import DocumentPage, TestimonyPage

USUAL_BOX = Body._meta.get_field("portal_characters").default
HEADING_LENGTH = 160
STANCES: dict[str, Promise] = {
    Stance.SUPPORT: gettext_lazy("We support it."),
    Stance.SUPPORT_IF_AMENDED: gettext_lazy("We support it, provided that it is amended."),
    Stance.NEUTRAL: gettext_lazy("We give information and take no position."),
    Stance.CONCERNS: gettext_lazy("We have concerns about it."),
    Stance.OPPOSE_UNLESS_AMENDED: gettext_lazy("We oppose it unless it is amended."),
    Stance.OPPOSE: gettext_lazy("We oppose it."),
}


def is_comment(page: DocumentPage) -> bool:
    """Handed in to an agency, not said: by its kind, or because its event is a comment period."""
    if not isinstance(page, TestimonyPage):
        return False
    period = page.event is not None and page.event.kind == EventKind.COMMENT_PERIOD
    return period or page.document_kind == DocumentKind.PUBLIC_COMMENT


def agency_of(page: TestimonyPage) -> Body | None:
    """To whom it goes: the body of its event, else that of its docket."""
    own = page.event.body if page.event else None
    return own or (page.vehicle.body if page.vehicle else None)


def box_limit(page: TestimonyPage) -> int:
    """Characters that the agency's portal takes."""
    agency = agency_of(page)
    return agency.portal_characters if agency else USUAL_BOX


def box_label(count: int, limit: int) -> str:
    """ "4,812 of 5,000 characters", and how many are too many."""
    said = {
        name: formats.number_format(value, force_grouping=True)
        for name, value in (("count", count), ("limit", limit), ("over", count - limit))
    }
    if count > limit:
        return _("%(count)s of %(limit)s characters, %(over)s too many") % said
    return _("%(count)s of %(limit)s characters") % said


def identifiers(vehicle: Vehicle) -> str:
    """ "Docket ID CMS-2024-0131, RIN 0938-AV33, 89 FR 26218": all that are known, the vehicle's own first."""
    own, docket = vehicle.identifier, vehicle.docket_id
    known = [
        own if own != docket else "",
        _("Docket ID %(docket)s") % {"docket": docket}
        if own == docket or docket not in own
        else "",
        _("RIN %(rin)s") % {"rin": vehicle.rin} if vehicle.rin else "",
        vehicle.fr_citation,
    ]
    return ", ".join(filter(None, known))


def comment_opening(page: TestimonyPage, language: str) -> str:
    """Who comments on what, under which identifiers, on which side."""
    vehicle = page.vehicle
    if vehicle is None:
        return ""
    organization = page.speaker.organization if page.speaker else None
    with translation.override(language):
        said = {
            "who": organization.name if organization else "",
            "document": (vehicle.document_name or vehicle.title or vehicle.identifier).rstrip(". "),
            "identifiers": identifiers(vehicle),
        }
        if organization:
            words = _("%(who)s submits this comment on %(document)s (%(identifiers)s).")
        else:
            words = _("We submit this comment on %(document)s (%(identifiers)s).")
        return " ".join(filter(None, [words % said, str(STANCES.get(page.position, ""))]))


def comment_title(vehicle: Vehicle) -> str:
    """In the language that is active."""
    about = vehicle.document_name or vehicle.title
    named = {"identifier": vehicle.identifier, "document": about}
    if about:
        return _("Comment on %(identifier)s: %(document)s") % named
    return _("Comment on %(identifier)s") % named


def question_heading(question: VehicleQuestion, language: str) -> str:
    """Begins with the number, by which the answer is found again whatever a person makes of the words."""
    with translation.override(language):
        text = Truncator(" ".join(question.text.split())).chars(HEADING_LENGTH)
        return _("Question %(number)s: %(text)s") % {"number": question.number, "text": text}


def answers_to(question: VehicleQuestion, heading: str) -> bool:
    """Whether `heading` is the one of `question`: "3: …", "Question 3", "Q 3". 3.a is another than 3."""
    number = re.escape(question.number.strip().rstrip("."))
    before = rf"\W*(?:(?:{_words_for_question()}|[^\W\d]+)\W+)?"
    return bool(re.match(rf"{before}{number}(?!\w|\.\w)", heading.strip(), re.IGNORECASE))


@cache
def _words_for_question() -> str:
    """What our own headings begin with: two words in Vietnamese, one with an apostrophe in Somali."""
    found = set()
    for language in Language.values:
        with translation.override(language):
            heading = _("Question %(number)s: %(text)s")
        found.add(re.escape(heading.partition("%(number)s")[0].strip()))
    return "|".join(sorted(filter(None, found)))
