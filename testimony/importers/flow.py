"""Prose as the editor keeps it: a flat row of paragraphs, quotations and list items with a depth, never a tree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from testimony.importers.inline import Run, tidy, to_html

LISTS = frozenset({"ul", "ol"})
PARAGRAPHS_PER_BLOCK = 4


@dataclass
class Item:
    """`kind` is p, blockquote, ul or ol; `depth` counts the lists around a list item."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    depth: int = 0
    mark: str = ""  # a number that is kept as text

    def append(self, runs: list[Run]) -> None:
        """Add a further paragraph to this item, which can hold only one."""
        if self.mark:
            runs, self.mark = tidy([Run(f"{self.mark} "), *runs]), ""
        if runs:
            self.runs = [*self.runs, Run("", "break"), *runs] if self.runs else runs


class KeySequence:
    """Names for the editor's `data-block-key`: the same document gets the same keys each time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"k{self.count:04x}"


def rich_text(items: Iterable[Item], key: KeySequence) -> str:
    """The items as Wagtail's database format."""
    parts: list[str] = []
    open_lists: list[str] = []
    for item in items:
        wanted = item.depth + 1 if item.kind in LISTS else 0
        while len(open_lists) > wanted or (
            wanted and len(open_lists) == wanted and open_lists[-1] != item.kind
        ):
            parts.append(f"</li></{open_lists.pop()}>")
        if not wanted:
            parts.append(
                f'<{item.kind} data-block-key="{key()}">{to_html(item.runs)}</{item.kind}>'
            )
            continue
        if len(open_lists) == wanted:
            parts.append("</li>")
        while len(open_lists) < wanted:
            open_lists.append(item.kind)
            parts.append(f"<{item.kind}>")
        parts.append(f'<li data-block-key="{key()}">{to_html(item.runs)}')
    parts.extend(f"</li></{kind}>" for kind in reversed(open_lists))
    return "".join(parts)


def groups(items: Iterable[Item]) -> Iterable[list[Item]]:
    """Cut a long row into blocks that are easy to move and to comment on. Lists are never cut."""
    group: list[Item] = []
    paragraphs = 0
    for item in items:
        if item.kind == "p":
            if paragraphs == PARAGRAPHS_PER_BLOCK:
                yield group
                group, paragraphs = [], 0
            paragraphs += 1
        group.append(item)
    if group:
        yield group
