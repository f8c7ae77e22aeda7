"""The frozen PDF of a record, for everybody while its page is public, else for those who may see records."""

from __future__ import annotations

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import http_date, parse_etags
from django.views.decorators.http import require_safe

from cms.domain.visibility import is_public
from events.domain.access import visible_presentations
from events.models import Record
from events.permissions import VIEW_RECORD

logger = logging.getLogger(__name__)

FOREVER = "public, max-age=31536000, immutable"  # the address holds the hash of the bytes
NEVER = "private, no-store"


@require_safe
def record_pdf(request: HttpRequest, pk: int, digest: str) -> HttpResponseBase:
    """Answers 404 to whoever may not see it, so that nobody learns what exists."""
    queryset = Record.objects.select_related("page").defer("text", "payload")
    record = get_object_or_404(queryset, pk=pk, pdf_sha256__startswith=digest)
    public = is_public(record.page)
    if not public and not _may_see(request.user, record):
        raise Http404
    etag = f'"{record.pdf_sha256}"'
    known = etag in parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponseBase = HttpResponse(status=304) if known else _file(record)
    response["ETag"] = etag
    response["Cache-Control"] = FOREVER if public else NEVER
    return response


def _may_see(user, record: Record) -> bool:
    if not user.is_authenticated:
        return False
    if user.has_perm(VIEW_RECORD):
        return True
    return visible_presentations(user).filter(pk=record.presentation_id).exists()


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
