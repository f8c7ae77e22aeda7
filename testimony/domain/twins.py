"""Makes the Word document and the plain text of a page, and notes how large they are."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from cms.models import PageTwin
from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.errors import PdfRenderError
from cms.pdf.registry import PdfDocument
from cms.pdf.twins.registry import CONTENT_TYPES, twins_of
from cms.pdf.twins.service import Twin, make, make_all
from testimony.models import DocumentPage


def make_twin(
    page: DocumentPage, ending: str, *, draft: bool, choices: PrintChoices = USUAL
) -> Twin:
    """The twin as it is handed out. Raises PdfRenderError for what has none."""
    return make(_document(page, draft=draft, choices=choices), ending)


def note_twins(page: DocumentPage) -> None:
    """Make those of the published words, so that the page can state their sizes."""
    found = make_all(_document(page, draft=False), CONTENT_TYPES)
    for ending, twin in found.items():
        note_size(page, ending, len(twin.body), is_draft=False)


def note_size(page: DocumentPage, ending: str, size: int, *, is_draft: bool) -> None:
    known = PageTwin.objects.filter(page_id=page.pk, ending=ending, is_draft=is_draft)
    if not known.filter(size=size).exists():
        PageTwin.objects.update_or_create(
            page_id=page.pk, ending=ending, is_draft=is_draft, defaults={"size": size}
        )


def sizes_of(page_ids: Iterable[int], ending: str, *, filed: bool) -> dict[int, int]:
    """By page, in bytes, as last made; `filed`: of what is published only."""
    rows = PageTwin.objects.filter(page__in=list(page_ids), ending=ending)
    if filed:
        rows = rows.filter(is_draft=False)
    return dict(rows.order_by("made_at").values_list("page_id", "size"))


def _document(page: DocumentPage, *, draft: bool, choices: PrintChoices = USUAL) -> PdfDocument:
    twins = twins_of(page)
    if twins is None:
        raise PdfRenderError(_("This kind of page has no printed form."))
    return twins.document(page, draft=draft, choices=choices)
