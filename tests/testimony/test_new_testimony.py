"""Testimony begun from a hearing."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.enums import GroupName
from cms.models import ArchivePage, Organization, Person
from events.actions import event_links
from events.domain.errors import PresentationRefused
from events.models import Presentation
from testimony.domain import new_testimony
from testimony.domain.new_testimony import NoArchive, start_testimony
from testimony.domain.resolve import resolve
from testimony.models import TestimonyPage as Draft
from tests.builders import make_event, make_user

pytestmark = pytest.mark.django_db

INTRODUCTION = (
    "My name is Ada Okafor, Health Officer, Example County. I speak in my official capacity."
)
STANCES = {
    "support": "I am here in support of HB 1147, the Leave Act.",
    "support_if_amended": "I am here in support of HB 1147, the Leave Act, provided that it is amended.",
    "neutral": "I am here to give information on HB 1147, the Leave Act.",
    "concerns": "I am here to state concerns about HB 1147, the Leave Act.",
    "oppose_unless_amended": "I am here in opposition to HB 1147, the Leave Act, unless it is amended.",
    "oppose": "I am here in opposition to HB 1147, the Leave Act.",
    "": "I am here to speak on HB 1147, the Leave Act.",
}


def new_url(event) -> str:
    return reverse("testimony:new", args=[event.pk])


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def ada():
    return Person.objects.create(
        name="Ada Okafor",
        role_title="Health Officer",
        organization=Organization.objects.create(name="Example County"),
    )


def test_what_the_hearing_knows_is_filled_in(author, ada):
    event = make_event()
    event.body.chair_name = "Rivera"
    event.body.save()
    Presentation.objects.create(event=event, speaker=ada)

    page = Draft.objects.get(pk=start_testimony(event, user=author, speaker=ada).pk)

    assert page.live is False
    assert page.title == "Testimony on HB 1147: Leave Act"
    assert page.salutation == "Chair Rivera and members of the committee:"
    assert (page.event, page.vehicle, page.position) == (event, event.vehicle, "support")
    assert (page.date, page.language) == (dt.date(2026, 3, 4), "en")
    assert (page.speaker, page.speaker_role) == (ada, "Health Officer")
    assert list(page.issues.all()) == []
    assert resolve(page).text == f"{INTRODUCTION} {STANCES['support']}"
    assert page.get_parent().specific == ArchivePage.objects.get()


def test_the_draft_belongs_to_its_author_and_is_logged(author):
    page = start_testimony(make_event(), user=author)

    assert page.owner == author
    assert page.latest_revision.user == author
    assert list(
        PageLogEntry.objects.filter(page=page.pk).order_by("pk").values_list("action", "user_id")
    ) == [("wagtail.create", author.pk), ("wagtail.edit", author.pk)]


@pytest.mark.parametrize("position", STANCES)
def test_the_position_stands_in_the_first_lines(author, position):
    event = make_event()
    event.vehicle.positions.all().delete()
    event.vehicle.position = position
    event.vehicle.save()

    page = start_testimony(event, user=author)

    assert resolve(page).text == STANCES[position]


def test_nothing_is_invented_for_an_event_that_knows_nothing(author):
    event = make_event(body=None, vehicle=None, starts_at=None, title="Town hall")

    page = start_testimony(event, user=author)

    assert page.title == "Testimony: Town hall"
    assert (page.salutation, page.date, page.speaker, len(page.body)) == ("", None, None, 0)


def test_the_document_joins_what_the_speaker_brings(author, ada):
    event = make_event()
    presentation = Presentation.objects.create(
        event=event, speaker=ada, role_title="Acting Officer"
    )

    page = start_testimony(event, user=author, presentation=presentation)

    assert [material.page_id for material in presentation.materials.all()] == [page.pk]
    assert page.speaker_role == "Acting Officer"
    entry = ModelLogEntry.objects.for_instance(event).get()
    assert (entry.action, entry.user) == ("events.presentation.change", author)


def test_a_presentation_that_is_closed_meanwhile_gets_no_document(author, ada, monkeypatch):
    event = make_event()
    presentation = Presentation.objects.create(event=event, speaker=ada)
    found = new_testimony._presentation

    def closing(*args):
        waiting = found(*args)
        Presentation.objects.update(status="delivered")
        return waiting

    monkeypatch.setattr(new_testimony, "_presentation", closing)
    with pytest.raises(PresentationRefused, match="can no longer be changed"):
        start_testimony(event, user=author, speaker=ada)

    assert (presentation.materials.count(), Draft.objects.count()) == (0, 0)


def test_the_button_says_that_the_presentation_was_closed(client, author, monkeypatch):
    def refuse(*args, **kwargs):
        raise PresentationRefused("This presentation is delivered.")

    monkeypatch.setattr("testimony.views.new_testimony.start_testimony", refuse)
    client.force_login(author)
    event = make_event()
    response = client.post(new_url(event), {"who": "nobody"}, follow=True)

    assert response.redirect_chain == [(reverse("events:room", args=[event.pk]), 302)]
    assert [str(item) for item in response.context["messages"]] == [
        "This presentation is delivered."
    ]


def test_who_may_not_change_presentations_gets_a_draft_that_stands_alone(author, ada):
    event = make_event()
    presentation = Presentation.objects.create(event=event, speaker=ada)
    group = author.groups.get()
    group.permissions.remove(Permission.objects.get(codename="change_presentation"))

    page = start_testimony(event, user=author, speaker=ada)

    assert (page.speaker, presentation.materials.count()) == (ada, 0)


def test_nobody_is_assumed_to_speak(author, ada):
    event = make_event()
    presentation = Presentation.objects.create(event=event, speaker=ada)
    ada.user = author
    ada.save()

    page = start_testimony(event, user=author)

    assert (page.speaker, page.speaker_role) == (None, "")
    assert (resolve(page).text, presentation.materials.count()) == (STANCES["support"], 0)


def test_who_is_not_on_the_list_is_put_on_it_with_the_draft(author, ada):
    event = make_event()
    Presentation.objects.create(event=event, speaker=Person.objects.create(name="Ben Ito"))

    page = start_testimony(event, user=author, speaker=ada)

    added = event.presentations.get(speaker=ada)
    assert (added.status, added.sort_order, added.changed_by) == ("planned", 1, author)
    assert [material.page_id for material in added.materials.all()] == [page.pk]
    assert resolve(page).text == f"{INTRODUCTION} {STANCES['support']}"


def test_who_withdrew_and_speaks_after_all_is_planned_anew(author, ada):
    event = make_event()
    Presentation.objects.create(event=event, speaker=ada, status="withdrawn")

    start_testimony(event, user=author, speaker=ada)

    assert list(event.presentations.order_by("pk").values_list("status", flat=True)) == [
        "withdrawn",
        "planned",
    ]


def test_a_paper_written_after_the_delivery_stands_alone(author, ada):
    event = make_event()
    Presentation.objects.create(event=event, speaker=ada, status="delivered")

    page = start_testimony(event, user=author, speaker=ada)

    assert (page.speaker, event.presentations.count()) == (ada, 1)
    assert page.presentation_materials.count() == 0


def test_when_the_list_cannot_be_changed_there_is_no_draft_either(author, ada, monkeypatch):
    def refuse(*args, **kwargs):
        raise PresentationRefused("No.")

    monkeypatch.setattr(new_testimony, "add_presentation", refuse)
    with pytest.raises(PresentationRefused):
        start_testimony(make_event(), user=author, speaker=ada)

    assert Draft.objects.count() == 0


@pytest.mark.parametrize("named", [True, False])
def test_a_double_click_makes_one_draft(author, ada, named):
    event = make_event()
    speaker = ada if named else None

    first = start_testimony(event, user=author, speaker=speaker)
    second = start_testimony(event, user=author, speaker=speaker)

    assert second.pk == first.pk
    assert (Draft.objects.count(), event.presentations.count()) == (1, int(named))


def test_a_click_for_somebody_else_makes_another_draft(author, ada):
    event = make_event()

    start_testimony(event, user=author, speaker=ada)
    start_testimony(event, user=author)

    assert Draft.objects.count() == 2


def test_a_later_click_and_a_click_after_editing_make_another(author):
    event = make_event()
    with time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), tick=False) as clock:
        first = start_testimony(event, user=author)
        first.save_revision(user=author)
        start_testimony(event, user=author)
        clock.shift(dt.timedelta(minutes=2))
        start_testimony(event, user=author)

    assert Draft.objects.count() == 3


def test_a_colleague_gets_a_draft_of_their_own(author):
    event = make_event()

    start_testimony(event, user=author)
    start_testimony(event, user=make_user("second"))

    assert Draft.objects.count() == 2


def test_who_may_not_add_documents_starts_none():
    speaker = make_user("speaker", GroupName.SPEAKERS)

    with pytest.raises(PermissionDenied):
        start_testimony(make_event(), user=speaker)
    assert Draft.objects.count() == 0


def test_without_an_archive_the_reason_is_given(author):
    ArchivePage.objects.get().delete()

    with pytest.raises(NoArchive, match="no archive page"):
        start_testimony(make_event(), user=author)


def test_the_hearing_offers_it_to_authors_only(author):
    event = make_event()

    offered = [
        [(link.label, link.url, link.post) for link in event_links(event, user)]
        for user in (author, make_user("speaker", GroupName.SPEAKERS))
    ]

    assert offered == [
        [
            ("New testimony", f"/admin/testimony/new/{event.pk}/", True),
            ("Packet…", f"/admin/events/{event.pk}/packet/", False),
        ],
        [],
    ]


def test_the_button_opens_the_draft_in_the_editor(client, author):
    client.force_login(author)

    event = make_event()
    response = client.post(new_url(event), {"who": "nobody"})

    page = Draft.objects.get()
    assert response.status_code == 302
    assert response.url == f"/admin/pages/{page.pk}/edit/?next=%2Fadmin%2Fevents%2F{event.pk}%2F"
    assert client.get(response.url).status_code == 200


def test_the_button_refuses_a_speaker(client):
    client.force_login(make_user("speaker", GroupName.SPEAKERS))

    response = client.post(new_url(make_event()), {"who": "nobody"})

    assert response.status_code == 302  # Wagtail answers a refusal with a message on its home page
    assert Draft.objects.count() == 0


def test_a_site_without_an_archive_is_told_so(client, author):
    admin = make_user("admin", GroupName.ADMINISTRATORS)
    client.force_login(admin)
    event = make_event()
    ArchivePage.objects.get().delete()

    response = client.post(new_url(event), {"who": "nobody"}, follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "The site has no archive page. Add one under the home page first."
    ]
