"""Our engine warm in one process, without a fork for each document: what the fork is measured against.

Each line of standard input is a command in JSON: a document, or how often to print it. Answers with CPU and
clock seconds of one render and the process's memory. Imports no Django.
"""

from __future__ import annotations

import contextlib
import json
import resource
import subprocess
import sys
import tempfile
import time
import urllib.parse
from types import SimpleNamespace, TracebackType
from typing import Any


class WarmEngine:
    """The other end, in the process that measures."""

    def __init__(self, html: str) -> None:
        from cms.pdf import client, engine, font_sets  # apps: the process of `main` has no Django

        css = engine.stylesheet_manifest()
        self._folder = tempfile.TemporaryDirectory(prefix="rostrum-warm-")
        around = SimpleNamespace(folder=self._folder.name, font_folders=font_sets.ready_folders())
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "cms.benchmark.warm_engine"],
            env=client.Server._environment(around),  # type: ignore[arg-type]
            cwd=self._folder.name,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ask(
            stylesheets=engine.stylesheet_roots(),
            assets=[(a.url, a.content_type, a.sha256, a.path) for a in css.assets.values()],
            html=html,
        )

    def cpu_seconds(self, *, watched: bool = True) -> float:
        return self._ask(watched=watched)["cpu"]

    def clock_seconds(self) -> float:
        return self._ask(watched=True)["clock"]

    def _ask(self, **command: Any) -> dict[str, float]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def __enter__(self) -> WarmEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()
        self._folder.cleanup()


def main() -> None:
    # lazy: only the measured process prints
    from cms.pdf import drawn, fidelity, job, worker
    from cms.pdf.fetcher import Resource  # lazy: as above

    for known in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
        known.append("asset")
    told = json.loads(sys.stdin.readline())
    engine = worker.prepare(told)
    resources = {url: Resource(kind, digest, path) for url, kind, digest, path in told["assets"]}
    given = {"language": "en", "variant": "pdf/ua-1", "base_url": "https://example.org"}
    watched, lost_words = drawn.watched, fidelity.lost_words
    answer({"cpu": 0, "clock": 0})
    for line in sys.stdin:
        on = json.loads(line)["watched"]
        drawn.watched = watched if on else unwatched(drawn.Drawn)
        setattr(fidelity, "lost_words", lost_words if on else nothing_lost)  # noqa: B010  mypy: a function
        cpu, clock = time.process_time(), time.perf_counter()
        job.render(engine, told["html"], resources, given)
        answer({"cpu": time.process_time() - cpu, "clock": time.perf_counter() - clock})


def nothing_lost(_root: Any, _seen: Any) -> None:
    return None


def unwatched(empty: Any) -> Any:
    return lambda: contextlib.nullcontext(empty())


def answer(numbers: dict[str, float]) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps({**numbers, "memory": memory}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
