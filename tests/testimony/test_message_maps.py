"""Message maps: what proves a message, what the public reads of it, and what a map counts as."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.models import Issue, Person
from testimony.domain.message_house import TREE, hollow_messages, public_house, read_house
from testimony.domain.resolve import plain_text
from testimony.enums import PointKind, UseState
from testimony.models import MessageMap, Proof, Use
from tests.builders import make_map, make_message, make_point, make_source, make_statistic

pytestmark = pytest.mark.django_db


@pytest.fixture
def issue() -> Issue:
    return Issue.objects.get(slug="paid-leave")


def cites(*items) -> str:
    embeds = "".join(
        f'<embed embedtype="{item._meta.model_name}" id="{item.pk}"/>' for item in items
    )
    return f"<p>As {embeds} shows.</p>"


def is_hollow(message_map: MessageMap) -> bool:
    (pillar,) = read_house(message_map).pillars
    return pillar.is_hollow


@pytest.mark.parametrize("make", [make_statistic, make_source])
def test_a_published_statistic_or_source_proves_a_message(make):
    assert is_hollow(make_map(None, make_message(proofs=[make()]))) is False


@pytest.mark.parametrize("make", [make_statistic, make_source])
def test_what_a_supporting_point_cites_proves_the_message(make):
    point = make_point(text=cites(make()))

    assert is_hollow(make_map(None, make_message(points=[point]))) is False


def test_a_message_without_proof_is_hollow():
    point = make_point(text="<p>No figure here.</p>")

    assert is_hollow(make_map(None, make_message(points=[point]))) is True


@pytest.mark.parametrize("through", [True, False])
def test_a_message_is_hollow_again_when_its_last_proof_is_unpublished(through):
    proof = make_statistic()
    ways = {"points": [make_point(text=cites(proof))]} if through else {"proofs": [proof]}
    message_map = make_map(None, make_message(**ways))

    proof.unpublish()

    assert is_hollow(message_map) is True


@pytest.mark.parametrize("make", [make_statistic, make_source])
def test_a_message_is_hollow_again_when_its_last_proof_is_deleted(make):
    proof = make()
    message_map = make_map(None, make_message(proofs=[proof]))

    proof.delete()

    assert is_hollow(message_map) is True
    assert Proof.objects.count() == 0


def test_an_unpublished_point_proves_nothing():
    point = make_point(text=cites(make_statistic()), live=False)

    assert is_hollow(make_map(None, make_message(points=[point]))) is True


def test_a_statistic_without_a_value_proves_nothing():
    proof = make_statistic()
    type(proof).objects.filter(pk=proof.pk).update(value=None)

    assert is_hollow(make_map(None, make_message(proofs=[proof]))) is True


def test_proofs_stand_once_their_own_first_with_numbered_sources(issue):
    source = make_source("Survey")
    own, other = make_statistic("go without", "73", source=source), make_statistic("have it", "27")
    point = make_point(text=cites(own, other))
    message_map = make_map(issue, make_message(points=[point], proofs=[own, source]))
    (pillar,) = read_house(message_map).pillars

    words = [plain_text(proof.html) for proof in pillar.proofs]

    assert words == ["73% go without1", "Survey1", "27% have it2"]
    assert [note.number for note in read_house(message_map).notes] == [1, 2]


def test_the_public_reads_released_and_proved_messages_with_their_published_proofs(issue):
    shown, hidden = make_statistic("have leave", "27"), make_statistic("secret", "99", live=False)
    point = make_point("Words of the staff", cites(shown))
    make_map(
        issue,
        make_message("Released", points=[point], proofs=[hidden]),
        make_message("Kept back", proofs=[shown], released=False),
        make_message("Hollow", proofs=[hidden]),
        narrative=f"<p>Roof.</p>{cites(hidden)}",
    )

    house = public_house(issue)

    assert [pillar.text for pillar in house.pillars] == ["Released"]
    assert [plain_text(proof.html) for proof in house.pillars[0].proofs] == ["27% have leave1"]
    assert house.pillars[0].points == ()
    assert plain_text(house.narrative) == "Roof.\nAs shows."


def test_the_public_reads_nothing_of_a_draft(issue):
    make_map(issue, make_message(proofs=[make_statistic()]), live=False)

    assert public_house(issue) is None


def test_the_public_reads_the_published_map_while_a_newer_draft_is_written(issue):
    message_map = make_map(issue, make_message("Published", proofs=[make_statistic()]))
    draft = message_map.get_latest_revision_as_object()
    draft.messages.set([make_message("Newer", proofs=[make_statistic()])])
    draft.save_revision()

    assert [pillar.text for pillar in public_house(issue).pillars] == ["Published"]
    newest = MessageMap.objects.get().get_latest_revision_as_object()
    assert [pillar.text for pillar in read_house(newest).pillars] == ["Newer"]


@pytest.mark.parametrize("kind", ["point", "proof", "narrative", "map", "newer draft", "nothing"])
def test_a_map_that_holds_anything_unpublished_is_a_draft(issue, kind):
    hidden = make_statistic("secret", "99", live=False)
    shown = make_statistic()
    message_map = make_map(
        issue,
        make_message(
            points=[make_point(live=kind != "point")],
            proofs=[shown, *([hidden] if kind == "proof" else [])],
        ),
        narrative=cites(hidden) if kind == "narrative" else "",
        live=kind != "map",
    )
    if kind == "newer draft":
        message_map.save_revision()
        MessageMap.objects.update(has_unpublished_changes=True)
    newest = MessageMap.objects.get().get_latest_revision_as_object()

    assert read_house(newest).is_draft is (kind != "nothing")


def test_a_map_is_a_use_of_what_it_names(issue):
    proof, source, point = make_statistic(), make_source("Own"), make_point()
    roof = make_statistic("roof", "12")
    make_map(
        issue,
        make_message(points=[point], proofs=[proof, source]),
        narrative=cites(roof),
    )

    def uses(item) -> list[tuple]:
        found = Use.objects.of(item).filter(part_type__model="messagemap")
        return list(found.values_list("state", "part_id"))

    row = (UseState.LIVING.value, MessageMap.objects.get().pk)
    assert [uses(item) for item in (proof, source, point, roof)] == [[row]] * 4


def test_a_draft_map_is_a_use_too_and_a_deleted_one_is_none(issue):
    proof = make_statistic()
    message_map = make_map(issue, make_message(proofs=[proof]), live=False)

    assert Use.objects.of(proof).values_list("state", flat=True).get() == UseState.DRAFT
    message_map.delete()
    assert Use.objects.of(proof).count() == 0


def test_rebuilding_the_uses_changes_nothing(issue):
    make_map(issue, make_message(points=[make_point()], proofs=[make_statistic()]))

    def rows() -> list[tuple]:
        values = Use.objects.order_by("item_type", "item_id", "part_type", "part_id", "state")
        return list(values.values_list("item_type", "item_id", "part_type", "part_id", "state"))

    before = rows()
    call_command("rebuild_uses", verbosity=0)

    assert rows() == before
    assert len(before) == 3


@pytest.mark.parametrize("messages", [1, 3])
def test_reading_a_map_asks_as_often_whatever_it_holds(issue, messages):
    make_map(
        issue,
        *(
            make_message(
                f"Message {number}",
                points=[make_point(f"Point {number}", cites(make_statistic(), make_source()))],
                proofs=[make_statistic(), make_source()],
            )
            for number in range(messages)
        ),
    )
    with CaptureQueriesContext(connection) as queries:
        house = public_house(issue)

    assert len(house.pillars) == messages
    # Map, messages, points, proofs; items of three kinds; what points cite (two); sources of figures; the style.
    assert len(queries) == 11


def test_hollow_messages_of_a_list_are_counted_together(issue):
    other = Issue.objects.exclude(pk=issue.pk)[0]
    make_map(issue, make_message(proofs=[make_statistic()]), make_message())
    make_map(other, make_message(), make_message())
    maps = list(MessageMap.objects.prefetch_related(*TREE).order_by("pk"))

    assert list(hollow_messages(maps).values()) == [1, 2]


def test_an_unanswered_question_says_who_follows_up_to_staff_alone(issue):
    person = Person.objects.create(name="Ada Answer")
    point = make_point("Why now?", "", kind=PointKind.QUESTION, follow_up=person)
    make_map(issue, make_message(points=[point], proofs=[make_statistic()]))

    assert [p.follow_up for p in read_house(MessageMap.objects.get()).pillars[0].points] == [person]
    assert public_house(issue).pillars[0].points == ()


def test_a_map_expires_like_the_rest_of_the_library(issue):
    message_map = make_map(issue, make_message(proofs=[make_statistic()]))
    MessageMap.objects.filter(pk=message_map.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled")

    assert public_house(issue) is None
