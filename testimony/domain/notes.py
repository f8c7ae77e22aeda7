"""Footnotes: placeholders in rendered HTML become numbered references, in reading order.

Rich text and block templates leave `<span class="rn" data-note-source="12"></span>` or
`<span class="rn" data-note-text="…"></span>`; nothing else may write that class. A source that stands twice in
a document keeps its number. A pinned one is named "12-55", by source and revision: it has a number of its own when
its words differ from the living source's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.directions import isolated, isolated_markup
from testimony.domain.citations import cite
from testimony.models import CitationSetting, DocumentPage, Source

PLACEHOLDER = re.compile(
    r'<span class="rn" data-note-(?P<kind>source|text)="(?P<value>[^"]*)"></span>'
)
ON_PAPER = frozenset({"print", "file"})  # there a note stands where its mark is


@dataclass(frozen=True)
class Note:
    """One footnote: its number in the document and its words."""

    number: int
    html: SafeString


@dataclass
class Numbering:
    """Numbers placeholders over several fragments of one text. `medium` is "web", "print" or "file"; `page` knows the
    citation style, where the text is a document's."""

    medium: str
    sources: Mapping[int | str, Source | None]
    page: DocumentPage | None = None
    notes: list[Note] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _cited: dict[str, SafeString | None] = field(default_factory=dict)
    _uses: dict[int, int] = field(default_factory=dict)

    def number(self, fragment: str) -> str:
        """`fragment` with its placeholders replaced. Notes that say nothing public disappear."""
        return PLACEHOLDER.sub(self._reference, fragment)

    def _reference(self, match: re.Match[str]) -> str:
        kind, value = match["kind"], match["value"]
        words = self._cite(value) if kind == "source" else self._own_words(value)
        if words is None:
            return ""
        # A footnote in free words is never shared; a source is, as long as it reads the same.
        key = (value.partition("-")[0], str(words)) if kind == "source" else None
        number = self._numbers.get(key) if key else None
        first = number is None
        if number is None:
            number = len(self.notes) + 1
            self.notes.append(Note(number, words))
            if key:
                self._numbers[key] = number
        return self._print(number, first) if self.medium in ON_PAPER else self._web(number)

    @staticmethod
    def _own_words(value: str) -> SafeString | None:
        return isolated(html.unescape(value)) if value.strip() else None

    def _cite(self, value: str) -> SafeString | None:
        if value not in self._cited:
            source = self.sources.get(int(value) if value.isdigit() else value)
            self._cited[value] = (
                isolated_markup(cite(source, style=self._style)) if source else None
            )
        return self._cited[value]

    @cached_property
    def _style(self) -> str:
        # Asked once for a document, and only by one that cites.
        return self.page.citation_style if self.page else CitationSetting.current_style()

    def _web(self, number: int) -> str:
        use = self._uses[number] = self._uses.get(number, 0) + 1
        return format_html(
            '<sup class="note-ref"><a href="#note-{0}" id="note-ref-{0}{1}" role="doc-noteref">{0}</a></sup>',
            number,
            f"-{use}" if use > 1 else "",
        )

    def _print(self, number: int, first: bool) -> str:
        if first:
            note = self.notes[number - 1].html
            return format_html('<span class="footnote" id="note-{}">{}</span>', number, note)
        return format_html('<sup class="note-again"><a href="#note-{0}">{0}</a></sup>', number)


def source_ids(fragments: Iterable[str]) -> set[int]:
    """Ids of the sources that the placeholders of `fragments` name."""
    return {
        int(match["value"])
        for fragment in fragments
        for match in PLACEHOLDER.finditer(fragment)
        if match["kind"] == "source" and match["value"].isdigit()
    }
