"""What a speaker takes along of a document as things stand: the copy that is handed in, and the one to read from."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.registry import PdfDocument, PdfKind, UnknownVersion, kind_for, kinds_for
from events.domain.packets import usual_version
from events.domain.records import revision_to_freeze
from events.models import Presentation, PresentationMaterial

# Of a version in an address: whichever fits the limit at the moment of asking.
NOW = "now"


def reading_copy_of(page: Page) -> str:
    """The name of the paper that is made for reading aloud; "" where the main one serves."""
    papers = kinds_for(page.specific_class or type(page))[1:]
    return next((kind.name for kind in papers if kind.versions), "")


def document_of(
    presentation: Presentation,
    material: PresentationMaterial,
    *,
    paper: str = "",
    version: str = "",
    choices: PrintChoices = USUAL,
) -> PdfDocument | None:
    """The document as it stands: final when it is published, else marked DRAFT. None without such a paper.

    Raises UnknownVersion.
    """
    obj = revision_to_freeze(material.page).as_object()
    kind = kind_for(obj, paper)
    if kind is None:
        return None
    if version == NOW:
        version = _fitting(kind, presentation, obj)
    elif version and version not in kind.versions_for(obj):
        raise UnknownVersion(version)
    draft = not material.page.live
    return kind.document(obj, draft=draft, version=version, choices=choices)


def reading_paper(presentation: Presentation, material: PresentationMaterial) -> PdfDocument | None:
    """The copy to read from, in the version that fits this speaker's limit; None for what nobody reads out."""
    paper = reading_copy_of(material.page)
    return document_of(presentation, material, paper=paper, version=NOW) if paper else None


def _fitting(kind: PdfKind, presentation: Presentation, obj: Any) -> str:
    if not kind.versions:
        raise UnknownVersion(NOW)
    return usual_version(kind.name, presentation, obj)
