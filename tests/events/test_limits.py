"""Time needed and time allowed, with and without an interpreter."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import prefetch_related_objects
from django.utils import translation

from cms.models import Person
from events.domain.limits import SpeakingLimit, limit_of
from events.enums import Interpretation
from events.models import Body, Event, Presentation, PresentationMaterial
from testimony.domain.speaking_time import Meter, limits_for
from tests.builders import make_event, make_testimony

NONE, AT_ONCE, IN_TURN = Interpretation.values


@pytest.mark.parametrize(
    ("kind", "factor", "label", "allowed"),
    [
        (NONE, 2, "2:18, 18 s over", "Limit 2:00"),
        (AT_ONCE, 2, "2:18, 18 s over", "Limit 2:00"),
        (IN_TURN, 1, "4:36, 2:36 over", "Limit 2:00 (not lengthened for interpretation)"),
        (IN_TURN, 2, "4:36, 36 s over", "Limit 4:00 (2:00 doubled for interpretation)"),
        (IN_TURN, Decimal("1.5"), "4:36, 1:36 over", "Limit 3:00 (2:00 × 1.5 for interpretation)"),
    ],
)
def test_three_hundred_words_against_two_minutes(kind, factor, label, allowed):
    meter = Meter(300, 138, SpeakingLimit(120, kind, Decimal(factor)))

    assert (meter.label, meter.limit_label) == (label, allowed)


def test_a_text_that_fits_also_fits_doubled():
    plain = Meter(260, 120, SpeakingLimit(120))
    doubled = Meter(260, 120, SpeakingLimit(120, IN_TURN, Decimal(2)))

    assert (plain.label, doubled.label) == ("2:00, 0 s left", "4:00, 0 s left")
    assert doubled.doubled_label == "2:00 doubled by consecutive interpretation"


def test_without_a_limit_nothing_is_said_of_it():
    meter = Meter(300, 138, SpeakingLimit(None, IN_TURN))

    assert (meter.label, meter.limit_label, meter.limit_seconds) == ("4:36", "", None)


def test_the_words_are_translated():
    with translation.override("es"):
        assert str(SpeakingLimit(120).words) == "2:00"


def test_the_event_goes_before_the_body():
    body = Body(name="Council", speaking_limit_seconds=120, interpreter_factor=2)
    presentation = Presentation(interpretation=IN_TURN)

    own = limit_of(Event(body=body, speaking_limit_seconds=60), presentation)
    assert (own.base, own.seconds) == (60, 120)
    assert limit_of(Event(body=body)).seconds == 120
    assert limit_of(None, presentation).seconds is None


def test_the_presentation_that_brings_the_document_decides(db, django_assert_num_queries):
    event = make_event(speaking_limit_seconds=120)
    speaker = Person.objects.create(name="Rosa")
    page = make_testimony(event=event, speaker=speaker)
    other = make_testimony("Another", event=event)
    event.presentations.create(speaker=speaker)
    brought = event.presentations.create(speaker=other.speaker, interpretation=IN_TURN)
    PresentationMaterial.objects.create(presentation=brought, page=page)

    prefetch_related_objects([page, other], "event__body")
    with django_assert_num_queries(2):
        limits = limits_for([page, other])

    assert [limit.interpretation for limit in limits] == [IN_TURN, IN_TURN]
    PresentationMaterial.objects.all().delete()
    assert [limit.interpretation for limit in limits_for([page, other])] == [NONE, IN_TURN]


def test_who_withdrew_decides_nothing(db):
    event = make_event(speaking_limit_seconds=120)
    page = make_testimony(event=event)
    event.presentations.create(speaker=page.speaker, interpretation=IN_TURN, status="withdrawn")

    assert limits_for([page])[0].interpretation == NONE
