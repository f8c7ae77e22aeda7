"""Pins: what they hold, that they are shared, kept and given up; and that what is pinned stays as it was."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError
from wagtail.management.commands.purge_revisions import purge_revisions
from wagtail.models import Revision
from wagtail.rich_text import RichText

from cms.pdf.registry import kind_for
from cms.pdf.service import document_html
from testimony.domain.pinning import NotPublished, pin_current
from testimony.domain.resolve import plain_text, resolve
from testimony.enums import ReferenceMode
from testimony.models import Pin, PinIsImmutable, PinPart, Source, Statistic, TalkingPoint
from tests.builders import (
    embed,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    paragraph,
    publish,
)

pytestmark = pytest.mark.django_db


def pinned_point(point, pin=None, mode=ReferenceMode.PINNED, adapted="") -> tuple[str, dict]:
    value = {"point": point, "mode": mode, "pin": pin and pin.pk, "adapted": RichText(adapted)}
    return "talking_point", value


def pinned_statistic(statistic, pin) -> tuple[str, dict]:
    return "statistic", {"statistic": statistic, "mode": "pinned", "pin": pin.pk, "emphasis": ""}


def test_a_pin_holds_the_item_and_all_that_it_shows():
    source = make_source()
    statistic = make_statistic(source=source)
    report = make_source("Report")
    point = make_point(text=f"<p>{embed(statistic)}{embed(report)}</p>")

    pin = pin_current(point)

    held = Pin.objects.read([pin.pk])[pin.pk]
    assert held.item == point
    assert held.item.text == point.text
    assert sorted(held.parts, key=lambda key: (key[0].__name__, key[1])) == [
        (Source, source.pk),
        (Source, report.pk),
        (Statistic, statistic.pk),
    ]


def test_pinning_twice_gives_the_same_pin_until_something_in_it_changes():
    statistic = make_statistic()
    first = pin_current(statistic)
    assert pin_current(statistic) == first

    publish(statistic.source, publisher="Another bureau")
    second = pin_current(statistic)

    assert second != first
    assert Pin.objects.count() == 2


def test_a_pin_holds_what_is_published_not_the_newer_draft():
    statistic = make_statistic(value="27")
    publish(statistic)
    statistic.value = 29
    draft = statistic.save_revision()

    pin = pin_current(statistic)

    assert Pin.objects.read([pin.pk])[pin.pk].item.display == "27%"
    statistic.refresh_from_db()
    assert statistic.latest_revision == draft


def test_pinning_an_item_without_revisions_changes_nothing_public():
    statistic = make_statistic()
    before = Statistic.objects.values("value", "live", "has_unpublished_changes").get()

    pin = pin_current(statistic)

    statistic.refresh_from_db()
    assert (statistic.live_revision, statistic.latest_revision) == (pin.revision, pin.revision)
    assert Statistic.objects.values("value", "live", "has_unpublished_changes").get() == before


def test_a_row_changed_by_a_program_is_pinned_as_it_reads():
    statistic = make_statistic(value="27")
    publish(statistic)
    Statistic.objects.update(value=29)

    pin = pin_current(statistic)

    assert Pin.objects.read([pin.pk])[pin.pk].item.display == "29%"
    assert pin_current(statistic) == pin


def test_what_is_not_published_cannot_be_pinned():
    with pytest.raises(NotPublished, match="is not published"):
        pin_current(make_statistic(live=False))


def test_pins_cannot_be_changed():
    pin = pin_current(make_statistic())
    with pytest.raises(PinIsImmutable):
        pin.save()


def test_purging_revisions_spares_what_pins_hold():
    statistic = make_statistic()
    publish(statistic)
    pin = pin_current(statistic)
    held = {pin.revision_id, *pin.parts.values_list("revision_id", flat=True)}
    for value in (29, 31):
        publish(statistic, value=value)
    publish(statistic.source, publisher="Another bureau")

    purge_revisions()

    assert set(Revision.objects.filter(pk__in=held).values_list("pk", flat=True)) == held
    with pytest.raises(ProtectedError):
        pin.revision.delete()


def test_an_item_that_is_pinned_can_be_deleted():
    statistic = make_statistic()
    source = statistic.source
    point = make_point(text=f"<p>{embed(statistic)}</p>")
    pin_current(statistic)
    pin_current(point)

    statistic.delete()

    assert [str(pin.item) for pin in Pin.objects.all()] == [point.title]
    assert [part.revision.object_id for part in PinPart.objects.all()] == [str(source.pk)]
    Source.objects.all().delete()
    TalkingPoint.objects.all().delete()
    assert (Pin.objects.count(), PinPart.objects.count(), Revision.objects.count()) == (0, 0, 0)


def everything_pinned():
    """A testimony that pins a figure, a source, a block figure and a point with evidence; and what it names."""
    statistic, cited = make_statistic(value="27"), make_source("Report")
    point = make_point(text=f"<p>So say {embed(statistic)}.{embed(cited)}</p>")
    pins = {item: pin_current(item) for item in (statistic, cited, point)}
    body = [
        paragraph(f"<p>Only {embed(statistic, pins[statistic])}{embed(cited, pins[cited])}.</p>"),
        pinned_statistic(statistic, pins[statistic]),
        pinned_point(point, pins[point]),
    ]
    page = make_testimony(body=body)
    return page, statistic, cited, point


def printed(page) -> list[str]:
    page = type(page).objects.get(pk=page.pk)
    web, paper = resolve(page), resolve(page, medium="print")
    pdf = document_html(kind_for(type(page)).document(page))
    return [web.html, paper.html, web.text, pdf, *(note.html for note in web.notes)]


def test_a_document_that_pins_everything_stays_byte_identical():
    page, statistic, cited, point = everything_pinned()
    before = printed(page)

    publish(statistic, value=29, label="of everybody")
    publish(statistic.source, title="New survey")
    publish(cited, title="New report")
    publish(point, text="<p>Another message.</p>")

    assert printed(page) == before
    assert "27%" in before[2]


def test_items_added_to_a_pinned_point_since_are_not_shown():
    statistic = make_statistic(live=False)
    point = make_point(text=f"<p>Soon: {embed(statistic)}.</p>")
    page = make_testimony(body=[pinned_point(point, pin_current(point))])
    before = printed(page)

    publish(statistic)

    assert printed(page) == before


@pytest.mark.parametrize("live", [False, True])
def test_what_is_withdrawn_is_not_printed_pinned_or_not(live):
    page, statistic, cited, point = everything_pinned()
    for item in (statistic, cited, point):
        if live:
            item.delete()
        else:
            item.unpublish()

    document = resolve(type(page).objects.get(pk=page.pk))

    assert plain_text(document.html) == "Only ."
    assert document.notes == ()


def test_a_withdrawn_figure_leaves_the_pinned_point_that_showed_it():
    statistic = make_statistic(value="27")
    point = make_point(text=f"<p>Only {embed(statistic)} have it.</p>")
    page = make_testimony(body=[pinned_point(point, pin_current(point))])

    statistic.unpublish()

    assert resolve(page).text == "Only have it."


def test_a_pinned_source_that_reads_differently_has_a_note_of_its_own():
    source = make_source("Survey")
    pin = pin_current(source)
    page = make_testimony(body=[paragraph(f"<p>A{embed(source, pin)} B{embed(source)}</p>")])
    assert [note.number for note in resolve(page).notes] == [1]

    publish(source, title="Survey, revised")

    assert [("revised" in note.html, note.number) for note in resolve(page).notes] == [
        (False, 1),
        (True, 2),
    ]


@pytest.mark.parametrize("pin", ["0", "999", "x", ""])
def test_a_pin_that_does_not_stand_prints_nothing(pin):
    statistic = make_statistic()
    text = f'<p>Only <embed embedtype="statistic" id="{statistic.pk}" pin="{pin}"/>.</p>'
    assert resolve(make_testimony(body=[paragraph(text)])).text == "Only ."


def test_the_pin_of_another_item_prints_nothing():
    statistic, other = make_statistic(value="27"), make_statistic(value="29")
    foreign = pin_current(other)
    point = make_point()
    page = make_testimony(
        body=[
            paragraph(f"<p>Only {embed(statistic, foreign)}.</p>"),
            pinned_statistic(statistic, foreign),
            pinned_point(point, foreign),
        ]
    )
    assert resolve(page).text == "Only ."
    assert [
        gap.split("kept of the ")[1] for gap in resolve(page, show_gaps=True).text.split("\n")[1:]
    ] == [
        "statistic “of workers have leave” is gone, so it is left out.",
        "talking point “Leave follows the paycheck” is gone, so it is left out.",
    ]


def test_an_adapted_wording_is_printed_instead_of_the_original():
    statistic = make_statistic(value="27")
    point = make_point(text="<p>The original.</p>")
    own = f"<p>Here in Larkmoor {embed(statistic)}.</p>"
    page = make_testimony(body=[pinned_point(point, pin_current(point), "adapted", own)])
    assert resolve(page).text.split("\n")[0] == "Here in Larkmoor 27%."

    point.unpublish()

    assert resolve(type(page).objects.get(pk=page.pk)).text == ""
