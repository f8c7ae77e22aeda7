"""Headless Chromium printing the same document, where it is installed: a measure, never part of the product.

The browser runs and has printed before. `Apart` says how far a document is kept from the one before it: services that
print for many people give each a profile of its own, which is what our process for each document is measured against.
Spoken to over pipes in the browser's own protocol: messages in JSON, each ended by a zero byte.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any

LOAD_SECONDS = 60
PRINTS = 5  # of one measure: the system counts in hundredths of a second, a print takes a few
NAMES = ("chromium", "chromium-browser", "google-chrome")
_ON_PIPES = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4);"
    "os.execv(sys.argv[3], sys.argv[3:])"
)
_TAGGED = {"generateTaggedPDF": True, "generateDocumentOutline": True}
TICKS = os.sysconf("SC_CLK_TCK")


def chromium() -> str | None:
    """Path of the program, if this machine has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Apart(Enum):
    PROFILE = "each with a profile of its own"
    TAB = "each in a tab of its own"
    NOTHING = "in one tab, everything it needs decoded already"


class Chromium:
    """One running browser; loads the document and prints it, again and again."""

    def __init__(self, program: str, html: str, apart: Apart) -> None:
        self._folder = tempfile.TemporaryDirectory(
            prefix="rostrum-chromium-", ignore_cleanup_errors=True
        )
        document = Path(self._folder.name) / "document.html"
        document.write_text(html, encoding="utf-8")
        read, self._write = os.pipe()
        self._read, write = os.pipe()
        # Beyond those that the browser reads from and writes to, 3 and 4.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (read, write)]
        arguments = [program, "--headless=new", "--no-sandbox", "--disable-gpu"]
        arguments += ["--remote-debugging-pipe", f"--user-data-dir={self._folder.name}/profile"]
        self._process = subprocess.Popen(  # noqa: S603  a program this machine has
            [sys.executable, "-c", _ON_PIPES, *map(str, ends), *arguments, "about:blank"],
            pass_fds=ends,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for end in (read, write, *ends):
            os.close(end)
        self._rest, self._number, self._session = b"", 0, ""
        self._address, self._apart = document.as_uri(), apart
        self._open()  # stays: a browser without a tab would end
        self.seconds()  # the first one also starts what printing needs

    def _open(self, **where: str) -> str:
        """A tab with the document; what is asked next is asked of it."""
        self._session = ""
        target = self._ask("Target.createTarget", url=self._address, **where)["targetId"]
        attached = self._ask("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self._loaded()
        return target

    def _loaded(self) -> None:
        """Wait for the document and its fonts."""
        ready = "document.fonts.ready.then(() => document.readyState + document.title)"
        until = time.monotonic() + LOAD_SECONDS
        while time.monotonic() < until:
            try:
                answer = self._ask("Runtime.evaluate", expression=ready, awaitPromise=True)
            except RuntimeError:  # the empty page went while it was asked
                continue
            value = answer["result"].get("value", "")
            if value.startswith("complete") and value != "complete":
                return
            time.sleep(0.02)
        raise RuntimeError("The browser did not load the document.")

    def seconds(self) -> float:
        """CPU seconds of one more file, over all processes of the browser: from the HTML to the PDF, as ours."""
        before = self._cpu()
        for _print in range(PRINTS):
            self._print()
        return (self._cpu() - before) / PRINTS

    def _print(self) -> None:
        printing: dict[str, Any] = {"preferCSSPageSize": True, **_TAGGED}
        if self._apart is Apart.NOTHING:
            self._ask("Page.navigate", url=self._address)
            self._loaded()
            self._ask("Page.printToPDF", **printing)
            return
        profile: dict[str, str] = {}
        if self._apart is Apart.PROFILE:
            self._session = ""
            made = self._ask("Target.createBrowserContext")["browserContextId"]
            profile = {"browserContextId": made}
        tab = self._open(**profile)
        self._ask("Page.printToPDF", **printing)
        self._session = ""
        self._ask("Target.closeTarget", targetId=tab)
        if profile:
            self._ask("Target.disposeBrowserContext", **profile)

    def _cpu(self) -> float:
        """Of the browser, of all that came from it, and of those of them that ended."""
        spent: dict[int, int] = {}
        parents: dict[int, int] = {}
        sessions: dict[int, int] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:  # ended meanwhile
                continue
            pid = int(stat.parent.name)
            parents[pid], sessions[pid] = int(fields[1]), int(fields[3])
            spent[pid] = sum(map(int, fields[11:15]))  # its own, and of children that ended
        # By session as well: a process whose parent ended has another parent now.
        ours = {pid for pid, session in sessions.items() if session == self._process.pid}
        ours.add(self._process.pid)
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        return sum(spent.get(pid, 0) for pid in ours) / TICKS

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def _next(self) -> dict[str, Any]:
        parts = [self._rest]
        while b"\0" not in parts[-1]:
            chunk = os.read(self._read, 1 << 20)
            if not chunk:
                raise RuntimeError("The browser ended.")
            parts.append(chunk)
        message, _zero, self._rest = b"".join(parts).partition(b"\0")
        return json.loads(message)

    def __enter__(self) -> Chromium:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._write)
        os.close(self._read)
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()
