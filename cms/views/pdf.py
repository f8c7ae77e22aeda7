"""Answers requests for stored PDFs: headers, conditional requests, parts of a file, a file name people recognise."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, parse_etags

from cms.models import StoredPdf
from cms.pdf.waiting import ASK_AGAIN_SECONDS, InTheMaking
from cms.repeats import repeatable

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")  # Python refuses to read endless numbers


def serve_stored_pdf(
    request: HttpRequest,
    stored: StoredPdf,
    *,
    inline: bool = True,
    filename: str | None = None,
    public: bool = True,
) -> HttpResponseBase:
    """The stored bytes. `public` says whether shared caches may keep them; drafts must not."""
    etag = f'"{stored.sha256}"'
    response: HttpResponseBase
    if _known(request, etag):
        response = HttpResponseNotModified()
    else:
        wanted = _range(request, etag, stored.size)
        response = _whole(stored) if wanted is None else _part(stored, *wanted)
        name = content_disposition_header(not inline, filename or stored.filename)
        response["Content-Disposition"] = name or "inline"
        response["Accept-Ranges"] = "bytes"
        response["X-Content-Type-Options"] = "nosniff"
    response["ETag"] = etag
    response["Content-Language"] = stored.language  # the document's, whatever the visitor reads
    # The address stays while the content may change: a cache has to ask, and mostly gets a 304.
    patch_cache_control(
        response, **({"public": True} if public else {"private": True}), no_cache=True
    )
    return response


def serve_public_pdf(
    request: HttpRequest, stored: StoredPdf, *, until: dt.datetime | None = None
) -> HttpResponseBase:
    """The PDF of a page of the site, which may stop being public by the clock. Soon asked for again, it costs no query.

    Who comes without a session sees what everybody may see; a member may be shown more.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        return serve_stored_pdf(request, stored, public=False)
    return repeatable(
        serve_stored_pdf(request, stored),
        partial(serve_stored_pdf, stored=stored),
        until=until.timestamp() if until else None,
    )


def in_the_making(request: HttpRequest, wait: InTheMaking) -> HttpResponse:
    """Says that the PDF is being made, at which page where that is known, and asks again by itself."""
    in_vain = wait.is_in_vain()
    context = {
        "seconds": ASK_AGAIN_SECONDS,
        "making": wait.page,
        "in_vain": in_vain,
        "is_staff": in_vain and request.user.has_perm("wagtailadmin.access_admin"),
    }
    response = render(request, "cms/pdf_in_the_making.html", context, status=HTTPStatus.ACCEPTED)
    response["Retry-After"] = str(ASK_AGAIN_SECONDS)
    patch_cache_control(response, no_store=True)
    return response


def _whole(stored: StoredPdf) -> HttpResponseBase:
    response = FileResponse(stored.open(), content_type="application/pdf")
    response["Content-Length"] = str(stored.size)
    return response


def _part(stored: StoredPdf, first: int, last: int) -> HttpResponseBase:
    if first > last:
        response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response["Content-Range"] = f"bytes */{stored.size}"
        return response
    with stored.open() as file:
        file.seek(first)
        body = file.read(last - first + 1)
    response = HttpResponse(body, status=HTTPStatus.PARTIAL_CONTENT, content_type="application/pdf")
    response["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    response["Content-Length"] = str(len(body))
    return response


def _range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole file, also when several parts are asked for at once."""
    match = _RANGE.match(request.headers.get("Range", ""))
    if match is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = match.groups()
    if first:
        return int(first), min(int(last), size - 1) if last else size - 1
    if not last:
        return None
    return max(0, size - int(last)), size - 1 if int(last) else -1


def _known(request: HttpRequest, etag: str) -> bool:
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in sent or any(tag.removeprefix("W/") == etag for tag in sent)
