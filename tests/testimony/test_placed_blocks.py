"""Blocks that place an item: what is stored, what is refused, and the address that switches them in place."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from wagtail.blocks import StructBlockValidationError
from wagtail.models import ReferenceIndex

from cms.enums import GroupName
from testimony.domain.pinning import pin_current
from testimony.domain.references import Reference, references_of
from testimony.domain.resolve import resolve
from testimony.models import Pin, Source, Statistic, TalkingPoint, TestimonyPage
from tests.builders import (
    embed,
    make_point,
    make_source,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
    publish,
)

pytestmark = pytest.mark.django_db
BODY = TestimonyPage.body.field.stream_block
POINT, STATISTIC = BODY.child_blocks["talking_point"], BODY.child_blocks["statistic"]


def cleaned(block, **value):
    return block.clean(block.normalize(value))


def test_a_point_stored_before_there_were_pins_follows_the_library():
    point = make_point(text="<p>So it is.</p>")
    page = make_testimony()
    stored = json.dumps([{"type": "talking_point", "value": point.pk, "id": "old"}])
    TestimonyPage.objects.filter(pk=page.pk).update(body=stored)
    page = TestimonyPage.objects.get(pk=page.pk)

    assert references_of(page) == (Reference(TalkingPoint, point.pk, None, False, "body.old"),)
    assert resolve(page).text == "So it is."
    assert page.body[0].get_prep_value() == {
        "type": "talking_point",
        "value": {"point": point.pk, "mode": "follow", "pin": None, "adapted": ""},
        "id": "old",
    }


def test_references_are_read_in_reading_order():
    statistic, report = make_statistic(), make_source("Report")
    point = make_point()
    pins = [pin_current(item).pk for item in (statistic, point)]
    raw = [
        ("paragraph", f"<p>{embed(statistic)}{embed(statistic, Pin(pk=pins[0]))}</p>"),
        ("talking_point", {"point": point.pk, "mode": "pinned", "pin": pins[1]}),
        (
            "talking_point",
            {
                "point": point.pk,
                "mode": "adapted",
                "pin": pins[1],
                "adapted": f"<p>{embed(report)}</p>",
            },
        ),
        ("statistic", {"statistic": statistic.pk, "mode": "follow", "pin": pins[0]}),
        ("chart", {"source": report.pk, "rows": []}),
    ]
    body = [{"type": kind, "value": value, "id": kind} for kind, value in raw]

    assert references_of(TestimonyPage(body=json.dumps(body))) == (
        Reference(Statistic, statistic.pk, None, False, "body.paragraph"),
        Reference(Statistic, statistic.pk, pins[0], False, "body.paragraph"),
        Reference(TalkingPoint, point.pk, pins[1], False, "body.talking_point"),
        Reference(TalkingPoint, point.pk, pins[1], True, "body.talking_point"),
        Reference(Source, report.pk, None, False, "body.talking_point"),
        Reference(Statistic, statistic.pk, None, False, "body.statistic"),
        Reference(Source, report.pk, None, False, "body.chart"),
    )
    assert references_of(statistic) == (
        Reference(Source, statistic.source_id, None, False, "source"),
    )


def test_a_pinned_reference_counts_as_a_use():
    statistic, point = make_statistic(), make_point()
    body = [
        paragraph(f"<p>{embed(statistic, pin_current(statistic))}</p>"),
        ("talking_point", {"point": point, "mode": "pinned", "pin": pin_current(point).pk}),
    ]
    page = make_testimony(body=body)

    found = [
        [(str(use.object_id), use.model_path) for use in ReferenceIndex.get_references_to(item)]
        for item in (statistic, point)
    ]
    assert found == [
        [(str(page.pk), "body.paragraph")],
        [(str(page.pk), "body.talking_point.point")],
    ]


def test_saving_a_pinned_block_makes_the_pin_and_keeps_it():
    point = make_point()
    value = cleaned(POINT, point=point, mode="pinned")
    assert value["pin"] == pin_current(point).pk

    publish(point, text="<p>Another message.</p>")

    assert cleaned(POINT, **value)["pin"] == value["pin"]
    assert cleaned(POINT, **{**value, "mode": "follow"})["pin"] is None


def test_the_pin_of_another_item_is_refused():
    foreign = pin_current(make_statistic("of everybody"))
    for block, value in (
        (STATISTIC, {"statistic": make_statistic(), "emphasis": ""}),
        (POINT, {"point": make_point(), "adapted": "<p>Own.</p>"}),
    ):
        with pytest.raises(StructBlockValidationError) as refused:
            cleaned(block, **value, mode="pinned", pin=foreign.pk)
        assert list(refused.value.block_errors) == ["mode"]


def test_what_is_not_published_is_not_pinned_but_may_stay_adapted():
    point = make_point(live=False)
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(POINT, point=point, mode="pinned")
    assert refused.value.block_errors["mode"].messages == [
        "“Leave follows the paycheck” is not published, so there are no words to keep."
    ]
    assert cleaned(POINT, point=point, mode="adapted", adapted="<p>Own.</p>")["pin"] is None


@pytest.mark.parametrize("own", ["", "<p> </p>"])
def test_an_adapted_wording_needs_words(own):
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned(POINT, point=make_point(), mode="adapted", adapted=own)
    assert list(refused.value.block_errors) == ["adapted"]


def test_a_half_written_form_holds_no_pin():
    pin = POINT.child_blocks["pin"]
    values = [
        pin.value_from_datadict({"pin": text}, {}, "pin") for text in ("31", "", "x", "9" * 20)
    ]
    assert values == [31, None, None, None]


def hold(client, **data) -> tuple[int, dict]:
    response = client.post(reverse("testimony:hold"), data)
    return response.status_code, response.json() if response.status_code != 403 else {}


def test_the_address_answers_with_pin_and_words(client):
    client.force_login(make_user())
    statistic, point = make_statistic(value="27"), make_point(text="<p>So it is.</p>")

    status, answer = hold(client, kind="statistic", id=statistic.pk, mode="pinned")
    assert (status, answer["pin"], answer["entity"]["label"]) == (200, Pin.objects.get().pk, "27%")
    assert Pin.objects.get().created_by.username == "ann"
    status, answer = hold(client, kind="statistic", id=statistic.pk, mode="follow")
    assert (status, answer["pin"], answer["standing"]["words"]) == (
        200,
        None,
        "Follows the library.",
    )
    status, answer = hold(client, kind="talking_point", id=point.pk, mode="adapted")
    assert (status, [block["text"] for block in answer["text"]["blocks"]]) == (200, ["So it is."])


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"kind": "page", "id": "1", "mode": "pinned"}, 400),
        ({"kind": "statistic", "id": "x", "mode": "pinned"}, 400),
        ({"kind": "statistic", "id": "9" * 30, "mode": "pinned"}, 400),
        ({"kind": "statistic", "id": "1", "mode": "frozen"}, 400),
        ({"kind": "statistic", "id": "999", "mode": "pinned"}, 404),
    ],
)
def test_nonsense_is_refused_in_words(client, data, status):
    client.force_login(make_user())
    answered, answer = hold(client, **data)
    assert (answered, list(answer)) == (status, ["error"])


def test_an_unpublished_figure_tells_nothing(client):
    client.force_login(make_user())
    statistic = make_statistic(value="31", live=False)
    assert hold(client, kind="statistic", id=statistic.pk, mode="pinned") == (
        404,
        {"error": "No longer published: nothing is printed here."},
    )


def test_speakers_neither_pin_nor_compare(client):
    client.force_login(make_user("speaker", GroupName.SPEAKERS))
    pin = pin_current(make_statistic())
    data = {"kind": "statistic", "id": pin.object_id, "mode": "pinned"}

    answers = [
        client.post(reverse("testimony:hold"), data),
        client.get(reverse("testimony:pin_difference", args=[pin.pk])),
    ]
    # Shown to the door of the admin, as everywhere that is not a speaker's.
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/admin/")] * 2


def test_the_difference_is_shown_field_by_field(client):
    client.force_login(make_user())
    statistic = make_statistic(value="27")
    pin = pin_current(statistic)
    address = reverse("testimony:pin_difference", args=[pin.pk])
    assert "The library says the same today." in client.get(address).text

    publish(statistic, value=29)
    statistic.source.unpublish()
    answer = client.get(address)

    assert [(i["title"], i["withdrawn"], len(i["fields"])) for i in answer.context["items"]] == [
        (str(statistic), False, 1),
        ("National survey", True, 0),
    ]


def test_the_editor_shows_what_will_be_printed(client):
    client.force_login(make_user())
    statistic = make_statistic("of workers have leave", value="27")
    point = make_point(text=f"<p>Only {embed(statistic)} have it.</p>")
    publish(point)
    pin = pin_current(point).pk
    publish(point, text="<p>Few have it.</p>")
    point = TalkingPoint.objects.get(pk=point.pk)
    hidden = make_point("Hidden", live=False)

    def says(block, **value) -> str:
        return block.get_form_state(block.normalize(value))["standing"]["says"]

    assert says(STATISTIC, statistic=statistic) == "27% of workers have leave"
    assert says(POINT, point=point) == "Few have it."
    assert says(POINT, point=point, mode="follow", pin=pin) == "Few have it."
    assert says(POINT, point=point, mode="pinned", pin=pin) == "Only 27% have it."
    assert says(POINT, point=point, mode="pinned", pin=0) == ""
    assert says(POINT, point=point, mode="adapted", adapted="<p>Ours.</p>") == ""
    assert says(POINT, point=hidden) == ""
    _status, answer = hold(client, kind="talking_point", id=point.pk, mode="follow")
    assert answer["standing"]["says"] == "Few have it."
