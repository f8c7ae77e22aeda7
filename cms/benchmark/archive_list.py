"""The archive's first page (25 items, facets with counts) against a view with one query."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory

from cms.archive.listing import PER_PAGE
from cms.benchmark.database import HOST, fill_archive
from cms.benchmark.harness import cpu_slice
from cms.benchmark.registry import Measure, Pair
from cms.models import ArchivePage

ENTRIES = 1_000


def visit(address: str) -> Callable[[], bytes]:
    """One visit through all middleware, checked to have been answered."""
    handler = WSGIHandler()

    def once() -> bytes:
        response = handler.get_response(
            RequestFactory().get(address, secure=True, SERVER_NAME=HOST)
        )
        if response.status_code != 200 or not isinstance(response, HttpResponse):
            raise RuntimeError(f"{address} answered {response.status_code}.")
        return response.content

    return once


@contextmanager
def opened() -> Iterator[Pair]:
    fill_archive(ENTRIES)
    listing = visit(ArchivePage.objects.get().get_url())
    shown = listing().count(b"/archive/testimony-")
    if shown < PER_PAGE:
        raise RuntimeError(f"The list shows {shown} of {PER_PAGE} entries: nothing to measure.")
    yield Pair(cpu_slice(listing), cpu_slice(visit("/benchmark/one-query/")))


MEASURE = Measure(
    name="archive-list",
    title="Archive list, 25 items with facets",
    limit="a view with one query, same process and middleware",
    target=100,
    goal=12,
    open=opened,
)
