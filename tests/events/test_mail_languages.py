"""Mail about a change goes to each in their own language, once."""

from __future__ import annotations

import pytest
from django.core import mail
from wagtail.users.models import UserProfile

from cms.models import Person
from events.domain import moving
from events.domain.languages import languages_of
from events.models import Presentation
from tests.builders import make_user
from tests.events.hearings import LATER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


def speak(event, name: str, **fields) -> Person:
    person = Person.objects.create(name=name, **fields)
    Presentation.objects.create(event=event, speaker=person)
    return person


def test_each_reads_the_change_in_their_own_language(
    event, author, django_capture_on_commit_callbacks
):
    speak(event, "Ana", email="Ana@partner.example", language="es")
    speak(event, "Bob", email="bob@partner.example")
    account = make_user("eva")
    speak(event, "Eva", user=account, language="es")
    UserProfile.objects.create(user=account, preferred_language="en")
    other = make_user("olga")
    UserProfile.objects.create(user=other, preferred_language="es")
    event.windows.update(responsible=other)

    with django_capture_on_commit_callbacks(execute=True):
        moving.move(event, by=author, reason="The room is flooded", starts_at=LATER)

    assert {message.to[0]: message.subject.partition(":")[0] for message in mail.outbox} == {
        "ana@partner.example": "Cambiado",
        "bob@partner.example": "Moved",
        account.email: "Cambiado",  # what is recorded of the person overrules the account
        other.email: "Cambiado",
    }
    assert len(mail.outbox) == 4
    spanish = next(it.body for it in mail.outbox if it.to == ["ana@partner.example"])
    assert ("Testimonio escrito" in spanish, "The room is flooded" in spanish) == (True, False)
    told = next(it.body for it in mail.outbox if it.to == [other.email])
    assert "The room is flooded" in told


def test_languages_are_asked_for_all_at_once(django_assert_num_queries):
    for number in range(3):
        Person.objects.create(name=f"P{number}", email=f"p{number}@x.example", language="es")
    Person.objects.create(name="Silent", email="silent@x.example")
    with django_assert_num_queries(3):
        found = languages_of({"p0@x.example", "p1@x.example", "silent@x.example"})

    assert found == {"p0@x.example": "es", "p1@x.example": "es"}
