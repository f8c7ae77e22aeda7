"""How far a long document is, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[int], None]
_listener: ContextVar[Listener | None] = ContextVar("pdf_progress", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """What is printed inside, in this thread, is told to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def printed(pages: int) -> None:
    """So many pages of the present document are done."""
    listener = _listener.get()
    if listener is not None:
        listener(pages)
