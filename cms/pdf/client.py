"""The web process's side of the render process: starts it, sends documents, restarts it."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cms.pdf import engine, font_sets, fonts, progress, protocol
from cms.pdf.assets import Asset, Manifest
from cms.pdf.engine import RenderOptions
from cms.pdf.errors import (
    PdfBusy,
    PdfMissingGlyph,
    PdfRenderError,
    PdfTextLost,
    PdfTimeout,
    PdfTooLarge,
    PdfUnavailable,
)
from cms.pdf.registry import PdfAttachment

JOBS_PER_SERVER = 500
CONCURRENCY = 2
START_SECONDS = 120  # a loaded small machine; usually under two
QUEUE_SECONDS = 60  # how long a document may wait for others before its own time starts
CLOCK = "1577836800"  # SOURCE_DATE_EPOCH: fontTools would stamp fonts with the time of day


@dataclass(frozen=True)
class Limits:
    """What one render may cost."""

    cpu: float
    wall: float
    memory: int

    @classmethod
    def from_settings(cls) -> Limits:
        return cls(
            getattr(settings, "ROSTRUM_PDF_CPU_SECONDS", 15),
            getattr(settings, "ROSTRUM_PDF_WALL_SECONDS", 30),
            getattr(settings, "ROSTRUM_PDF_MEMORY_MB", 700),
        )


@dataclass(frozen=True)
class Job:
    """One document ready to print."""

    html: str
    language: str
    manifest: Manifest
    options: RenderOptions = field(default_factory=RenderOptions)
    keep_blocks: Sequence[str] | None = None
    base_url: str = ""
    attachments: Sequence[PdfAttachment] = ()


@dataclass(frozen=True)
class Rendered:
    """What came back."""

    pdf: bytes
    pages: int
    warnings: tuple[str, ...]
    cpu_seconds: float
    layout: Sequence[Sequence[Any]] = ()  # of each page: its first block, its number of lines
    pictures: Sequence[dict[str, Any]] = ()
    missing: Sequence[dict[str, str]] = ()


class Server:
    """One running render process with its own temporary folder."""

    def __init__(self, css: Manifest) -> None:
        self.identity = tuple(css.digests())
        self.font_folders = font_sets.ready_folders()
        self.owner = os.getpid()
        self.jobs = 0
        self.in_flight = 0
        self.folder = tempfile.mkdtemp(prefix="rostrum-pdf-")
        self.control, far_end = socket.socketpair()
        with far_end, (Path(self.folder) / "errors.log").open("wb") as errors:
            self.process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                [sys.executable, "-P", "-m", "cms.pdf.worker", str(far_end.fileno())],
                pass_fds=[far_end.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                cwd=self.folder,
                env=self._environment(),
            )
        try:
            self._introduce(css)
        except BaseException:
            self.close()
            raise

    def _environment(self) -> dict[str, str]:
        """A fixed, small environment: the same document gives the same bytes everywhere."""
        configuration = Path(self.folder) / "fonts.conf"
        configuration.write_text(
            fonts.fontconfig_xml(Path(self.folder) / "cache", self.font_folders)
        )
        environment = {
            "PATH": os.defpath,
            "PYTHONPATH": str(settings.BASE_DIR),
            "PYTHONHASHSEED": "0",
            "LC_ALL": "C.UTF-8",
            "HOME": self.folder,
            "TMPDIR": self.folder,
            "FONTCONFIG_FILE": str(configuration),
            "SOURCE_DATE_EPOCH": CLOCK,
        }
        if sys.platform == "darwin":
            environment["DYLD_FALLBACK_LIBRARY_PATH"] = "/opt/homebrew/lib:/usr/local/lib"
        return environment

    def _introduce(self, css: Manifest) -> None:
        listed = [(a.url, a.content_type, a.sha256, a.path) for a in css.assets.values()]
        config = {
            "stylesheets": engine.stylesheet_roots(),
            "assets": listed,
            "concurrency": CONCURRENCY,
        }
        self.control.settimeout(START_SECONDS)
        try:
            protocol.send(self.control, config)
            answer = protocol.receive(self.control)
        except (OSError, protocol.ProtocolError):
            answer = None
        if answer is None or not answer[0]["ready"]:
            detail = answer[0]["detail"] if answer else self._errors()
            raise PdfUnavailable(_("The PDF engine could not start.")) from RuntimeError(detail)

    def _errors(self) -> str:
        return (Path(self.folder) / "errors.log").read_text(errors="replace")[-4000:]

    def submit(self, job: Job, limits: Limits) -> tuple[dict[str, Any], bytes] | None:
        """Send one job and wait for its answer; None when the line dropped."""
        near_end, far_end = socket.socketpair()
        with near_end:
            with far_end:
                ticket = protocol.TICKET.pack(limits.cpu, limits.wall)
                socket.send_fds(self.control, [ticket], [far_end.fileno()])
            near_end.settimeout(limits.wall + QUEUE_SECONDS)
            try:
                protocol.send(near_end, *_message(job, limits))
                return _awaited(near_end)
            except TimeoutError as error:
                raise PdfBusy from error
            except (OSError, protocol.ProtocolError):
                return None

    def fit_for(self, css: Manifest) -> bool:
        """Whether the next document may go here: alive, not worn, stylesheets and fonts unchanged."""
        fonts_now = font_sets.ready_folders()
        current = self.identity == tuple(css.digests()) and self.font_folders == fonts_now
        return current and self.jobs < JOBS_PER_SERVER and self.alive()

    def alive(self) -> bool:
        return self.owner == os.getpid() and self.process.poll() is None

    def ended(self) -> bool:
        """Whether the process is gone; a killed one may take a moment to be seen as such."""
        try:
            self.process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            return False
        return True

    def close(self) -> None:
        """End the process (it watches its control connection) and remove its folder."""
        self.control.close()
        if self.owner != os.getpid():
            return  # a fork of the owner: only our copy of the connection is ours to close
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _awaited(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """The answer; what comes before it says how far the document is."""
    while True:
        answer = protocol.receive(connection)
        if answer is None or "ok" in answer[0]:
            return answer
        progress.printed(answer[0]["pages"])


def _message(job: Job, limits: Limits) -> tuple[dict[str, Any], bytes]:
    html = job.html.encode("utf-8", "surrogatepass")
    files: list[Asset] = list(job.manifest.assets.values())
    message = {
        "html_size": len(html),
        "language": job.language,
        "variant": job.options.variant,
        "base_url": job.base_url,
        "keep_blocks": None if job.keep_blocks is None else list(job.keep_blocks),
        "assets": [(a.url, a.content_type, a.sha256, a.path, len(a.body)) for a in files],
        "attachments": [
            (a.name, a.mime, a.description, a.relationship, len(a.body)) for a in job.attachments
        ],
        "limits": {"cpu": limits.cpu, "wall": limits.wall, "memory": limits.memory},
    }
    bodies = [*(asset.body for asset in files), *(file.body for file in job.attachments)]
    return message, b"".join([html, *bodies])


class RenderClient:
    """Thread-safe access to this process's render server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._server: Server | None = None

    def render(self, job: Job, css: Manifest, limits: Limits | None = None) -> Rendered:
        """Print one document. A render that was killed, or its server, is tried once more."""
        limits = limits or Limits.from_settings()
        for last_try in (False, True):
            server = self._borrow(css)
            try:
                answer = server.submit(job, limits)
            except OSError:  # the control connection is broken
                answer = None
            finally:
                self._give_back(server)
            if answer is not None and (last_try or answer[0].get("kind") != "killed"):
                return _result(*answer)
            if answer is None and (last_try or not server.ended()):
                break
        raise PdfRenderError(detail="The render process ended without an answer.")

    def pid(self) -> int | None:
        """Process id of the running server, for monitoring."""
        return self._server.process.pid if self._server and self._server.alive() else None

    def close(self) -> None:
        with self._lock:
            if self._server is not None:
                self._server.close()
            self._server = None

    def _borrow(self, css: Manifest) -> Server:
        with self._lock:
            server = self._server
            if server is not None and not server.fit_for(css):
                self._server = None
                if not server.in_flight:
                    server.close()
            if self._server is None:
                _require_libraries()
                self._server = Server(css)
            self._server.jobs += 1
            self._server.in_flight += 1
            return self._server

    def _give_back(self, server: Server) -> None:
        """The last user of a server that was replaced meanwhile closes it."""
        with self._lock:
            server.in_flight -= 1
            if server is not self._server and not server.in_flight:
                server.close()


def _require_libraries() -> None:
    missing = [library.name for library in engine.missing_libraries() if library.required]
    if missing:
        names = ", ".join(missing)
        text = _("PDFs cannot be made here: system libraries are missing (%(names)s).")
        raise PdfUnavailable(text % {"names": names})


def _result(message: dict[str, Any], body: bytes) -> Rendered:
    if message["ok"]:
        return Rendered(
            body,
            message["pages"],
            tuple(message["warnings"]),
            message["cpu"],
            message["layout"],
            message["pictures"],
            message["missing"],
        )
    worded = {"text_lost": PdfTextLost, "no_glyph": PdfMissingGlyph}.get(message["kind"])
    if worded is not None:
        words, block = message["words"], message["block"]
        raise worded(words=words, block_id=block, detail=message["detail"])
    failures = {"timeout": PdfTimeout, "too_large": PdfTooLarge, "killed": PdfTooLarge}
    failure = failures.get(message["kind"], PdfRenderError)
    raise failure(block_id=message["block"], detail=message["detail"])


_client = RenderClient()
atexit.register(_client.close)


def client() -> RenderClient:
    """The render client of this process."""
    return _client
