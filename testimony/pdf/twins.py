"""The Word document and the plain text of what is handed in."""

from __future__ import annotations

from cms.pdf.twins.registry import DOCX, PDF, TEXT, Receiver, Twins
from events.enums import FileFormat
from testimony.domain.profiles import body_of
from testimony.models import DocumentPage
from testimony.pdf.documents import DocumentPdf, FactSheetPdf, TestimonyPdf

# What a body takes, as ends of our files. A PDF is what is printed on paper.
ENDINGS = {
    FileFormat.PDF: PDF,
    FileFormat.PAPER: PDF,
    FileFormat.WORD: DOCX,
    FileFormat.TEXT: TEXT,
}
# Fonts, shades of grey and marks are the word processor's business.
OPEN = frozenset({"paper", "branded"})


class ForFile(DocumentPdf):
    medium = "file"
    takes = OPEN


class TestimonyForFile(ForFile, TestimonyPdf):
    __test__ = False


class FactSheetForFile(ForFile, FactSheetPdf):
    pass


class DocumentTwins(Twins):
    kind: DocumentPdf

    def __init__(self, kind: DocumentPdf) -> None:
        self.kind = kind

    def stem(self, obj: DocumentPage) -> str:
        return self.kind.stem(obj)

    def receiver(self, obj: DocumentPage) -> Receiver | None:
        body = body_of(obj)
        if body is None:
            return None
        takes = frozenset(ENDINGS[it] for it in body.formats if it in ENDINGS)
        # Of a body that takes none of ours, each is refused.
        return Receiver(body.short_name or body.name, takes or frozenset(map(str, body.formats)))
