"""Documents as they are handed in: testimony, comments, fact sheets."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from cms.domain.short_address import short_address
from cms.domain.visibility import default_site
from cms.models import Branding, Theme
from cms.pdf import identity
from cms.pdf.choices import USUAL, PrintChoices
from cms.pdf.registry import PdfAttachment, PdfDocument, PdfKind, UnknownVersion
from cms.qr import qr_svg
from events.domain.capacities import capacity_line, presentation_of
from testimony.domain.comments import is_comment
from testimony.domain.cuts import (
    VERSIONS,
    WRITTEN_VERSION,
    Version,
    cut_as,
    version_named,
    versions_of,
)
from testimony.domain.profiles import file_stem_of, wants_plain
from testimony.domain.public_names import public_payload
from testimony.domain.resolve import resolve
from testimony.domain.uses import note as note_uses
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage
from testimony.pdf.data_files import chart_files


def letterhead(
    *, draft: bool, theme: Theme | None = None, choices: PrintChoices = USUAL
) -> dict[str, Any]:
    """Whose paper it is, and whether it is a draft."""
    site = default_site()
    branding = Branding.for_site(site) if site else Branding()
    context = identity.letterhead(branding, draft=draft, theme=theme)
    return context if choices.branded else {**context, "logo": None}


def living_page(obj: DocumentPage, *, draft: bool) -> dict[str, Any]:
    """Where the public reads it; nothing for a draft, whose address is nobody's business yet."""
    short = "" if draft or not obj.live else short_address(obj)
    if not short:
        return {"public_url": "", "short_url": "", "qr_svg": ""}
    return {
        "public_url": obj.get_full_url(),
        "short_url": short,
        "qr_svg": qr_svg(short),
    }


def capacity_of(page: TestimonyPage) -> str:
    """On whose behalf the speaker speaks; empty where that is not on record, as for what was imported."""
    there = None if page.is_imported else presentation_of(page.event_id, page.speaker_id)
    return capacity_line(there, page.speaker) if there and page.speaker else ""


def as_asked(page: TestimonyPage, choices: PrintChoices) -> PrintChoices:
    """`choices` without the branding, where the body asks for plain files."""
    return dataclasses.replace(choices, branded=False) if wants_plain(page) else choices


def known_version(name: str) -> Version:
    version = version_named(name)
    if version is None:
        raise UnknownVersion(name)
    return version


class DocumentPdf(PdfKind):
    """Shared by the kinds. `draft` prints the watermark and marks gaps."""

    medium = "print"

    def document(
        self,
        obj: DocumentPage,
        *,
        draft: bool = False,
        version: str = "",
        choices: PrintChoices = USUAL,
    ) -> PdfDocument:
        choices = choices.limited_to(self.takes)
        with translation.override(obj.language):
            suffix = self.suffix(version)
            context = self.context(obj, draft=draft, choices=choices, version=version)
        return self.made_of(
            context,
            title=obj.title,
            stem=f"{self.stem(obj)}{suffix}",
            language=obj.language,
            draft=draft,
            choices=choices,
        )

    def stem(self, obj: DocumentPage) -> str:
        """The beginning of the file's name."""
        return obj.slug or slugify(obj.title) or self.name

    def suffix(self, version: str) -> str:
        """The end of the file's name. Raises UnknownVersion."""
        if version:
            raise UnknownVersion(version)
        return ""

    def context(
        self,
        obj: DocumentPage,
        *,
        draft: bool,
        choices: PrintChoices = USUAL,
        version: str = "",
    ) -> dict[str, Any]:
        """What the template reads; `version` is known to be one of `versions`."""
        return {
            **letterhead(draft=draft, theme=obj.theme, choices=choices),
            "page": obj,
            "document": resolve(obj, medium=self.medium, show_gaps=draft, choices=choices),
            **living_page(obj, draft=draft),
        }

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

    def published(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        return public_payload(payload)

    def data_files(self, obj: DocumentPage) -> tuple[PdfAttachment, ...]:
        return chart_files(obj)


class TestimonyPdf(DocumentPdf):
    __test__ = False
    name = "testimony"
    label = _("As filed")
    about = _(
        "The written copy on letterhead, with footnotes, signature and the list of who joins."
    )
    template = "testimony/print/testimony.html"
    versions = tuple(VERSIONS)

    def stem(self, obj: TestimonyPage) -> str:
        """As the body asks that files be named, where it does."""
        return file_stem_of(obj) or super().stem(obj)

    def suffix(self, version: str) -> str:
        if not version:
            return ""
        return known_version(version).file_suffix

    def context(
        self,
        obj: TestimonyPage,
        *,
        draft: bool,
        choices: PrintChoices = USUAL,
        version: str = "",
    ) -> dict[str, Any]:
        choices = as_asked(obj, choices)
        context = super().context(obj, draft=draft, choices=choices)
        context |= {"capacity": capacity_of(obj), "choices": choices}
        if not version:
            return context
        shorter = cut_as(obj, known_version(version))
        document = resolve(
            obj, medium=self.medium, show_gaps=draft, body=shorter.page.body, choices=choices
        )
        return {**context, "document": document, "version": shorter}

    def takes_for(self, obj: TestimonyPage) -> frozenset[str]:
        return self.takes - {"branded"} if wants_plain(obj) else self.takes

    def versions_for(self, obj: TestimonyPage) -> tuple[str, ...]:
        """Of a comment nobody reads a shorter one aloud."""
        if is_comment(obj):
            return (WRITTEN_VERSION.name,)
        return tuple(version.name for version in versions_of(obj))

    def version_label(self, version: str) -> str:
        return known_version(version).label

    def read_out(self, obj: TestimonyPage, version: str) -> dict[str, Any]:
        with translation.override(obj.language):
            shorter = cut_as(obj, known_version(version))
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

    def text(self, obj: TestimonyPage) -> str:
        joined = (" ".join(dataclasses.astuple(row)).strip() for row in obj.joined_by)
        return "\n".join([super().text(obj), *joined])

    def payload(self, obj: TestimonyPage) -> dict[str, Any]:
        event = obj.event
        return {
            **super().payload(obj),
            "salutation": obj.salutation,
            "speaker": obj.speaker.name if obj.speaker else "",
            "speaker_role": obj.speaker_role,
            "position": obj.position,
            "sign_ons": [dataclasses.asdict(row) for row in obj.joined_by],
            "vehicle": str(obj.vehicle) if obj.vehicle else "",
            "event": event.title if event else "",
            "body": event.body.name if event and event.body else "",
            "starts_at": event.starts_at.isoformat() if event and event.starts_at else None,
        }


class FactSheetPdf(DocumentPdf):
    name = "fact-sheet"
    label = _("Fact sheet")
    about = _("One or two pages to leave on a desk.")
    template = "testimony/print/fact_sheet.html"

    def payload(self, obj: FactSheetPage) -> dict[str, Any]:
        return {
            **super().payload(obj),
            "headline": obj.headline,
            "vehicle": str(obj.vehicle) if obj.vehicle else "",
        }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
