"""What documents and message maps look like on paper: the kinds that the PDF engine prints."""

from __future__ import annotations

from cms.pdf.registry import register_kind, register_paper
from cms.pdf.twins.registry import register_twins
from events.models import Event
from testimony.models import FactSheetPage, MessageMap, TestimonyPage
from testimony.pdf.documents import FactSheetPdf, TestimonyPdf, letterhead
from testimony.pdf.maps import MessageMapPdf, PocketCardPdf, TestimonyCardPdf
from testimony.pdf.podium import PodiumPdf
from testimony.pdf.questions import QuestionsPdf
from testimony.pdf.twins import DocumentTwins, FactSheetForFile, TestimonyForFile

__all__ = ["FactSheetPdf", "MessageMapPdf", "PodiumPdf", "TestimonyPdf", "letterhead", "register"]


def register() -> None:
    register_kind(TestimonyPage, TestimonyPdf)
    register_kind(FactSheetPage, FactSheetPdf)
    register_kind(MessageMap, MessageMapPdf)
    register_paper(TestimonyPage, PodiumPdf)
    register_paper(TestimonyPage, TestimonyCardPdf)
    register_paper(MessageMap, PocketCardPdf)
    register_paper(Event, QuestionsPdf)
    register_twins(TestimonyPage, DocumentTwins(TestimonyForFile()))
    register_twins(FactSheetPage, DocumentTwins(FactSheetForFile()))
