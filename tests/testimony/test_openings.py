"""Salutation and opening follow the language of a draft while they are exactly as they were made."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from cms.models import Organization, Person
from events.models import Presentation, Vehicle
from testimony.domain import openings
from testimony.domain.new_testimony import start_testimony
from testimony.domain.openings import follow_language, opening, salutation
from testimony.domain.resolve import resolve
from testimony.models import TestimonyPage
from tests.builders import make_event, make_testimony, make_user, paragraph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def second_sentence(monkeypatch):
    """One that differs in each language, whatever the catalogues hold."""
    monkeypatch.setattr(openings, "_stance", lambda vehicle: f"In {translation.get_language()}.")


@pytest.fixture
def draft():
    person = Person.objects.create(
        name="Ada Okafor",
        role_title="Health Officer",
        organization=Organization.objects.create(name="O'Neil & Sons"),
    )
    page = start_testimony(make_event(), user=make_user("author"), speaker=person)
    page.language = "es"
    return page


def first_words(page) -> str:
    return resolve(page).text


def test_both_are_made_anew_in_the_new_language(draft):
    block = draft.body[0].id
    english = salutation(draft, "en"), opening(draft, "en")

    assert follow_language(draft) is True

    assert draft.salutation == salutation(draft, "es") != english[0]
    assert first_words(draft) == opening(draft, "es") != english[1]
    assert "O'Neil & Sons" in first_words(draft)
    assert (len(draft.body), draft.body[0].id) == (1, block)
    assert follow_language(draft) is False


def test_there_and_back_gives_the_first_words_again(draft):
    english = salutation(draft, "en"), opening(draft, "en")
    follow_language(draft)
    draft.language = "en"

    follow_language(draft)

    assert (draft.salutation, first_words(draft)) == english


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + " Thank you.",
        lambda text: text.replace("Ada", "Dr. Ada"),
        lambda text: f"<b>{text}</b>",
        lambda text: "",
    ],
)
def test_what_a_person_wrote_stays(draft, change):
    words = f"<p>{change(opening(draft, 'en'))}</p>"
    draft.body = [paragraph(words), paragraph("<p>More.</p>")]
    draft.salutation = "Dear Chair Rivera:"

    assert follow_language(draft) is False
    assert (draft.salutation, draft.body[0].value.source) == ("Dear Chair Rivera:", words)


def test_each_is_looked_at_for_itself(draft):
    draft.salutation = "Dear Chair Rivera:"

    assert follow_language(draft) is True
    assert (draft.salutation, first_words(draft)) == ("Dear Chair Rivera:", opening(draft, "es"))


def test_what_the_editor_stored_is_recognised(draft):
    words = opening(draft, "en").replace("&", "&amp;").replace("'", "&#x27;")
    draft.body = [paragraph(f'<p data-block-key="a1b2c">{words}</p>')]

    assert follow_language(draft) is True
    assert first_words(draft) == opening(draft, "es")


def test_a_page_without_event_text_or_speaker_is_left_alone():
    empty = make_testimony(body=[("heading", "Why")], live=False, speaker=None, language="es")

    assert follow_language(empty) is False


def test_saving_the_draft_in_another_language_does_it(client, draft):
    from tests.testimony.test_readiness import form_of

    client.force_login(draft.owner)
    draft.save_revision()
    draft.language = "en"
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    form = form_of(
        draft,
        language="es",
        salutation=salutation(draft, "en"),
        text=f"<p>{opening(draft, 'en')}</p>".replace("&", "&amp;"),
        event=draft.event_id,
        vehicle=draft.vehicle_id,
        speaker=draft.speaker_id,
        speaker_role=draft.speaker_role,
    )

    response = client.post(url, form)

    assert response.status_code == 302, response.context["form"].errors
    saved = TestimonyPage.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert (saved.language, saved.salutation) == ("es", salutation(saved, "es"))
    assert first_words(saved) == opening(saved, "es")
    assert Presentation.objects.get().materials.get().page_id == draft.pk


@pytest.mark.parametrize(
    ("title", "called"),
    [
        ("Leave Act", "HB 1147, the Leave Act"),
        ("Clean Water Act of 2026", "HB 1147, the Clean Water Act of 2026"),
        ("The Leave Act.", "HB 1147, The Leave Act"),
        ("An Act to Amend the Leave Act", "HB 1147, An Act to Amend the Leave Act"),
        ("Relating to paid leave", "HB 1147, Relating to paid leave"),
        ("", "HB 1147"),
    ],
)
def test_a_bill_is_called_as_a_sentence_has_it(title, called):
    assert openings.called(Vehicle(identifier="HB 1147", title=title)) == called
