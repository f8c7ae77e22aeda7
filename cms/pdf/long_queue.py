"""Long documents are printed by the worker, where one runs. What was asked for is on disk until it is printed or has
failed: a process that ends loses nothing.

Whoever asks is told to ask again, and finds the file in the store, or here why there is none.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django_tasks import task

from cms.pdf import errors, progress, service
from cms.pdf.registry import PdfAttachment, PdfDocument

logger = logging.getLogger(__name__)
MOST_WAITING = 50  # whoever comes later asks again
QUIET_SECONDS = 600  # an order that rests for longer was left by a worker that ended
FAILURE_SECONDS = 300
_ORDER, _FAILURE, _PAGES, _MAKING = "order", "failed", "pages", ".writing-"


@dataclass(frozen=True)
class Order:
    """All that the worker needs to print what somebody else prepared."""

    html: str
    language: str
    variant: str
    attachments: tuple[PdfAttachment, ...]
    labels: dict[str, str]
    find_fault: bool

    def write(self) -> str:
        files = [
            {**dataclasses.asdict(file), "body": base64.b64encode(file.body).decode()}
            for file in self.attachments
        ]
        plain = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return json.dumps({**plain, "attachments": files})

    @classmethod
    def read(cls, text: str) -> Order:
        plain = json.loads(text)
        files = tuple(
            PdfAttachment(**{**file, "body": base64.b64decode(file["body"])})
            for file in plain.pop("attachments")
        )
        return cls(attachments=files, **plain)


def is_durable() -> bool:
    """Whether a worker takes tasks over; else they would be done inside the request."""
    return print_long.get_backend().supports_defer


def ask(
    prepared: service.Prepared, labels: dict[str, str], document: PdfDocument, *, find_fault: bool
) -> None:
    """Have it printed, once for all who ask. Raises the PdfError with which it failed a short while ago."""
    failed = _failure(prepared.key)
    if failed is not None:
        raise failed
    path = _path(prepared.key, _ORDER)
    if path.exists():
        _begin_again(path)
    elif len(list(_folder().glob(f"*.{_ORDER}"))) < MOST_WAITING:
        order = Order(
            prepared.marked,
            document.language,
            document.variant,
            document.attachments,
            labels,
            find_fault,
        )
        _put(path, order.write())
        _begin(prepared.key)


def resume() -> int:
    """Begin what a worker left behind; returns how many that are. What was being written when it was killed goes."""
    latest = time.time() - QUIET_SECONDS
    for path in _folder().glob(f"{_MAKING}*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < latest:
                path.unlink()
    return sum(_begin_again(path) for path in _folder().glob(f"*.{_ORDER}"))


@task()
def print_long(key: str) -> None:
    """Print one order. What is asked for twice is made once: the second finds it in the store."""
    path = _path(key, _ORDER)
    try:
        text = path.read_text()
        os.utime(path)
    except FileNotFoundError:
        return
    try:
        order = Order.read(text)  # of another version, or cut off by a power cut
        with progress.told_to(lambda pages: _note_pages(key, pages)):
            _print(key, order)
    except errors.PdfBusy:
        print_long.enqueue(key)
        return
    except errors.PdfError as error:
        _note_failure(key, error)
    except Exception:  # else it would be begun again and again
        logger.exception("The long document %s could not be printed", key)
        _note_failure(key, errors.PdfRenderError())
    path.unlink(missing_ok=True)
    _path(key, _PAGES).unlink(missing_ok=True)


def pages_done(key: str) -> int:
    """How far the worker is with an order; 0 while nothing is known."""
    try:
        return int(_path(key, _PAGES).read_text())
    except (FileNotFoundError, ValueError):
        return 0


def _note_pages(key: str, pages: int) -> None:
    _path(key, _PAGES).write_text(str(pages))


def _print(key: str, order: Order) -> None:
    prepared = service.prepare_html(order.html, order.language, order.variant, order.attachments)
    if prepared.key != key:  # another version of the program asked, and would ask for ever
        raise errors.PdfRenderError(detail="The worker is of another version.")
    service.render_prepared(prepared, order.labels, find_fault=order.find_fault)


def _begin(key: str) -> None:
    """The order's age tells others that somebody was asked to see to it."""
    with contextlib.suppress(FileNotFoundError):  # printed this very moment
        os.utime(_path(key, _ORDER))
        print_long.enqueue(key)


def _begin_again(path: Path) -> bool:
    """Where nobody has seen to it for long."""
    with contextlib.suppress(FileNotFoundError):
        if time.time() - path.stat().st_mtime > QUIET_SECONDS:
            _begin(path.stem)
            return True
    return False


def _note_failure(key: str, error: errors.PdfError) -> None:
    logger.warning("The long document %s was not printed: %s", key, error)
    _put(_path(key, _FAILURE), json.dumps(errors.facts_of(error)))
    for path in _old_failures():
        path.unlink(missing_ok=True)


def _failure(key: str) -> errors.PdfError | None:
    path = _path(key, _FAILURE)
    try:
        if time.time() - path.stat().st_mtime > FAILURE_SECONDS:
            return None
        return errors.recalled(json.loads(path.read_text()))
    except FileNotFoundError:
        return None


def _old_failures() -> Iterator[Path]:
    latest = time.time() - FAILURE_SECONDS
    return (path for path in _folder().glob(f"*.{_FAILURE}") if path.stat().st_mtime < latest)


def _folder() -> Path:
    folder = Path(settings.ROSTRUM_DATA) / "long-prints"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # drafts lie here for a while
    return folder


def _path(key: str, what: str) -> Path:
    return _folder() / f"{key}.{what}"


def _put(path: Path, text: str) -> None:
    """A reader sees all of it or nothing."""
    descriptor, making = tempfile.mkstemp(dir=path.parent, prefix=_MAKING)
    try:
        with os.fdopen(descriptor, "w") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(making, path)
    except BaseException:  # a full disk leaves no half of a draft behind
        Path(making).unlink(missing_ok=True)
        raise
