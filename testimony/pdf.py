"""What the documents look like on paper: kinds for the PDF engine."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.text import slugify

from cms.domain.visibility import default_site
from cms.models import Branding
from cms.pdf.registry import PdfDocument, PdfKind, UnknownVersion, register_kind
from cms.qr import qr_svg
from testimony.domain.cuts import VERSIONS, cut_as
from testimony.domain.message_house import House, Pillar, read_house
from testimony.domain.resolve import plain_text, resolve
from testimony.domain.uses import note as note_uses
from testimony.models import DocumentPage, FactSheetPage, MessageMap, TestimonyPage

LOGO_FILTER = "max-600x600|format-png"


def letterhead(*, draft: bool) -> dict[str, Any]:
    """Whose paper it is, and whether it is a draft."""
    site = default_site()
    branding = Branding.for_site(site) if site else Branding()
    return {
        "branding": branding,
        "logo": branding.logo.get_rendition(LOGO_FILTER) if branding.logo else None,
        "draft": draft,
        # A draft is printed to be marked up: the day tells two printouts apart. A final copy has no
        # clock in it, so that the same words give the same bytes.
        "printed_date": timezone.localdate() if draft else None,
    }


class DocumentPdf(PdfKind):
    """Shared by the kinds. `draft` prints the watermark and marks gaps."""

    template = ""

    def document(self, obj: DocumentPage, *, draft: bool = False, version: str = "") -> PdfDocument:
        suffix = ""
        with translation.override(obj.language):
            context = self.context(obj, draft=draft)
            if version:
                suffix, spoken = self.spoken(obj, version, draft=draft)
                context.update(spoken)
        prefix = "DRAFT-" if draft else ""
        return PdfDocument(
            kind=self.name,
            template=self.template,
            context=context,
            title=obj.title,
            language=obj.language,
            filename=f"{prefix}{obj.slug or slugify(obj.title) or self.name}{suffix}.pdf",
            draft=draft,
        )

    def context(self, obj: DocumentPage, *, draft: bool) -> dict[str, Any]:
        url = obj.get_full_url() or ""
        return {
            **letterhead(draft=draft),
            "page": obj,
            "document": resolve(obj, medium="print", show_gaps=draft),
            "public_url": url,
            "qr_svg": qr_svg(url) if url else "",
        }

    def spoken(self, obj: DocumentPage, version: str, *, draft: bool) -> tuple[str, dict[str, Any]]:
        """For kinds that are read out: the end of the file's name, and what a version prints instead."""
        raise UnknownVersion(version)

    def text(self, obj: DocumentPage) -> str:
        return resolve(obj).text

    def payload(self, obj: DocumentPage) -> dict[str, Any]:
        with translation.override(obj.language):
            document = resolve(obj)
        return {
            "title": obj.title,
            "language": obj.language,
            "date": _iso(obj.effective_date),
            "html": str(document.html),
            "parts": {name: str(part) for name, part in document.parts.items()},
            "notes": [str(note.html) for note in document.notes],
            "figures": [dataclasses.asdict(figure) for figure in document.figures],
            "issues": sorted(issue.name for issue in obj.issues.all()),
            "library": note_uses(obj),
        }


class TestimonyPdf(DocumentPdf):
    __test__ = False
    name = "testimony"
    label = "Testimony"
    template = "testimony/print/testimony.html"
    versions = tuple(VERSIONS)

    def spoken(
        self, obj: TestimonyPage, version: str, *, draft: bool
    ) -> tuple[str, dict[str, Any]]:
        if version not in VERSIONS:
            raise UnknownVersion(version)
        shorter = cut_as(obj, VERSIONS[version])
        document = resolve(obj, medium="print", show_gaps=draft, body=shorter.page.body)
        return shorter.version.file_suffix, {"document": document, "version": shorter}

    def version_label(self, version: str) -> str:
        return VERSIONS[version].label

    def read_out(self, obj: TestimonyPage, version: str) -> dict[str, Any]:
        if version not in VERSIONS:
            raise UnknownVersion(version)
        with translation.override(obj.language):
            shorter = cut_as(obj, VERSIONS[version])
            words = resolve(obj, body=shorter.page.body)
            return {
                "version": version,
                "label": shorter.version.label,
                "differs": shorter.places != cut_as(shorter.measured, VERSIONS["written"]).places,
                "words": shorter.meter.words,
                "seconds": shorter.meter.seconds,
                "limit_seconds": shorter.meter.limit_seconds,
                "interpretation": str(shorter.meter.limit.interpretation),
                "text": "\n".join(filter(None, [obj.salutation, words.spoken_text])),
            }

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


class MessageMapPdf(PdfKind):
    """The whole map for staff, what is not released included. What it holds says whether it is a draft."""

    name = "message-map"
    label = "Message map"
    template = "testimony/print/message_map.html"

    def document(self, obj: MessageMap, *, draft: bool = False, version: str = "") -> PdfDocument:
        language = settings.LANGUAGE_CODE
        with translation.override(language):
            house = read_house(obj)
            title = str(obj)
            draft = draft or house.is_draft
            context = {**letterhead(draft=draft), "house": house, "rows": side_by_side(house)}
        name = f"message-map-{obj.issue.slug}.pdf"
        return PdfDocument(
            kind=self.name,
            template=self.template,
            context=context,
            title=title,
            language=language.partition("-")[0],
            filename=f"DRAFT-{name}" if draft else name,
            draft=draft,
        )

    def text(self, obj: MessageMap) -> str:
        house = read_house(obj)
        parts: list[str] = [house.narrative]
        for pillar in house.pillars:
            parts += [pillar.text, *(point.title for point in pillar.points)]
            parts += [proof.html for proof in pillar.proofs]
        parts += [obj.audience_note, *(note.html for note in house.notes)]
        return "\n".join(plain_text(part, without=".note-ref") for part in parts if part)

    def payload(self, obj: MessageMap) -> dict[str, Any]:
        return {"title": str(obj), "text": self.text(obj)}


def side_by_side(house: House) -> list[tuple[Pillar, ...]]:
    """Pillars in rows of three at most, none alone in its row where it can be helped."""
    pillars = house.pillars
    width = 2 if len(pillars) in {2, 4} else 3
    return [pillars[start : start + width] for start in range(0, len(pillars), width)]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def register() -> None:
    register_kind(TestimonyPage, TestimonyPdf)
    register_kind(FactSheetPage, FactSheetPdf)
    register_kind(MessageMap, MessageMapPdf)
