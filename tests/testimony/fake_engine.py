"""A stand-in for the PDF engine: the words of a document, unprinted. For tests that are not about paper."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from cms.models import StoredPdf
from cms.pdf.registry import PdfDocument


def render(document: PdfDocument, *, find_fault: bool = True) -> StoredPdf:
    """Same words, same bytes."""
    data = (
        f"%PDF-1.7 {document.title}|{document.context['document'].html}|{document.draft}".encode()
    )
    digest = hashlib.sha256(data).hexdigest()
    stored = StoredPdf.objects.filter(key=digest).first()
    if stored:
        return stored
    return StoredPdf.objects.create(
        key=digest,
        sha256=digest,
        size=len(data),
        pages=1,
        kind=document.kind,
        title=document.title,
        filename=document.filename,
        path=storages["pdf"].save(f"{digest}.pdf", ContentFile(data)),
    )


def fake_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.pdf.service.render", render)
    monkeypatch.setattr("testimony.domain.printing.render", render)
