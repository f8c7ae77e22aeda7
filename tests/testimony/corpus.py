"""The public-domain corpus beside the project, for tests that ask for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests.testimony.import_words import ENTITY, FENCE_NAME

FILE: Path = settings.BASE_DIR.parent / "shared" / "corpus" / "testimonies.jsonl"
DEFINITION = re.compile(r"^\[\^([^\] \n]+)\]:", re.MULTILINE)

needs_corpus = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FILE.exists(), reason=f"the corpus is not there: {FILE}"),
]


def rows() -> list[dict[str, Any]]:
    with FILE.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def row(key: str) -> dict[str, Any]:
    return next(found for found in rows() if found["id"] == key)


def source_text(text: str) -> str:
    """The text without what is mark-up. The mark of a note that is missing from the source is text."""
    defined = set(DEFINITION.findall(text))
    text = re.sub(r"\[\^([^\] \n]+)\]", lambda mark: " " if mark[1] in defined else mark[0], text)
    return ENTITY.sub(" ", FENCE_NAME.sub(" ", text))
