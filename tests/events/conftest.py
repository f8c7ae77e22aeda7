"""People of each role, a hearing, and a kind of page that prints without the PDF engine."""

from __future__ import annotations

import hashlib

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from cms.enums import GroupName
from cms.models import HomePage, Person, StandardPage, StoredPdf
from cms.pdf import registry
from cms.pdf.choices import PrintChoices
from cms.pdf.registry import PdfDocument, PdfKind
from events.domain import presentations
from tests.builders import make_event, make_user
from tests.events.hearings import NOW, make_body, make_hearing, make_rule


@pytest.fixture
def still_clock():
    """It is NOW, and stays so."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def author(db):
    return make_user("author", GroupName.AUTHORS)


@pytest.fixture
def approver(db):
    return make_user("approver", GroupName.APPROVERS)


@pytest.fixture
def administrator(db):
    return make_user("administrator", GroupName.ADMINISTRATORS)


@pytest.fixture
def speaker_user(db):
    return make_user("speaker", GroupName.SPEAKERS)


@pytest.fixture
def staff(client, author):
    client.force_login(author)
    return client


@pytest.fixture
def approving(client, approver):
    client.force_login(approver)
    return client


@pytest.fixture
def person(speaker_user):
    return Person.objects.create(name="Ada Okafor", role_title="Health officer", user=speaker_user)


@pytest.fixture
def event(db):
    """A hearing in Room 204 of a body with one deadline rule."""
    body = make_body()
    make_rule(body)
    return make_hearing(body, place="Room 204")


@pytest.fixture
def hearing(db):
    return make_event(title="Hearing on HB 1147")


USUAL = PrintChoices()


class NoteKind(PdfKind):
    """Prints plain pages: enough of a document for events, which know no document types."""

    name = "note"
    label = "Note"

    def document(self, obj, *, draft=False, version="", choices=USUAL):
        return PdfDocument(
            kind=self.name,
            template="cms/standard_page.html",
            context={"page": obj, "words": obj.introduction},
            title=obj.title,
            language="en",
            filename=f"{'DRAFT-' if draft else ''}{obj.slug}.pdf",
            draft=draft,
            choices=choices,
        )

    def text(self, obj):
        return obj.introduction

    def payload(self, obj):
        return {"title": obj.title, "words": obj.introduction}


def fake_render(document: PdfDocument, *, find_fault: bool = True) -> StoredPdf:
    """Stands in for the engine: same content, same bytes."""
    data = f"%PDF-1.7 {document.title}|{document.context['words']}|{document.draft}".encode()
    sha256 = hashlib.sha256(data).hexdigest()
    stored = StoredPdf.objects.filter(key=sha256).first()
    if stored:
        return stored
    path = storages["pdf"].save(f"{sha256}.pdf", ContentFile(data))
    return StoredPdf.objects.create(
        key=sha256,
        sha256=sha256,
        size=len(data),
        pages=1,
        kind=document.kind,
        title=document.title,
        filename=document.filename,
        path=path,
    )


@pytest.fixture
def printable(monkeypatch):
    """Plain pages can be printed, for this test only."""
    monkeypatch.setitem(registry._kinds, StandardPage, NoteKind())
    monkeypatch.setattr("cms.pdf.service.render", fake_render)


@pytest.fixture
def make_page(db, printable):
    def make(title: str = "Paper", words: str = "As written.", *, live: bool = True):
        page = StandardPage(title=title, introduction=words, live=False)
        HomePage.objects.get().add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        page.refresh_from_db()
        return page

    return make


@pytest.fixture
def page(make_page):
    return make_page()


@pytest.fixture
def planned(hearing, person, page, author):
    return presentations.add_presentation(hearing, person, user=author, pages=[page])


@pytest.fixture
def confirmed(planned, author):
    return presentations.confirm(planned, user=author)


@pytest.fixture
def record(confirmed, approver):
    return presentations.deliver(confirmed, user=approver)[0]
