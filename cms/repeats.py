"""Answers what was just answered: a public PDF or a short address, as long as nothing was written meanwhile.

Stands outside of sessions, languages and pages, since none of them changes what these addresses answer.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cms.domain import unwritten

MOST = 2_000
LONGEST_QUERY = 200  # letters; ours are shorter, and nobody fills the memory with others
# Words may follow the clock or a file on disk, which no database tells of: pages are cached as long.
SECONDS = 60
_ANSWERED = {200, 206, 302, 304}
# What each answer says for itself.
_OWN = {
    "accept-ranges",
    "content-disposition",
    "content-length",
    "content-range",
    "content-type",
    "etag",
    "set-cookie",
}
Repeat = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class _Known:
    state: str
    until: float
    repeat: Repeat
    headers: tuple[tuple[str, str], ...]


def repeatable(
    response: HttpResponseBase, repeat: Repeat, *, until: float | None = None
) -> HttpResponseBase:
    """`response`, which `repeat` makes again for anybody who asks the same, at the latest at the time `until`."""
    response._repeat = (repeat, until)  # type: ignore[attr-defined]
    return response


class RepeatMiddleware:
    """Must stand outside whatever reads the visitor, and inside what redirects to HTTPS and sets headers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._known: OrderedDict[tuple[str, ...], _Known] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_repeat(request):
            return self.get_response(request)
        meta = request.META
        key = (meta.get("HTTP_HOST", ""), request.path_info, meta.get("QUERY_STRING", ""))
        state = unwritten.state()
        known = self._known.get(key)
        if known is not None and known.state == state and time.time() < known.until:
            try:
                return _with(known.headers, known.repeat(request))
            except OSError:  # the file went
                self._known.pop(key, None)
        response = self.get_response(request)
        if state is not None:
            self._keep(key, state, response)
        return response

    def _keep(self, key: tuple[str, ...], state: str, response: HttpResponseBase) -> None:
        repeat, until = getattr(response, "_repeat", (None, None))
        if repeat is None or response.status_code not in _ANSWERED or response.cookies:
            return
        headers = tuple((n, v) for n, v in response.items() if n.lower() not in _OWN)
        latest = time.time() + SECONDS
        known = _Known(state, min(latest, until or latest), repeat, headers)
        with self._lock:
            self._known[key] = known
            self._known.move_to_end(key)
            while len(self._known) > MOST:
                self._known.popitem(last=False)


def _may_repeat(request: HttpRequest) -> bool:
    path = request.path_info
    is_one = path.endswith("/pdf/") or path.startswith("/d/")
    if not is_one or request.method not in {"GET", "HEAD"} or settings.DEBUG:
        return False
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return False
    # Who has signed in may be shown more than everybody is, and never what caches may keep.
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def _with(headers: tuple[tuple[str, str], ...], response: HttpResponseBase) -> HttpResponseBase:
    for name, value in headers:
        response.headers.setdefault(name, value)
    if isinstance(response, HttpResponse):  # what `CommonMiddleware` adds further in
        response.headers.setdefault("Content-Length", str(len(response.content)))
    return response
