"""A record as web page and PDF, for everybody while its page is public, else for those who may see records."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from cms.domain.visibility import is_public
from cms.views.public import cacheable
from events.domain.access import may_see_record, record_is_public
from events.domain.frozen import frozen_document
from events.models import Record
from events.models.record import RecordQuerySet

logger = logging.getLogger(__name__)

# The bytes never change, but who may read them does: a cache asks every time.
ASK = "public, no-cache"
NEVER = "private, no-store"


@require_safe
def record_page(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The words as they were delivered. Answers 404 as `record_pdf` does."""
    queryset = Record.objects.marked().select_related("page", "presentation__event")
    record, public = _find(request, queryset, pk, digest)
    context = {
        "record": record,
        "document": frozen_document(record),
        "event": record.presentation.event,
        "living_url": record.page.get_url(request) if public or is_public(record.page) else "",
    }
    response = render(request, "events/record_page.html", context)
    if public:
        return cacheable(request, response, seconds=0)
    response["Cache-Control"] = NEVER
    return response


@require_safe
def record_pdf(request: HttpRequest, pk: int, digest: str) -> HttpResponseBase:
    """The frozen bytes. Answers 404 to whoever may not see them, so that nobody learns what exists."""
    queryset = Record.objects.summaries().select_related("page")
    record, public = _find(request, queryset, pk, digest)
    etag = f'"{record.pdf_sha256}"'
    known = etag in parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponseBase = HttpResponse(status=304) if known else _file(record)
    response["ETag"] = etag
    response["Cache-Control"] = ASK if public else NEVER
    return response


def _find(
    request: HttpRequest, queryset: RecordQuerySet, pk: int, digest: str
) -> tuple[Record, bool]:
    """The record, and whether everybody may see it. The user is asked for only when not everybody may:
    that makes an answer vary by cookie."""
    record = get_object_or_404(queryset, pk=pk, pdf_sha256__startswith=digest)
    public = record_is_public(record)
    if not public and not may_see_record(request.user, record):
        raise Http404
    return record, public


def _file(record: Record) -> FileResponse:
    try:
        file = record.open_pdf()
    except OSError as error:
        # `manage.py verify_records` names it too; the visitor cannot help.
        logger.exception("The PDF of record %s is missing: %s", record.pk, record.pdf_path)
        raise Http404 from error
    response = FileResponse(file, content_type="application/pdf", filename=record.pdf_filename)
    response["Content-Length"] = record.pdf_size
    response["Last-Modified"] = http_date(record.created_at.timestamp())
    return response
