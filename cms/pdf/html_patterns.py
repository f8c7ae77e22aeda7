"""Lets the engine's HTML parser keep the patterns it compiles. Used in the render process alone.

tinyhtml5 2.1 means to: it looks each up, but puts it away under another name than it asks for (the pattern itself
instead of its letters), so that it compiles one for every tag and every piece of text.
"""

from __future__ import annotations

import re
from typing import Any


class _Patterns(dict[Any, re.Pattern[str]]):
    """By the letters to stop at, and whether they are to be gone through instead."""

    def __missing__(self, key: tuple[frozenset[str], bool]) -> re.Pattern[str]:
        letters, opposite = key
        listed = "".join(f"\\x{ord(letter):02x}" for letter in sorted(letters))
        pattern = self[key] = re.compile(f"[{'' if opposite else '^'}{listed}]+")
        return pattern


def mend() -> None:
    """Change the parser of this process. Call it once."""
    from tinyhtml5 import inputstream  # lazy: the render process alone has it

    inputstream.characters_until_regex = _Patterns(inputstream.characters_until_regex)
