"""Files of lines, read without holding more than one line in memory."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

from testimony.importers.lines import MAX_LINE


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file. One that is longer than the limit comes cut just beyond it, to be refused."""
    with path.open("rb") as file:
        if file.read(len(codecs.BOM_UTF8)) != codecs.BOM_UTF8:
            file.seek(0)
        while line := file.readline(MAX_LINE + 1):
            if len(line) > MAX_LINE and not line.endswith(b"\n"):
                _skip_line(file)
            yield line


def _skip_line(file) -> None:
    while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def count_lines(path: Path) -> int:
    """Lines that hold something."""
    return sum(1 for line in lines_of(path) if line.strip())
