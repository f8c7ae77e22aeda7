"""The packet of an event: what is offered, what is remembered, what is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from cms.enums import GroupName
from cms.models import Attachment, Person, PrintJob
from cms.models.print_job import JobState
from cms.pdf.choices import PrintChoices
from cms.pdf.print_jobs import creating, running
from events.domain import packets
from events.models import EventPacket, Presentation, PresentationMaterial
from events.pdf import create_packet_job, run_of_show
from tests import pdf_checks
from tests.builders import make_event, make_fact_sheet, make_testimony, make_user, paragraph
from tests.cms.print_jobs import paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = make_event(title="Hearing on leave", place="Room 204")
    for order, (name, live) in enumerate([("Ada Okafor", True), ("Bo Lind", False)]):
        speaker = Person.objects.create(name=name, bio=f"{name} is a nurse.", role_title="Nurse")
        page = make_testimony(f"Words of {name}", live=live, event=event, vehicle=event.vehicle)
        presentation = Presentation.objects.create(event=event, speaker=speaker, sort_order=order)
        PresentationMaterial.objects.create(presentation=presentation, page=page)
    return event


def kept(event, parts, **fields) -> EventPacket:
    usual = {"copies": None, "double_sided": False, "choices": PrintChoices()}
    return packets.remember(event, parts, **{**usual, **fields})


def finished(packet, owner) -> PrintJob:
    job = create_packet_job(packet, packets.arranged(packet.event), owner=owner)
    running.work(job.pk)
    job.refresh_from_db()
    return job


def test_what_is_filed_comes_before_what_is_spoken_from(event):
    make_fact_sheet("Leave in numbers", vehicle=event.vehicle)
    offered = [(one.title, one.paper, one.included) for one in packets.offered(event)]

    assert offered == [
        ("Words of Ada Okafor", "testimony", True),
        ("Words of Bo Lind", "testimony", True),
        ("Words of Ada Okafor", "podium", True),
        ("Words of Bo Lind", "podium", True),
        ("Leave in numbers", "fact-sheet", True),
        ("About the speakers", "speakers", True),
    ]


def test_the_podium_copy_that_fits_the_limit_is_suggested(event):
    event.speaking_limit_seconds = 120
    event.save()
    long = make_testimony("Long", [paragraph(f"<p>{'Leave. ' * 600}</p>")], event=event)
    turn = Presentation.objects.create(event=event, speaker=long.speaker, sort_order=9)
    PresentationMaterial.objects.create(presentation=turn, page=long)
    parts = [one for one in packets.offered(event) if one.paper == "podium"]
    offered = [(one.title, one.version, one.included) for one in parts]

    assert offered[:2] == [
        ("Words of Ada Okafor (Whole text as spoken)", "", True),
        ("Words of Ada Okafor (1-minute version)", "60", False),
    ]
    assert offered[4:] == [
        ("Long (2-minute version)", "120", True),
        ("Long (Whole text as spoken)", "", False),
        ("Long (1-minute version)", "60", False),
    ]
    kept(event, parts)
    assert [one for one in packets.arranged(event) if one.paper == "podium"] == parts
    job = create_packet_job(event.packet, parts, owner=None)
    assert list(job.items.values_list("version", flat=True)) == ["", "", "120"]


def test_the_choice_is_remembered_and_what_is_new_comes_last(event):
    parts = packets.offered(event)
    kept(event, [*reversed(parts[1:]), parts[0]])
    make_fact_sheet("Leave in numbers", vehicle=event.vehicle)

    titles = [(one.title, one.paper) for one in packets.arranged(event)]
    expected = [(one.title, one.paper) for one in [*reversed(parts[1:]), parts[0]]]
    assert titles == [*expected, ("Leave in numbers", "fact-sheet")]


def test_whoever_withdrew_is_in_neither_run_of_show_nor_packet(event):
    event.presentations.filter(speaker__name="Bo Lind").update(status="withdrawn")

    assert [turn.speaker.name for turn in run_of_show(event)] == ["Ada Okafor"]
    assert {one.title for one in packets.offered(event)} == {
        *("Words of Ada Okafor", "About the speakers")
    }


def test_a_packet_is_one_accessible_file_that_says_it_is_a_draft(event):
    admin = make_user("boss", GroupName.ADMINISTRATORS)
    parts = [replace(one, included=one.paper != "podium") for one in packets.offered(event)]
    job = finished(kept(event, parts, copies=25, double_sided=True), admin)
    assert (job.state, job.is_draft, job.error) == (JobState.DONE, True, "")
    assert job.download_name.startswith("DRAFT-packet-hearing-on-leave")
    with job.result.open() as file:
        data = file.read()

    pdf_checks.assert_accessible(data, language="en", title="Packet: Hearing on leave")
    words = " ".join(pdf_checks.text_of(data).split())
    for said in (
        "Room 204",
        "Copies needed 25",
        "HB 1147",
        "Run of show",
        "Ada Okafor is a nurse.",
    ):
        assert said in words
    top = [title for depth, title in pdf_checks.bookmarks_of(data) if depth == 0]
    assert top[0] == "Contents"
    assert top[-1] == "About the speakers"


def test_a_part_that_fails_stops_it_until_somebody_decides(event, monkeypatch):
    monkeypatch.setattr("cms.pdf.service.render", paper.render)
    paper.forget()
    paper.failing.add("Words of Bo Lind")
    admin = make_user("boss", GroupName.ADMINISTRATORS)
    job = finished(kept(event, packets.offered(event)), admin)
    assert (job.state, job.result) == (JobState.HELD, None)

    creating.go_on_without(job)
    running.work(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE


def form(parts, **changes) -> dict[str, object]:
    places = {f"place-{one.name}": number for number, one in enumerate(parts, start=1)}
    ticked = [one.name for one in parts if one.included]
    given = {"part": ticked, "paper": "a4", "colour": "grey", "size": "normal", **places}
    return {**given, **changes}


def test_the_page_keeps_order_ticks_and_an_uploaded_pdf(client, event):
    client.force_login(make_user("boss", GroupName.ADMINISTRATORS))
    parts = packets.offered(event)
    letter = Attachment.objects.create(
        title="A letter", file=ContentFile(b"%PDF-1.4", name="letter.pdf")
    )
    last = f"place-{parts[0].name}"
    answer = client.post(
        reverse("events:packet", args=[event.pk]),
        form(parts, **{last: 99}, part=[parts[0].name], copies="12", outside=letter.pk),
    )
    assert answer.status_code == 302, answer.context["form"].errors

    packet = EventPacket.objects.get(event=event)
    arranged = packets.arranged(event)
    assert (packet.copies, packet.choices) == (12, "?paper=a4&colour=grey")
    assert [one.obj for one in arranged[-2:]] == [parts[0].obj, letter]
    assert [one.included for one in arranged[:-2]] == [False] * (len(parts) - 1)


def test_making_the_packet_leads_to_its_progress(client, event):
    admin = make_user("boss", GroupName.ADMINISTRATORS)
    client.force_login(admin)
    page = reverse("events:packet", args=[event.pk])
    answer = client.post(page, form(packets.offered(event), print="yes"))
    job = PrintJob.objects.get()

    assert answer.url == reverse("printing:job", args=[job.pk])
    assert (job.owner, job.subject, job.choices) == (admin, event, "?paper=a4&colour=grey")
    assert page in client.get(reverse("events:room", args=[event.pk])).content.decode()


def test_an_empty_packet_is_refused_in_words(client, event):
    client.force_login(make_user("boss", GroupName.ADMINISTRATORS))
    sent = form(packets.offered(event), print="yes", part=[])
    answer = client.post(reverse("events:packet", args=[event.pk]), sent)

    assert answer.context["form"].non_field_errors() == ["Nothing of it can be printed that way."]


def test_speakers_do_not_arrange_packets(client, event):
    client.force_login(make_user("sam", GroupName.SPEAKERS))

    assert client.get(reverse("events:packet", args=[event.pk])).status_code in {302, 403}
