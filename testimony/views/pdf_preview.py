"""A draft's paper in the editor's preview panel: what it prints, what does not fit, and where a failure lies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from cms.models import StoredPdf
from cms.pdf.errors import PdfError
from cms.pdf.waiting import obtain
from cms.views.paper import PAGES_MODE, paper_pages, paper_panel
from events.domain.blocks import describe_block
from testimony.domain.paper import too_long
from testimony.domain.printing import note_draft, pdf_document
from testimony.models import DocumentPage


def preview_paper(request: HttpRequest, page: DocumentPage, mode: str) -> HttpResponse:
    """The panel, or the pages it asks for: the same file as the download of this draft."""
    if mode != PAGES_MODE:
        return paper_panel(request, page.title)

    def make() -> StoredPdf:
        stored = obtain(pdf_document(page, draft=True))
        note_draft(page, stored)
        return stored

    def explain(error: PdfError) -> Mapping[str, Any]:
        return {"block": describe_block(page, getattr(error, "block_id", None))}

    def remark(stored: StoredPdf) -> str:
        beyond = too_long(page, stored)
        return beyond.words if beyond else ""

    return paper_pages(request, make, explain, remark)
