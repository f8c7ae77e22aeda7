"""Footnotes: placeholders in rendered HTML become numbered references, in reading order.

Rich text and block templates leave `<span class="rn" data-note-source="12"></span>` or
`<span class="rn" data-note-text="…"></span>`; nothing else may write that class. A source that stands twice in
a document keeps its number.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

from testimony.domain.citations import cite
from testimony.models import Source

PLACEHOLDER = re.compile(
    r'<span class="rn" data-note-(?P<kind>source|text)="(?P<value>[^"]*)"></span>'
)


@dataclass(frozen=True)
class Note:
    """One footnote: its number in the document and its words."""

    number: int
    html: SafeString


@dataclass
class Numbering:
    """Numbers placeholders over several fragments of one document. `medium` is "web" or "print"."""

    medium: str
    sources: Mapping[int, Source | None]
    notes: list[Note] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _uses: dict[int, int] = field(default_factory=dict)

    def number(self, fragment: str) -> str:
        """`fragment` with its placeholders replaced. Notes that say nothing public disappear."""
        return PLACEHOLDER.sub(self._reference, fragment)

    def _reference(self, match: re.Match[str]) -> str:
        key = (match["kind"], match["value"])
        if key not in self._numbers or key[0] == "text":
            words = self._words(*key)
            if words is None:
                return ""
            self.notes.append(Note(len(self.notes) + 1, words))
            self._numbers[key] = len(self.notes)
            first = True
        else:
            first = False
        number = self._numbers[key]
        return self._print(number, first) if self.medium == "print" else self._web(number)

    def _words(self, kind: str, value: str) -> SafeString | None:
        if kind == "text":
            return format_html("{}", html.unescape(value)) if value.strip() else None
        source = self.sources.get(int(value)) if value.isdigit() else None
        return cite(source) if source else None

    def _web(self, number: int) -> str:
        use = self._uses[number] = self._uses.get(number, 0) + 1
        return format_html(
            '<sup class="note-ref"><a href="#note-{0}" id="note-ref-{0}{1}" role="doc-noteref">{0}</a></sup>',
            number,
            f"-{use}" if use > 1 else "",
        )

    def _print(self, number: int, first: bool) -> str:
        if first:
            return format_html('<span class="footnote">{}</span>', self.notes[number - 1].html)
        return format_html('<sup class="note-again">{}</sup>', number)


def source_ids(fragments: Iterable[str]) -> set[int]:
    """Ids of the sources that the placeholders of `fragments` name."""
    return {
        int(match["value"])
        for fragment in fragments
        for match in PLACEHOLDER.finditer(fragment)
        if match["kind"] == "source" and match["value"].isdigit()
    }
