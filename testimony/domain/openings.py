"""The first lines of testimony, made from what is recorded: the salutation, who speaks, and on which side."""

from __future__ import annotations

import html
import re

from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.rich_text import RichText

from cms.enums import Language
from cms.models import Person
from events.domain.arrangements import Arrangement
from events.domain.capacities import capacity_sentence, presentation_of
from events.enums import Stance
from events.models import Vehicle
from testimony.domain.comments import comment_opening, is_comment
from testimony.models import TestimonyPage

# What a title names, when it ends so: "the Family Leave Insurance Act". Others, such as "Relating to leave", are said
# as they stand.
NAMES_A_TEXT = re.compile(
    r"\b(Act|Amendment|Bill|Budget|Code|Initiative|Law|Ordinance|Plan|Program|Resolution|Rule)"
    r"( of \d{4})?$"
)
OWN_ARTICLE = re.compile(r"(?:The|An?) ", re.IGNORECASE)
# One paragraph of plain words, as the editor stores it. A mark, a link or a second paragraph is a person's.
PLAIN_PARAGRAPH = re.compile(r'<p(?: data-block-key="\w+")?>([^<]*)</p>')
OPENINGS: dict[str, Promise] = {
    Stance.SUPPORT: gettext_lazy("I am here in support of %(vehicle)s."),
    Stance.SUPPORT_IF_AMENDED: gettext_lazy(
        "I am here in support of %(vehicle)s, provided that it is amended."
    ),
    Stance.NEUTRAL: gettext_lazy("I am here to give information on %(vehicle)s."),
    Stance.CONCERNS: gettext_lazy("I am here to state concerns about %(vehicle)s."),
    Stance.OPPOSE_UNLESS_AMENDED: gettext_lazy(
        "I am here in opposition to %(vehicle)s, unless it is amended."
    ),
    Stance.OPPOSE: gettext_lazy("I am here in opposition to %(vehicle)s."),
}
NO_POSITION: Promise = gettext_lazy("I am here to speak on %(vehicle)s.")


def salutation(page: TestimonyPage, language: str) -> str:
    """How the body of its event is addressed; empty without one."""
    body = page.event.body if page.event else None
    if is_comment(page) and not (body and body.salutation):
        return ""  # nobody sits in an agency's docket to be greeted
    with translation.override(language):
        return body.salutation_line if body else ""


def opening(page: TestimonyPage, language: str, *, as_arranged: Arrangement | None = None) -> str:
    """Who speaks, for whom, on what and on which side: from what is recorded only.

    `as_arranged` stands for what the event's list says of the speaker now.
    """
    if is_comment(page):
        return comment_opening(page, language)
    with translation.override(language):
        introduction = _introduction(page.speaker, page.speaker_role)
        capacity = _capacity(page, as_arranged)
        return " ".join(filter(None, [introduction, capacity, _stance(page.vehicle)]))


def follow_language(page: TestimonyPage) -> bool:
    """Put salutation and opening into the language of `page` where they stand exactly as they were made in
    another one. Words that a person changed stay. True when anything was replaced."""
    others = [language for language in Language.values if language != page.language]
    wanted = salutation(page, page.language)
    replaced = False
    if page.salutation != wanted and page.salutation in [salutation(page, it) for it in others]:
        page.salutation, replaced = wanted, bool(page.salutation)
    return _follow_opening(page, others) or replaced


def follow_speaker(page: TestimonyPage, speaker: Person, role: str) -> None:
    """Make `speaker` the one who says it; the opening as it was made, or none, becomes theirs. What a person wrote
    stays."""
    former = opening(page, page.language)
    page.speaker, page.speaker_role = speaker, role
    if page.body:
        _replace_opening(page, [former])
    elif words := opening(page, page.language):
        page.body = [("paragraph", format_html("<p>{}</p>", words))]


def stance_sentence(page: TestimonyPage) -> str:
    """The sentence that names the bill and the side, as an opening has it; empty without a bill."""
    if is_comment(page):
        return ""  # its own opening says more than one sentence
    with translation.override(page.language):
        return _stance(page.vehicle)


def _follow_opening(page: TestimonyPage, others: list[str]) -> bool:
    return _replace_opening(page, [opening(page, it) for it in others])


def _replace_opening(page: TestimonyPage, former: list[str]) -> bool:
    first = page.body[0] if page.body else None
    if first is None or first.block_type != "paragraph" or not isinstance(first.value, RichText):
        return False
    plain = PLAIN_PARAGRAPH.fullmatch(first.value.source.strip())
    words = html.unescape(plain[1]).strip() if plain else ""
    wanted = opening(page, page.language)
    if not words or words == wanted or words not in former:
        return False
    first.value = RichText(str(format_html("<p>{}</p>", wanted)))
    return True


def _introduction(speaker: Person | None, role: str) -> str:
    if speaker is None:
        return ""
    organization = speaker.organization.name if speaker.organization else ""
    who = {"name": speaker.name, "role": role, "organization": organization}
    if role and organization:
        return _("My name is %(name)s, %(role)s, %(organization)s.") % who
    if role:
        return _("My name is %(name)s, %(role)s.") % who
    if organization:
        return _("My name is %(name)s, of %(organization)s.") % who
    return _("My name is %(name)s.") % who


def _capacity(page: TestimonyPage, arranged: Arrangement | None) -> str:
    """On whose behalf, as the event's list has it; who is not on it yet will be there officially."""
    if page.speaker is None or page.event_id is None:
        return ""
    there = arranged or presentation_of(page.event_id, page.speaker_id) or Arrangement()
    return capacity_sentence(there.capacity, there.partner, page.speaker)


def follow_arrangement(page: TestimonyPage, was: Arrangement) -> bool:
    """Have the opening of `page` say the capacity of now where it stands exactly as it was made for the former one.
    True when it was replaced."""
    return _replace_opening(page, [opening(page, page.language, as_arranged=was)])


def _stance(vehicle: Vehicle | None) -> str:
    if vehicle is None:
        return ""
    return str(OPENINGS.get(vehicle.position, NO_POSITION)) % {"vehicle": called(vehicle)}


def called(vehicle: Vehicle) -> str:
    """ "HB 1147, the Family Leave Insurance Act": identifier and title as a sentence has them."""
    title = vehicle.title.rstrip(". ")
    if not title:
        return vehicle.identifier.rstrip(".")
    named = {"identifier": vehicle.identifier, "title": title}
    if NAMES_A_TEXT.search(title) and not OWN_ARTICLE.match(title):
        # Translators: other languages may do without the article; the title stands as it is recorded.
        return _("%(identifier)s, the %(title)s") % named
    return "{identifier}, {title}".format(**named)
