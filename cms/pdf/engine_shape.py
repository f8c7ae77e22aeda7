"""Whether the print engine is built as our changes to it expect. Used in the render process alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

ENGINE = "70."


def misfits(expected: Iterable[tuple[Any, str, list[str]]]) -> list[str]:
    """In words: another version, and what of `expected` (owner, name, parameters) is gone or takes others."""
    import weasyprint

    found = []
    if not weasyprint.__version__.startswith(ENGINE):
        found.append(f"WeasyPrint is {weasyprint.__version__}, written for {ENGINE}x")
    for owner, name, parameters in expected:
        function = getattr(owner, name, None)
        if function is None:
            found.append(f"{owner.__name__}.{name} is gone")
        elif list(inspect.signature(function).parameters) != parameters:
            found.append(f"{owner.__name__}.{name} takes other arguments")
    return found
