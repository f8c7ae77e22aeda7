"""PDFs for people who wait: a request gets the stored file, or hears soon that it is being made.

Long documents go to the worker, see `long_queue`. The others, and where there is no worker all of them, are rendered
in a thread of its own, which waits for the render process. Nothing is lost when this process ends: whoever asked asks
again, and the first to ask starts anew.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSoon
from functools import partial

from django.conf import settings
from django.db import connections
from django.utils import translation

from cms.domain import worker
from cms.models import StoredPdf
from cms.pdf import caps, long_queue, progress, service, store
from cms.pdf.registry import PdfDocument

USUAL_THREADS = 4
LONG_THREADS = 1  # a long one takes minutes: the others keep a place in the render process
MOST_WAITING = 50  # each holds its pictures in memory; whoever comes later asks again
ASK_AGAIN_SECONDS = 3


class InTheMaking(Exception):
    """The file is not there yet. Ask again in `ASK_AGAIN_SECONDS`. `page` is being made; 0 where that is not known.

    `by_worker`: it will not be, unless one runs.
    """

    def __init__(self, page: int = 0, *, by_worker: bool = False) -> None:
        super().__init__()
        self.page = page
        self.by_worker = by_worker

    def is_in_vain(self) -> bool:
        """Whether it waits for a worker that does not run."""
        return self.by_worker and not self.page and worker.is_silent()


class _Line:
    """What this process is making, each file once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[StoredPdf]] = {}
        self._printed: dict[str, int] = {}  # pages
        self._usual = ThreadPoolExecutor(USUAL_THREADS, thread_name_prefix="pdf")
        self._long = ThreadPoolExecutor(LONG_THREADS, thread_name_prefix="pdf-long")

    def start(self, key: str, work: Callable[[], StoredPdf], *, is_long: bool) -> Future[StoredPdf]:
        with self._lock:
            known = self._under_way.get(key)
            if known is not None:
                return known
            if len(self._under_way) >= MOST_WAITING:
                raise InTheMaking
            pool = self._long if is_long else self._usual
            begun = self._under_way[key] = pool.submit(
                _in_thread, work, translation.get_language(), partial(self._note, key)
            )
        begun.add_done_callback(lambda _done: self._forget(key))
        return begun

    def page(self, key: str) -> int:
        """The page that is being made of a document; 0 while nothing is known."""
        return _after(self._printed.get(key, 0))

    def _note(self, key: str, pages: int) -> None:
        self._printed[key] = max(pages, self._printed.get(key, 0))

    def _forget(self, key: str) -> None:
        with self._lock:
            self._under_way.pop(key, None)
            self._printed.pop(key, None)


def _after(pages: int) -> int:
    """The page that is being made when so many are done; 0 while nothing is known."""
    return pages + 1 if pages else 0


def _in_thread(
    work: Callable[[], StoredPdf], language: str | None, note: progress.Listener
) -> StoredPdf:
    try:
        with translation.override(language), progress.told_to(note):
            return work()
    finally:
        connections.close_all()  # a thread has database connections of its own


_line = _Line()


def obtain(document: PdfDocument, *, find_fault: bool = True) -> StoredPdf:
    """The stored PDF of a document. Raises InTheMaking when it takes longer than a request may, at once when
    that is known beforehand; any PdfError as `service.render` does.
    """
    patience = getattr(settings, "ROSTRUM_PDF_PATIENCE_SECONDS", None)
    if patience is None:
        return service.render(document, find_fault=find_fault)
    prepared, labels = service.prepare(document)
    stored = store.known(prepared.key, labels)
    if stored is not None:
        return stored
    is_long = caps.is_long(prepared.job.html)
    if is_long and long_queue.is_durable():
        long_queue.ask(prepared, labels, document, find_fault=find_fault)
        raise InTheMaking(_after(long_queue.pages_done(prepared.key)), by_worker=True)
    making = _line.start(
        prepared.key,
        lambda: service.render_prepared(prepared, labels, find_fault=find_fault),
        is_long=is_long,
    )
    try:
        return making.result(timeout=0.05 if is_long else patience)
    except TooSoon as error:
        if making.done():  # just now, or the work itself timed out
            return making.result()
        raise InTheMaking(_line.page(prepared.key)) from error
