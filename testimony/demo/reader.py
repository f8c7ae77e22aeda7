"""Reads the demo's TOML files. Knows their shape, nothing of the database."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


def table(name: str) -> dict[str, Any]:
    """The whole of `name`.toml."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def rows(name: str) -> list[dict[str, Any]]:
    """The array of tables called `name`, of `name`.toml or of all files in the folder `name`."""
    if (FOLDER / name).is_dir():
        return [row for content in documents(name) for row in content[name]]
    return table(name)[name]


def documents(folder: str) -> Iterator[dict[str, Any]]:
    """One document for each file of `folder`, in the order of their names."""
    for path in sorted((FOLDER / folder).glob("*.toml")):
        yield tomllib.loads(path.read_text(encoding="utf-8"))
