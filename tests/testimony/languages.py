"""One short testimony and fact sheet in each language but English, with all that a document may hold."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Specimen:
    """Words of one language; `note` and `mixed` hold runs that read the other way in Arabic."""

    slug: str
    title: str
    headline: str
    salutation: str
    heading: str
    opening: str
    mixed: str
    points: tuple[str, str]
    quote: str
    label: str
    chart: str
    unit: str
    groups: tuple[str, str, str]
    note: str
    ask: str


def _specimens() -> dict[str, Specimen]:
    stored = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        language: Specimen(**{k: tuple(v) if isinstance(v, list) else v for k, v in words.items()})
        for language, words in stored.items()
    }


SPECIMENS = _specimens()
