"""One render, in a forked child that dies afterwards. Imported in the render process alone."""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import socket
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

from cms.pdf import (
    archive_profile,
    characters,
    drawn,
    fidelity,
    font_map,
    limits,
    overflow,
    protocol,
    resolution,
    thrift,
)
from cms.pdf.disarm import disarm
from cms.pdf.fetcher import Resource, asset_fetcher
from cms.pdf.long_words import let_break

MAX_WARNINGS = 200
TELL_EVERY = 0.5  # seconds between two pages that are told
MAX_IMAGE_PIXELS = 50_000_000
# Variables in WeasyPrint's frames that lead to the element being laid out.
_BOX_NAMES = ("box", "child", "element", "parent", "parent_box", "new_box", "container", "table")


@dataclass
class Engine:
    """What the parent prepared once and every child inherits by the fork."""

    font_config: Any
    counter_style: Any
    color_profiles: dict[str, Any]
    stylesheets: list[Any]
    scratch: str


@dataclass(frozen=True)
class Printed:
    """A finished file and what is known of it."""

    pdf: bytes
    pages: int
    layout: list[tuple[str, int]]
    pictures: list[dict[str, Any]]
    missing: list[dict[str, str]]


class TextLost(Exception):
    """The paper does not hold every word of the document."""

    def __init__(self, lost: fidelity.Lost) -> None:
        super().__init__(f"lost in block {lost.block}: {lost.words}")
        self.lost = lost


class WarningList(logging.Handler):
    """Keeps what WeasyPrint says about a document, each line once."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if characters.is_about_a_glyph(record):
            return  # an error of its own
        line = record.getMessage()
        if line not in self.lines and len(self.lines) < MAX_WARNINGS:
            self.lines.append(line)


@contextlib.contextmanager
def collected_warnings() -> Iterator[list[str]]:
    handler, logger = WarningList(), logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield handler.lines
    finally:
        logger.removeHandler(handler)


class PageTold(logging.Handler):
    """Tells the client each page that the engine begins to lay out, now and then, and none twice."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(logging.INFO)
        self.connection = connection
        self.most, self.told_at = 1, time.monotonic()

    def emit(self, record: logging.LogRecord) -> None:
        page = record.args[0] if isinstance(record.args, tuple) and record.args else 0
        now = time.monotonic()
        if not isinstance(page, int) or page <= self.most or now - self.told_at < TELL_EVERY:
            return
        self.most, self.told_at = page, now
        with contextlib.suppress(OSError):  # nobody is listening any more
            protocol.send(self.connection, {"pages": page - 1})


@contextlib.contextmanager
def told_pages(connection: socket.socket) -> Iterator[None]:
    handler, logger = PageTold(connection), logging.getLogger("weasyprint.progress")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def serve(connection: socket.socket, engine: Engine) -> None:
    """Read one job, answer it. Runs in the child; the caller ends the process."""
    received = protocol.receive(connection)
    if received is None:
        return
    job, body = received
    resources, html = unpack(job, body)
    job["attachments"] = unpack_attachments(job, body)
    allowed = job["limits"]

    def stop(signal_number: int, frame: FrameType | None) -> None:
        # Leave at once: WeasyPrint swallows exceptions of any class while it draws a picture.
        report_failure(connection, "timeout", f"signal {signal_number}", block_of(frame))
        os._exit(1)

    limits.stop_after(allowed["cpu"], allowed["wall"], stop)
    limits.limit_memory(allowed["memory"])
    limits.limit_files()
    readable = [item.path for item in resources.values() if item.path]
    limits.confine(readable, limits.code_folders(), engine.scratch)
    if not font_map.outlives_a_fork():
        font_map.renew(engine.font_config)
    answer(connection, engine, job, html, resources)


def unpack(job: dict[str, Any], body: bytes) -> tuple[dict[str, Resource], str]:
    """The manifest and the HTML of a job; files without a path follow the HTML in the body."""
    offset = job["html_size"]
    resources = {}
    for url, content_type, digest, path, size in job["assets"]:
        resources[url] = Resource(content_type, digest, path, body[offset : offset + size])
        offset += size
    return resources, body[: job["html_size"]].decode("utf-8", "surrogatepass")


def unpack_attachments(job: dict[str, Any], body: bytes) -> list[archive_profile.Attached]:
    """The files to embed: they stand at the end of the body."""
    listed = job["attachments"]
    offset = len(body) - sum(size for *_words, size in listed)
    files = []
    for name, mime, description, relationship, size in listed:
        content = body[offset : offset + size]
        files.append(archive_profile.Attached(name, mime, description, relationship, content))
        offset += size
    return files


def answer(
    connection: socket.socket,
    engine: Engine,
    job: dict[str, Any],
    html: str,
    resources: dict[str, Resource],
) -> None:
    """Render and send the result, or send what went wrong."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        with collected_warnings() as warnings, told_pages(connection):
            printed = render(engine, html, resources, job)
    except TextLost as error:
        words = {"words": error.lost.words}
        report_failure(connection, "text_lost", str(error), error.lost.block, words)
    except characters.NoGlyph as error:
        words = {"words": error.characters}
        report_failure(connection, "no_glyph", str(error), error.block, words)
    except (MemoryError, FatalURLFetchingError) as error:
        limits.lift_memory_limit()
        report_failure(connection, "too_large", repr(error), _block_of_error(error))
    except Exception as error:  # noqa: BLE001  any failure of the engine is this job's answer
        detail = "".join(traceback.format_exception_only(error)) + _last_frames(error)
        report_failure(connection, "failed", detail, _block_of_error(error))
    else:
        result = {
            "ok": True,
            "pages": printed.pages,
            "warnings": warnings,
            "layout": printed.layout,
            "pictures": printed.pictures,
            "missing": printed.missing,
            "cpu": _cpu_seconds(),
        }
        protocol.send(connection, result, printed.pdf)


def render(
    engine: Engine, html: str, resources: dict[str, Resource], job: dict[str, Any]
) -> Printed:
    """The PDF. Raises TextLost when it does not hold every word of the document."""
    from weasyprint import DEFAULT_OPTIONS, HTML

    # The base makes links of the site absolute; what it makes of other addresses is refused.
    document = HTML(
        string=characters.cleaned(html),
        base_url=job["base_url"] or None,
        url_fetcher=asset_fetcher(resources),
    )
    thrift.without_drawings(document)
    thrift.keep_lines(html)
    root = document.etree_element
    if not root.get("lang"):
        root.set("lang", job["language"])
    if job.get("keep_blocks") is not None:
        keep_blocks(root, set(job["keep_blocks"]))
    disarm(root)
    let_break(root)
    missing = resolution.mark_missing(root, resources)
    variant, files = job["variant"], job.get("attachments", [])
    options = {
        **DEFAULT_OPTIONS,
        "pdf_variant": archive_profile.engine_variant(variant),
        "stylesheets": engine.stylesheets,
        "attachments": archive_profile.attachments(files, document.url_fetcher),
    }
    with drawn.watched() as seen:
        laid_out = document.render(
            engine.font_config, engine.counter_style, engine.color_profiles, **options
        )
        with characters.watched(root):
            pdf = archive_profile.write(laid_out, variant, files, options)
    lost = fidelity.lost_words(root, seen)
    if lost is not None:
        raise TextLost(lost)
    pictures = resolution.printed_pictures(root, seen.pictures)
    return Printed(pdf, len(laid_out.pages), overflow.outline(laid_out.pages), pictures, missing)


def keep_blocks(root: Any, wanted: set[str]) -> None:
    """Take out every `id="block-…"` element that is not wanted."""
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.get("id", "")
            if name.startswith("block-") and name not in wanted:
                parent.remove(child)


def report_failure(
    connection: socket.socket,
    kind: str,
    detail: str,
    block: str | None = None,
    more: dict[str, str] | None = None,
) -> None:
    message = {"ok": False, "kind": kind, "detail": detail[:4000], "block": block, **(more or {})}
    with contextlib.suppress(OSError):  # nobody is listening any more
        protocol.send(connection, {**message, "cpu": _cpu_seconds()})


def block_of(frame: FrameType | None) -> str | None:
    """The outermost block being worked on, read from the local variables of the call stack."""
    found = None
    while frame is not None:
        found = _block_in(frame.f_locals) or found
        frame = frame.f_back
    return found


def _block_of_error(error: BaseException) -> str | None:
    step = error.__traceback__
    while step is not None:
        found = _block_in(step.tb_frame.f_locals)
        if found:
            return found
        step = step.tb_next
    return None


def _block_in(variables: dict[str, Any]) -> str | None:
    for name in _BOX_NAMES:
        value = variables.get(name)
        element = getattr(value, "element", None)
        element = getattr(value, "etree_element", value) if element is None else element
        get = getattr(element, "get", None)
        identifier = get("id") if callable(get) and hasattr(element, "tag") else None
        if isinstance(identifier, str) and identifier.startswith("block-"):
            return identifier
    return None


def _last_frames(error: BaseException) -> str:
    return "".join(traceback.format_tb(error.__traceback__)[-3:])


def _cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round(used.ru_utime + used.ru_stime, 4)
