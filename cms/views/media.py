"""Uploaded files through the public gate, in every environment: no web server hands them out by itself."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from cms.domain.visibility import file_is_public
from cms.models import Attachment, Rendition

PUBLIC_SECONDS = 300
# Shown in the page; any other kind of file is offered for saving, so that it cannot act as a page of ours.
SHOWN = {".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"}


def may_use_admin(request: HttpRequest) -> bool:
    user = request.user
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def rendition_is_public(path: str) -> bool:
    """True for a rendition of a picture that the public sees somewhere; never for an original."""
    rendition = Rendition.objects.filter(file=path).select_related("image").first()
    return rendition is not None and file_is_public(rendition.image)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse:
    """One stored file. 404 for whoever may not see it, as for a file that does not exist."""
    public = rendition_is_public(path)
    if not public and not may_use_admin(request):
        raise Http404
    try:
        modified = default_storage.get_modified_time(path)
        size = default_storage.size(path)
        file = default_storage.open(path)
    # ValueError: a NUL in the path; IsADirectoryError and NotADirectoryError are OSErrors.
    except (OSError, ValueError, SuspiciousOperation) as error:
        raise Http404 from error
    suffix = PurePosixPath(path).suffix.lower()
    shown = suffix in SHOWN
    kind = mimetypes.types_map.get(suffix) if shown else None
    response = FileResponse(
        file,
        as_attachment=not shown,
        filename=PurePosixPath(path).name,
        content_type=kind or ("image/webp" if suffix == ".webp" else "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    if public:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    etag = quote_etag(f"{int(modified.timestamp() * 1000):x}-{size:x}")
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def guard_document(document: Attachment, request: HttpRequest) -> None:
    """Wagtail's `before_serve_document`: the same gate for files offered for download."""
    if not file_is_public(document) and not may_use_admin(request):
        raise Http404
