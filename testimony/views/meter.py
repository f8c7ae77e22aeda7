"""Words and speaking time of what stands in the editor, saved or not."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page

from testimony.domain.resolve import resolve
from testimony.domain.speaking_time import Meter
from testimony.models import TestimonyPage
from testimony.permissions import archive_page, may_add_documents

# Fields that nobody hears. A title or a slug that is still wrong must not stop the meter.
SILENT_FIELDS = ("title", "slug", "go_live_at", "expire_at", "comment_notifications")


@require_POST
def meter(request: HttpRequest, page_id: int) -> JsonResponse:
    """Measures the posted edit form of a saved page, without saving."""
    page = get_object_or_404(TestimonyPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return measure(request, page.get_latest_revision_as_object(), page.get_parent())


@require_POST
def meter_new(request: HttpRequest) -> JsonResponse:
    """Measures the posted form of a page that was never saved."""
    if not may_add_documents(request.user):
        raise PermissionDenied
    return measure(request, TestimonyPage(), archive_page())


def measure(request: HttpRequest, page: TestimonyPage, parent: Page) -> JsonResponse:
    fill(page, request, parent)
    limit = page.event.limit_seconds if page.event else None
    return JsonResponse(
        Meter.of(resolve(page).spoken_text, limit_seconds=limit).as_dict(),
    )


def fill(page: TestimonyPage, request: HttpRequest, parent: Page) -> None:
    """Put the form's values into `page`, as the preview does; half-written blocks count as they stand."""
    form_class = get_edit_handler(TestimonyPage).get_form_class()
    form = form_class(request.POST, instance=page, parent_page=parent, for_user=request.user)
    form.defer_required_fields()
    form.formsets.clear()
    for name in SILENT_FIELDS:
        form.fields.pop(name, None)
    if form.is_valid():
        form.save(commit=False)
    elif "body" in form.errors:
        block = page._meta.get_field("body").stream_block
        page.body = block.value_from_datadict(request.POST, request.FILES, "body")
