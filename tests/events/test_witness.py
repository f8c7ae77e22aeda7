"""What a body asks of its witnesses: a checklist, and a packet that says what is missing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from cms.models import Attachment, PrintJob
from events.domain.errors import PresentationRefused
from events.domain.packets import offered
from events.domain.presentations import add_presentation, withdraw
from events.domain.witness import checklist, disclose, files_of, missing_from_packet
from events.models import Body, Presentation, WitnessDisclosure
from events.pdf import EventPacketRecipe

DAY = dt.date(2030, 3, 5)


@pytest.fixture
def asking(hearing):
    Body.objects.update(asks_disclosure=True)
    hearing.refresh_from_db()
    return hearing


@pytest.fixture
def witness(asking, person, page, author):
    return add_presentation(asking, person, user=author, pages=[page])


def attach(title: str, name: str = "paper.pdf") -> Attachment:
    return Attachment.objects.create(title=title, file=ContentFile(b"%PDF-1.7", name=name))


def fresh(witness) -> Presentation:
    return Presentation.objects.with_event().get(pk=witness.pk)


def lines(witness) -> list[tuple[str, bool, str]]:
    return [(item.label, item.is_there, item.detail) for item in checklist(fresh(witness))]


def test_a_body_that_asks_for_nothing_has_no_checklist(hearing, person, author):
    witness = add_presentation(hearing, person, user=author)

    assert (lines(witness), missing_from_packet(hearing), files_of(hearing)) == ([], [], [])


def test_the_packet_is_incomplete_until_both_files_are_attached(asking, witness, author):
    assert missing_from_packet(asking) == [
        "Ada Okafor: Curriculum vitae",
        "Ada Okafor: Disclosure table",
    ]
    cv, table = attach("CV of Ada Okafor"), attach("Grants")
    disclose(witness, user=author, cv=cv, disclosure_table=None, made_public_on=None)
    assert missing_from_packet(asking) == ["Ada Okafor: Disclosure table"]
    disclose(witness, user=author, cv=cv, disclosure_table=table, made_public_on=DAY)

    assert missing_from_packet(asking) == []
    assert lines(witness) == [
        ("Curriculum vitae", True, "CV of Ada Okafor"),
        ("Disclosure table", True, "Grants"),
        ("Made public by the body", True, "March 5, 2030"),
    ]


def test_the_files_are_offered_for_the_packet_and_may_go_in(asking, witness, author):
    cv, stranger = attach("CV of Ada Okafor"), attach("Salaries")
    disclose(witness, user=author, cv=cv, disclosure_table=None, made_public_on=None)
    [part] = [one for one in offered(asking) if one.group == "Witness disclosure"]
    job = PrintJob(owner=author, subject_id=asking.pk)

    assert (part.obj, part.included) == (cv, True)
    assert [EventPacketRecipe().trusts(job, file) for file in (cv, stranger)] == [True, False]


def test_a_file_that_was_deleted_is_missing_again(asking, witness, author):
    cv, table = attach("CV"), attach("Grants")
    disclose(witness, user=author, cv=cv, disclosure_table=table, made_public_on=None)
    cv.delete()

    assert missing_from_packet(asking) == ["Ada Okafor: Curriculum vitae"]


def test_what_is_no_pdf_is_refused(witness, author):
    cv = attach("CV", "cv.docx")
    with pytest.raises(PresentationRefused, match="“CV” is not a PDF"):
        disclose(witness, user=author, cv=cv, disclosure_table=None, made_public_on=None)
    assert WitnessDisclosure.objects.count() == 0


def test_who_withdrew_is_asked_for_nothing(asking, witness, author):
    withdraw(witness, user=author)

    assert missing_from_packet(asking) == []


def test_the_room_and_the_packet_say_what_is_missing_and_the_form_takes_it(
    client, administrator, asking, witness
):
    client.force_login(administrator)
    room = client.get(reverse("events:room", args=[asking.pk])).text
    packet = client.get(reverse("events:packet", args=[asking.pk])).text
    assert "Witness disclosure incomplete:" in room
    assert "Ada Okafor: Curriculum vitae; Ada Okafor: Disclosure table" in packet

    address = reverse("events:presentation_witness", args=[witness.pk])
    assert "asks its witnesses for these" in client.get(address).text
    cv, table = attach("CV"), attach("Grants")
    answers = {"cv": cv.pk, "disclosure_table": table.pk, "made_public_on": "2030-03-05"}
    client.post(address, answers)

    assert missing_from_packet(asking) == []
    assert WitnessDisclosure.objects.get().changed_by == administrator


def test_the_form_refuses_what_is_no_pdf_beside_the_field(client, administrator, witness):
    client.force_login(administrator)
    cv = attach("CV", "cv.docx")
    address = reverse("events:presentation_witness", args=[witness.pk])
    response = client.post(address, {"cv": cv.pk})

    assert response.context["form"].errors == {
        "cv": ["It is not a PDF. Print it to a PDF and upload that."]
    }


def test_deleting_a_file_says_that_a_disclosure_holds_it(client, witness, author):
    cv = attach("CV of Ada Okafor")
    disclose(witness, user=author, cv=cv, disclosure_table=None, made_public_on=None)
    client.force_login(author)
    asked = client.get(reverse("wagtaildocs:delete", args=[cv.pk])).text
    used = client.get(reverse("wagtaildocs:document_usage", args=[cv.pk])).text

    assert "This document is referenced 1 time." in asked
    assert "(Private witness disclosure)" in used
