"""How far a long document is, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[int], None]
_listener: ContextVar[Listener | None] = ContextVar("pdf_progress", default=None)
_before: ContextVar[int] = ContextVar("pdf_pages_before", default=0)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """What is printed inside, in this thread, is told to `listener`."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def after(pages: int) -> Iterator[None]:
    """What is printed inside is a piece of the document; so many of its pages are done before."""
    token = _before.set(pages)
    try:
        yield
    finally:
        _before.reset(token)


def printed(pages: int) -> None:
    """So many pages of the present document, or of the piece of it, are done."""
    listener = _listener.get()
    if listener is not None:
        listener(_before.get() + pages)
