"""Footnotes of a Markdown text: their definitions, flattened to words, and which of them the text uses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from testimony.importers.inline import SPACES, Run, read_runs, to_text

PREFIX = re.compile(r"^[ \t>]+")


def source_lines(node: SyntaxTreeNode, lines: list[str]) -> list[str]:
    """The lines that a node was read from, without the marks of a quotation around it."""
    start, end = node.map or (0, 0)
    return [PREFIX.sub("", line) for line in lines[start:end]]


def inline_tokens(node: SyntaxTreeNode) -> list[Token]:
    """What a node of type "inline" was read into."""
    return (node.token.children if node.token else None) or []


def words(node: SyntaxTreeNode, lines: list[str]) -> str:
    """Everything that `node` says, on one line. A note within a note stays as its mark."""
    if node.type == "inline":
        return to_text(read_runs(inline_tokens(node), lambda label: ""))
    if node.type in {"fence", "code_block"}:
        return f"{node.info} {node.content}"
    if node.type == "table":
        return " ".join(source_lines(node, lines))
    number = f"{node.info}{node.markup}" if node.type == "list_item" and node.info else ""
    inner = (words(child, lines) for child in node.children if child.type != "footnote_reference")
    return SPACES.sub(" ", " ".join([number, *inner])).strip()


@dataclass
class Notes:
    """Definitions in the order of the source. Of two with one label the first is referred to."""

    definitions: list[tuple[str, str]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: SyntaxTreeNode, lines: list[str]) -> Notes:
        found = [node for node in root.walk() if node.type == "footnote_reference"]
        return cls([(node.meta["label"], words(node, lines)) for node in found])

    def text(self, label: str) -> str:
        """What the note says, and remember that the text refers to it."""
        self.used.add(label)
        return next((text for known, text in self.definitions if known == label), "")

    def left_over(self) -> list[list[Run]]:
        """Notes that nothing refers to, each as a line with its mark."""
        seen = set(self.used)
        lines = []
        for label, text in self.definitions:
            if label in seen:
                seen.discard(label)
            else:
                lines.append([Run(f"[{label}] {text}".strip())])
        return lines
