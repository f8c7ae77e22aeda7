"""What the documents look like on paper: kinds for the PDF engine."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone, translation
from django.utils.text import slugify

from cms.domain.visibility import default_site
from cms.models import Branding
from cms.pdf.registry import PdfDocument, PdfKind, register_kind
from cms.qr import qr_svg
from testimony.domain.resolve import resolve
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage

LOGO_FILTER = "max-600x600|format-png"


class DocumentPdf(PdfKind):
    """Shared by the kinds. `draft` prints the watermark and marks gaps."""

    template = ""

    def document(self, obj: DocumentPage, *, draft: bool = False) -> PdfDocument:
        with translation.override(obj.language):
            context = self.context(obj, draft=draft)
        prefix = "DRAFT-" if draft else ""
        return PdfDocument(
            kind=self.name,
            template=self.template,
            context=context,
            title=obj.title,
            language=obj.language,
            filename=f"{prefix}{obj.slug or slugify(obj.title) or self.name}.pdf",
            draft=draft,
        )

    def context(self, obj: DocumentPage, *, draft: bool) -> dict[str, Any]:
        site = default_site()
        branding = Branding.for_site(site) if site else Branding()
        url = obj.get_full_url() or ""
        return {
            "page": obj,
            "document": resolve(obj, medium="print", show_gaps=draft),
            "branding": branding,
            "logo": branding.logo.get_rendition(LOGO_FILTER) if branding.logo else None,
            "draft": draft,
            # A draft is printed to be marked up: the day tells two printouts apart. A final copy has no
            # clock in it, so that the same words give the same bytes.
            "printed_date": timezone.localdate() if draft else None,
            "public_url": url,
            "qr_svg": qr_svg(url) if url else "",
        }

    def text(self, obj: DocumentPage) -> str:
        return resolve(obj).text

    def payload(self, obj: DocumentPage) -> dict[str, Any]:
        with translation.override(obj.language):
            document = resolve(obj)
        return {
            "title": obj.title,
            "language": obj.language,
            "date": _iso(obj.date),
            "html": str(document.html),
            "parts": {name: str(part) for name, part in document.parts.items()},
            "notes": [str(note.html) for note in document.notes],
            "issues": sorted(issue.name for issue in obj.issues.all()),
        }


class TestimonyPdf(DocumentPdf):
    __test__ = False
    name = "testimony"
    label = "Testimony"
    template = "testimony/print/testimony.html"

    def payload(self, obj: TestimonyPage) -> dict[str, Any]:
        event = obj.event
        return {
            **super().payload(obj),
            "salutation": obj.salutation,
            "speaker": obj.speaker.name if obj.speaker else "",
            "speaker_role": obj.speaker_role,
            "position": obj.position,
            "vehicle": str(obj.vehicle) if obj.vehicle else "",
            "event": event.title if event else "",
            "body": event.body.name if event and event.body else "",
            "starts_at": event.starts_at.isoformat() if event and event.starts_at else None,
        }


class FactSheetPdf(DocumentPdf):
    name = "fact-sheet"
    label = "Fact sheet"
    template = "testimony/print/fact_sheet.html"

    def payload(self, obj: FactSheetPage) -> dict[str, Any]:
        return {
            **super().payload(obj),
            "headline": obj.headline,
            "vehicle": str(obj.vehicle) if obj.vehicle else "",
        }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def register() -> None:
    register_kind(TestimonyPage, TestimonyPdf)
    register_kind(FactSheetPage, FactSheetPdf)
