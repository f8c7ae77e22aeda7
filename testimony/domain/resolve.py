"""A document as its reader meets it: references resolved, footnotes numbered, words extracted.

The one place where the web page, the PDF, the archive's search text, the speaking time and the frozen record get their
words from, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from cms.pdf.choices import PrintChoices
from events.domain.corrections import Correction, with_marks
from testimony.domain.figures import Figure, figures_of
from testimony.domain.marks import written_body
from testimony.domain.notes import Note, Numbering, source_ids
from testimony.models import DocumentPage, FactSheetPage
from testimony.richtext import reference_cache

# Not read out: figures and tables are shown, notes are looked up.
SILENT = "figure, table, details, .note-ref, .footnote, .note-again, .chart"
BLOCKS = ["p", "li", "h1", "h2", "h3", "h4", "blockquote", "div", "pre", "td", "th", "figcaption"]


@dataclass(frozen=True)
class ResolvedDocument:
    """`html` is the body; `parts` holds what stands outside it (ask, key figure), by name; `figures` are the
    statistics as they are printed, `living` what the library says today of those that are pinned."""

    html: SafeString
    parts: dict[str, SafeString]
    notes: tuple[Note, ...]
    figures: tuple[Figure, ...] = ()
    living: tuple[Figure, ...] = ()

    def marked(self, corrections: Sequence[Correction]) -> ResolvedDocument:
        """With a mark behind each figure that was corrected since: for reading, never for what is kept."""
        parts = {name: with_marks(part, corrections) for name, part in self.parts.items()}
        return replace(
            self,
            # Safe as before: the marks are made by our own code.
            html=mark_safe(with_marks(self.html, corrections)),  # noqa: S308
            parts={name: mark_safe(part) for name, part in parts.items()},  # noqa: S308
        )

    @cached_property
    def text(self) -> str:
        """Every word of the document and its notes, as plain text."""
        notes = [plain_text(note.html) for note in self.notes]
        return "\n".join([*self._fragments(), *notes]).strip()

    @cached_property
    def spoken_text(self) -> str:
        """The words that are read out: no tables, charts, captions or footnotes."""
        return "\n".join(
            plain_text(part, without=SILENT) for part in (*self.parts.values(), self.html)
        ).strip()

    def _fragments(self) -> list[str]:
        # A chart's drawing repeats the figures of the table beneath it.
        without = ".note-ref, .footnote, .note-again, svg"
        return [plain_text(part, without=without) for part in (*self.parts.values(), self.html)]


def resolve(
    page: DocumentPage,
    *,
    medium: str = "web",
    show_gaps: bool = False,
    body: StreamValue | None = None,
    choices: PrintChoices | None = None,
) -> ResolvedDocument:
    """`page` (live, a draft in memory, or built from a revision) resolved for "web", "print" or "file": as printed, for word processors.

    `body` is a version of its text with some blocks left out; without one it is what is published: the written
    version, without blocks that are only said.

    `choices` are those of the paper: charts are drawn for them.

    `show_gaps` marks references to what is not published, for editors; the public sees nothing there.
    """
    context = {"medium": medium, "show_gaps": show_gaps, "page": page, "choices": choices}
    body = written_body(page) if body is None else body
    with translation.override(page.language), reference_cache(*_rich_sources(page)) as known:
        before = len(known.shown)
        raw = {name: render for name, render in _parts(page, context).items() if render}
        raw["body"] = body.stream_block.render(body, context=context)
        known.load(sources=source_ids(raw.values()))
        numbering = Numbering(medium, known.sources, page)
        # Safe: made by our own templates and by Wagtail's rich-text whitelist, nothing else.
        done = {name: mark_safe(numbering.number(part)) for name, part in raw.items()}  # noqa: S308
        shown = known.shown[before:]
        pinned = [item.pk for item in shown if hasattr(item, "pinned_revision")]
        living = figures_of(item for pk in pinned if (item := known.statistics.get(pk)))
        notes = tuple(numbering.notes)
        return ResolvedDocument(done.pop("body"), done, notes, figures_of(shown), living)


def without_notes(page: DocumentPage, body: StreamValue, *, show_gaps: bool = False) -> str:
    """The text of `body` as HTML for counting words and reading out: footnotes are neither numbered nor looked up."""
    context = {"medium": "web", "show_gaps": show_gaps, "page": page}
    with translation.override(page.language), reference_cache(body):
        return body.stream_block.render(body, context=context)


def _parts(page: DocumentPage, context: dict) -> dict[str, str]:
    """Fragments that stand before the body, in reading order."""
    if not isinstance(page, FactSheetPage):
        return {}
    figure = page.key_figure if page.key_figure and page.key_figure.live else None
    return {
        "key_figure": figure
        and render_to_string("testimony/blocks/key_figure.html", {"statistic": figure, **context}),
        "ask": page.ask and expand_db_html(page.ask),
    }


def _rich_sources(page: DocumentPage) -> list[object]:
    """What may name statistics and sources: the raw stream and the rich-text fields."""
    return [page.body, getattr(page, "ask", "")]


def plain_text(fragment: str, *, without: str = "") -> str:
    """The words of an HTML fragment, a line for each block; `without` drops what a CSS selector names."""
    # In an element of its own: Beautiful Soup warns of a text that is nothing but an address.
    soup = BeautifulSoup(f"<div>{fragment}</div>", "html.parser")
    if without:
        for element in soup.select(without):
            element.decompose()
    for element in soup.find_all("br"):
        element.replace_with("\n")
    for element in soup.find_all(BLOCKS):
        element.append("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().splitlines())
    return "\n".join(line for line in lines if line)
