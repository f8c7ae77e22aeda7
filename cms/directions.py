"""Words that run the other way: a bill number, a name or an address inside an Arabic sentence, and the reverse.

The direction is worked out here and written as `dir`, because the PDF engine knows no `dir="auto"`. What runs the
way of the document is left alone, so documents in one script carry no extra markup.
"""

from __future__ import annotations

import re
import unicodedata

from django.template.defaultfilters import linebreaksbr
from django.utils import translation
from django.utils.encoding import uri_to_iri
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString

# "HB 1147", "H.R. 5", "Ordinance 418": a line does not end between a name and its number.
_NUMBERED = re.compile(r"(?<!\w)([^\W\d_][\w.]{0,11}) (?=\d)")
NO_BREAK = "\u00a0"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def document_direction() -> str:
    """The direction of the language that is being written in."""
    return "rtl" if translation.get_language_bidi() else "ltr"


def comma() -> str:
    """What stands between the parts of a line."""
    return "، " if (translation.get_language() or "").startswith("ar") else ", "


def direction_of(text: str) -> str:
    """By its first letter. Without letters, such as a telephone number: from left to right.

    Titles of every language begin with the number of a bill. Where most letters run from right to left, so does the text.
    """
    classes = (unicodedata.bidirectional(character) for character in text)
    runs = [_STRONG[kind] for kind in classes if kind in _STRONG]
    return "rtl" if runs[:1] == ["rtl"] or runs.count("rtl") > len(runs) / 2 else "ltr"


def isolated(text: object) -> SafeString:
    """`text`, escaped, set apart when it runs against the document, so that nothing around it moves."""
    words = str(text or "")
    direction = direction_of(words)
    if not words or direction == document_direction():
        return format_html("{}", words)
    return format_html('<bdi dir="{}">{}</bdi>', direction, words)


def numbers_kept(text: object) -> str:
    """`text` with each number held to the capitalised word before it. Only for showing: nothing is stored or searched so."""
    return _NUMBERED.sub(_held, str(text or ""))


def _held(found: re.Match[str]) -> str:
    word = found[1]
    return f"{word}{NO_BREAK}" if word[0].isupper() else found[0]


def unbroken(text: object) -> SafeString:
    """As `isolated`, and "HB 1147" stays on one line."""
    return isolated(numbers_kept(text))


def isolated_run(*parts: object, mark: str = ",") -> SafeString:
    """`parts` with `mark` between them. What runs one way stays one run, with its marks: “HB 1147: Leave Act”."""
    words = [numbers_kept(part) for part in parts if part]
    if len({direction_of(part) for part in words}) <= 1:
        return isolated(f"{mark} ".join(words))
    between = comma() if mark == "," else f"{mark} "
    return format_html_join(between, "{}", ((isolated(part),) for part in words))


def isolated_markup(markup: SafeString) -> SafeString:
    """The same for markup that our code made."""
    direction = direction_of(strip_tags(markup))
    if direction == document_direction():
        return markup
    return format_html('<bdi dir="{}">{}</bdi>', direction, markup)


def isolated_lines(text: object) -> SafeString:
    """Each line of `text` set apart by itself, as in a postal address."""
    lines = str(text or "").strip().splitlines()
    return linebreaksbr(format_html_join("\n", "{}", ((isolated(line),) for line in lines)))


def address(url: str, *, scheme: bool = False) -> SafeString:
    """A web address to be read, always from left to right, whatever the letters in it."""
    words = shown_address(url, scheme=scheme)
    plain = document_direction() == "ltr" and not _runs_left(words)
    return format_html("{}", words) if plain else format_html('<bdi dir="ltr">{}</bdi>', words)


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def shown_address(url: str, *, scheme: bool = False) -> str:
    """A web address as people read it: letters of every script as letters, `scheme` only when asked for.

    An address whose letters would not print, or would turn the line round, is shown encoded as it is.
    """
    bare = url if scheme else url.removeprefix("https://").removeprefix("http://")
    readable = uri_to_iri(bare)
    return readable if readable.isprintable() else bare
