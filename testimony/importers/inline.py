"""Markdown inside a paragraph: to the HTML that Wagtail's editor stores, or to plain text.

Text is a row of runs, each with its own styles and address, because that is how the editor writes it: styles never
span runs, so that an imported paragraph opened and saved unchanged is the same text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from markdown_it.token import Token

SPACES = re.compile(r"[ \t\n\f\r]+")
NoteText = Callable[[str], str]


@dataclass(frozen=True)
class Run:
    """Characters that look alike; or a line break; or a note (`text` is then what the note says)."""

    text: str
    kind: str = "text"
    bold: bool = False
    italic: bool = False
    href: str = ""

    @property
    def look(self) -> tuple[str, bool, bool, str]:
        return self.kind, self.bold, self.italic, self.href


class _Reader:
    """Collects the runs of one inline token."""

    def __init__(self, note_text: NoteText) -> None:
        self.note_text = note_text
        self.runs: list[Run] = []
        self.bold = self.italic = 0
        self.links: list[tuple[str, str]] = []

    def add(self, text: str, kind: str = "text") -> None:
        href = self.links[-1][0] if self.links else ""
        self.runs.append(Run(text, kind, self.bold > 0, self.italic > 0, href))

    def read(self, tokens: Iterable[Token]) -> list[Run]:
        for token in tokens:
            self.take(token)
        return self.runs

    def take(self, token: Token) -> None:
        match token.type:
            case "strong_open" | "strong_close":
                self.bold += token.nesting
            case "em_open" | "em_close":
                self.italic += token.nesting
            case "link_open":
                self.open_link(str(token.attrs.get("href", "")), token)
            case "link_close":
                self.close_link()
            case "image":
                self.image(token)
            case "softbreak":
                self.add(" ")
            case "hardbreak":
                self.runs.append(Run("", "break"))
            case "footnote_ref":
                self.note(token.meta["label"])
            case _:
                self.add(token.content)

    def open_link(self, href: str, token: Token) -> None:
        self.links.append((href, str(token.attrs.get("title", ""))))

    def close_link(self) -> None:
        _href, title = self.links.pop()
        if title:  # the editor's links have none, and its words must not be lost
            self.add(f" ({title})")

    def image(self, token: Token) -> None:
        """A picture elsewhere is not fetched: its description becomes a link to it."""
        source = str(token.attrs.get("src", ""))
        self.open_link(source, token)
        before = len(self.runs)
        self.read(token.children or [])
        if not any(run.text.strip() for run in self.runs[before:]):
            self.add(source)
        self.close_link()

    def note(self, label: str) -> None:
        text = self.note_text(label)
        if text:
            self.runs.append(Run(text, "note"))
        else:
            self.add(f"[^{label}]")


def read_runs(tokens: Iterable[Token], note_text: NoteText) -> list[Run]:
    """The runs of an inline token's children. `note_text(label)` says what a note holds, "" for none."""
    return tidy(_Reader(note_text).read(tokens))


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Runs with single spaces, none at either end, and neighbours that look alike joined."""
    done: list[Run] = []
    for run in runs:
        text = SPACES.sub(" ", run.text)
        if run.kind == "text":
            if not done or done[-1].kind == "break" or done[-1].text.endswith(" "):
                text = text.removeprefix(" ")
            if not text:
                continue
            if done and done[-1].look == run.look:
                done[-1] = replace(done[-1], text=SPACES.sub(" ", done[-1].text + text))
                continue
        done.append(replace(run, text=text.strip() if run.kind == "note" else text))
    while done and done[-1].kind != "note" and not done[-1].text.strip(" "):
        done.pop()
    if done and done[-1].kind == "text":
        done[-1] = replace(done[-1], text=done[-1].text.rstrip(" "))
    return done


def to_html(runs: Iterable[Run]) -> str:
    """Wagtail's database format."""
    parts: list[str] = []
    open_href = ""
    for run in runs:
        if run.href != open_href:
            parts.append("</a>" if open_href else "")
            parts.append(f'<a href="{html.escape(run.href)}">' if run.href else "")
            open_href = run.href
        parts.append(_run_html(run))
    parts.append("</a>" if open_href else "")
    return "".join(parts)


def _run_html(run: Run) -> str:
    if run.kind == "break":
        return "<br/>"
    if run.kind == "note":
        return f'<embed embedtype="note" text="{html.escape(run.text)}"/>'
    text = html.escape(run.text, quote=False)
    text = f"<i>{text}</i>" if run.italic else text
    return f"<b>{text}</b>" if run.bold else text


def to_text(runs: Iterable[Run]) -> str:
    """Words only: an address follows its link in parentheses, notes are left out."""
    parts: list[str] = []
    runs = list(runs)
    for index, run in enumerate(runs):
        if run.kind == "break":
            parts.append(" ")
        elif run.kind == "text":
            parts.append(run.text)
            following = runs[index + 1].href if index + 1 < len(runs) else ""
            if (
                run.href
                and run.href != following
                and run.href not in {run.text, f"mailto:{run.text}"}
            ):
                parts.append(f" ({run.href})")
    return SPACES.sub(" ", "".join(parts)).strip()
