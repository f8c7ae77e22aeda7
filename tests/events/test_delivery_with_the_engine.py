"""The one promise of a record, kept by the real PDF engine on a real testimony."""

from __future__ import annotations

import json

from cms.models import Person
from cms.pdf import service
from cms.pdf.registry import kind_for
from cms.pdf.text import extract_text
from events.domain.presentations import add_presentation, confirm, deliver
from events.domain.records import RECORD_FILE, verify
from events.models import Record
from tests.builders import embed, make_point, make_statistic, make_testimony, paragraph
from tests.pdf_checks import assert_accessible, attachments_of, metadata_of

HOW = {"follows": True, "pinned": False, "adapted": False}


def frozen_bytes(record: Record) -> bytes:
    with record.open_pdf() as file:
        return file.read()


def test_editing_a_talking_point_afterwards_leaves_the_record_byte_for_byte_alone(
    hearing, approver
):
    point = make_point(text="<p>One in four nurses works two jobs.</p>")
    body = [paragraph("<p>Thank you for hearing me.</p>"), ("talking_point", point)]
    page = make_testimony(body=body, event=hearing)
    person = Person.objects.get(name="Imani Calloway")
    presentation = add_presentation(hearing, person, user=approver, pages=[page])
    confirm(presentation, user=approver)

    [record] = deliver(presentation, user=approver)
    before = frozen_bytes(record)
    point.text = "<p>One in three nurses works two jobs.</p>"
    point.save_revision().publish()

    living = service.render(kind_for(page).document(page))
    with living.open() as file:
        living_bytes = file.read()
    fresh = Record.objects.get()
    assert frozen_bytes(fresh) == before
    assert verify(fresh)
    assert "One in four nurses works two jobs." in fresh.text
    assert "One in four nurses works two jobs." in extract_text(before)
    assert "One in three nurses works two jobs." in extract_text(living_bytes)
    assert "DRAFT" not in extract_text(before)
    assert (fresh.pdf_sha256, living.sha256 == fresh.pdf_sha256) == (record.pdf_sha256, False)


def test_a_record_is_an_archived_file_that_holds_its_data_and_its_charts(hearing, approver):
    chart = {
        "title": "Rent rose faster than wages",
        "kind": "bar",
        "unit": "percent",
        "rows": [{"label": "Rent", "value": "19.50"}, {"label": "Wages, all", "value": "-4"}],
        "alt": "Rent rose by 19.5 percent, wages fell.",
    }
    figure = make_statistic()
    point = make_point("What we call it inside", f"<p>Thanks, {embed(figure)}.</p>")
    for item in (figure, point):
        item.save_revision().publish()
    page = make_testimony(body=[("talking_point", point), ("chart", chart)], event=hearing)
    person = Person.objects.get(name="Imani Calloway")
    presentation = add_presentation(hearing, person, user=approver, pages=[page])
    confirm(presentation, user=approver)
    [record] = deliver(presentation, user=approver)

    pdf = frozen_bytes(record)
    files = attachments_of(pdf)
    assert_accessible(pdf, language="en", title=page.title)
    assert metadata_of(pdf)["pdfaid:part"] == "3"
    said, kept = json.loads(files.pop(RECORD_FILE)), record.payload
    assert {key for key in said if said[key] != kept[key]} == {"figures", "library"}
    named = {entry.pop("kind"): entry for entry in said["library"]}
    ids = {kind: entry.pop("id") for kind, entry in named.items()}
    inside = {"through": ids["talking point"], **HOW}
    assert named == {
        "talking point": {"name": "", "through": None, **HOW},
        "statistic": {"name": "of workers have leave", **inside},
        "source": {"name": "National survey", **inside},
    }
    assert said["figures"] == [
        {"id": ids["statistic"], "display": "27%", "label": named["statistic"]["name"]}
        | {"pinned": False}
    ]
    assert {identifier[:9] for identifier in ids.values()} == {"urn:uuid:"}
    assert files == {
        "chart-1.csv": b',Rent rose faster than wages (percent)\r\nRent,19.50\r\n"Wages, all",-4\r\n'
    }
