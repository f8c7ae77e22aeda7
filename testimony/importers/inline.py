"""Markdown inside a paragraph: to the HTML that Wagtail's editor stores, or to plain text.

Text is a row of runs, each with its own styles and address, because that is how the editor writes it: styles never
span runs, so that an imported paragraph opened and saved unchanged is the same text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

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
    link: int = 0  # which link of the paragraph: two neighbours may lead to the same address

    @property
    def look(self) -> tuple[str, bool, bool, int]:
        return self.kind, self.bold, self.italic, self.link


class _Reader:
    """Collects the runs of one inline token."""

    def __init__(self, note_text: NoteText) -> None:
        self.note_text = note_text
        self.runs: list[Run] = []
        self.bold = self.italic = 0
        self.links: list[tuple[int, str, str]] = []  # those open: number, address, title
        self.count = 0

    def add(self, text: str, kind: str = "text") -> None:
        link, href, _title = self.links[-1] if self.links else (0, "", "")
        self.runs.append(Run(text, kind, self.bold > 0, self.italic > 0, href, link))

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
                self.open_link("href", token)
            case "link_close":
                self.close_link()
            case "image":
                self.image(token)
            case "softbreak":
                self.add(" ")
            case "hardbreak":
                self.add("", "break")
            case "footnote_ref":
                self.note(token.meta["label"])
            case _:
                self.add(token.content)

    def open_link(self, attribute: str, token: Token) -> None:
        self.count += 1
        address, title = (str(token.attrs.get(name, "")) for name in (attribute, "title"))
        self.links.append((self.count, address, title))

    def close_link(self) -> None:
        """A link of no words shows its address; its title, which the editor's links lack, follows it."""
        link, href, _title = self.links[-1]
        if not any(run.link == link and run.text.strip() for run in self.runs):
            self.add(href)
        title = self.links.pop()[2]
        if title:
            self.add(f" ({title})")

    def image(self, token: Token) -> None:
        """A picture elsewhere is not fetched: its description becomes a link to it."""
        self.open_link("src", token)
        self.read(token.children or [])
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
    """Runs with single spaces, none at the ends of a line, and neighbours that look alike joined."""
    done: list[Run] = []
    for run in runs:
        text = SPACES.sub(" ", run.text)
        if run.kind == "text":
            if not done or done[-1].kind == "break" or done[-1].text.endswith(" "):
                text = text.removeprefix(" ")
            if not text:
                continue
            if done and done[-1].look == run.look:
                done[-1] = replace(done[-1], text=done[-1].text + text)
                continue
        elif run.kind == "break":
            _strip_end(done)
        done.append(replace(run, text=text.strip() if run.kind == "note" else text))
    _strip_end(done)
    return _spaces_outside(done)


def _strip_end(runs: list[Run]) -> None:
    """Drop a space, and breaks, at the end of the runs."""
    while runs and runs[-1].kind != "note":
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = replace(runs[-1], text=text)
            return
        runs.pop()


def _spaces_outside(runs: list[Run]) -> list[Run]:
    """A space between two looks has what both share: the editor ends bold after the last letter."""
    done: list[Run] = []
    for run, following in zip_longest(runs, runs[1:]):
        if following is None or run.kind != "text" or not run.text.endswith(" "):
            done.append(run)
            continue
        if run.text != " ":
            done.append(replace(run, text=run.text[:-1]))
        if run.link != following.link:
            done.append(Run(" "))
            continue
        bold = run.bold and following.bold
        italic = run.italic and following.italic and run.bold == following.bold
        done.append(replace(run, text=" ", bold=bold, italic=italic))
    return done


def to_html(runs: Iterable[Run]) -> str:
    """Wagtail's database format. Styles stay open as long as they last, bold outside italic."""
    parts: list[str] = []
    styles: list[str] = []
    link, href = 0, ""
    for run in runs:
        wanted = [tag for tag, on in (("b", run.bold), ("i", run.italic)) if on]
        same = run.link == link
        kept = 0
        while same and kept < len(styles) and styles[kept : kept + 1] == wanted[kept : kept + 1]:
            kept += 1
        parts += [f"</{tag}>" for tag in reversed(styles[kept:])]
        if not same:
            parts.append("</a>" if href else "")
            parts.append(f'<a href="{html.escape(run.href)}">' if run.href else "")
        parts += [f"<{tag}>" for tag in wanted[kept:]]
        parts.append(_content(run))
        link, href, styles = run.link, run.href, wanted
    parts += [f"</{tag}>" for tag in reversed(styles)]
    return "".join([*parts, "</a>" if href else ""])


def _content(run: Run) -> str:
    if run.kind == "break":
        return "<br/>"
    if run.kind == "note":
        return f'<embed embedtype="note" text="{html.escape(run.text)}"/>'
    return html.escape(run.text, quote=False)


def to_text(runs: Iterable[Run]) -> str:
    """Words only: an address follows its link in parentheses, notes are left out."""
    parts: list[str] = []
    for run, following in pairwise([*runs, Run("")]):
        if run.kind == "break":
            parts.append(" ")
        elif run.kind == "text":
            parts.append(run.text)
            ends = run.href and run.link != following.link
            if ends and run.href not in {run.text, f"mailto:{run.text}"}:
                parts.append(f" ({run.href})")
    return SPACES.sub(" ", "".join(parts)).strip()
