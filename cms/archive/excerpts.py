"""The passage of a text in which a question was found, with the found words marked."""

from __future__ import annotations

import functools
import re
import unicodedata

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.archive.questions import Question, parse_question

BEFORE, AFTER = 90, 210  # characters shown on either side of the first word found
ENDING = re.compile(r"(?:ations?|ings?|ies|ied|ers?|ed|es|ly|s|e|y)\Z")
ENDINGS = r"(?:ations?|ings?|ies|ied|ers?|ed|es|ly|s|e|y|d)?"


NOTHING: SafeString = format_html_join("", "{}", ())


class _FlatTable(dict[int, str]):
    """Maps each character to one plain lower-case character, so that positions stay what they were."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()[:1] or chr(code)
        self[code] = plain
        return plain


FLAT = _FlatTable()


def excerpt(text: str, query: str | Question) -> SafeString:
    """Some 300 characters of `text` around the first find, escaped, with `<mark>` around each find.

    "" when no term stands in the text itself (it was found by its title or by a synonym).
    """
    question = query if isinstance(query, Question) else parse_question(query)
    span = first_find(text, question)
    if span is None:
        return NOTHING
    start, end = max(0, span[0] - BEFORE), min(len(text), span[1] + AFTER)
    if start:  # no half words at either end
        start = max(start, text.find(" ", start, span[0]) + 1)
    if end < len(text):
        end = max(span[1], text.rfind(" ", span[1], end))
    passage = " ".join(text[start:end].split())
    return format_html(
        "{}{}{}",
        "… " if start else "",
        marked(passage, question),
        " …" if end < len(text) else "",
    )


def first_find(text: str, question: Question) -> tuple[int, int] | None:
    """Where the longest term is found first; the longest says most about what was sought."""
    flat = text.translate(FLAT)
    for term in sorted(question.terms, key=len, reverse=True)[:8]:
        found = re.search(pattern(term), flat)
        if found:
            return found.span()
    return None


def marked(passage: str, question: Question) -> SafeString:
    either = "|".join(pattern(term) for term in sorted(question.terms, key=len, reverse=True))
    pieces: list[tuple[str]] = []
    position = 0
    for found in re.finditer(either, passage.translate(FLAT)):
        pieces.append((passage[position : found.start()],))
        pieces.append((format_html("<mark>{}</mark>", passage[found.start() : found.end()]),))
        position = found.end()
    pieces.append((passage[position:],))
    return format_html_join("", "{}", pieces)


@functools.lru_cache(maxsize=512)
def pattern(term: str) -> str:
    """A regular expression for a term in flat text: its words with their common endings."""
    bill = re.fullmatch(r"([a-z]{1,8})(\d{1,5})", term)
    if bill:
        letters = r"\.?\s?".join(bill[1])
        return rf"(?<!\w){letters}[.\s-]{{0,2}}0*{bill[2]}(?!\w)"
    words = r"[\W_]+".join(word_pattern(word) for word in term.split())
    return rf"(?<!\w){words}(?!\w)"


def word_pattern(word: str) -> str:
    stem = ENDING.sub("", word)
    if not word.isalpha() or len(stem) < 3:
        return re.escape(word)
    return re.escape(stem) + ENDINGS
