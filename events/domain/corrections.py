"""Figures that were corrected after they were printed: said beside the words, which stay as they are.

What a figure is, and what it reads today, upper packages know: they register a finder. Worked out at read time, so
that records are never touched.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _

# Left by templates and rich text around each figure.
FIGURE = re.compile(
    r'(?P<all><(?P<tag>span|strong)\b[^>]* data-statistic="(?P<key>\d+)"[^>]*>(?P<words>.*?)</(?P=tag)>)'
)


@dataclass(frozen=True)
class Correction:
    """A printed figure that reads differently today. `now` is what the public reads, never a draft."""

    key: str
    label: str
    then: str
    now: str

    @property
    def anchor(self) -> str:
        return f"corrected-{self.key}-{slugify(self.then)}"


Finder = Callable[[Mapping[str, Any]], list[Correction]]
_finders: dict[str, Finder] = {}


def register_corrections(name: str, finder: Finder) -> None:
    """`finder` reads the payload of a record. Called in `AppConfig.ready()`."""
    _finders[name] = finder


def corrections_of(payload: Mapping[str, Any]) -> list[Correction]:
    return [correction for finder in _finders.values() for correction in finder(payload)]


def with_marks(fragment: str, corrections: Iterable[Correction]) -> str:
    """`fragment`, rendered by our templates, with a link to its correction behind each figure that has one."""
    wanted = {(found.key, found.then): found for found in corrections}

    def mark(match: re.Match[str]) -> str:
        words = html.unescape(strip_tags(match["words"])).strip()
        correction = wanted.get((match["key"], words))
        if correction is None:
            return match["all"]
        link = format_html(
            '<sup class="corrected-ref"><a href="#{}" aria-label="{}">{}</a></sup>',
            correction.anchor,
            _("Superseded by a later figure: %(now)s today") % {"now": correction.now},
            "†",
        )
        return match["all"] + link

    return FIGURE.sub(mark, fragment) if wanted else fragment
