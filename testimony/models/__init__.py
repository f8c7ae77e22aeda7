"""Models of what is said, one file for each noun."""

from __future__ import annotations

from testimony.models.citation_setting import CitationSetting
from testimony.models.derivation import Derivation, DerivationLoop
from testimony.models.dismissed_hint import DismissedHint
from testimony.models.document_page import DocumentPage
from testimony.models.fact_sheet_page import FactSheetPage, IssueTaggedFactSheet
from testimony.models.library_entry import LibraryEntry
from testimony.models.link_check import LinkCheck, LinkReason, link_state
from testimony.models.message_map import KeyMessage, MessageMap, Proof, SupportingPoint
from testimony.models.pin import Pin, PinIsImmutable, PinnedItem, PinPart, built
from testimony.models.preferred_term import PreferredTerm
from testimony.models.recent_pick import RecentPick
from testimony.models.refresh_job import RefreshJob
from testimony.models.ripple_review import RippleReview
from testimony.models.source import Source
from testimony.models.statistic import Statistic
from testimony.models.talking_point import IssueTaggedTalkingPoint, TalkingPoint
from testimony.models.testimony_page import IssueTaggedTestimony, TestimonyPage
from testimony.models.use import Use

__all__ = [
    "CitationSetting",
    "Derivation",
    "DerivationLoop",
    "DismissedHint",
    "DocumentPage",
    "FactSheetPage",
    "IssueTaggedFactSheet",
    "IssueTaggedTalkingPoint",
    "IssueTaggedTestimony",
    "KeyMessage",
    "LibraryEntry",
    "LinkCheck",
    "LinkReason",
    "MessageMap",
    "Pin",
    "PinIsImmutable",
    "PinPart",
    "PinnedItem",
    "PreferredTerm",
    "Proof",
    "RecentPick",
    "RefreshJob",
    "RippleReview",
    "Source",
    "Statistic",
    "SupportingPoint",
    "TalkingPoint",
    "TestimonyPage",
    "Use",
    "built",
    "link_state",
]
