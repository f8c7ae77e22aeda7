"""Printing from the admin and from the site: which papers are offered, and what an address may ask for."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cms.models import Person, StoredPdf
from cms.pdf import menu, store
from cms.pdf.registry import kind_for, kinds_for
from events.models import Presentation, PresentationMaterial
from testimony.models import MessageMap, TestimonyPage
from testimony.views import documents, message_maps
from tests.builders import (
    make_event,
    make_map,
    make_message,
    make_statistic,
    make_testimony,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch):
    """Documents that were asked for; the engine stays out of it."""
    found = []

    def obtain(document, **_options) -> StoredPdf:
        found.append(document)
        data = f"%PDF {document.filename}".encode()
        digest = hashlib.sha256(data).hexdigest()
        values = {
            "sha256": digest,
            "size": len(data),
            "pages": 1,
            "path": store.write(digest, data),
        }
        return StoredPdf.objects.update_or_create(
            key=digest, defaults={**values, "filename": document.filename}
        )[0]

    monkeypatch.setattr(documents, "obtain", obtain)
    monkeypatch.setattr(message_maps, "obtain", obtain)
    monkeypatch.setattr("testimony.domain.printing.obtain", obtain)
    return found


def answers(form) -> dict[str, list[str]]:
    return {
        select["name"]: [option["value"] for option in select.find_all("option")]
        for select in form.find_all("select")
    }


def test_versions_are_printed_that_are_prepared_and_no_others(client):
    event = make_event(speaking_limit_seconds=150)
    page = make_testimony(event=event)
    url = reverse("testimony:draft_pdf", args=[page.pk])
    client.force_login(make_user())
    soup = BeautifulSoup(client.get(f"/admin/testimony/print/{page.pk}/").content, "html.parser")
    offered = [answers(form).get("cut") for form in soup.select(".print-menu__form")][:2]
    assert offered == [["", "180", "150", "120", "60", "full"], ["", "180", "150", "120", "60"]]
    refused = [client.get(url, {"cut": name}) for name in ("7", "151", "99999", "brief")]
    assert [answer.status_code for answer in refused] == [404] * 4
    assert (
        "This version is not prepared. There are: 3-minute version, 2:30 version, 2-minute version, "
        "1-minute version, Whole text as spoken, Written version."
    ) in refused[0].content.decode()
    podium = kind_for(page, "podium")
    assert [name in podium.versions_for(page) for name in ("150", "151")] == [True, False]


def test_the_menu_offers_each_paper_with_what_may_be_chosen_for_it(client):
    page = make_testimony()
    make_map(None, make_message("One", proofs=[make_statistic()]))
    client.force_login(make_user())
    soup = BeautifulSoup(client.get(f"/admin/testimony/print/{page.pk}/").content, "html.parser")
    forms = soup.select(".print-menu__form")
    assert [form["action"] for form in forms] == [f"/admin/testimony/pdf/{page.pk}/"] * 3
    assert answers(forms[0]) == {
        "cut": ["", "180", "120", "60", "full"],
        "paper": ["", "a4"],
        "colour": ["", "grey"],
        "size": ["", "large"],
        "branding": ["", "none"],
        "marks": ["", "crop"],
    }
    assert answers(forms[1])["type"] == ["", "16", "18", "22", "24"]
    assert [form.find("input")["value"] for form in forms[1:]] == [
        "podium",
        "testimony-pocket-card",
    ]


def test_the_copy_as_filed_is_drawn_together_with_the_files_to_hand_in(client):
    page = make_testimony()
    client.force_login(make_user())
    soup = BeautifulSoup(client.get(f"/admin/testimony/print/{page.pk}/").content, "html.parser")
    first = soup.select(".print-menu__form")[0]

    headings = [it.get_text(strip=True) for it in soup.select("main h2")]
    assert soup.select_one("h1").get_text(strip=True).startswith("More ways to print")
    assert [it for it in headings if it == "As filed"] == []
    assert first.find_parent("details")["class"] == ["print-menu__more"]
    assert soup.select(".print-menu__files .w-status") == []


def badges(answer) -> list[str]:
    """What stands beside the files to hand in."""
    found = BeautifulSoup(answer.content, "html.parser").select(".print-menu__files .w-status")
    return [it.get_text(strip=True) for it in found]


def test_files_that_nobody_approved_say_so_to_staff_and_to_speakers(client):
    user, staff = make_user("guest", group="Speakers"), make_user()
    draft, waiting = make_testimony(live=False), make_testimony("Waits", live=False)
    waiting.go_live_at = timezone.now() + dt.timedelta(days=1)
    waiting.save_revision().publish()
    speaker = Person.objects.create(name="Ada", user=user)
    presentation = Presentation.objects.create(event=make_event(), speaker=speaker)
    for page, words in ((draft, "Draft: not approved"), (waiting, "Draft: not published yet")):
        PresentationMaterial.objects.create(presentation=presentation, page=page)
        client.force_login(staff)
        assert badges(client.get(f"/admin/testimony/print/{page.pk}/")) == [words] * 3
        client.force_login(user)
        url = reverse("events:document_print", args=[presentation.pk, page.pk])
        assert badges(client.get(url)) == [words] * 3


def test_a_comment_is_printed_in_writing_only(client):
    make_map(None, make_message("One", proofs=[make_statistic()]))
    comment = make_testimony(document_kind="public_comment", live=False)
    client.force_login(make_user())
    soup = BeautifulSoup(client.get(f"/admin/testimony/print/{comment.pk}/").content, "html.parser")

    [form] = soup.select(".print-menu__form")
    assert (form.select('input[name="kind"]'), "cut" in answers(form)) == ([], False)
    url = reverse("testimony:draft_pdf", args=[comment.pk])
    assert client.get(url, {"cut": "60"}).status_code == 404


def test_every_label_of_the_menu_is_in_words():
    kinds = [*kinds_for(TestimonyPage), *kinds_for(MessageMap)]
    assert all(str(kind.label) and str(kind.about) for kind in kinds)
    offers = menu.offers(make_testimony())
    assert all(
        str(label) for offer in offers for q in offer.questions for _value, label in q.options
    )


def test_the_menu_is_for_those_who_may_edit(client):
    page = make_testimony()
    assert client.get(f"/admin/testimony/print/{page.pk}/").status_code == 302
    client.force_login(make_user("guest", group="Speakers"))
    assert client.get(f"/admin/testimony/print/{page.pk}/").status_code == 302


def test_staff_get_the_paper_that_they_choose(client, asked):
    page = make_testimony(slug="leave")
    client.force_login(make_user())
    url = f"/admin/testimony/pdf/{page.pk}/"
    assert client.get(f"{url}?kind=podium&cut=60&type=24&paper=a4&size=large").status_code == 200
    assert client.get(f"{url}?branding=none&marks=crop").status_code == 200
    assert [document.filename for document in asked] == [
        "leave-podium-1-minute-a4-24pt.pdf",
        "leave-plain-marks.pdf",
    ]


@pytest.mark.parametrize("query", ["paper=foolscap", "colour=%00", "type=999"])
def test_nonsense_is_answered_in_words(query, client, asked):
    page = make_testimony()
    public = client.get(f"{page.get_url()}pdf/?{query}")
    client.force_login(make_user())
    staff = client.get(f"/admin/testimony/pdf/{page.pk}/?{query}")
    assert [public.status_code, staff.status_code, asked] == [400, 400, []]
    assert all("Choose one of" in answer.content.decode() for answer in (public, staff))


def test_a_paper_that_nobody_knows_is_not_found(client, asked):
    page = make_testimony()
    client.force_login(make_user())
    assert client.get(f"/admin/testimony/pdf/{page.pk}/?kind=poster").status_code == 404
    assert client.get(f"/admin/testimony/pdf/{page.pk}/?kind=podium&cut=written").status_code == 404


def test_visitors_choose_among_four_files_and_no_more(client, asked):
    page = make_testimony(slug="leave")
    for query in (
        *("", "paper=a4", "size=large", "paper=a4&size=large"),
        *("colour=grey", "branding=none&marks=crop&type=24&kind=podium&cut=60"),
    ):
        assert client.get(f"{page.get_url()}pdf/?{query}").status_code == 200
    assert [document.filename for document in asked] == [
        *("leave.pdf", "leave-a4.pdf", "leave-large.pdf", "leave-a4-large.pdf"),
        *("leave.pdf", "leave.pdf"),
    ]
    page.refresh_from_db()
    assert page.current_pdf.stored.filename == "leave.pdf"


def test_a_map_is_printed_as_a_card_and_refuses_nonsense(client, asked):
    found = make_map(None, make_message("One", proofs=[make_statistic()]))
    client.force_login(make_user())
    url = message_maps.map_pdf_url(found)
    assert client.get(f"{url}?kind=pocket-card&paper=a4").status_code == 200
    assert asked[0].filename == "pocket-card-paid-leave-a4.pdf"
    assert client.get(f"{url}?paper=x").status_code == 400
    menu_page = client.get(message_maps.own_url("print", found.pk))
    assert menu_page.content.decode().count("print-menu__form") == 2


def test_a_speaker_prints_from_the_room_and_nobody_elses(client):
    user, other = make_user("ann", group="Speakers"), make_user("bob", group="Speakers")
    page, event = make_testimony(), make_event()
    speaker = Person.objects.create(name="Ada", user=user)
    presentation = Presentation.objects.create(event=event, speaker=speaker)
    PresentationMaterial.objects.create(presentation=presentation, page=page)
    url = f"/admin/events/presentations/{presentation.pk}/documents/{page.pk}/print/"
    client.force_login(other)
    assert client.get(url).status_code == 404
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html.parser")
    pdf = f"/admin/events/presentations/{presentation.pk}/documents/{page.pk}/"
    assert {form["action"] for form in soup.select(".print-menu__form")} == {pdf}
