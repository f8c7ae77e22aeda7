"""Hints on the wording of a document: preferred terms and plain language, each on its sentence. Advice, never a gate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.rich_text import expand_db_html

from cms.enums import Language
from testimony.domain.plain_language import Sentence, advise, sentences
from testimony.domain.resolve import plain_text, resolve
from testimony.domain.terms import Avoided, find_terms
from testimony.formats import written_as_text
from testimony.models import DismissedHint, DocumentPage, PreferredTerm, TalkingPoint
from testimony.richtext import reference_cache

# Words of other people, and what is no sentence.
NOT_OURS = "blockquote, .block--quote, figure, table, details, pre, .chart, .footnote, .note-ref, .note-again, .gap"
TERM, ACRONYM = "term", "acronym"
ABOUT_A_WORD = frozenset({TERM, ACRONYM})
ADVICE = {
    "long_sentence": gettext_lazy(
        "%(subject)s words in one sentence. Two sentences are easier to hear."
    ),
    "long_words": gettext_lazy("Long words in a row: %(subject)s. Is there a shorter one?"),
    ACRONYM: gettext_lazy(
        "Is “%(subject)s” known to everybody? Spell it out where it first stands."
    ),
}


@dataclass(frozen=True)
class Passage:
    """The words of one block; `block` is its id in the editor, "" outside the body."""

    block: str
    text: str


@dataclass(frozen=True)
class Hint:
    """One piece of advice. `start` and `end` are places in `sentence`."""

    key: str
    block: str
    sentence: str
    start: int
    end: int
    says: str
    why: str = ""
    who_asked: str = ""
    link: str = ""

    @property
    def before(self) -> str:
        return self.sentence[: self.start]

    @property
    def marked(self) -> str:
        return self.sentence[self.start : self.end]

    @property
    def after(self) -> str:
        return self.sentence[self.end :]


@dataclass(frozen=True)
class Wording:
    """What the panel shows: hints that stand, and those that were answered."""

    hints: tuple[Hint, ...]
    dismissed: tuple[DismissedHint, ...]


def wording_of(page: DocumentPage) -> Wording:
    """Hints on `page` as it stands in memory; answers are those that were given for its row."""
    return _wording(hints_of(page), page.dismissed_hints.all() if page.pk else None)


def _wording(found: Sequence[Hint], answers: QuerySet[DismissedHint] | None) -> Wording:
    answered = [] if answers is None else list(answers.select_related("user"))
    keys = {hint.key for hint in found}
    closed = {answer.key for answer in answered}
    return Wording(
        tuple(hint for hint in found if hint.key not in closed),
        # Of sentences that are gone nothing need be said; their answers come back with them.
        tuple(answer for answer in answered if answer.key in keys),
    )


def wording_of_point(point: TalkingPoint) -> Wording:
    """Hints on a talking point as it stands in memory."""
    return _wording(hints_of(point), point.dismissed_hints.all() if point.pk else None)


def hints_of(item: DocumentPage | TalkingPoint) -> tuple[Hint, ...]:
    """A talking point has no language: terms of all are looked for."""
    if isinstance(item, DocumentPage):
        return hints(passages(item), terms_of(item.language), item.language)
    with written_as_text(), reference_cache(item.text):
        said = plain_text(expand_db_html(item.text), without=NOT_OURS)
    found = [Passage("", words) for words in (item.title.strip(), said) if words]
    terms = list(PreferredTerm.objects.filter(is_active=True).select_related("asked_by"))
    return hints(found, terms, Language.ENGLISH)


def _place(item: DocumentPage | TalkingPoint) -> dict[str, Any]:
    return {"page_id" if isinstance(item, DocumentPage) else "point_id": item.pk}


@transaction.atomic
def dismiss(
    item: DocumentPage | TalkingPoint, key: str, reason: str, *, user: Any
) -> DismissedHint | None:
    """Keep why a hint does not fit. None when the sentence no longer says what the hint is about."""
    hint = next((hint for hint in hints_of(item) if hint.key == key), None)
    if hint is None:
        return None
    values = {
        "sentence": hint.sentence,
        "hint": hint.says[:500],
        "reason": reason[:300],
        "user": user,
    }
    return DismissedHint.objects.update_or_create(**_place(item), key=key, defaults=values)[0]


def bring_back(item: DocumentPage | TalkingPoint, key: str) -> None:
    DismissedHint.objects.filter(**_place(item), key=key).delete()


def terms_of(language: str) -> list[PreferredTerm]:
    return list(PreferredTerm.objects.used_in(language).select_related("asked_by"))


def passages(page: DocumentPage) -> list[Passage]:
    """Our own words of a document, block by block, as they are read: talking points and figures included."""
    document = resolve(page)
    found = [Passage("", plain_text(part, without=NOT_OURS)) for part in document.parts.values()]
    soup = BeautifulSoup(document.html, "html.parser")
    for block in soup.find_all("div", class_="block", recursive=False):
        if "block--quote" not in (block.get("class") or ()):
            name = str(block.get("id", "")).removeprefix("block-")
            found.append(Passage(name, plain_text(str(block), without=NOT_OURS)))
    return [passage for passage in found if passage.text]


def hints(
    found: Iterable[Passage], terms: Sequence[PreferredTerm], language: str
) -> tuple[Hint, ...]:
    """All hints, in reading order; what is said twice of one sentence is one hint."""
    by_key: dict[str, Hint] = {}
    by_pk = {term.pk: term for term in terms}
    avoided = [Avoided(term.pk, term.avoid, term.prefer) for term in terms]
    explained: set[str] = set()
    for passage in found:
        for sentence, rule, subject, place in _findings(passage.text, avoided, language, explained):
            words = passage.text[sentence.start : sentence.end]
            key = key_of(rule, subject if rule in ABOUT_A_WORD else "", words)
            if key not in by_key:
                said = _said(rule, subject, by_pk)
                start, end = _within(sentence, place)
                by_key[key] = Hint(key, passage.block, words, start, end, **said)
    return tuple(by_key.values())


def _findings(
    text: str, avoided: Sequence[Avoided], language: str, explained: set[str]
) -> Iterator[tuple[Sentence, str, str, tuple[int, int]]]:
    """Sentence, rule, subject and place of everything found in one passage, by place."""
    places = sentences(text)
    found = [(one.start, one.end, TERM, str(one.pk)) for one in find_terms(text, avoided)]
    found += [
        (o.start, o.end, o.rule, o.subject) for o in advise(text, places, language, explained)
    ]
    at = 0
    for start, end, rule, subject in sorted(found):
        while at < len(places) - 1 and places[at].end <= start:
            at += 1
        yield places[at], rule, subject, (start, end)


def _within(sentence: Sentence, place: tuple[int, int]) -> tuple[int, int]:
    """`place` counted from the sentence: an expression may run over what only looks like its end."""
    length = sentence.end - sentence.start
    start = min(max(place[0] - sentence.start, 0), length)
    return start, min(max(place[1] - sentence.start, start), length)


def _said(rule: str, subject: str, terms: dict[int, PreferredTerm]) -> dict[str, str]:
    if rule != TERM:
        return {"says": ADVICE[rule] % {"subject": subject}}
    term = terms[int(subject)]
    words = _("Say “%(prefer)s” instead of “%(avoid)s”.")
    return {
        "says": words % {"prefer": term.prefer, "avoid": term.avoid},
        "why": term.why,
        "who_asked": term.who_asked,
        "link": term.link,
    }


def key_of(rule: str, subject: str, sentence: str) -> str:
    """The same hint on the same sentence, wherever it moves in the document."""
    plain = " ".join(sentence.split())
    return hashlib.sha256("\0".join((rule, subject, plain)).encode("utf-8", "replace")).hexdigest()
