"""What stands in the editor, saved or not: words, speaking time, shorter versions, and what is still missing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.panels import get_edit_handler
from wagtail.models import Page

from testimony.domain.comments import box_label, box_limit, is_comment
from testimony.domain.cuts import (
    FULL_VERSION,
    CutDocument,
    Measured,
    cut_as,
    measure,
    versions_at,
)
from testimony.domain.marks import WRITTEN
from testimony.domain.portal_text import characters
from testimony.domain.readiness import judge, judge_reading
from testimony.domain.readings import read
from testimony.domain.speaking_time import clock
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage
from testimony.permissions import archive_page, may_add_documents

# Fields that nobody hears. A title or a slug that is still wrong must not stop the meter.
SILENT_FIELDS = ("slug", "go_live_at", "expire_at", "comment_notifications")
NEW: dict[str, type[DocumentPage]] = {"testimony": TestimonyPage, "fact-sheet": FactSheetPage}


@require_POST
def meter(request: HttpRequest, page_id: int) -> JsonResponse:
    """Measures the posted edit form of a saved page, without saving."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, DocumentPage):
        raise Http404
    return answer(request, draft, page.get_parent())


@require_POST
def meter_new(request: HttpRequest, kind: str = "testimony") -> JsonResponse:
    """Measures the posted form of a page that was never saved."""
    if not may_add_documents(request.user):
        raise PermissionDenied
    if kind not in NEW:
        raise Http404
    return answer(request, NEW[kind](), archive_page())


def answer(request: HttpRequest, page: DocumentPage, parent: Page) -> JsonResponse:
    fill(page, request, parent)
    if not isinstance(page, TestimonyPage):
        return JsonResponse({"readiness": judge(page).as_dict()})
    measured = measure(page)
    full = cut_as(measured, FULL_VERSION)
    reading = read(page, full.meter)
    return JsonResponse(
        {
            **full.meter.as_dict(),
            # A comment is handed in as one text: nobody reads a shorter one aloud.
            "versions": [] if is_comment(page) else describe_versions(measured, full),
            "portal": describe_box(page, reading.portal_text),
            "readiness": judge_reading(reading).as_dict(),
        }
    )


def describe_box(page: TestimonyPage, text: str | None) -> dict[str, Any] | None:
    """Of a comment: how much of the portal's box it fills. None of what is said in a room."""
    if text is None:
        return None
    count, limit = characters(text), box_limit(page)
    return {
        "characters": count,
        "limit": limit,
        "over_by": max(0, count - limit),
        "label": box_label(count, limit),
    }


def describe_versions(measured: Measured, full: CutDocument) -> list[dict[str, Any]]:
    """Each as its button shows it. What reads like a longer one says so: nothing more could be left out."""
    found = []
    longer = full
    for version in versions_at(measured.limit.base):
        shorter = cut_as(measured, version)
        found.append(describe(shorter, full, longer))
        if version.seconds:
            longer = shorter
    return found


def describe(shorter: CutDocument, full: CutDocument, longer: CutDocument) -> dict[str, Any]:
    version, meter = shorter.version, shorter.meter
    if version.medium == WRITTEN:
        time = ""
    else:
        over = _("too long") if version.seconds and meter.over_by else ""
        same = ""
        if version.seconds and full.meter.words and shorter.places == full.places:
            same = _("whole text")
        elif longer is not full and shorter.places == longer.places:
            same = _("same text as %(time)s") % {"time": clock(longer.version.seconds or 0)}
        time = ", ".join(filter(None, [clock(meter.seconds), over, same]))
    return {
        "name": "" if version.medium == WRITTEN else version.name,
        "label": clock(version.seconds) if version.seconds else "",
        "title": version.label,
        "time": time,
        "words": meter.words,
        "over": bool(version.seconds and meter.over_by),
        "facts": f"{version.label}. {shorter.facts}",
    }


def fill(page: DocumentPage, request: HttpRequest, parent: Page) -> None:
    """Put the form's values into `page`, as the preview does; half-written blocks count as they stand."""
    form_class = get_edit_handler(type(page)).get_form_class()
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
