"""What a document needs before it is handed in: each rule, where it sends the author, and what it forbids."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText

from cms.models import Branding, CreditedImage, Organization, Person
from events.domain.filing import mark_ready
from events.domain.records import prepare, revision_to_freeze
from events.models import PresentationMaterial, VersionReview
from testimony.domain.naming import names_bill, names_person, states_position
from testimony.domain.paper import print_dpi
from testimony.domain.readiness import judge, judge_pages
from testimony.models import Statistic, TestimonyPage
from tests.builders import (
    make_event,
    make_fact_sheet,
    make_point,
    make_statistic,
    make_testimony,
    make_user,
    paragraph,
)

pytestmark = pytest.mark.django_db
OPENING = "My name is Imani Calloway, of the Health Department. I support HB 1147."
TODAY = dt.date(2026, 3, 1)


def found(page, state: str = "missing") -> dict[str, str]:
    return {it.name: it.words for it in judge(page).of(state)}


def fields(page, state: str = "missing") -> list[str]:
    return [it.field for it in judge(page).of(state)]


def block_id(page, place: int) -> str:
    return page.body.get_prep_value()[place]["id"]


@pytest.fixture(autouse=True)
def contact(db):
    branding = Branding.objects.get()
    branding.contact_email = "press@test.example"
    branding.save()


def ready(*more, opening: str = OPENING, **changes) -> TestimonyPage:
    """With all that a committee needs."""
    event = changes.pop("event", None) or make_event(speaking_limit_seconds=120)
    point = make_point()
    body = [paragraph(f"<p>{opening}</p>"), ("talking_point", point), *more]
    body.append(("ask", RichText("<p>Please vote yes.</p>")))
    return make_testimony(body=body, event=event, **{"vehicle": event.vehicle, **changes})


def test_a_document_with_everything_is_ready():
    judged = judge(ready())

    assert (judged.missing, judged.advice, judged.label) == ([], [], "Nothing missing")


def test_removing_the_bill_lists_it_as_missing():
    assert found(ready(vehicle=None)) == {
        "identifier": "Name the bill: committees file testimony by its number."
    }


def test_a_press_conference_needs_no_bill():
    event = make_event(kind="press_conference", vehicle=None)

    assert found(ready(event=event, vehicle=None)) == {}


def test_an_empty_draft_lists_all_that_a_committee_asks_for():
    page = make_testimony(body=[paragraph("<p>Hello.</p>")], position="", speaker=None)

    assert list(found(page)) == ["event", "identifier", "speaker", "why", "ask"]
    assert fields(page) == ["event", "vehicle", "speaker", "body", "body"]


def test_the_position_stands_in_the_first_sixty_words():
    late = ready(opening="My name is Imani Calloway. " + "word " * 60 + "I support HB 1147.")
    unsaid = ready(opening="My name is Imani Calloway. I speak on HB 1147.")

    assert list(found(late)) == list(found(unsaid)) == ["position"]
    assert fields(late) == [block_id(late, 0)]
    assert found(ready(position="")) == {"position": "Choose the position on the bill."}


def test_an_opening_made_by_the_system_counts_in_any_language():
    words = "Me llamo Imani Calloway. Estoy aquí para apoyar la HB 1147."

    assert found(ready(opening=words, language="es")) == {}


def test_who_speaks_is_said_and_for_whom_is_advised():
    speaker = Person.objects.create(
        name="Dr. Ada Okafor, M.D.", organization=Organization.objects.create(name="Clinic North")
    )

    assert list(found(ready(speaker=speaker))) == ["speaker"]
    named = ready(opening="I am Dr. Okafor. I support HB 1147.", speaker=speaker)
    assert found(named) == {}
    assert found(named, "advice") == {
        "speaker": "Say in the opening for whom they speak: Clinic North."
    }


def test_a_contact_must_be_reachable():
    Branding.objects.update(contact_email="", contact_phone="")
    silent = Person.objects.create(name="Silent")
    reachable = Person.objects.create(name="Reachable", phone="555 0100")

    assert list(found(ready(contact=silent))) == ["contact"]
    assert found(ready(contact=reachable)) == {}


def test_every_figure_has_a_source():
    bare = Statistic.objects.create(label="of us", value=3, live=True)
    page = ready(("statistic", {"statistic": bare, "emphasis": ""}))

    assert found(page) == {"sources": "“3% of us” has no source."}
    assert fields(page) == [block_id(page, 2)]


def test_a_figure_inside_a_talking_point_is_looked_at_too():
    bare = Statistic.objects.create(label="of us", value=3, live=True)
    point = make_point("Few", f'<p>Only <embed embedtype="statistic" id="{bare.pk}"/>.</p>')

    assert list(found(ready(("talking_point", point)))) == ["sources"]


@time_machine.travel(TODAY)
def test_a_stale_figure_is_missing_and_a_stale_point_is_advice():
    old = make_statistic(review_by=dt.date(2026, 2, 28))
    due = make_statistic("on the day", review_by=TODAY)
    point = make_point("Old", review_by=dt.date(2026, 2, 28))

    assert list(found(ready(("statistic", {"statistic": old, "emphasis": ""})))) == ["fresh"]
    assert found(ready(("statistic", {"statistic": due, "emphasis": ""}))) == {}
    assert list(found(ready(("talking_point", point)), "advice")) == ["fresh"]


def test_what_is_not_published_is_a_gap():
    point = make_point("Secret", live=False)

    assert found(ready(("talking_point", point))) == {
        "gaps": "“Secret” is not published, so it is left out."
    }


def picture(width: int, height: int, **fields) -> tuple[str, dict]:
    image = CreditedImage.objects.create(
        title="Clinic", file=get_test_image_file(size=(width, height)), **fields
    )
    image.contextual_alt_text, image.decorative = "", False
    return "image", {"image": image, "caption": ""}


def test_a_small_picture_says_at_how_many_dots_it_prints():
    page = ready(picture(400, 300, description="A clinic"))

    assert found(page, "advice") == {
        "pictures": "The picture “Clinic” prints at 80 dpi; 150 and more look sharp."
    }
    assert fields(page, "advice") == [block_id(page, 2)]


def test_a_picture_is_described():
    assert list(found(ready(picture(1000, 800)))) == ["pictures"]
    assert found(ready(picture(1000, 800, description="A clinic"))) == {}


@pytest.mark.parametrize(
    ("size", "dpi"), [((400, 300), 80), ((750, 500), 150), ((400, 800), 177), ((1, 1), 0)]
)
def test_dots_are_counted_over_the_slot_of_the_page(size, dpi):
    assert print_dpi(None, "", *size) == dpi


def test_too_long_is_advice_while_a_cut_fits_and_missing_when_none_does():
    long = paragraph(f"<p>{'word ' * 300}</p>")
    page = ready(long)

    assert found(page, "advice") == {
        "time": "2:28, 28 s over. The version cut to the limit fits: 0:10, 1:50 left."
    }
    page.cuts = {block_id(page, 2): {"rank": "keep"}}
    assert list(found(page)) == ["time"]
    page.document_kind = "statement_for_the_record"
    assert found(page) == {}


def test_a_fact_sheet_is_asked_for_other_things():
    sheet = make_fact_sheet(headline="", body=[paragraph("<p>Words.</p>")])

    assert list(found(sheet)) == ["message", "key_figure", "ask"]
    full = make_fact_sheet(key_figure=make_statistic(), ask="<p>Vote yes.</p>")
    assert found(full) == {}


def test_bills_are_recognised_however_they_are_written():
    page = ready()
    written = ["HB 1147", "H.B. 1147", "HB1147", "hb-1147", "H. B. 1147"]

    assert [names_bill(page, it) for it in written] == [True] * 5
    assert [names_bill(page, it) for it in ["HB 11470", "SB 1147", "AHB 1147", ""]] == [False] * 4


def test_family_names_and_sides_are_recognised():
    page = ready()

    assert names_person("Dr. Ada Okafor, M.D.", "I am Ms. Okafor.")
    assert not names_person("Ada Okafor", "I am Ada.")
    assert states_position(page, "in support of") and not states_position(page, "on")


@pytest.mark.parametrize("count", [1, 3])
def test_many_drafts_are_judged_in_as_many_queries_as_one(count, django_assert_num_queries):
    statistic, event = make_statistic(), make_event(speaking_limit_seconds=60)
    rich = f'<p>{OPENING} <embed embedtype="statistic" id="{statistic.pk}"/></p>'
    pages = []
    for number in range(count):
        body = [paragraph(rich), ("talking_point", make_point(f"P{number}"))]
        body += [("statistic", {"statistic": make_statistic(f"S{number}"), "emphasis": ""})]
        fresh = make_testimony(f"T{number}", body=body, event=event, vehicle=event.vehicle)
        pages.append(TestimonyPage.objects.get(pk=fresh.pk))
    judge_pages(pages)
    with django_assert_num_queries(16):
        judged = judge_pages(pages)

    assert [list(map(str, [r.name for r in it.missing])) for it in judged.values()] == [
        ["ask"]
    ] * count


def test_a_list_judges_drafts_as_the_editor_does():
    page = ready(vehicle=None)
    as_stored = TestimonyPage.objects.get(pk=page.pk)

    assert judge_pages([as_stored])[page.pk].results == judge(page).results


def test_what_would_be_handed_in_is_the_published_version():
    page = ready()
    page.vehicle = None
    page.save_revision()
    page = TestimonyPage.objects.get(pk=page.pk)

    names = [
        [it.name for it in judge_pages([page], filed=filed)[page.pk].missing]
        for filed in (False, True)
    ]
    assert names == [["identifier", "approval"], []]


def test_the_editor_is_told_what_is_missing_while_it_is_written(client):
    client.force_login(make_user("author"))
    page = ready(live=False)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    html = response.content.decode()
    assert (html.count("data-readiness-list"), html.count("data-readiness-open")) == (1, 1)
    assert html.count('id="cuts-setup"') == 1


def test_the_list_shows_a_mark_for_what_is_still_to_come(client):
    client.force_login(make_user("author"))
    ready(vehicle=None)
    response = client.get(reverse("testimony_pages:index"))

    assert response.content.decode().count("1 missing") == 1


def test_missing_items_block_ready_to_file_and_are_listed(client):
    author = make_user("author")
    client.force_login(author)
    page = ready(vehicle=None)
    presentation = page.event.presentations.create(speaker=page.speaker)
    material = PresentationMaterial.objects.create(presentation=presentation, page=page)

    response = client.post(
        reverse("events:material_ready", args=[material.pk]), {"ready": "yes"}, follow=True
    )

    html = response.content.decode()
    assert "is not ready to file." in html
    assert "<li>Name the bill: committees file testimony by its number.</li>" in html
    assert PresentationMaterial.objects.get().ready_at is None


def test_what_is_complete_is_marked_ready_by_somebody_and_taken_back(client):
    author = make_user("author")
    client.force_login(author)
    page = ready()
    presentation = page.event.presentations.create(speaker=page.speaker)
    url = reverse(
        "events:material_ready",
        args=[PresentationMaterial.objects.create(presentation=presentation, page=page).pk],
    )

    client.post(url, {"ready": "yes"})
    material = PresentationMaterial.objects.get()
    assert (material.ready_by, bool(material.ready_at)) == (author, True)
    room = client.get(reverse("events:room", args=[page.event_id])).content.decode()
    assert room.count("Mark not ready") == 1

    client.post(url, {"ready": "no"})
    material = PresentationMaterial.objects.get()
    assert (material.ready_by, material.ready_at) == (None, None)


def test_what_was_changed_since_is_no_longer_ready_in_the_room_and_the_list(client):
    author = make_user("author")
    client.force_login(author)
    page = ready()
    presentation = page.event.presentations.create(speaker=page.speaker)
    material = PresentationMaterial.objects.create(presentation=presentation, page=page)
    mark_ready(material, user=author)
    rows, room = "/admin/testimony/", reverse("events:room", args=[page.event_id])
    assert [client.get(it).text.count("no longer ready") for it in (rows, room)] == [0, 0]

    page.save_revision(user=author)

    assert client.get(rows).text.count("changed: no longer ready") == 1
    assert client.get(room).text.count("No longer ready to file") == 1
    assert client.get(room).text.count("Mark ready again") == 1


def test_a_record_keeps_what_was_read_aloud():
    page = ready(paragraph(f"<p>{'word ' * 200}</p>"))

    read = prepare(page, revision_to_freeze(page), version="60").payload["read"]

    assert (read["version"], read["label"], read["differs"]) == ("60", "1-minute version", True)
    assert (read["words"], "word word" in read["text"]) == (21, False)
    assert prepare(page, revision_to_freeze(page)).payload["read"]["version"] == "full"


def test_a_version_is_printed_for_staff_and_an_unknown_one_is_not_found(client):
    client.force_login(make_user("author"))
    page = ready()
    url = reverse("testimony:draft_pdf", args=[page.pk])

    printed = client.get(url, {"cut": "60"})

    assert printed["Content-Type"] == "application/pdf"
    assert "-1-minute.pdf" in printed["Content-Disposition"]
    assert client.get(url, {"cut": "brief"}).status_code == 404


def test_a_new_version_leads_to_the_page_where_it_is_confirmed():
    event = make_event()
    page = make_testimony(live=False, event=event, vehicle=event.vehicle)
    for version in ("As introduced", "As amended"):
        page.vehicle.version = version
        page.vehicle.save()

    [found] = [it for it in judge(page).results if it.name == "version"]
    review = VersionReview.objects.get(page=page)
    assert (found.url, found.link) == (review.url, "Compare the versions and confirm")
    assert [it["url"] for it in judge(page).as_dict()["results"] if it["url"]] == [review.url]
