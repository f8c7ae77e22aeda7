"""The render process: prepares the engine once, then forks a limited child for each document.

Started by `cms.pdf.client` as `python -m cms.pdf.worker FD`, never forked from a web process: those
have threads and database connections. It ends when the other end of FD closes.
"""

from __future__ import annotations

import gc
import mimetypes
import os
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
import urllib.parse
import warnings
from dataclasses import dataclass
from typing import Any

from cms.pdf import (
    drawn,
    footnotes,
    html_patterns,
    job,
    protocol,
    svg_text,
    tags,
    thrift,
    warm_up,
)
from cms.pdf.fetcher import Resource, asset_fetcher

WALL_GRACE = 0.8  # seconds a child has to report by itself before it is killed


@dataclass
class Child:
    """A render under way."""

    connection: socket.socket
    cpu_seconds: float
    deadline: float
    stopped: bool = False


def prepare(config: dict[str, Any]) -> job.Engine:
    """Import WeasyPrint, parse the stylesheets, render once."""
    from PIL import Image
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    thrift.mend()
    tags.mend()
    footnotes.mend()
    html_patterns.mend()
    svg_text.mend()
    drawn.mend()
    Image.MAX_IMAGE_PIXELS = job.MAX_IMAGE_PIXELS
    Image.init()
    mimetypes.init()
    resources = {
        url: Resource(content_type, digest, path)
        for url, content_type, digest, path in config["assets"]
    }
    counter_style, font_config = CounterStyle(), FontConfiguration()
    color_profiles: dict[str, Any] = {}
    # One sheet importing all: layers and rule order then hold across the files.
    imports = "\n".join(f'@import url("{url}");' for url in config["stylesheets"])
    sheet = CSS(
        string=imports,
        url_fetcher=asset_fetcher(resources),  # without it, imports would use the network
        font_config=font_config,
        counter_style=counter_style,
        color_profiles=color_profiles,
    )
    engine = job.Engine(font_config, counter_style, color_profiles, [sheet], tempfile.gettempdir())
    sample = {"language": "en", "variant": "pdf/ua-1", "base_url": "https://example.org"}
    for document in warm_up.DOCUMENTS:
        job.render(engine, document, resources, sample)
    return engine


class Server:
    """Accepts jobs as sockets passed over the control connection; never reads a job itself."""

    def __init__(self, control: socket.socket, engine: job.Engine, concurrency: int) -> None:
        self.control = control
        self.engine = engine
        self.concurrency = concurrency
        self.children: dict[int, Child] = {}
        self.waiting: list[tuple[socket.socket, float, float]] = []
        self.wake_read, self.wake_write = os.pipe()
        os.set_blocking(self.wake_write, False)
        os.set_blocking(self.wake_read, False)

    def run(self) -> None:
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self.wake_write, warn_on_full_buffer=False)
        while True:
            ready, _, _ = select.select([self.control, self.wake_read], [], [], self._timeout())
            if self.control in ready and not self._accept():
                break
            if self.wake_read in ready:
                os.read(self.wake_read, 4096)
            self._reap()
            self._stop_late()
            while self.waiting and len(self.children) < self.concurrency:
                self._start(*self.waiting.pop(0))
        for pid in self.children:
            os.kill(pid, signal.SIGKILL)

    def _timeout(self) -> float | None:
        deadlines = [child.deadline for child in self.children.values() if not child.stopped]
        return max(0.0, min(deadlines) - time.monotonic()) if deadlines else None

    def _accept(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self.control, protocol.TICKET.size, 1)
        if not data:
            return False
        cpu_seconds, wall_seconds = protocol.TICKET.unpack(data)
        connection = socket.socket(fileno=descriptors[0])
        self.waiting.append((connection, cpu_seconds, wall_seconds))
        return True

    def _start(self, connection: socket.socket, cpu_seconds: float, wall_seconds: float) -> None:
        pid = os.fork()
        if pid == 0:
            self._be_child(connection)
        deadline = time.monotonic() + wall_seconds + WALL_GRACE
        self.children[pid] = Child(connection, cpu_seconds, deadline)

    def _be_child(self, connection: socket.socket) -> None:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self.control.close()
            for other in [child.connection for child in self.children.values()]:
                other.close()
            for other, _, _ in self.waiting:
                other.close()
            job.serve(connection, self.engine)
            connection.close()
        except BaseException:  # noqa: BLE001  a child must never return into the server's loop
            traceback.print_exc()
            os._exit(2)
        os._exit(0)

    def _reap(self) -> None:
        while self.children:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
            if pid == 0:
                return
            child = self.children.pop(pid)
            if os.WIFSIGNALED(status):
                used = usage.ru_utime + usage.ru_stime
                self._explain(child, os.WTERMSIG(status), used)
            child.connection.close()

    def _explain(self, child: Child, signal_number: int, used: float) -> None:
        """Answer for a child that could not: the client would only see the line drop."""
        late = child.stopped or signal_number == signal.SIGXCPU or used >= child.cpu_seconds
        killed = (
            signal_number == signal.SIGKILL
        )  # by somebody, or by the memory guard of the system
        kind = "timeout" if late else "killed" if killed else "failed"
        child.connection.settimeout(1)
        job.report_failure(child.connection, kind, f"ended by signal {signal_number}")

    def _stop_late(self) -> None:
        now = time.monotonic()
        for pid, child in self.children.items():
            if not child.stopped and child.deadline <= now:
                child.stopped = True
                os.kill(pid, signal.SIGKILL)


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1]))
    # Lets relative addresses in stylesheets resolve below asset://static/.
    for known in (urllib.parse.uses_relative, urllib.parse.uses_netloc):
        known.append("asset")
    received = protocol.receive(control)
    if received is None:
        return
    config, _body = received
    try:
        engine = prepare(config)
    except Exception:  # noqa: BLE001  the client turns it into a message
        protocol.send(control, {"ready": False, "detail": traceback.format_exc()[-4000:]})
        return
    from PIL import Image

    # A picture that unpacks into gigabytes: Pillow only warns by itself.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    gc.collect()
    gc.freeze()  # children share these pages; collecting would copy them
    gc.set_threshold(50_000, 20, 20)
    protocol.send(control, {"ready": True})
    Server(control, engine, config["concurrency"]).run()


if __name__ == "__main__":
    main()
