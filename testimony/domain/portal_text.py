"""A comment as plain text, exactly as it is pasted into the box of a portal, and how many characters that is."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.utils import translation
from django.utils.translation import gettext as _

from testimony.domain.resolve import plain_text, resolve
from testimony.models import TestimonyPage

PARAGRAPHS = ("p", "h2", "h3", "h4", "ul", "ol", "blockquote", "pre", "table", "figure")
CELLS = ("td", "th")


def portal_text(page: TestimonyPage) -> str:
    """Salutation, text and notes; an empty line between paragraphs, notes as [1], rows of tables as lines."""
    document = resolve(page)
    soup = BeautifulSoup(f"<div>{document.html}</div>", "html.parser")
    for drawing in soup.select("svg"):
        drawing.decompose()
    for mark in soup.select(".note-ref"):
        mark.replace_with(f" [{mark.get_text().strip()}]")
    for item in soup.find_all("li"):
        item.insert(0, _bullet(item))
    for row in soup.find_all("tr"):
        cells = [" ".join(it.get_text(" ").split()) for it in row.find_all(CELLS)]
        row.replace_with(f"{' | '.join(cells)}\n")
    parts = [page.salutation.strip()] if page.salutation else []
    parts += [words for it in _outermost(soup) if (words := _words(it))]
    if document.notes:
        with translation.override(page.language):
            heading = _("Sources and notes")
        notes = [f"[{note.number}] {plain_text(note.html)}" for note in document.notes]
        parts.append("\n".join([heading, *notes]))
    return "\n\n".join(parts)


def characters(text: str) -> int:
    """As browsers count for the length of a text field: UTF-16 code units, a line break as one."""
    return len(text.encode("utf-16-le")) // 2


def _outermost(soup: BeautifulSoup) -> list[Tag]:
    """The paragraphs, lists and tables that stand in no other."""
    return [it for it in soup.find_all(PARAGRAPHS) if it.find_parent(PARAGRAPHS) is None]


def _bullet(item: Tag) -> str:
    parent = item.parent
    if parent is None or parent.name != "ol":
        return "- "
    return f"{parent.find_all('li', recursive=False).index(item) + 1}. "


def _words(element: Tag) -> str:
    return plain_text(str(element))
