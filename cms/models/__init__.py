"""Models of the ground floor, one file for each noun."""

from __future__ import annotations

from cms.models.archive import ArchiveEntry, ArchiveEntryIssue
from cms.models.base_page import BasePage
from cms.models.branding import Branding
from cms.models.document import Attachment
from cms.models.image import CreditedImage, Rendition
from cms.models.issue import Issue
from cms.models.organization import Organization
from cms.models.pages import ArchivePage, HomePage, StandardPage
from cms.models.pdf import DraftPdf, PagePdf, PageTwin, StoredPdf
from cms.models.person import Person
from cms.models.print_job import PrintJob, PrintJobItem
from cms.models.theme import Theme
from cms.models.user import User
from cms.models.workflow import IndependentApprovalTask

__all__ = [
    "ArchiveEntry",
    "ArchiveEntryIssue",
    "ArchivePage",
    "Attachment",
    "BasePage",
    "Branding",
    "CreditedImage",
    "DraftPdf",
    "HomePage",
    "IndependentApprovalTask",
    "Issue",
    "Organization",
    "PagePdf",
    "PageTwin",
    "Person",
    "PrintJob",
    "PrintJobItem",
    "Rendition",
    "StandardPage",
    "StoredPdf",
    "Theme",
    "User",
]
