"""What a rule of readiness says when something is missing. A leaf of `rules` and `body_rules`."""

from __future__ import annotations

from dataclasses import dataclass

from testimony.enums import CheckState


@dataclass(frozen=True)
class Finding:
    words: str
    field: str
    state: CheckState = CheckState.MISSING
    url: str = ""  # where it is settled, when that is another page than the editor
    link: str = ""


def advice(words: str, field: str) -> Finding:
    return Finding(words, field, CheckState.ADVICE)
