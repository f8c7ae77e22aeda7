"""Lines of an import file, written for the tests."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

STATEMENT: dict[str, Any] = {
    "id": "county-2021-03-04-okafor",
    "doc_type": "prepared_statement",
    "title": "Ada Okafor: Clean Air Near Schools",
    "date": "2021-03-04",
    "body": "State Senate",
    "committee": "Senate Committee on Health",
    "subcommittee": "Air",
    "event": {
        "type": "legislative_hearing",
        "name": "Clean Air Near Schools",
        "location": "Room 2",
    },
    "speaker": {"name": "Ada Okafor", "role": "Health Officer"},
    "issues": ["environmental-justice", "education"],
    "text": "Chair and members, thank you. Our schools stand by the road.[^1]\n\n## Ask\n\nPlease plant trees.\n\n"
    "[^1]: County map.",
    "source": {"publisher": "County", "document_url": "https://example.org/okafor"},
    "licence": {"id": "public-domain"},
}


def line(**changes: Any) -> dict[str, Any]:
    """The statement above with some fields changed; None takes a field away."""
    return {key: value for key, value in {**STATEMENT, **changes}.items() if value is not None}


def write(path: Path, *lines: dict[str, Any] | bytes | str) -> Path:
    """A file of these lines; bytes and text go in as they are."""
    rows = []
    for item in lines:
        text = json.dumps(item, ensure_ascii=False) if isinstance(item, dict) else item
        rows.append(text.encode() if isinstance(text, str) else text)
    path.write_bytes(b"\n".join(rows) + b"\n")
    return path


def run(command: str, *args: Any) -> tuple[str, str]:
    """What a command printed and, when it failed, what it said last."""
    out = StringIO()
    try:
        call_command(command, *map(str, args), stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def summary(output: str) -> list[str]:
    """The lines of the report, without the progress above it."""
    return [row for row in output.splitlines() if row and " % (" not in row]
