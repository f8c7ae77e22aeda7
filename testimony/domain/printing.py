"""Makes the PDF of what is published, and notes it on the page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from cms.domain.visibility import is_public
from cms.models import DraftPdf, PagePdf, StoredPdf
from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.errors import PdfError, PdfRenderError
from cms.pdf.registry import PdfDocument, kind_for
from cms.pdf.service import prepare, render
from cms.pdf.upkeep import register_maker
from cms.pdf.waiting import obtain
from testimony.domain.twins import note_twins
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage

logger = logging.getLogger(__name__)
PRINTED: tuple[type[DocumentPage], ...] = (TestimonyPage, FactSheetPage)

# What visitors may choose: few enough that nobody can fill the disk with variants of one page.
PUBLIC_CHOICES = frozenset({"paper", "size"})

_held: ContextVar[bool] = ContextVar("pdf_work_held", default=False)


def pdf_document(
    page: DocumentPage,
    *,
    draft: bool,
    version: str = "",
    paper: str = "",
    choices: PrintChoices = USUAL,
) -> PdfDocument:
    """What to print of `page`, or of a spoken version of it; `paper` names a kind, without it the main one.

    Raises PdfRenderError for a kind of page that has no printed form, and for a paper that it does not have.
    """
    kind = kind_for(page, paper)
    if kind is None:
        raise PdfRenderError(_("This kind of page has no printed form."))
    return kind.document(page, draft=draft, version=version, choices=choices)


def make_pdf(page: DocumentPage) -> StoredPdf:
    """The PDF of the published words, rendered unless it is in the store, and noted as the page's own.

    Visitors cause it, so a failure is not searched for its cause: that takes many renders.
    """
    return _noted(page, render(pdf_document(page, draft=False), find_fault=False))


def obtain_pdf(page: DocumentPage, choices: PrintChoices = USUAL) -> StoredPdf:
    """As `make_pdf`, for a request: raises InTheMaking rather than make it wait long.

    Only the usual file is the page's own; others are made again when they are asked for and gone.
    """
    choices = choices.limited_to(PUBLIC_CHOICES)
    stored = obtain(pdf_document(page, draft=False, choices=choices), find_fault=False)
    return _noted(page, stored) if choices == USUAL else stored


def _noted(page: DocumentPage, stored: StoredPdf) -> StoredPdf:
    if not _is_noted(PagePdf, page, stored):
        PagePdf.objects.update_or_create(page_id=page.pk, defaults={"stored": stored})
    return stored


def note_draft(page: DocumentPage, stored: StoredPdf) -> None:
    """Keep what is known of the paper of a draft, for the editor's checks."""
    if page.pk and not _is_noted(DraftPdf, page, stored):
        DraftPdf.objects.update_or_create(page_id=page.pk, defaults={"stored": stored})


def _is_noted(model: type[PagePdf] | type[DraftPdf], page: DocumentPage, stored: StoredPdf) -> bool:
    """Also that it is the paper of what was written last, though the words may be the same."""
    noted = model.objects.filter(page_id=page.pk, stored=stored)
    written = page.latest_revision_created_at
    return (noted.filter(made_at__gte=written) if written else noted).exists()


def paper_as_edited(page: DocumentPage) -> StoredPdf | None:
    """The paper that was made of exactly these words, as a draft or as published; None when nobody has seen one.

    Makes nothing. What stands in the editor may be half written.
    """
    for draft in (True, False) if page.live else (True,):
        try:
            prepared, _labels = prepare(pdf_document(page, draft=draft))
        except Exception:  # then it has no paper either, and the preview says why
            logger.debug("No paper of what is being written", exc_info=True)
            return None
        found = StoredPdf.objects.filter(key=prepared.key).first()
        if found is not None:
            return found
    return None


@contextmanager
def hold_pdfs() -> Iterator[None]:
    """Publish without printing: imports make hundreds of pages and print them afterwards, if at all."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def print_after_commit(page: DocumentPage) -> None:
    """Have the PDF made in the background once the publication is committed."""
    if not _held.get():
        transaction.on_commit(lambda: make_page_pdf.enqueue(page.pk))


@task()
def make_page_pdf(page_id: int) -> None:
    """A failure is logged and costs nothing else: the public still has the page, editors the preview."""
    try:
        make_public_pdf(page_id)
    except (PdfError, OSError) as error:
        logger.warning("No PDF of page %s: %s", page_id, error)


def make_public_pdf(page_id: int) -> None:
    """The PDF of a page, if anybody may read it."""
    for model in PRINTED:
        page = model.objects.filter(pk=page_id).first()
        if page is not None and is_public(page):
            make_pdf(page)
            note_twins(page)


def register() -> None:
    """Called once by `TestimonyConfig.ready()`."""
    register_maker(PRINTED, make_public_pdf)
