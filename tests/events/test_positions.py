"""Positions: on whose authority, who may do what, and what a new version asks."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.enums import GroupName
from events.domain.authority import authority_of
from events.domain.errors import NotReady, PositionRefused
from events.domain.filing import mark_ready
from events.domain.positions import override, propose, put_in_force, withdraw
from events.domain.presentations import add_presentation
from events.domain.readiness import readiness_of
from events.domain.versions import confirm, reviews_for
from events.enums import AuthorityKind, PositionStatus, Stance, VersionReviewState
from events.models import Agenda, Plank, Position, Vehicle, VehicleVersion, VersionReview
from tests.builders import make_event, make_testimony, make_user

TODAY = dt.date(2026, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_user("author")


@pytest.fixture
def approver():
    return make_user("approver", GroupName.APPROVERS)


def make_plank(**fields) -> Plank:
    year = timezone.localdate().year
    agenda = Agenda.objects.create(
        **{
            "title": "Legislative agenda",
            "period_from": dt.date(year, 1, 1),
            "period_to": dt.date(year, 12, 31),
            "adopted_by": "Board of Supervisors",
            "adopted_on": dt.date(year, 1, 1),
            **fields,
        }
    )
    return Plank.objects.create(agenda=agenda, number="2", text="Paid leave for all", sort_order=1)


def make_vehicle(**fields) -> Vehicle:
    return Vehicle.objects.create(**{"identifier": "HB 7", "title": "Leave Act", **fields})


def make_position(**fields) -> Position:
    return Position.objects.create(
        **{"vehicle": make_vehicle(), "stance": Stance.SUPPORT, **fields}
    )


# Authority -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("agenda", "kind"),
    [
        ({}, AuthorityKind.PLANK),
        ({"adopted_on": None, "adopted_by": ""}, AuthorityKind.NOTHING),
        ({"adopted_on": TODAY + dt.timedelta(days=1)}, AuthorityKind.NOTHING),
        ({"period_to": TODAY - dt.timedelta(days=1)}, AuthorityKind.NOTHING),
        ({"period_to": TODAY}, AuthorityKind.PLANK),
        ({"period_from": TODAY + dt.timedelta(days=1)}, AuthorityKind.NOTHING),
    ],
)
def test_a_plank_authorises_what_is_taken_while_its_adopted_agenda_is_in_force(agenda, kind):
    period = {"period_from": dt.date(2026, 1, 1), "period_to": dt.date(2026, 12, 31)}
    plank = make_plank(**{**period, "adopted_on": dt.date(2026, 1, 5), **agenda})

    position = make_position(plank=plank, taken_on=TODAY, status=PositionStatus.IN_FORCE)

    assert authority_of(position).kind == kind


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        ({"decision": "Support HB 7", "decided_by": "Board", "decided_on": TODAY}, "decision"),
        ({"decision": "Support HB 7", "decided_by": "Board"}, "nothing"),
        ({"decision": " ", "decided_by": "Board", "decided_on": TODAY}, "nothing"),
        ({}, "nothing"),
    ],
)
def test_a_decision_counts_with_what_who_and_when(decision, kind):
    position = make_position(status=PositionStatus.IN_FORCE, **decision)

    assert authority_of(position).kind == kind


def test_a_proposal_has_no_authority_until_an_approver_puts_it_in_force(author, approver):
    plank = make_plank()
    position = propose(Position(vehicle=make_vehicle(), stance="support", plank=plank), user=author)
    assert (position.status, authority_of(position).kind) == ("proposed", "nothing")
    with pytest.raises(PermissionDenied):
        put_in_force(position, user=author)

    current = put_in_force(position, user=approver)

    assert (current.status, authority_of(current).kind) == ("in_force", "plank")
    assert (current.put_in_force_by, current.recorded_by) == (approver, author)


def test_nothing_is_put_in_force_that_nothing_stands_behind(author, approver):
    plank = make_plank(adopted_on=None, adopted_by="")
    position = propose(Position(vehicle=make_vehicle(), stance="support", plank=plank), user=author)

    with pytest.raises(PositionRefused, match="not adopted yet"):
        put_in_force(position, user=approver)

    position.refresh_from_db()
    assert position.status == PositionStatus.PROPOSED


def test_another_position_in_force_withdraws_the_one_before(author, approver):
    vehicle, plank = make_vehicle(), make_plank()
    first = put_in_force(
        propose(Position(vehicle=vehicle, stance="support", plank=plank), user=author),
        user=approver,
    )
    second = propose(Position(vehicle=vehicle, stance="oppose", plank=plank), user=author)
    vehicle.refresh_from_db()
    assert vehicle.position == "support"

    put_in_force(second, user=approver)

    first.refresh_from_db()
    vehicle.refresh_from_db()
    assert (first.status, first.withdrawn_by, vehicle.position) == ("withdrawn", approver, "oppose")
    withdraw(second, user=approver)
    vehicle.refresh_from_db()
    assert vehicle.position == ""


def test_authors_withdraw_their_own_proposals_and_no_others(author, approver):
    position = propose(Position(vehicle=make_vehicle(), stance="support"), user=author)
    other = make_user("other")
    with pytest.raises(PermissionDenied):
        withdraw(position, user=other)

    assert withdraw(position, user=author).status == PositionStatus.WITHDRAWN
    with pytest.raises(PositionRefused):
        withdraw(position, user=approver)


# The gate of filing ----------------------------------------------------------------------


@pytest.fixture
def material(author):
    """A testimony with everything but authority."""
    event = make_event(starts_at=timezone.now() + dt.timedelta(days=3))
    Position.objects.all().delete()
    event.vehicle.save()
    words = (
        "<p>My name is Imani Calloway. I am here in support of HB 1147, the Leave Act. "
        "Leave keeps parents at work.</p>"
    )
    body = [
        ("paragraph", words),
        ("quote", {"text": "My shift starts before the clinic opens.", "attribution": "A nurse"}),
        ("ask", "<p>Pass it.</p>"),
    ]
    page = make_testimony(body=body, event=event, vehicle=event.vehicle, position="support")
    page.contact = page.speaker
    page.speaker.email = "imani@test.example"
    page.speaker.save()
    page.save_revision().publish()
    presentation = add_presentation(event, page.speaker, user=author, pages=[page])
    return presentation.materials.get()


def missing(material) -> list[str]:
    return [*readiness_of([material.page])[material.page_id].missing]


def test_a_stance_without_authority_is_not_ready_to_file(material, author, approver):
    [lacking] = missing(material)
    assert lacking.startswith("Nobody has authorized this position yet.")
    with pytest.raises(NotReady):
        mark_ready(material, user=author)

    position = Position.objects.get(vehicle=material.page.specific.vehicle)
    position.plank = make_plank()
    position.save()
    put_in_force(position, user=approver)

    assert mark_ready(material, user=author).ready_by == author


def test_an_approver_lets_it_pass_by_name_and_reason_and_it_is_logged(material, author, approver):
    position = Position.objects.get(vehicle=material.page.specific.vehicle)
    reason = "The board meets on Friday; its chair agreed by telephone."
    administrator = make_user("admin", GroupName.ADMINISTRATORS)
    for user in (author, administrator):
        with pytest.raises(PermissionDenied):
            override(position, user=user, reason=reason)
    with pytest.raises(PositionRefused):
        override(position, user=approver, reason="ok")

    current = override(position, user=approver, reason=f"  {reason} ")

    authority = authority_of(current)
    assert (authority.kind, current.override_by) == (AuthorityKind.OVERRIDE, approver)
    assert reason in authority.words and "approver" in authority.words
    entry = ModelLogEntry.objects.get(action="events.position.override")
    assert (entry.user, entry.data["reason"]) == (approver, reason)
    assert mark_ready(material, user=author).ready_by == author


def test_another_stance_than_the_one_on_record_is_not_ready(material, approver):
    position = Position.objects.get(vehicle=material.page.specific.vehicle)
    override(position, user=approver, reason="The board agreed by telephone.")
    page = material.page.specific
    page.position = Stance.OPPOSE
    page.save_revision().publish()

    assert "“Support”, here stands “Oppose”" in " ".join(missing(material))


def test_withdrawing_the_position_closes_the_gate_again(material, approver):
    position = Position.objects.get(vehicle=material.page.specific.vehicle)
    override(position, user=approver, reason="The board agreed by telephone.")
    assert missing(material) == []

    withdraw(position, user=approver)

    assert "Nobody has recorded" in missing(material)[0]


# Versions --------------------------------------------------------------------------------


def test_a_new_version_flags_positions_and_open_drafts_and_takes_back_what_was_ready(
    material, author, approver
):
    vehicle = material.page.specific.vehicle
    vehicle.version = "As introduced"
    vehicle.save()
    position = Position.objects.get(vehicle=vehicle)
    override(position, user=approver, reason="The board agreed by telephone.")
    old = make_testimony("Long ago", event=make_event(), vehicle=vehicle)
    mark_ready(material, user=author)
    assert VersionReview.objects.count() == 0

    vehicle.version = "As amended"
    vehicle.save()

    found = VersionReview.objects.open()
    assert {(it.before, it.after, it.position, it.page_id) for it in found} == {
        ("As introduced", "As amended", position, None),
        ("As introduced", "As amended", None, material.page_id),
    }
    assert old.pk not in {it.page_id for it in found}
    material.refresh_from_db()
    assert material.ready_at is None
    assert "HB 1147 has a new version, “As amended”" in missing(material)[0]


def test_looking_and_confirming_clears_the_flag(material, author, approver):
    vehicle = material.page.specific.vehicle
    vehicle.version = "As introduced"
    vehicle.save()
    vehicle.version = "As amended"
    vehicle.save()
    on_page = VersionReview.objects.get(page=material.page)
    on_position = VersionReview.objects.get(position__isnull=False)
    with pytest.raises(PermissionDenied):
        confirm(on_position, user=author)

    confirm(on_page, user=author, note="Read section 3.")
    confirm(on_position, user=approver)

    on_page.refresh_from_db()
    assert (on_page.state, on_page.cleared_by, on_page.note) == (
        VersionReviewState.CONFIRMED,
        author,
        "Read section 3.",
    )
    assert Position.objects.get(vehicle=vehicle).version.label == "As amended"
    assert VersionReview.objects.open().count() == 0
    assert "new version" not in " ".join(missing(material))
    with pytest.raises(PositionRefused):
        confirm(on_page, user=author)


def test_a_further_version_goes_into_the_open_flag_and_the_old_one_closes_it(approver):
    vehicle = make_vehicle(version="A", position="support")
    for label in ("B", "C"):
        vehicle.version = label
        vehicle.save()
    review = VersionReview.objects.get()
    assert (review.before, review.after) == ("A", "C")

    vehicle.version = "A"
    vehicle.save()

    review.refresh_from_db()
    assert (review.state, reviews_for(approver).count()) == (VersionReviewState.GONE, 0)
    assert [it.label for it in VehicleVersion.objects.filter(vehicle=vehicle)] == ["A", "B", "C"]


def test_the_stance_entered_with_a_vehicle_is_a_proposal_by_nobody():
    vehicle = make_vehicle(position="support", version="A")
    vehicle.position = "oppose"
    vehicle.save()

    position = Position.objects.get()
    assert (position.stance, position.status, position.recorded_by) == ("oppose", "proposed", None)
    vehicle.position = ""
    vehicle.save()
    assert Position.objects.count() == 0


def test_the_home_page_shows_what_waits_and_the_page_of_it_confirms(client, author, approver):
    vehicle = make_vehicle(position="support", version="A")
    vehicle.version = "B"
    vehicle.save()
    review = VersionReview.objects.get()
    client.force_login(approver)

    assert review.url in client.get("/admin/").content.decode()
    assert client.get(review.url).status_code == 200
    response = client.post(review.url, {"note": "Same words."})

    assert response.url == reverse("wagtailadmin_home")
    review.refresh_from_db()
    assert (review.state, review.note) == ("confirmed", "Same words.")


def test_a_copy_is_no_way_to_change_what_is_in_force(client, author):
    position = make_position(status=PositionStatus.IN_FORCE)
    client.force_login(author)
    address = f"{reverse('wagtailsnippets_events_position:list')}copy/{position.pk}/"
    decision = {"decision": "Mine", "decided_by": "Me", "decided_on": "2026-01-01"}
    client.post(address, {"taken_on": "2026-01-01", **decision})

    position.refresh_from_db()
    assert position.decision == ""


def test_an_exception_answers_for_one_stance_on_one_bill_only(client, approver):
    position = propose(Position(vehicle=make_vehicle(), stance=Stance.SUPPORT), user=approver)
    override(position, user=approver, reason="The director decided at once")
    old, new = position.vehicle, make_vehicle(identifier="HB 8", version="As heard")
    client.force_login(approver)
    data = {"vehicle": new.pk, "stance": "support", "taken_on": "2026-01-01"}
    client.post(reverse("wagtailsnippets_events_position:edit", args=[position.pk]), data)

    position.refresh_from_db()
    old.refresh_from_db()
    assert (position.vehicle, position.version.label) == (new, "As heard")
    assert authority_of(position).kind == AuthorityKind.NOTHING
    assert old.position == ""
