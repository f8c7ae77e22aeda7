"""A render process without its second fence, which reports what the first one lets through.

Reads the configuration of the engine and documents from standard input. Answers for each document which files were
opened and which calls went towards the network or another process.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.parse
from typing import Any

from cms.pdf import job, limits, worker

REPORTED = (
    "socket.",
    "urllib.",
    "http.",
    "ftplib.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
)


def main() -> None:
    for known in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
        known.append("asset")
    told = json.load(sys.stdin)
    engine = worker.prepare(told["config"])
    code = tuple(f"{os.path.abspath(folder)}{os.sep}" for folder in limits.code_folders())
    scratch = f"{engine.scratch}{os.sep}"
    events: list[str] = []

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and not isinstance(args[0], int):
            path = os.path.abspath(os.fsdecode(args[0]))
            if not path.startswith((*code, scratch)):
                events.append(f"open {path}")
        elif event.startswith(REPORTED):
            events.append(f"{event} {args!r:.200}")

    sys.addaudithook(hook)
    answers = {}
    for name, html in told["documents"].items():
        events.clear()
        given = {"language": "en", "variant": "pdf/ua-1", "base_url": "https://example.org"}
        try:
            pdf = job.render(engine, html, {}, given).pdf
        except Exception as error:  # noqa: BLE001  a refusal is an answer here
            pdf = b""
            answers[name] = {"error": type(error).__name__}
        answers[name] = {
            **answers.get(name, {"error": ""}),
            "events": list(events),
            "pdf": pdf.hex(),
        }
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
