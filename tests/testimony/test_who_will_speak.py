"""The page that asks who will speak, and the buttons that know it already."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from cms.enums import GroupName
from cms.models import ArchivePage, Person
from events.models import Presentation, PresentationMaterial
from testimony.models import TestimonyPage as Draft
from tests.builders import make_event, make_testimony, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    user = make_user("author")
    client.force_login(user)
    return user


@pytest.fixture
def event(author):
    return make_event(title="Hearing on HB 1147")


def plan(event, name: str, *pages) -> Presentation:
    presentation = Presentation.objects.create(
        event=event,
        speaker=Person.objects.get_or_create(name=name, defaults={"role_title": "Nurse"})[0],
    )
    for page in pages:
        presentation.materials.add(PresentationMaterial(page=page))
    presentation.save()
    return presentation


def new_url(event) -> str:
    return reverse("testimony:new", args=[event.pk])


def room(event) -> str:
    return reverse("events:room", args=[event.pk])


def speakers() -> list[str | None]:
    drafts = Draft.objects.order_by("pk").select_related("speaker")
    return [page.speaker and page.speaker.name for page in drafts]


def offered(response) -> list[list[str]]:
    return [[action.label for action in row.actions] for row in response.context["rows"]]


def test_each_speaker_without_a_document_has_a_button_in_the_room(client, event):
    plan(event, "Ada Okafor")
    plan(event, "Ben Ito", make_testimony())
    plan(event, "Lin Park")
    Presentation.objects.filter(speaker__name="Lin Park").update(status="withdrawn")

    assert offered(client.get(room(event))) == [["New testimony for Ada Okafor"], [], []]


def test_who_may_not_write_documents_gets_no_such_button(client, event):
    presentation = plan(event, "Ada Okafor")
    presentation.speaker.user = make_user("ada", GroupName.SPEAKERS)
    presentation.speaker.save()
    client.force_login(presentation.speaker.user)

    assert offered(client.get(room(event))) == [[]]


def test_the_button_of_a_speaker_starts_their_testimony_in_one_click(client, event):
    plan(event, "Ada Okafor")
    presentation = plan(event, "Ben Ito")

    response = client.post(reverse("testimony:new_for", args=[presentation.pk]))

    page = Draft.objects.get()
    assert response.url == f"/admin/pages/{page.pk}/edit/?next=%2Fadmin%2Fevents%2F{event.pk}%2F"
    assert [item.page_id for item in presentation.materials.all()] == [page.pk]
    assert (page.speaker.name, page.speaker_role) == ("Ben Ito", "Nurse")


def test_a_link_starts_nothing(client, event):
    presentation = plan(event, "Ada Okafor")

    assert client.get(reverse("testimony:new_for", args=[presentation.pk])).status_code == 405
    assert client.get(new_url(event)).status_code == 200
    assert Draft.objects.count() == 0


def test_a_closed_presentation_starts_nothing(client, event):
    presentation = plan(event, "Ada Okafor")
    Presentation.objects.update(status="delivered")

    assert client.post(reverse("testimony:new_for", args=[presentation.pk])).status_code == 404
    assert client.post(new_url(event), {"who": presentation.pk}).status_code == 404
    assert Draft.objects.count() == 0


def test_the_general_button_goes_straight_through_for_the_only_speaker_who_waits(client, event):
    plan(event, "Ada Okafor")
    plan(event, "Ben Ito", make_testimony())

    client.post(new_url(event))
    client.post(new_url(event))  # the second of a double click

    assert speakers() == ["Imani Calloway", "Ada Okafor"]


def test_a_moment_later_the_general_button_asks(client, event):
    plan(event, "Ada Okafor")
    with time_machine.travel(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), tick=False) as clock:
        client.post(new_url(event))
        clock.shift(dt.timedelta(seconds=11))
        response = client.post(new_url(event))

    assert (response.url, speakers()) == (new_url(event), ["Ada Okafor"])


@pytest.mark.parametrize("names", [(), ("Ada Okafor", "Ben Ito")])
def test_with_none_or_several_waiting_it_asks(client, event, names):
    for name in names:
        plan(event, name)

    response = client.post(new_url(event), follow=True)

    assert response.redirect_chain == [(new_url(event), 302)]
    assert "Who will speak?" in response.text
    assert [item.speaker.name for item in response.context["listed"]] == list(names)
    assert speakers() == []


def test_a_speaker_of_the_event_is_answered_by_a_button(client, event):
    plan(event, "Ada Okafor")
    chosen = plan(event, "Ben Ito")

    client.post(new_url(event), {"who": chosen.pk})

    assert speakers() == ["Ben Ito"]


def test_a_presentation_of_another_event_is_no_answer(client, event):
    other = plan(make_event(), "Ada Okafor")

    assert client.post(new_url(event), {"who": other.pk}).status_code == 404
    assert speakers() == []


@pytest.mark.parametrize("field", ["person", "name"])
def test_any_person_is_chosen_and_put_on_the_list(client, event, field):
    person = Person.objects.create(name="Ada Okafor")
    answer = {"person": person.pk, "name": " ada  okafor"}[field]

    client.post(new_url(event), {"who": "person", field: answer})

    assert speakers() == ["Ada Okafor"]
    [presentation] = event.presentations.all()
    assert (presentation.speaker, presentation.status) == (person, "planned")
    assert presentation.materials.get().page_id == Draft.objects.get().pk


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "Choose a person first."),
        ({"person": "0"}, "Select a valid choice."),
        ({"person": "x"}, "Select a valid choice."),
        ({"name": "Nobody Known"}, "There is nobody of this name."),
        ({"name": "Ada Okafor"}, "There is more than one person of this name."),
    ],
)
def test_an_answer_that_names_nobody_is_refused_in_words(client, event, answer, words):
    for _number in range(2):
        Person.objects.create(name="Ada Okafor")

    response = client.post(new_url(event), {"who": "person", **answer})

    assert (response.status_code, words in response.text, speakers()) == (200, True, [])


def test_nobody_yet_is_an_answer(client, event):
    plan(event, "Ada Okafor")

    client.post(new_url(event), {"who": "nobody"})

    assert speakers() == [None]
    assert event.presentations.get().materials.count() == 0


def test_you_are_offered_unless_you_are_on_the_list(client, event, author):
    you = Person.objects.create(name="Ann Author", user=author)

    before = client.get(new_url(event)).context["own"]
    plan(event, "Ann Author")
    after = client.get(new_url(event)).context["own"]

    assert (before, after) == (you, None)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(client, event, count, django_assert_num_queries):
    for number in range(count):
        plan(event, f"Speaker {number}")
    client.get(new_url(event))

    with django_assert_num_queries(14):
        client.get(new_url(event))


def test_a_speaker_is_refused(client, event):
    client.force_login(make_user("speaker", GroupName.SPEAKERS))

    assert [client.get(new_url(event)).url, client.post(new_url(event)).url] == ["/admin/"] * 2


def test_a_site_without_an_archive_is_told_so(client, event):
    client.force_login(make_user("admin", GroupName.ADMINISTRATORS))
    ArchivePage.objects.get().delete()

    response = client.get(new_url(event), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        "The site has no archive page. Add one under the home page first."
    ]


def test_a_draft_without_a_speaker_stands_in_the_room_until_somebody_says_who_will_speak(
    client, event
):
    other = plan(event, "Ben Ito", make_testimony())
    client.post(new_url(event), {"who": "nobody"})
    draft = Draft.objects.get(live=False)
    where = reverse("testimony:speaker", args=[draft.pk])
    assert [it.speaker_url for it in client.get(room(event)).context["loose"]] == [where]
    assert "This person will speak" in client.get(where).text

    person = Person.objects.create(name="Ada Okafor", role_title="Nurse")
    response = client.post(where, {"who": "person", "person": str(person.pk)}, follow=True)

    draft.refresh_from_db()
    named = draft.get_latest_revision_as_object()
    assert response.context["loose"] == []
    assert (draft.speaker, named.speaker_role) == (person, "Nurse")
    assert str(named.body[0].value).startswith("<p>My name is Ada Okafor, Nurse.")
    assert PresentationMaterial.objects.get(page=draft).presentation.speaker == person
    assert other.materials.count() == 1


def test_words_that_somebody_wrote_stay_when_the_draft_gets_its_speaker(client, event):
    page = make_testimony(live=False, event=event, body=[("paragraph", "<p>My own words.</p>")])
    waiting = plan(event, "Ada Okafor")
    where = reverse("testimony:speaker", args=[page.pk])
    client.post(where, {"who": str(waiting.pk)})

    named = Draft.objects.get().get_latest_revision_as_object()
    assert (named.speaker, [str(it.value) for it in named.body]) == (
        waiting.speaker,
        ["<p>My own words.</p>"],
    )
    assert waiting.materials.get().page_id == page.pk


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_nothing_is_begun_for_a_hearing_that_is_off(client, event, status):
    waiting = plan(event, "Ada Okafor")
    begun = make_testimony(live=False, event=event)
    type(event).objects.filter(pk=event.pk).update(status=status)
    addresses = {
        new_url(event): {"who": "nobody"},
        reverse("testimony:new_for", args=[waiting.pk]): {},
        reverse("testimony:speaker", args=[begun.pk]): {"who": str(waiting.pk)},
    }
    for address, answer in addresses.items():
        [message] = client.post(address, answer, follow=True).context["messages"]
        assert "nothing is written, confirmed, filed or sent for it" in str(message)

    shown = client.get(room(event))
    assert (offered(shown), "New testimony" in shown.text) == ([[]], False)
    assert [it.title for it in shown.context["loose"]] == [begun.title]
    assert "Say who will speak" not in shown.text
    assert (Draft.objects.count(), waiting.materials.count()) == (1, 0)
