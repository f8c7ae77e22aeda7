"""Uploaded files through the public gate, in every environment: no web server hands them out by itself."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from cms.domain.visibility import file_is_public
from cms.models import Attachment, CreditedImage, Rendition

PUBLIC_SECONDS = 300
WORKING_WITH = {"add", "change", "choose"}
# Shown in the page; any other kind of file is offered for saving, so that it cannot act as a page of ours.
SHOWN = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
}


def may_use(user: Any, file: Model) -> bool:
    """True for whoever may work with this image or document: by its collection, as in the admin's lists."""
    policy = policy_registry.get_by_type(type(file))
    return policy.user_has_any_permission_for_instance(user, WORKING_WITH, file)


def may_open(user: Any, path: str) -> bool:
    """Whether a member may open a stored file that is not public; a file that belongs to nothing is nobody's."""
    rendition = Rendition.objects.filter(file=path).select_related("image").first()
    image = rendition.image if rendition else CreditedImage.objects.filter(file=path).first()
    file = image or Attachment.objects.filter(file=path).first()
    if file is not None:
        return may_use(user, file)
    # Portraits of members, shown in the admin.
    is_portrait = UserProfile.objects.filter(avatar=path).exists()
    return is_portrait and user.has_perm("wagtailadmin.access_admin")


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
    if not public and not (request.user.is_authenticated and may_open(request.user, path)):
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
    if not file_is_public(document) and not may_use(request.user, document):
        raise Http404
