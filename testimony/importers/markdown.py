"""Markdown to the blocks of a document. No word is lost, and nothing but text comes through.

HTML in the source is shown as text. So are reference-style links, whose definitions would vanish, and the numbers of
lists that the editor would number differently: the numbers that an author wrote are part of what was said.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from testimony.importers.flow import LISTS, Item, KeySequence, groups, rich_text
from testimony.importers.inline import Run, read_runs, tidy, to_text
from testimony.importers.notes import Notes, inline_tokens, source_lines

# The parser stops reading where blocks are nested deeper; such a text is taken as plain lines.
MAX_NESTING = 40
LINK_SCHEMES = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
PLAIN_TEXT = frozenset({"", "text", "txt", "plain", "plaintext"})
NESTED = frozenset({"bullet_list", "ordered_list"})
NOTES_TITLE = "Notes"  # part of the document, therefore in its language and not the importer's


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.enable("table").disable("reference")
    # Addresses stay as they were written; those that the editor would drop stay as text.
    parser.validateLink = lambda url: bool(LINK_SCHEMES.match(url))  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return parser


PARSER = _parser()


@dataclass(frozen=True)
class Converted:
    """The blocks, as a StreamField stores them, and the first paragraph in plain words."""

    blocks: list[dict[str, Any]]
    opening: str


def convert(text: str, *, name: str = "") -> Converted:
    """`text` as blocks. The same `name` and text give the same block ids."""
    text = CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n"))
    tokens = PARSER.parse(text)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return _Writer(name).plain(text)
    return _Writer(name).write(SyntaxTreeNode(tokens), text)


def line_runs(lines: list[str]) -> list[Run]:
    """Lines as one paragraph that keeps its line breaks."""
    runs = [part for line in lines for part in (Run("", "break"), Run(line)) if line.strip()]
    return tidy(runs[1:])


def code_lines(node: SyntaxTreeNode) -> list[str]:
    """A fence's lines, after the words beside its opening marks where these are more than "text"."""
    info = node.info.strip()
    return [*([info] if info not in PLAIN_TEXT else []), *node.content.rstrip("\n").split("\n")]


def keeps_count(node: SyntaxTreeNode) -> bool:
    """True for a numbered list that the editor numbers as its author did.

    The editor begins anew at 1 after an inner list.
    """
    markers = [item.info for item in node.children]
    outer = node.children[:-1]
    inner = any(below.type in NESTED for item in outer for below in item.walk(include_self=False))
    return not inner and markers == [str(number) for number in range(1, len(markers) + 1)]


class _Writer:
    """Walks the tree once. Prose gathers in `items` until a block of another kind comes."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blocks: list[dict[str, Any]] = []
        self.items: list[Item] = []
        self.key = KeySequence()
        self.notes = Notes()
        self.waiting: list[Run] = []  # notes of a heading, which cannot hold them itself
        self.lines: list[str] = []
        self.top_level = "h1"
        self.under_heading = False
        self.opening = ""

    def write(self, root: SyntaxTreeNode, text: str) -> Converted:
        self.lines = text.split("\n")
        self.notes = Notes.of(root, self.lines)
        levels = [node.tag for node in root.children if node.type == "heading"]
        self.top_level = min(levels, default="h1")
        for node in root.children:
            self.top(node)
        self.close_notes()
        return self.finish()

    def plain(self, text: str) -> Converted:
        """Every line as it stands."""
        for paragraph in re.split(r"\n[ \t]*\n", text):
            self.add(Item("p"), line_runs(paragraph.split("\n")))
        return self.finish()

    def finish(self) -> Converted:
        self.flush()
        return Converted(self.blocks, self.opening)

    # Blocks

    def block(self, kind: str, value: str) -> None:
        name = f"{self.name}/{len(self.blocks)}"
        identifier = str(uuid.uuid5(uuid.NAMESPACE_OID, name))
        self.blocks.append({"type": kind, "value": value, "id": identifier})

    def flush(self) -> None:
        for group in groups(self.items):
            self.block("paragraph", rich_text(group, self.key))
        self.items = []

    def top(self, node: SyntaxTreeNode) -> None:
        """A node outside lists and quotations."""
        if node.type == "heading":
            self.heading(node)
        elif node.type in {"fence", "code_block"}:
            self.preformatted(code_lines(node))
        elif node.type == "table":
            self.preformatted(source_lines(node, self.lines))
        else:
            self.prose(node, "p", 0, None)

    def heading(self, node: SyntaxTreeNode) -> None:
        runs = self.runs(node)
        self.waiting += [run for run in runs if run.kind == "note"]
        text = to_text(runs)
        if not text:
            return
        self.flush()
        main = node.tag == self.top_level or not self.under_heading
        self.block("heading" if main else "subheading", text)
        self.under_heading = True

    def preformatted(self, lines: list[str]) -> None:
        text = "\n".join(lines)
        if text.strip():
            self.flush()
            self.block("preformatted", text)

    # Prose

    def runs(self, node: SyntaxTreeNode) -> list[Run]:
        """The runs of a paragraph or heading."""
        return [
            run
            for child in node.children
            for run in read_runs(inline_tokens(child), self.notes.text)
        ]

    def add(self, item: Item, runs: list[Run]) -> None:
        """Put a new item into the row, unless it says nothing."""
        item.append(runs)
        if not item.runs:
            return
        item.runs += self.waiting
        self.waiting = []
        if item.kind == "p":
            self.opening = self.opening or to_text(item.runs)
        self.items.append(item)

    def prose(self, node: SyntaxTreeNode, kind: str, depth: int, host: Item | None) -> None:
        """A node that becomes text. Within a list item (`host`) everything joins that item."""
        if node.type == "footnote_reference":
            return
        if node.type in NESTED:
            self.list(node, depth)
        elif node.type == "blockquote":
            for child in node.children:
                self.prose(child, "blockquote", depth, host)
        elif host is not None:
            # After an inner list the row goes on with its last item: order matters more than indent.
            self.items[-1].append(self.text_of(node))
        elif node.type in {"fence", "code_block", "table"}:
            self.top(node)
        else:
            self.add(Item(kind), self.text_of(node))

    def text_of(self, node: SyntaxTreeNode) -> list[Run]:
        if node.type in {"fence", "code_block"}:
            return line_runs(code_lines(node))
        if node.type == "table":
            return line_runs(source_lines(node, self.lines))
        if node.type == "heading":
            return [
                replace(run, bold=True) if run.kind == "text" else run for run in self.runs(node)
            ]
        return self.runs(node)

    def list(self, node: SyntaxTreeNode, depth: int) -> None:
        ordered = node.type == "ordered_list"
        literal = ordered and (not keeps_count(node) or self.continues_numbers(depth))
        for child in node.children:
            mark = f"{child.info}{child.markup}" if literal else ""
            if literal and not depth:
                self.list_item(child, Item("p", mark=mark), 0)
            else:
                kind = "ol" if ordered and not literal else "ul"
                self.list_item(child, Item(kind, depth=depth, mark=mark), depth + 1)

    def list_item(self, node: SyntaxTreeNode, item: Item, inner_depth: int) -> None:
        self.items.append(item)
        if not node.children or node.children[0].type != "paragraph":
            item.append([])  # a number of its own line, before what follows
        for child in node.children:
            self.prose(child, item.kind, inner_depth, item)
        if item.runs:
            item.runs += self.waiting
            self.waiting = []
        elif item is self.items[-1] and item.kind == "ul":
            self.items.pop()

    def continues_numbers(self, depth: int) -> bool:
        """True when a numbered list at this depth would go on counting from one just before it."""
        for item in reversed(self.items):
            if item.kind not in LISTS or item.depth < depth:
                return False
            if item.depth == depth:
                return item.kind == "ol"
        return False

    def close_notes(self) -> None:
        """What nothing refers to stands at the end, so that it is not lost."""
        rest = [*self.notes.left_over(), *([[run] for run in self.waiting])]
        self.waiting = []
        if rest:
            self.add(Item("p"), [Run(NOTES_TITLE, bold=True)])
            for runs in rest:
                self.add(Item("p"), [replace(run, kind="text") for run in runs])
