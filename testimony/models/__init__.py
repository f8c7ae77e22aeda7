"""Models of what is said, one file for each noun."""

from __future__ import annotations

from testimony.models.document_page import DocumentPage
from testimony.models.fact_sheet_page import FactSheetPage, IssueTaggedFactSheet
from testimony.models.source import Source
from testimony.models.statistic import Statistic
from testimony.models.talking_point import IssueTaggedTalkingPoint, TalkingPoint
from testimony.models.testimony_page import IssueTaggedTestimony, TestimonyPage

__all__ = [
    "DocumentPage",
    "FactSheetPage",
    "IssueTaggedFactSheet",
    "IssueTaggedTalkingPoint",
    "IssueTaggedTestimony",
    "Source",
    "Statistic",
    "TalkingPoint",
    "TestimonyPage",
]
