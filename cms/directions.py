"""Words that run the other way: a bill number, a name or an address inside an Arabic sentence, and the reverse.

The direction is worked out here and written as `dir`, because the PDF engine knows no `dir="auto"`. What runs the
way of the document is left alone, so documents in one script carry no extra markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.template.defaultfilters import linebreaksbr
from django.utils import translation
from django.utils.encoding import uri_to_iri
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString

# "HB 1147", "H.R. 5", "Ordinance 418": a line does not end between a name and its number.
_NUMBERED = re.compile(r"(?<!\w)([^\W\d_][\w.]{0,11}) (?=\d)")
# The same as it is held on paper, and once it is held.
_NUMBERED_WHOLE = re.compile(r"((?<!\w)[^\W\d_][\w.]{0,11} \d\w*)")
_HELD = re.compile(r"((?<!\w)[^\W\d_][\w.]{0,11})\u00a0(?=\d)")
NO_BREAK = "\u00a0"
_paper: ContextVar[bool] = ContextVar("paper", default=False)
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


@contextmanager
def on_paper() -> Iterator[None]:
    """What is written inside becomes a file that is searched and copied from: its spaces are plain ones."""
    token = _paper.set(True)
    try:
        yield
    finally:
        _paper.reset(token)


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
    return _apart(words, format_html("{}", words))


def _apart(words: str, markup: SafeString) -> SafeString:
    """`markup` of `words`, set apart when they run against the document."""
    direction = direction_of(words)
    if not words or direction == document_direction():
        return markup
    return format_html('<bdi dir="{}">{}</bdi>', direction, markup)


def numbers_kept(text: object) -> str:
    """`text` with each number held to the capitalised word before it. Only for showing: nothing is stored or searched so."""
    return _NUMBERED.sub(_held, str(text or ""))


def _held(found: re.Match[str]) -> str:
    word = found[1]
    return f"{word}{NO_BREAK}" if word[0].isupper() else found[0]


def numbers_freed(text: str) -> str:
    """`text` with plain spaces where `numbers_kept` holds a number: "HB 1147" is found by who types it."""
    return _HELD.sub(r"\1 ", text)


def _kept(words: str) -> SafeString:
    """As `numbers_kept`, escaped. On paper by the style sheet: the space itself stays one that is found."""
    if not _paper.get():
        return format_html("{}", numbers_kept(words))
    pieces = enumerate(_NUMBERED_WHOLE.split(numbers_freed(words)))
    return format_html_join("", "{}", ((_on_one_line(it, n % 2 == 1),) for n, it in pieces))


def _on_one_line(piece: str, is_numbered: bool) -> str:
    if not is_numbered or not piece[0].isupper():
        return piece
    return format_html('<span class="unbroken">{}</span>', piece)


def unbroken(text: object) -> SafeString:
    """As `isolated`, and "HB 1147" stays on one line."""
    words = str(text or "")
    return _apart(words, _kept(words))


def isolated_run(*parts: object, mark: str = ",", aside: object = "") -> SafeString:
    """`parts` with `mark` between them, and `aside` in brackets. What runs one way stays one run, with its marks:
    “HB 1147: Leave Act (As introduced)”."""
    words = [str(part) for part in parts if part]
    said = str(aside or "")
    if len({direction_of(part) for part in (*words, said) if part}) <= 1:
        between = f"{mark} "
        whole = format_html_join(between, "{}", ((_kept(part),) for part in words))
        return _apart(between.join((*words, said)), _with_aside(whole, said))
    between = comma() if mark == "," else f"{mark} "
    whole = format_html_join(between, "{}", ((unbroken(part),) for part in words))
    return _with_aside(whole, isolated(said))


def _with_aside(markup: SafeString, aside: str) -> SafeString:
    return format_html("{} ({})", markup, aside) if aside else markup


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
