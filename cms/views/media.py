"""Uploaded files through the public gate, in every environment: no web server hands them out by itself."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from cms.domain.visibility import file_is_public
from cms.models import Attachment, Rendition

PUBLIC_SECONDS = 300
# Shown in the page; any other kind of file is offered for saving, so that it cannot act as a page of ours.
SHOWN = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}


def may_use_admin(request: HttpRequest) -> bool:
    user = request.user
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def rendition_is_public(path: str) -> bool:
    """True for a rendition of a picture that the public sees somewhere; never for an original."""
    rendition = Rendition.objects.filter(file=path).select_related("image").first()
    return rendition is not None and file_is_public(rendition.image)


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One stored file. 404 for whoever may not see it, as for a file that does not exist."""
    if "\x00" in path:  # PostgreSQL cannot even be asked for it
        raise Http404
    public = rendition_is_public(path)
    if not public and not may_use_admin(request):
        raise Http404
    try:
        modified = default_storage.get_modified_time(path)
        etag = quote_etag(f"{int(modified.timestamp() * 1000):x}-{default_storage.size(path):x}")
        # Asked before the file is opened: an answer without body would leave it open.
        response = get_conditional_response(request, etag=etag) or file_response(path)
    # A folder or a name that is too long is an OSError.
    except (OSError, SuspiciousOperation) as error:
        raise Http404 from error
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    if public:
        patch_cache_control(response, public=True, max_age=PUBLIC_SECONDS)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def file_response(path: str) -> FileResponse:
    kind = SHOWN.get(PurePosixPath(path).suffix.lower())
    return FileResponse(
        default_storage.open(path),
        as_attachment=kind is None,
        filename=PurePosixPath(path).name,
        content_type=kind or "application/octet-stream",
    )


def guard_document(document: Attachment, request: HttpRequest) -> None:
    """Wagtail's `before_serve_document`: the same gate for files offered for download."""
    if not file_is_public(document) and not may_use_admin(request):
        raise Http404
