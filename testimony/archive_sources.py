"""What the archive knows of our documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cms.archive.registry import ArchiveRecord, IssuePart, register_issue_part, register_source
from cms.models import Issue
from events.enums import Stance
from testimony.domain.message_house import public_house
from testimony.domain.resolve import resolve
from testimony.models import DocumentPage, FactSheetPage, TestimonyPage

TESTIMONY, FACT_SHEET = "testimony", "fact-sheet"


def testimony_record(page: TestimonyPage) -> ArchiveRecord:
    event = page.event
    body = event.body if event else None
    keywords = [
        page.speaker_role,
        event.title if event else "",
        event.place if event else "",
        page.vehicle.title if page.vehicle else "",
        body.parent_name if body else "",
    ]
    return ArchiveRecord(
        kind=TESTIMONY,
        kind_label=str(page.get_document_kind_display()),
        position=page.position,
        speaker=page.speaker.name if page.speaker else "",
        body_name=body.name if body else "",
        vehicle=page.vehicle.identifier if page.vehicle else "",
        keywords=" ".join(filter(None, keywords)),
        **_shared(page),
    )


def fact_sheet_record(page: FactSheetPage) -> ArchiveRecord:
    return ArchiveRecord(
        kind=FACT_SHEET,
        kind_label=str(FactSheetPage._meta.verbose_name),
        vehicle=page.vehicle.identifier if page.vehicle else "",
        keywords=page.headline,
        **_shared(page),
    )


def _shared(page: DocumentPage) -> dict:
    return {
        "title": page.title,
        "date": page.effective_date,
        "language": page.language,
        "summary": page.summary,
        "issues": tuple(page.issues.values_list("pk", flat=True)),
        "text": resolve(page).text,
    }


def message_map_part(issue: Issue) -> IssuePart | None:
    """The public part of the issue's message map."""
    house = public_house(issue)
    return IssuePart("testimony/maps/public.html", {"house": house}) if house else None


def register() -> None:
    register_issue_part(message_map_part)
    register_source(
        TestimonyPage,
        testimony_record,
        kinds=[(TESTIMONY, _("Testimony"))],
        positions=Stance.choices,
    )
    register_source(
        FactSheetPage,
        fact_sheet_record,
        kinds=[(FACT_SHEET, _("Fact sheet"))],
        plurals=[(FACT_SHEET, _("Fact sheets"))],
    )
